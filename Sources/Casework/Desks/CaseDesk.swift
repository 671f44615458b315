public import Care
import Directory
import Foundation
import Policy
import Sealing
import Store

/// Cases: opened, listed, read, and what she needs recorded. Each act is one entry; each change moves the case one version
/// on, and a change against an older version is refused.
public struct CaseDesk: Sendable {
    let office: Office

    private var shelf: CaseShelf { CaseShelf(office: office) }

    /// Opens a case for a team that the worker belongs to.
    ///
    /// - Throws: ``CaseworkError/notFound`` for another team, ``CaseworkError/invalid(field:what:)`` for values out of
    ///   bounds, ``CaseworkError/keyReused``.
    public func open(
        _ opening: CaseOpening,
        by signedIn: SignedIn,
        request: RequestID,
        once: Once
    ) async throws(CaseworkError) -> CaseReceipt {
        let worker = signedIn.worker
        let onceID = try office.onceID(once, .openCase, worker)
        return try await office.ledger.perform(
            .openCase,
            by: worker,
            on: .team(opening.team),
            purpose: .caseManagement,
            request: request,
            prepare: { () throws(CaseworkError) -> (NewCase, Repeat) in
                let earlier = try office.read { try office.made(once, onceID, in: $0) }
                if let made = earlier.made { return (NewCase(), Repeat(made: made, version: earlier.version)) }
                return (try newCase(opening, for: signedIn), Repeat(made: nil, version: earlier.version))
            },
            commit: { [office] prepared, _, transaction, notes in
                let (new, earlier) = prepared
                // Asked again where nobody can come in between: the same request may have come twice at once.
                if let made = try office.made(once, onceID, in: transaction).made {
                    notes.handles = made
                    try Self.checkStillOpen(made, to: worker, office, in: transaction)
                    return made
                }
                guard earlier.made == nil else { throw CaseworkError.stale }
                if let key = new.sealedTo { try office.checkInUse(key, in: transaction) }
                for row in new.rows { try transaction.put(row, expecting: nil) }
                try transaction.put(
                    try office.onceRow(once, onceID, made: new.made, replacing: earlier.version),
                    expecting: earlier.version
                )
                try office.sweep.delete(new.expired, except: onceID, in: transaction)
                notes.handles = Array(new.made.prefix(1))
                notes.envelopeDigest = try Digest.sha256(new.rows.flatMap(\.sealed))
                return new.made
            },
            reveal: { prepared, made throws(CaseworkError) in
                guard let id = made.first.flatMap(CaseID.init) else { throw .damaged(code: "idempotency") }
                return try receipt(of: id, for: signedIn)
            }
        )
    }

