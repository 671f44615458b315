import Care
import Foundation
import Policy
import Sealing
import Store

/// Folding in, the act by which what was dropped into a case becomes part of it.
struct DropBoxFolding: Sendable {
    let office: Office

    private var opening: DropBoxOpening { DropBoxOpening(office: office) }

    /// What one act folds in and refuses.
    private struct Prepared: Sendable {
        /// The secrets under the team's key, and the version of the intake that they come out of.
        var intake: (secrets: StoredRow, version: Int)?
        var notes: [(row: StoredRow, version: Int)] = []
        var refused: [RefusedDrop] = []
        /// Those of them that are new, as rows.
        var marks: [(row: StoredRow, expecting: Int?)] = []
        /// Marks of what is in order by now.
        var cleared: [(id: [UInt8], version: Int)] = []
        var isMoreWaiting = false
    }

    /// Folds in what waits, at most fifty things at once.
    func fold(_ id: CaseID, by signedIn: SignedIn, request: RequestID) async throws(CaseworkError) -> FoldIn {
        let (fold, marked) = try await office.ledger.perform(
            .foldIn,
            by: signedIn.worker,
            on: .caseFile(id),
            purpose: .caseManagement,
            request: request,
            prepare: { () throws(CaseworkError) -> Prepared in try prepared(id, for: signedIn) },
            commit: { prepared, _, transaction, notes in
                let folded = try Self.write(prepared, of: id, in: transaction)
                notes.count = folded.count
                notes.handles = folded
                let rows = [prepared.intake?.secrets].compactMap { $0 } + prepared.notes.map(\.row)
                notes.envelopeDigest = rows.isEmpty ? nil : try Digest.sha256(rows.flatMap(\.sealed))
                guard let version = try transaction.version(.caseRouting, id: id.bytes) else {
                    throw CaseworkError.notFound
                }
                return (folded, version)
            },
            reveal: { prepared, written throws(CaseworkError) in
                let fold = FoldIn(
                    folded: written.0,
                    refused: prepared.refused,
                    isMoreWaiting: prepared.isMoreWaiting,
                    version: written.1
                )
                let marked = Set(prepared.marks.map(\.row.id))
                return (fold, prepared.refused.filter { marked.contains(Self.markID($0)) })
            }
        )
        for drop in marked { try await record(drop, of: id, by: signedIn, request: request) }
        return fold
    }

    /// Each refusal that is new is an entry of its own: that something was planted or changed is for the auditors to see.
    private func record(
        _ drop: RefusedDrop,
        of id: CaseID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) {
        do throws(CaseworkError) {
            try await office.ledger.perform(
                .foldIn,
                by: signedIn.worker,
                on: .caseFile(id),
                purpose: .caseManagement,
                request: request,
                prepare: { () throws(CaseworkError) in
                    throw .damaged(code: "drop_box_\(drop.reason.rawValue)")
                },
                commit: { (_: Void, _, _, _) in },
                reveal: { _, _ throws(CaseworkError) in }
            )
        } catch .damaged {
            // The entry says so; that it does was the purpose.
        }
    }

    // MARK: - Preparing

    private struct Lying: Sendable {
        let row: CaseRow
        let secrets: StoredRow?
        let intake: StoredRow?
        let sheets: [StoredRow]
        var waiting: [StoredRow]
        /// Notes of the routing row's list that are neither folded in nor waiting.
        let missing: [NoteID]
        /// Those that are both.
        let replayed: [NoteID]
        let marks: [(row: StoredRow, drop: RefusedDrop)]

        /// Whether the team has the secrets of the case, or its readers, where it is restricted.
        var isOpen: Bool { secrets != nil || row.readers != nil }
    }

