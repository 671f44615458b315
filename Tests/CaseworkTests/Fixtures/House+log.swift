import Audit
import Care
import Foundation
import Store
import Synchronization
import Testing

@testable import Casework

extension House {
    func call(_ handle: String, _ name: String) { names.withLock { $0[handle] = name } }

    /// Every entry of the log from a number on.
    func entries(from first: Int = 0) throws -> [AuditEntry] {
        try store.read { try $0.auditEntries(from: first, limit: 100_000) }.map { try AuditEntry(parsing: $0.entry) }
    }

    var logSize: Int {
        get throws { try store.read { try $0.auditSize() } }
    }

    /// An entry as a sentence: who, act, object, outcome, rule, relationship, purpose, and what else it holds. Handles
    /// stand under the words that the test gave them.
    func sentence(_ entry: AuditEntry) -> String {
        names.withLock { names in
            func word(_ handle: String) -> String { names[handle] ?? handle }
            var words = [
                word(entry.actor), entry.act, entry.object.isEmpty ? "-" : word(entry.object), entry.outcome.rawValue,
                entry.rule, entry.relationship, entry.purpose,
            ]
            if let count = entry.count { words.append("count=\(count)") }
            if !entry.handles.isEmpty { words.append("handles=" + entry.handles.map(word).joined(separator: ",")) }
            if let consent = entry.consent { words.append("consent=" + word(consent)) }
            return words.joined(separator: " ")
        }
    }

    func sentences(from first: Int) throws -> [String] { try entries(from: first).map(sentence) }

    /// Does one act and requires that it left exactly one entry, which is asked for its sentence later: what the act
    /// made may have to be given its word first.
    func one<Value>(
        at location: SourceLocation = #_sourceLocation,
        _ act: (Deployment, RequestID) async throws -> Value
    ) async throws -> (value: Value, entry: Recorded) {
        let size = try logSize
        let request = deployment.newRequest()
        let value = try await act(deployment, request)
        return (value, try recorded(since: size, request, location))
    }

    /// Does one act that must be refused, and requires that it left exactly one entry.
    func refused<Value>(
        at location: SourceLocation = #_sourceLocation,
        _ act: (Deployment, RequestID) async throws -> Value
    ) async throws -> (error: CaseworkError?, entry: Recorded) {
        let size = try logSize
        let request = deployment.newRequest()
        var found: CaseworkError?
        do {
            _ = try await act(deployment, request)
            Issue.record("it was not refused", sourceLocation: location)
        } catch let error as CaseworkError {
            found = error
        }
        return (found, try recorded(since: size, request, location))
    }

    private func recorded(since size: Int, _ request: RequestID, _ location: SourceLocation) throws -> Recorded {
        let new = try entries(from: size)
        #expect(new.count == 1, "one act is one entry: \(new.map(sentence))", sourceLocation: location)
        let entry = try #require(new.first, sourceLocation: location)
        #expect(entry.request == request.text, sourceLocation: location)
        return Recorded(house: self, entry: entry)
    }

    struct Recorded {
        let house: House
        let entry: AuditEntry
        var sentence: String { house.sentence(entry) }
    }
}

extension House {
    func stored(_ kind: RowKind, _ id: [UInt8]) throws -> StoredRow? { try store.read { try $0.row(kind, id: id) } }

    func hasPacket(_ referral: ReferralID) throws -> Bool { try stored(.packet, referral.bytes) != nil }

    /// Puts a row over another, whatever stands there: what somebody does who can write to the database.
    func plant(_ row: StoredRow) throws {
        try store.write { transaction in
            if try transaction.version(row.kind, id: row.id) != nil { try transaction.delete(row.kind, id: row.id) }
            try transaction.put(row, expecting: nil)
        }
    }
}
