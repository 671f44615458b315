import Care
import Foundation
import Sealing
import Store
import Testing

@testable import Casework

/// The acts of the drop-box, with invented values.
extension House {
    /// An intake of the helpline for the team, known to tests as `case`.
    func filedIntake(_ opening: CaseOpening? = nil, called name: String = "case") async throws -> CaseID {
        let receipt = try await deployment.dropBoxes.file(
            try opening ?? self.opening(),
            by: session(.helpline),
            request: deployment.newRequest(),
            once: once()
        )
        call(receipt.id.text, name)
        return receipt.id
    }

    /// A note of the helpline for a case, known to tests as `note`.
    func droppedNote(
        _ text: String = Dropped.note,
        in id: CaseID,
        called name: String = "note"
    ) async throws -> NoteID {
        let note = try await deployment.dropBoxes.addNote(
            text,
            to: id,
            by: session(.helpline),
            request: deployment.newRequest(),
            once: once()
        )
        call(note.text, name)
        return note
    }

    func foldIn(_ id: CaseID, by person: Person = .worker) async throws -> FoldIn {
        try await deployment.dropBoxes.foldIn(id, by: session(person), request: deployment.newRequest())
    }

    func read(_ id: CaseID, by person: Person = .worker) async throws -> CaseReading {
        try await deployment.cases.read(id, by: session(person), request: deployment.newRequest())
    }

    /// The summary of a case in somebody's list.
    func summary(of id: CaseID, for person: Person = .worker) async throws -> CaseSummary? {
        try await deployment.cases.list(for: session(person), request: deployment.newRequest()).first { $0.id == id }
    }

    func delete(_ kind: RowKind, _ id: [UInt8]) throws {
        try store.write { try $0.delete(kind, id: id) }
    }

    /// A sealed row under the server's own key, as somebody who has the database and the pepper can make it.
    func forge(_ value: some Encodable, _ kind: RowKind, id: [UInt8], owner: [UInt8]? = nil) throws {
        let version = try store.read { try $0.version(kind, id: id) }
        let row = try deployment.office.rows.row(value, kind, id: id, owner: owner, version: (version ?? 0) + 1)
        try store.write { try $0.put(row, expecting: version) }
    }
}

/// What is said on a second call.
enum Dropped {
    static let note = "Ela ligou outra vez: o homem do ginásio sabe onde ela mora."
}