    private func prepared(_ id: CaseID, for signedIn: SignedIn) throws(CaseworkError) -> Prepared {
        let lying = try office.read { try self.lying(id, in: $0) }
        var prepared = Prepared()
        func refuse(_ record: String, _ reason: RefusedDrop.Reason) {
            prepared.refused.append(RefusedDrop(record: record, reason: reason, foundAt: office.time.now()))
        }
        if let intake = lying.intake {
            if lying.isOpen {
                refuse(id.text, .replayed)
            } else {
                do {
                    prepared.intake = (try fold(intake, lying, of: id, for: signedIn), intake.version)
                } catch let refused as DropBoxOpening.Refused {
                    refuse(id.text, refused.reason)
                } catch let error as CaseworkError {
                    throw error
                } catch {
                    throw .damaged(code: "drop_box")
                }
            }
        }
        for note in lying.missing { refuse(note.text, .missing) }
        for note in lying.replayed { refuse(note.text, .replayed) }
        // The notes of an intake wait until it is folded in: their keys come out of it. So they are folded in with the same
        // request where that is possible, and with the next one where it is not.
        if !lying.waiting.isEmpty, let book = try book(id, lying, prepared, for: signedIn) {
            let owner = try office.rows.blind(.notesOfCase, id.bytes)
            for waiting in lying.waiting {
                guard let note = NoteID(bytes: waiting.id) else { continue }
                guard prepared.notes.count < Limits.foldedNotes else {
                    prepared.isMoreWaiting = true
                    break
                }
                do {
                    let text = try opening.note(note, waiting, of: book, for: signedIn)
                    prepared.notes.append(
                        (try book.row(of: text, note, version: waiting.version, owner: owner), waiting.version)
                    )
                } catch let refused as DropBoxOpening.Refused {
                    refuse(note.text, refused.reason)
                } catch let error as CaseworkError {
                    throw error
                } catch {
                    throw .damaged(code: "drop_box")
                }
            }
        }
        try mark(&prepared, lying.marks, of: id)
        return prepared
    }

    private func lying(_ id: CaseID, in reading: borrowing Reading) throws -> Lying {
        guard let row = try CaseShelf(office: office).row(id, in: reading)?.row else { throw CaseworkError.notFound }
        var waiting: [[UInt8]: StoredRow] = [:]
        for row in try DropBoxes(office: office).waitingNotes(of: id, in: reading) { waiting[row.id] = row }
        var (missing, replayed): ([NoteID], [NoteID]) = ([], [])
        for text in (row.notes ?? [:]).keys.sorted() {
            guard let note = NoteID(text) else { throw CaseworkError.damaged(code: "routing_row") }
            // By its id too: the column by which the others were found is not sealed.
            if let dropped = try reading.row(.droppedNote, id: note.bytes) { waiting[note.bytes] = dropped }
            let isFolded = try reading.version(.caseNote, id: note.bytes) != nil
            if isFolded, waiting.removeValue(forKey: note.bytes) != nil { replayed.append(note) }
            if !isFolded, waiting[note.bytes] == nil { missing.append(note) }
        }
        return Lying(
            row: row,
            secrets: try reading.row(.caseSecrets, id: id.bytes),
            intake: try reading.row(.caseIntake, id: id.bytes),
            sheets: try Compartment.allCases.compactMap { try reading.row(Sheet.kind(of: $0), id: id.bytes) },
            waiting: waiting.values.sorted { $0.id.lexicographicallyPrecedes($1.id) },
            missing: missing,
            replayed: replayed,
            marks: try DropBoxes(office: office).refused(of: id, in: reading)
        )
    }

    /// The secrets of an intake as a row under the team's key, once its author's word, and the sheets, were found good.
    private func fold(
        _ intake: StoredRow,
        _ lying: Lying,
        of id: CaseID,
        for signedIn: SignedIn
    ) throws -> StoredRow {
        let secrets = try opening.secrets(
            of: id,
            lying.row,
            intake: intake,
            sheets: lying.sheets,
            for: signedIn
        )
        let folded = try foldedRow(secrets, of: id, lying.row, for: office.keys(of: lying.row.team, for: signedIn))
        do {
            _ = try book(id, lying, secrets)
        } catch CaseworkError.damaged {
            throw DropBoxOpening.Refused(reason: .sheets)
        }
        return folded
    }