    /// The cases of the worker's teams that the worker may read: routing fields only. All of them; each fifty are an act
    /// with an entry of its own, so that the log names every case that was shown (DECISIONS 17, DOMAIN A4).
    public func list(
        for signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> [CaseSummary] {
        var all: [CaseSummary] = []
        var after: CaseID?
        repeat {
            let page = try await list(after: after, for: signedIn, request: request)
            all += page.cases
            after = page.next
        } while after != nil
        return all
    }

    /// A page of the list: at most 50 cases, in the order of their ids, and where the next page begins; nil at the end.
    public func list(
        after: CaseID?,
        for signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> (cases: [CaseSummary], next: CaseID?) {
        try await office.ledger.perform(
            .listCases,
            by: signedIn.worker,
            on: .nothing,
            purpose: .caseManagement,
            request: request,
            prepare: { () throws(CaseworkError) -> (cases: [CaseSummary], next: CaseID?) in
                try office.read { try summaries(for: signedIn.worker, after: after, in: $0) }
            },
            commit: { page, _, _, notes in
                notes.count = page.cases.count
                notes.handles = page.cases.map(\.id.text)
            },
            reveal: { page, _ throws(CaseworkError) in page }
        )
    }

    /// Opens a case to read it.
    ///
    /// - Throws: ``CaseworkError/notFound`` when there is no such case or it is not for this worker.
    public func read(
        _ id: CaseID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> CaseReading {
        try await office.ledger.perform(
            .readCase,
            by: signedIn.worker,
            on: .caseFile(id),
            purpose: .caseManagement,
            request: request,
            prepare: { () throws(CaseworkError) in },
            commit: { _, _, _, _ in },
            reveal: { _, _ throws(CaseworkError) in try reading(of: id, for: signedIn) }
        )
    }

    /// Records a need she states.
    ///
    /// - Throws: ``CaseworkError/stale`` when the case has moved on, ``CaseworkError/keyReused``,
    ///   ``CaseworkError/wrongState(code:)`` on a closed case.
    public func record(
        _ stated: StatedNeed,
        in id: CaseID,
        at version: Int,
        by signedIn: SignedIn,
        request: RequestID,
        once: Once
    ) async throws(CaseworkError) -> CaseReceipt {
        try await CaseChange(office: office).make(
            .recordNeed,
            in: id,
            at: version,
            purpose: .caseManagement,
            by: signedIn,
            request: request,
            once: once,
            writing: [.content]
        ) { book throws(CaseworkError) in
            let need = try need(stated, at: "")
            try care { () throws(CareError) in try book.file.content.record(need) }
            return CaseChange.Made(ids: [need.id.text])
        }
    }

    // MARK: - Making and reading

    private struct NewCase: Sendable {
        var rows: [StoredRow] = []
        var made: [String] = []
        /// The team key that the secrets are sealed under.
        var sealedTo: TeamEpoch?
        /// Traces of creates that are older than they are kept.
        var expired: [OnceSweep.Trace] = []
    }

    /// A repeat answers with what the case says now, so that whoever may no longer read it gets no answer.
    private static func checkStillOpen(
        _ made: [String],
        to worker: Worker,
        _ office: Office,
        in transaction: borrowing Transaction
    ) throws {
        guard let id = made.first.flatMap(CaseID.init) else { throw CaseworkError.damaged(code: "idempotency") }
        let facts = try office.rows.facts(
            .readCase,
            worker,
            .caseFile(id),
            .caseManagement,
            consent: nil,
            in: transaction
        )
        guard !facts.isBarred, !facts.relationships.isEmpty else { throw CaseworkError.notFound }
    }

    private struct Repeat: Sendable {
        let made: [String]?
        let version: Int?
    }

    private func newCase(_ opening: CaseOpening, for signedIn: SignedIn) throws(CaseworkError) -> NewCase {
        let worker = signedIn.worker
        let now = office.time.now()
        let id = try office.newID(CaseID.self)
        let team = try office.keys(of: opening.team, for: signedIn)
        let content = try content(opening, of: worker, at: now)
        let file = CaseFile(
            id: id,
            identity: opening.identity,
            contact: opening.contact,
            conflicts: opening.conflicts,
            content: content
        )
        guard !file.conflicts.barredStaff.contains(worker.staff) else {
            throw .invalid(field: "/conflicts/avoided_staff", what: "somebody else must open this case")
        }
        let row = CaseRow(
            team: opening.team,
            agency: worker.agency,
            openedBy: worker.staff,
            routing: CaseRouting(of: file, referrals: [], consents: [], rules: office.consentPolicy.rules),
            epoch: 1,
            barred: []
        )
        let secrets = try sealing("case_secrets") { () throws(SealingError) in
            try CaseSecrets.random(for: Set(Compartment.allCases))
        }
        // The erase secret is on the disk before any row names the case (ADR 0006); a crash in between leaves an orphan.
        try office.vault.add(id, at: now)
        let keys = try CaseKeys(secrets, eraseSecret: office.vault.eraseSecret(of: id), of: id, epoch: row.epoch)
        var book = CaseBook(new: file, row: row, keys: keys)
        let given = try given(secrets, of: &book, to: team, by: signedIn)
        let sheets = try book.sheets().map(\.0)
        let routing = try shelf.routingRow(of: book, referrals: [])
        return NewCase(
            rows: given + [routing] + sheets,
            made: [id.text],
            sealedTo: TeamEpoch(team: opening.team, epoch: team.epoch),
            expired: try office.expiredTraces()
        )
    }

    /// The rows that give a new case's secrets to the team, or, where she named a colleague, to persons (DECISIONS 6).
    private func given(
        _ secrets: CaseSecrets,
        of book: inout CaseBook,
        to team: TeamKey,
        by signedIn: SignedIn
    ) throws(CaseworkError) -> [StoredRow] {
        let id = book.id
        guard book.file.conflicts.makesCaseRestricted else {
            let place = book.row.secretsPlace(id)
            let wrapped = try sealing("case_secrets") { () throws(SealingError) in
                try CaseSecretWrap.seal(secrets, at: place, for: team)
            }
            return [StoredRow(kind: .caseSecrets, id: id.bytes, version: 1, sealed: wrapped)]
        }
        let desk = CaseReaders(office: office)
        let readers = try desk.readers(of: book.row, book.file, named: [], by: signedIn.worker)
        book.setReaders(readers)
        let accounts = try desk.accounts(
            of: readers,
            for: book.row.agency,
            barred: book.file.conflicts.barredStaff
        )
        return try desk.rows(granting: secrets, of: id, epoch: book.row.epoch, to: accounts, by: signedIn).map(\.row)
    }

    private func content(
        _ opening: CaseOpening,
        of worker: Worker,
        at now: Date
    ) throws(CaseworkError) -> CaseContent {
        var needs: [Need] = []
        for (index, stated) in opening.needs.enumerated() { needs.append(try need(stated, at: "/needs/\(index)")) }
        let note = try note(opening.note, by: worker, at: now)
        return try care { () throws(CareError) in
            var content = try CaseContent(
                agency: worker.agency,
                team: opening.team,
                openedBy: worker.staff,
                assigned: [worker.staff],
                intake: opening.intake,
                wishes: opening.wishes,
                at: now
            )
            for need in needs { try content.record(need) }
            if let risk = opening.risk { try content.assess(risk, asSupervisor: false) }
            if let note { try content.add(note) }
            return content
        }
    }

    private func note(_ text: String?, by worker: Worker, at now: Date) throws(CaseworkError) -> Note? {
        guard let text else { return nil }
        do {
            return try Note(text: text, writtenBy: worker.staff, writtenAt: now)
        } catch .invalid(_, let write) {
            throw .invalid(field: "/note", what: "write \(write)")
        } catch {
            throw CaseworkError(error, at: "")
        }
    }

    private func need(_ stated: StatedNeed, at place: String) throws(CaseworkError) -> Need {
        guard office.shelf.current.taxonomy.type(stated.code) != nil else {
            throw .invalid(field: "\(place)/code", what: "write a service code of the taxonomy")
        }
        let id = try office.newID(NeedID.self)
        return try care(at: place) { () throws(CareError) in
            try Need(
                id: id,
                code: stated.code,
                urgency: stated.urgency,
                reason: stated.reason,
                jurisdiction: stated.jurisdiction,
                isLifeThreatening: stated.isLifeThreatening,
                isReceivedElsewhere: stated.isReceivedElsewhere,
                accompaniment: stated.accompaniment,
                restrictions: stated.restrictions,
                recordedAt: office.time.now()
            )
        }
    }

    private func receipt(of id: CaseID, for signedIn: SignedIn) throws(CaseworkError) -> CaseReceipt {
        let book = try shelf.open(id, for: signedIn)
        return CaseReceipt(
            id: id,
            version: book.version,
            needs: book.file.content.needs,
            readers: book.row.readers
        )
    }

    private func reading(of id: CaseID, for signedIn: SignedIn) throws(CaseworkError) -> CaseReading {
        let book = try shelf.open(id, for: signedIn)
        let referrals = try office.read { reading in
            try shelf.referrals(of: book.row, in: reading).map { $0.row.routing.following($0.row.referral) }
        }
        return CaseReading(
            version: book.version,
            file: book.file,
            consents: book.consents,
            referrals: referrals,
            readers: book.row.readers
        )
    }

    /// What a list shows is what a reading would: whoever is barred, or could not read it for another reason, does not
    /// find it in the list either.
    private func summaries(
        for worker: Worker,
        after: CaseID?,
        in reading: borrowing Reading
    ) throws -> (cases: [CaseSummary], next: CaseID?) {
        let teams = try worker.teams.map { try office.rows.blind(.casesOfTeam, $0.bytes) }
        let granted = try office.rows.blind(.caseGrantsOfStaff, worker.staff.bytes)
        var last: CaseID?
        let page = try reading.page(
            after: after?.bytes,
            finding: { after, limit in
                // Grants lie under the id of their case and 16 bytes more.
                let past = after.map { $0 + [UInt8](repeating: 0xFF, count: 16) }
                return try teams.flatMap { try reading.rows(.caseRouting, owner: $0, after: after, limit: limit) }
                    + reading.rows(.caseGrant, index: granted, after: past, limit: limit).compactMap {
                        try reading.row(.caseRouting, id: Array($0.id.prefix(16)))
                    }
            }
        ) { stored -> CaseSummary? in
            let row = try office.rows.caseRow(stored)
            // A restricted case of one's own team is found twice.
            guard row.routing.id != last else { return nil }
            last = row.routing.id
            // The column by which it was found is not sealed: somebody who can write to the database may have moved it.
            guard worker.teams.contains(row.team) || row.readers?.contains(worker.staff) == true else { return nil }
            let facts = try office.rows.facts(
                .readCase,
                worker,
                .caseFile(row.routing.id),
                .caseManagement,
                consent: nil,
                in: reading
            )
            guard case .permitted = office.ledger.policy.decide(facts) else { return nil }
            let referrals = try shelf.referrals(of: row, in: reading)
            return CaseSummary(
                id: row.routing.id,
                version: stored.version,
                routing: row.routing,
                referrals: referrals.map { CaseRouting.ReferralFact(of: $0.row.referral) }
            )
        }
        return (page.values, page.last.flatMap { CaseID(bytes: $0) })
    }
}
