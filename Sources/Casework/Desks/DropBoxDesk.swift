public import Care
import Foundation
import Sealing
import Store

/// The drop-boxes: whoever speaks with a survivor first files what she says for a team and cannot read it back; the team's first
/// reader checks who wrote it and folds it into the case (SECURITY section 2, DECISIONS 20).
public struct DropBoxDesk: Sendable {
    let office: Office

    /// A team that takes intakes.
    public struct Team: Hashable, Sendable {
        /// The team.
        public let id: TeamID
        /// Its name.
        public let name: String
    }

    /// The teams of the worker's agency that take intakes: those that keep cases. To another organisation a case goes by a
    /// referral, with her consent (N2).
    public func teams(for signedIn: SignedIn, request: RequestID) async throws(CaseworkError) -> [Team] {
        try await office.ledger.perform(
            .listDropBoxes,
            by: signedIn.worker,
            on: .nothing,
            purpose: .helpLine,
            request: request,
            prepare: { () throws(CaseworkError) -> [Team] in
                try office.read { try teams(of: signedIn.worker.agency, in: $0) }
            },
            commit: { teams, _, _, notes in notes.count = teams.count },
            reveal: { teams, _ throws(CaseworkError) in teams }
        )
    }

    /// Files a case for a team of the agency that the worker need not belong to. After this nothing on the server and nothing
    /// in the worker's keyring opens it; the receipt is all they keep.
    ///
    /// - Throws: ``CaseworkError/notFound`` for a team of another agency, ``CaseworkError/invalid(field:what:)`` for values out
    ///   of bounds, or when somebody whom she asked to keep out belongs to the team; ``CaseworkError/keyReused``.
    public func file(
        _ opening: CaseOpening,
        by signedIn: SignedIn,
        request: RequestID,
        once: Once
    ) async throws(CaseworkError) -> IntakeReceipt {
        let onceID = try office.onceID(once, .fileIntake, signedIn.worker)
        return try await office.ledger.perform(
            .fileIntake,
            by: signedIn.worker,
            on: .team(opening.team),
            purpose: .helpLine,
            request: request,
            prepare: { () throws(CaseworkError) -> Filing in
                let earlier = try office.read { try office.made(once, onceID, in: $0) }
                if let made = earlier.made { return Filing(made: made, isRepeat: true) }
                var filing = try await IntakeFiling(office: office).rows(of: opening, by: signedIn)
                filing.onceVersion = earlier.version
                return filing
            },
            commit: { [office] filing, _, transaction, notes in
                // Asked again where nobody can come in between: the same request may have come twice at once.
                if let made = try office.made(once, onceID, in: transaction).made {
                    notes.handles = made
                    return made
                }
                guard !filing.isRepeat else { throw CaseworkError.stale }
                for row in filing.rows { try transaction.put(row, expecting: nil) }
                try transaction.put(
                    try office.onceRow(once, onceID, made: filing.made, replacing: filing.onceVersion),
                    expecting: filing.onceVersion
                )
                try office.sweep.delete(filing.expired, except: onceID, in: transaction)
                notes.handles = filing.made
                notes.envelopeDigest = try Digest.sha256(filing.rows.flatMap(\.sealed))
                return filing.made
            },
            reveal: { _, made throws(CaseworkError) in
                guard let id = made.first.flatMap(CaseID.init) else { throw .damaged(code: "idempotency") }
                return IntakeReceipt(id: id)
            }
        )
    }

    /// Adds a note to a case by its code: sealed to the case, signed by the worker, who cannot read it back.
    ///
    /// - Throws: ``CaseworkError/notFound`` for a case of another agency or one that does not exist,
    ///   ``CaseworkError/invalid(field:what:)``, ``CaseworkError/keyReused``, ``CaseworkError/wrongState(code:)`` with
    ///   `drop_box_full` or `no_drop_box`.
    public func addNote(
        _ text: String,
        to id: CaseID,
        by signedIn: SignedIn,
        request: RequestID,
        once: Once
    ) async throws(CaseworkError) -> NoteID {
        let onceID = try office.onceID(once, .dropNote, signedIn.worker)
        return try await office.ledger.perform(
            .dropNote,
            by: signedIn.worker,
            on: .caseFile(id),
            purpose: .helpLine,
            request: request,
            prepare: { () throws(CaseworkError) -> Filing in
                let earlier = try office.read { try office.made(once, onceID, in: $0) }
                if let made = earlier.made { return Filing(made: made, isRepeat: true) }
                var filing = try note(text, to: id, by: signedIn)
                filing.onceVersion = earlier.version
                return filing
            },
            commit: { [office] filing, _, transaction, notes in
                if let made = try office.made(once, onceID, in: transaction).made {
                    notes.handles = made
                    return made
                }
                guard !filing.isRepeat, let text = filing.made.first else { throw CaseworkError.stale }
                guard let (row, version) = try CaseShelf(office: office).row(id, in: transaction),
                    row.epoch == filing.epoch
                else { throw CaseworkError.stale }
                try Self.list(text, in: row, at: version, of: id, office, in: transaction)
                for row in filing.rows { try transaction.put(row, expecting: nil) }
                try transaction.put(
                    try office.onceRow(once, onceID, made: filing.made, replacing: filing.onceVersion),
                    expecting: filing.onceVersion
                )
                try office.sweep.delete(filing.expired, except: onceID, in: transaction)
                notes.handles = filing.made
                notes.envelopeDigest = try Digest.sha256(filing.rows.flatMap(\.sealed))
                return filing.made
            },
            reveal: { _, made throws(CaseworkError) in
                guard let id = made.first.flatMap(NoteID.init) else { throw .damaged(code: "idempotency") }
                return id
            }
        )
    }