    /// The secrets of an intake under a key of its team, which keeps the author as the one who granted them.
    func foldedRow(
        _ secrets: CaseSecrets,
        of id: CaseID,
        _ row: CaseRow,
        for team: TeamKey
    ) throws(CaseworkError) -> StoredRow {
        let wrapped = try sealing("case_secrets") { () throws(SealingError) in
            try CaseSecretWrap.seal(secrets, at: row.secretsPlace(id), for: team)
        }
        return StoredRow(kind: .caseSecrets, id: id.bytes, version: 1, sealed: wrapped)
    }

    /// The case as it is once the intake is folded in; nil where it was refused.
    private func book(
        _ id: CaseID,
        _ lying: Lying,
        _ prepared: Prepared,
        for signedIn: SignedIn
    ) throws(CaseworkError) -> CaseBook? {
        guard let folded = prepared.intake?.secrets else {
            return lying.isOpen ? try CaseShelf(office: office).open(id, for: signedIn) : nil
        }
        let team = try office.keys(of: lying.row.team, for: signedIn)
        let secrets = try sealing("case_secrets") { () throws(SealingError) in
            try CaseSecretWrap.open(folded.sealed, at: lying.row.secretsPlace(id), with: team)
        }
        return try book(id, lying, secrets)
    }

    private func book(_ id: CaseID, _ lying: Lying, _ secrets: CaseSecrets) throws(CaseworkError) -> CaseBook {
        try CaseBook(
            id,
            row: lying.row,
            version: 0,
            keys: CaseKeys(secrets, eraseSecret: office.vault.eraseSecret(of: id), of: id, epoch: lying.row.epoch),
            sheets: lying.sheets,
            consents: []
        )
    }

    // MARK: - Marks and writing

    /// Where a mark lies: at the id of what it is about.
    private static func markID(_ drop: RefusedDrop) -> [UInt8] {
        NoteID(drop.record)?.bytes ?? CaseID(drop.record)?.bytes ?? []
    }

    private func mark(
        _ prepared: inout Prepared,
        _ standing: [(row: StoredRow, drop: RefusedDrop)],
        of id: CaseID
    ) throws(CaseworkError) {
        let owner = try office.rows.blind(.refusedOfCase, id.bytes)
        for drop in prepared.refused {
            let mark = standing.first { $0.drop.record == drop.record }
            guard mark?.drop.reason != drop.reason else { continue }
            let row = try office.rows.row(
                drop,
                .refusedDrop,
                id: Self.markID(drop),
                owner: owner,
                version: (mark?.row.version ?? 0) + 1
            )
            prepared.marks.append((row, mark?.row.version))
        }
        let refused = Set(prepared.refused.map(\.record))
        guard !prepared.isMoreWaiting else { return }
        prepared.cleared = standing.filter { !refused.contains($0.drop.record) }.map { ($0.row.id, $0.row.version) }
    }

    /// Writes what nobody else has written meanwhile, and says what it was: two readers at once fold in once.
    private static func write(
        _ prepared: Prepared,
        of id: CaseID,
        in transaction: borrowing Transaction
    ) throws -> [String] {
        var folded: [String] = []
        if let intake = prepared.intake, try transaction.version(.caseIntake, id: id.bytes) == intake.version,
            try transaction.version(.caseSecrets, id: id.bytes) == nil
        {
            try transaction.put(intake.secrets, expecting: nil)
            try transaction.delete(.caseIntake, id: id.bytes, expecting: intake.version)
            folded.append(id.text)
        }
        for (row, version) in prepared.notes {
            guard try transaction.version(.droppedNote, id: row.id) == version,
                try transaction.version(.caseNote, id: row.id) == nil, let note = NoteID(bytes: row.id)
            else { continue }
            try transaction.put(row, expecting: nil)
            try transaction.delete(.droppedNote, id: row.id, expecting: version)
            folded.append(note.text)
        }
        for (row, expecting) in prepared.marks where try transaction.version(.refusedDrop, id: row.id) == expecting {
            try transaction.put(row, expecting: expecting)
        }
        for (id, version) in prepared.cleared
        where try transaction.version(.refusedDrop, id: id) == version {
            try transaction.delete(.refusedDrop, id: id, expecting: version)
        }
        return folded
    }
}
