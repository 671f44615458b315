public import Care
import Directory
import Foundation
import Policy
import Sealing
import Store

/// Consents and their withdrawal. A consent is for one service of one recipient (N1); "no" is a complete answer, and taking
/// a consent back always succeeds or says that it is not recorded yet (N8, DECISIONS 7).
public struct ConsentDesk: Sendable {
    let office: Office

    private var shelf: CaseShelf { CaseShelf(office: office) }

    /// Records a consent as it was given.
    ///
    /// - Throws: ``CaseworkError/gated(code:items:)`` when the giver cannot give it or assent is missing (N4, N5, N6);
    ///   ``CaseworkError/invalid(field:what:)``, ``CaseworkError/stale``, ``CaseworkError/keyReused``,
    ///   ``CaseworkError/notFound``.
    public func record(
        _ stated: StatedConsent,
        in id: CaseID,
        at version: Int,
        by signedIn: SignedIn,
        request: RequestID,
        once: Once
    ) async throws(CaseworkError) -> CaseReceipt {
        try await CaseChange(office: office).make(
            .recordConsent,
            in: id,
            at: version,
            purpose: .caseManagement,
            by: signedIn,
            request: request,
            once: once,
            writing: []
        ) { book throws(CaseworkError) in
            let consent = try consent(stated, in: id)
            if let decision = consent.bestInterests { try checkSigner(of: decision, in: book) }
            let faults = office.consentPolicy.rules.validity(of: consent, in: circumstances(consent, book))
            if let fault = faults.first { throw .gated(code: fault.code, items: faults.map(\.code)) }
            // As many as are read back when the case is opened: one more would stand and not be seen.
            guard book.consents.count < Care.Limits.manyEntries else {
                throw .invalid(field: "", what: "a case holds \(Care.Limits.manyEntries) consents at most")
            }
            book.consents.append(consent)
            return CaseChange.Made(ids: [consent.id.text], consent: consent)
        }
    }

