public import Care
import Foundation
import Store
import Synchronization

/// Ending a case for good (ADR 0021): no copy of it can be opened afterwards, in no backup, however old. The rows go with the
/// intent, in one transaction, so that from then on the case is there for nobody; the erase secret goes next.
public struct ErasureDesk: Sendable {
    let office: Office

    /// What an erasure did.
    public struct Erased: Sendable {
        /// The case that there was.
        public let caseID: CaseID
        /// Whether the log holds that it is done; otherwise it is taken up again by itself until it is.
        public let isFinished: Bool
        /// The referrals that were deleted with it.
        public let referrals: [ReferralID]
        /// Those of them that a desk had accepted: what that desk has read, it has read, and it must be told.
        public let released: [ReferralID]
    }

    /// Erases a case on the word of the team that holds it.
    ///
    /// - Throws: ``CaseworkError/notFound`` when there is no such case or it is not for this worker;
    ///   ``CaseworkError/stale`` when it is no longer at `version`; ``CaseworkError/wrongState(code:)`` when the time it may
    ///   be kept is said to be over and it is not closed (D5).
    public func erase(
        _ id: CaseID,
        because reason: ErasureReason,
        at version: Int,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> Erased {
        let intended = try await office.ledger.perform(
            .eraseCase,
            by: signedIn.worker,
            on: .caseFile(id),
            purpose: .recordKeeping,
            request: request,
            prepare: { () throws(CaseworkError) in },
            commit: { [office] _, _, transaction, notes in
                guard let stored = try transaction.row(.caseRouting, id: id.bytes) else { throw CaseworkError.notFound }
                guard stored.version == version else { throw CaseworkError.stale }
                if reason == .retentionOver, try office.rows.caseRow(stored).routing.state.isOpen {
                    throw CaseworkError.wrongState(code: "case_not_closed")
                }
                return try Self.begin(id, because: reason, isByOrder: false, office, transaction, &notes)
            },
            reveal: { _, intended throws(CaseworkError) in intended }
        )
        return intended.erased(id, isFinished: await office.erasures.finishAll(in: office))
    }

    /// Erases a case on an order that the operator carries out, with nobody signed in. It opens nothing: the order names
    /// the case by its code.
    ///
    /// - Throws: ``CaseworkError/notFound`` when there is nothing of such a case; ``CaseworkError/auditUnavailable`` or
    ///   ``CaseworkError/stopped`` when it could not be finished: what has begun is taken up again at the next start.
    public func eraseByOrder(
        _ id: CaseID,
        because reason: ErasureReason,
        request: RequestID
    ) throws(CaseworkError) -> Erased {
        let rows = CaseRows(rows: office.rows)
        let isThere = try office.read { try rows.exist(id, in: $0) }
        guard isThere || office.vault.cases.contains(id) else { throw .notFound }
        let ending = Intended.Place()
        try office.ledger.note(.eraseCase, handle: id.text, request: request, rule: "order") {
            [office] transaction, notes in
            ending.set(try Self.begin(id, because: reason, isByOrder: true, office, transaction, &notes))
        }
        try office.erasures.finishAll(in: office)
        return ending.value.erased(id, isFinished: true)
    }

    /// Takes up erasures that could not be finished, where there are any, without waiting for them.
    public func retry() { office.erasures.retry(in: office) }

    private static func begin(
        _ id: CaseID,
        because reason: ErasureReason,
        isByOrder: Bool,
        _ office: Office,
        _ transaction: borrowing Transaction,
        _ notes: inout EntryNotes
    ) throws -> Intended {
        var released: [ReferralID] = []
        if let stored = try transaction.row(.caseRouting, id: id.bytes),
            let row = office.rows.readable(CaseRow.self, stored)
        {
            for fact in row.routing.referrals {
                guard let stored = try transaction.row(.referralRouting, id: fact.id.bytes),
                    let referral = office.rows.readable(ReferralRow.self, stored)?.referral,
                    referral.state.releasesPacket || referral.state == .completed
                else { continue }
                released.append(referral.id)
            }
        }
        let referrals = try CaseRows(rows: office.rows).delete(id, in: transaction)
        let pending = PendingErasure(caseID: id, reason: reason, isByOrder: isByOrder)
        // A second order for a case whose first erasure has not ended changes nothing.
        if try transaction.version(.pendingErasure, id: id.bytes) == nil {
            try transaction.put(try office.rows.row(pending, .pendingErasure, id: id.bytes), expecting: nil)
        }
        notes.count = referrals.count
        notes.handles = [reason.handle] + referrals.prefix(Limits.handles - 1).map(\.text)
        return Intended(referrals: referrals, released: released)
    }
}

/// What the intent of an erasure found.
private struct Intended: Sendable {
    var referrals: [ReferralID] = []
    var released: [ReferralID] = []

    func erased(_ id: CaseID, isFinished: Bool) -> ErasureDesk.Erased {
        ErasureDesk.Erased(caseID: id, isFinished: isFinished, referrals: referrals, released: released)
    }

    /// Where the writer's thread leaves it.
    final class Place: Sendable {
        private let found = Mutex(Intended())
        func set(_ intended: Intended) { found.withLock { $0 = intended } }
        var value: Intended { found.withLock { $0 } }
    }
}