    /// Folds in what lies in the drop-box of a case: checks each author's signature against the signed directory and seals it
    /// again for those who read the case. Author, version and ETag stay. Done twice, or by two at once, it is done once; what
    /// is not believed stays where it lies, is named, and is shown to the team's supervisor.
    ///
    /// - Throws: ``CaseworkError/notFound`` when there is no such case or it is not for this worker.
    public func foldIn(
        _ id: CaseID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> FoldIn {
        try await DropBoxFolding(office: office).fold(id, by: signedIn, request: request)
    }

    // MARK: - Making

    /// What filing something writes.
    struct Filing: Sendable {
        var made: [String] = []
        var rows: [StoredRow] = []
        var isRepeat = false
        var onceVersion: Int?
        /// The epoch of the case that it was sealed to.
        var epoch: UInt32 = 1
        /// Traces of creates that are older than they are kept.
        var expired: [OnceSweep.Trace] = []
    }

    private func note(_ text: String, to id: CaseID, by signedIn: SignedIn) throws(CaseworkError) -> Filing {
        let now = office.time.now()
        let worker = signedIn.worker
        let note: Note
        do {
            note = try Note(text: text, writtenBy: worker.staff, writtenAt: now)
        } catch .invalid(_, let write) {
            throw .invalid(field: "/text", what: "write \(write)")
        } catch {
            throw CaseworkError(error, at: "")
        }
        guard let row = try office.read({ try CaseShelf(office: office).row(id, in: $0) })?.row else {
            throw .notFound
        }
        let box = try CaseBoxes(office: office).trusted(id, row, for: signedIn)
        let noteID = try office.newID(NoteID.self)
        func record(_ bytes: [UInt8]) -> DroppedNoteRecord {
            DroppedNoteRecord(
                caseID: id,
                agency: row.agency,
                epoch: row.epoch,
                author: worker.staff,
                authorAgency: worker.agency,
                writtenAtSeconds: Int64(now.timeIntervalSince1970.rounded(.down)),
                note: Data(bytes)
            )
        }
        let plain: [UInt8]
        do {
            plain = try Stored.bytes(of: note)
        } catch {
            throw .damaged(code: "note")
        }
        let sealed = try sealing("drop_box") { () throws(SealingError) in
            try DropBoxRecord.seal(plain, terms: record([]).terms(noteID), to: box, by: signedIn.keyring)
        }
        let stored = try office.rows.row(
            record(sealed.bytes),
            .droppedNote,
            id: noteID.bytes,
            owner: office.rows.blind(.dropsOfCase, id.bytes)
        )
        return Filing(made: [noteID.text], rows: [stored], epoch: row.epoch, expired: try office.expiredTraces())
    }

    /// Puts a note on the list in the routing row of its case, so that it is missed when somebody takes it away. That moves the
    /// case one version on: what a reader sees of it has changed.
    private static func list(
        _ note: String,
        in row: CaseRow,
        at version: Int,
        of id: CaseID,
        _ office: Office,
        in transaction: borrowing Transaction
    ) throws {
        var row = row
        var notes = row.notes ?? [:]
        guard notes.count < Care.Limits.manyEntries else { throw CaseworkError.wrongState(code: "drop_box_full") }
        notes[note] = 1
        row.notes = notes
        let stored = try office.rows.row(
            row,
            .caseRouting,
            id: id.bytes,
            owner: office.rows.blind(.casesOfTeam, row.team.bytes),
            version: version + 1
        )
        try transaction.put(stored, expecting: version)
    }

    private func teams(of agency: AgencyID, in reading: borrowing Reading) throws -> [Team] {
        var teams: [Team] = []
        var after: [UInt8]?
        while true {
            let rows = try reading.rows(.team, after: after, limit: Limits.page)
            for row in rows {
                let team = try office.rows.open(TeamRecord.self, row)
                guard team.agency == agency, !team.isDesk else { continue }
                teams.append(Team(id: team.id, name: team.name))
            }
            guard rows.count == Limits.page else { return teams.sorted { ($0.name, $0.id) < ($1.name, $1.id) } }
            after = rows.last?.id
        }
    }
}