    /// Takes a consent back. Everything that rests on it stops: referrals are revoked and their packets deleted, in the
    /// same transaction. Where that cannot be recorded, sharing stops in memory at once.
    ///
    /// - Throws: ``CaseworkError/withdrawalNotRecorded`` when sharing has stopped and the withdrawal must be repeated;
    ///   ``CaseworkError/notFound``.
    public func withdraw(
        _ consent: ConsentID,
        in id: CaseID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> CaseReceipt {
        var isHeld = false
        do {
            let receipt = try await commitWithdrawal(
                of: consent,
                in: id,
                by: signedIn,
                request: request,
                holding: &isHeld
            )
            office.held.release(consent)
            return receipt
        } catch {
            switch error {
            case .auditUnavailable, .stopped: throw .withdrawalNotRecorded
            case .notFound, .refused, .notSignedIn:
                if isHeld { office.held.letGo(consent) }
                throw error
            default: throw error
            }
        }
    }

    // MARK: - Recording

    /// What a withdrawal does to the consent's own row.
    private enum Withdrawal: Sendable {
        /// Sealed again as withdrawn, with the version it takes the place of.
        case sealed(StoredRow, expecting: Int?)
        /// It was withdrawn before.
        case repeated
        /// The case cannot be opened, or not with the keys of this session: the routing row alone says that it is
        /// withdrawn, and that is enough to stop all.
        case unreadable
    }

    private func commitWithdrawal(
        of consent: ConsentID,
        in id: CaseID,
        by signedIn: SignedIn,
        request: RequestID,
        holding isHeld: inout Bool
    ) async throws(CaseworkError) -> CaseReceipt {
        try await office.ledger.perform(
            .withdrawConsent,
            by: signedIn.worker,
            on: .caseFile(id),
            purpose: .caseManagement,
            request: request,
            prepare: { () throws(CaseworkError) -> Withdrawal in
                let found = try office.read { try shelf.row(id, in: $0) }
                guard let found, found.row.routing.consents.contains(where: { $0.id == consent }) else {
                    throw .notFound
                }
                // First in memory, so that nothing leaves while the log is being written (DECISIONS 7).
                office.held.hold(consent)
                isHeld = true
                return try withdrawal(of: consent, in: id, for: signedIn)
            },
            commit: { [office] withdrawal, _, transaction, notes in
                try Self.withdraw(consent, withdrawal, in: id, office, transaction, &notes)
            },
            reveal: { _, version throws(CaseworkError) in CaseReceipt(id: id, version: version, consent: consent) }
        )
    }

    /// The consent as it stands after its withdrawal.
    private func withdrawal(
        of id: ConsentID,
        in caseID: CaseID,
        for signedIn: SignedIn
    ) throws(CaseworkError) -> Withdrawal {
        var book: CaseBook
        do {
            book = try shelf.open(caseID, for: signedIn)
        } catch {
            switch error {
            // Whoever sent the referral may have left the team and its keys since; the policy lets them stop it (N8).
            case .damaged, .notFound: return .unreadable
            default: throw error
            }
        }
        guard let index = book.consents.firstIndex(where: { $0.id == id }) else { return .unreadable }
        guard book.consents[index].withdrawnAt == nil else { return .repeated }
        book.consents[index].withdraw(at: office.time.now())
        let (row, expecting) = try book.row(
            of: book.consents[index],
            owner: office.rows.blind(.consentsOfCase, caseID.bytes)
        )
        return .sealed(row, expecting: expecting)
    }

    /// Writes the withdrawal against the case as it stands in this transaction, so that no other change of the case can
    /// make it come too late. A consent changes by its withdrawal alone: one that has moved on is withdrawn already.
    private static func withdraw(
        _ consent: ConsentID,
        _ withdrawal: Withdrawal,
        in id: CaseID,
        _ office: Office,
        _ transaction: borrowing Transaction,
        _ notes: inout EntryNotes
    ) throws -> Int {
        notes.consent = consent
        guard let stored = try transaction.row(.caseRouting, id: id.bytes) else { throw CaseworkError.notFound }
        var row = try office.rows.open(CaseRow.self, stored)
        var version = stored.version
        var written: [UInt8] = []
        var isFirst = false
        switch withdrawal {
        case .sealed(let sealed, let expecting) where try transaction.version(.consent, id: consent.bytes) == expecting:
            try transaction.put(sealed, expecting: expecting)
            row.sheets[consent.text] = sealed.version
            written += sealed.sealed
            isFirst = true
        case .unreadable: isFirst = true
        case .sealed, .repeated: break
        }
        if isFirst {
            row.routing = row.routing.withdrawing(consent)
            version += 1
            let moved = try office.rows.row(row, .caseRouting, id: id.bytes, owner: stored.owner, version: version)
            try transaction.put(moved, expecting: stored.version)
            written += moved.sealed
        }
        let revoked = try stop(consent, of: row, office, in: transaction, &written)
        if !revoked.isEmpty {
            notes.count = revoked.count
            notes.handles = revoked.prefix(Limits.handles).map(\.text)
        }
        if !written.isEmpty { notes.envelopeDigest = try Digest.sha256(written) }
        return version
    }

    /// Deletes every packet that rests on the consent, and revokes each referral that is not over (N8). The packet goes
    /// even where the referral's own row cannot be opened any more.
    private static func stop(
        _ consent: ConsentID,
        of row: CaseRow,
        _ office: Office,
        in transaction: borrowing Transaction,
        _ written: inout [UInt8]
    ) throws -> [ReferralID] {
        var revoked: [ReferralID] = []
        for fact in row.routing.referrals where fact.consent == consent {
            if try transaction.version(.packet, id: fact.id.bytes) != nil {
                try transaction.delete(.packet, id: fact.id.bytes)
            }
            guard let stored = try transaction.row(.referralRouting, id: fact.id.bytes),
                var referral = office.rows.readable(ReferralRow.self, stored), !referral.referral.state.isEnded
            else { continue }
            try referral.referral.revoke(.consentWithdrawn, at: office.time.now())
            referral.routing = referral.routing.following(referral.referral)
            let moved = try office.row(of: referral, version: stored.version + 1)
            try transaction.put(moved, expecting: stored.version)
            written += moved.sealed
            revoked.append(fact.id)
        }
        return revoked
    }

    // MARK: - Values

    private func consent(_ stated: StatedConsent, in id: CaseID) throws(CaseworkError) -> Consent {
        let now = office.time.now()
        let givenAt = stated.givenAt ?? now
        guard office.shelf.current.taxonomy.type(stated.code) != nil else {
            throw .invalid(field: "/service", what: "write a service code of the taxonomy")
        }
        let consentID = try office.newID(ConsentID.self)
        return try care { () throws(CareError) in
            try Consent(
                id: consentID,
                caseID: id,
                code: stated.code,
                recipient: stated.recipient,
                items: stated.items,
                allowsSendingAbroad: stated.allowsSendingAbroad,
                giver: stated.giver,
                giverParty: stated.giverParty,
                form: stated.form,
                assent: stated.assent,
                bestInterests: stated.bestInterests,
                limitsExplainedAt: stated.limitsExplainedAt,
                givenAt: givenAt,
                expiresAt: stated.expiresAt
                    ?? office.consentPolicy.defaultEnd(for: stated.giver, givenAt: givenAt)
            )
        }
    }

    /// A decision in her best interests is signed by somebody who supervises the team that holds the case, and whom she
    /// did not ask to keep out of it (N6). One answer for everybody else, so that nobody learns who is what.
    private func checkSigner(of decision: BestInterests, in book: CaseBook) throws(CaseworkError) {
        let signer = decision.signedBy
        let account = try office.read { try office.rows.account(of: signer, in: $0) }
        guard let account, account.roles.contains(.supervisor), account.teams.contains(book.row.team),
            !book.file.conflicts.barredStaff.contains(signer)
        else {
            throw .invalid(
                field: "/best_interests/signed_by",
                what: "write the id of a supervisor of the team that holds the case"
            )
        }
    }

    private func circumstances(_ consent: Consent, _ book: CaseBook) -> ConsentCircumstances {
        ConsentCircumstances(
            age: book.file.identity.age,
            conflicts: book.file.conflicts,
            isDeclined: book.file.content.isDeclined(consent.code, at: office.time.now()),
            isLifeInDanger: false,
            ownConsentFromAge: office.policies.raisedOwnConsentAge(
                for: consent.code,
                in: book.file.identity.currentCountry
            )
        )
    }
}
