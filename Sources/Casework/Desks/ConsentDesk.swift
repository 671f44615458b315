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
            let faults = office.consentPolicy.rules.validity(of: consent, in: circumstances(consent, book))
            if let fault = faults.first { throw .gated(code: fault.code, items: faults.map(\.code)) }
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
        guard try isKnown(consent, in: id, for: signedIn) else {
            return try await recordUnknown(consent, in: id, by: signedIn, request: request)
        }
        // First in memory, so that nothing leaves while the log is being written (DECISIONS 7).
        let isFirst = office.held.hold(consent)
        do {
            let receipt = try await commitWithdrawal(of: consent, in: id, by: signedIn, request: request)
            office.held.release(consent)
            return receipt
        } catch {
            switch error {
            case .auditUnavailable, .stopped: throw .withdrawalNotRecorded
            case .notFound, .refused:
                // Somebody who may not withdraw it lets go of nothing that a colleague holds.
                if isFirst { office.held.release(consent) }
                throw error
            default: throw error
            }
        }
    }

    // MARK: - Recording

    private struct Withdrawal: Sendable {
        let consent: (row: StoredRow, expecting: Int?)
        let routing: StoredRow
        let version: Int
        let isFirst: Bool
    }

    private func commitWithdrawal(
        of consent: ConsentID,
        in id: CaseID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> CaseReceipt {
        try await office.ledger.perform(
            .withdrawConsent,
            by: signedIn.worker,
            on: .caseFile(id),
            purpose: .caseManagement,
            request: request,
            prepare: { () throws(CaseworkError) -> Withdrawal in
                try withdrawal(of: consent, in: id, for: signedIn)
            },
            commit: { [office] withdrawal, _, transaction, notes in
                notes.consent = consent
                guard withdrawal.isFirst else { return }
                try transaction.put(withdrawal.consent.row, expecting: withdrawal.consent.expecting)
                try transaction.put(withdrawal.routing, expecting: withdrawal.version)
                let revoked = try Self.stop(consent, of: id, office, in: transaction)
                notes.count = revoked.count
                notes.handles = revoked.prefix(Limits.handles).map(\.text)
            },
            reveal: { _, _ throws(CaseworkError) in
                let book = try shelf.open(id, for: signedIn)
                return CaseReceipt(id: id, version: book.version, consent: consent)
            }
        )
    }

    private func withdrawal(
        of id: ConsentID,
        in caseID: CaseID,
        for signedIn: SignedIn
    ) throws(CaseworkError) -> Withdrawal {
        var book = try shelf.open(caseID, for: signedIn)
        guard let index = book.consents.firstIndex(where: { $0.id == id }) else { throw .notFound }
        let isFirst = book.consents[index].withdrawnAt == nil
        book.consents[index].withdraw(at: office.time.now())
        let referrals = try office.read { reading in
            try shelf.referrals(of: book.row, in: reading).map(\.row.referral)
        }
        return Withdrawal(
            consent: try book.row(
                of: book.consents[index],
                owner: office.rows.blind(.consentsOfCase, caseID.bytes)
            ),
            routing: try shelf.routingRow(of: book, referrals: referrals),
            version: book.version,
            isFirst: isFirst
        )
    }

    /// Revokes every referral that rests on the consent and is not over, and deletes its packet (N8).
    private static func stop(
        _ consent: ConsentID,
        of id: CaseID,
        _ office: Office,
        in transaction: borrowing Transaction
    ) throws -> [ReferralID] {
        guard let stored = try transaction.row(.caseRouting, id: id.bytes) else { return [] }
        let row = try office.rows.open(CaseRow.self, stored)
        var revoked: [ReferralID] = []
        for found in try CaseShelf(office: office).referrals(of: row, in: transaction)
        where found.row.referral.basis == .consent(consent) {
            if try transaction.row(.packet, id: found.row.referral.id.bytes) != nil {
                try transaction.delete(.packet, id: found.row.referral.id.bytes)
            }
            guard !found.row.referral.state.isEnded else { continue }
            var stopped = found.row
            try stopped.referral.revoke(.consentWithdrawn, at: office.time.now())
            try transaction.put(
                office.row(of: stopped, version: found.version + 1),
                expecting: found.version
            )
            revoked.append(stopped.referral.id)
        }
        return revoked
    }

    /// Whether the worker can open the case and it has that consent.
    private func isKnown(
        _ consent: ConsentID,
        in id: CaseID,
        for signedIn: SignedIn
    ) throws(CaseworkError) -> Bool {
        do {
            return try shelf.open(id, for: signedIn).consents.contains { $0.id == consent }
        } catch .notFound {
            return false
        }
    }

    /// A withdrawal of a consent that the case does not have, or of a case that is not for the worker: recorded, and
    /// answered as not found.
    private func recordUnknown(
        _ consent: ConsentID,
        in id: CaseID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> CaseReceipt {
        try await office.ledger.perform(
            .withdrawConsent,
            by: signedIn.worker,
            on: .caseFile(id),
            purpose: .caseManagement,
            request: request,
            prepare: { () throws(CaseworkError) -> CaseReceipt in throw .notFound },
            commit: { _, _, _, notes in notes.consent = consent },
            reveal: { receipt, _ throws(CaseworkError) in receipt }
        )
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

    private func circumstances(_ consent: Consent, _ book: CaseBook) -> ConsentCircumstances {
        ConsentCircumstances(
            age: book.file.identity.age,
            conflicts: book.file.conflicts,
            isDeclined: book.file.content.isDeclined(consent.code, at: office.time.now()),
            isLifeInDanger: false
        )
    }
}
