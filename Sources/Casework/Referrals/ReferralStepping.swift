import Care
import Foundation
import Sealing
import Store

/// One step of a referral, on either side: read the row inside the transaction, take the step, write it one version on.
struct ReferralStepping: Sendable {
    let office: Office

    /// Takes a step.
    ///
    /// - Throws: ``CaseworkError/wrongState(code:)`` where the state does not take it, ``CaseworkError/stale`` when the
    ///   referral is no longer at `version`, ``CaseworkError/notFound``.
    func take(
        _ act: Act,
        on id: ReferralID,
        at version: Int?,
        box: ReferralSummary.Box,
        by signedIn: SignedIn,
        request: RequestID,
        deletingPacket: Bool = false,
        _ step: @escaping @Sendable (inout Referral, Date) throws(CareError) -> Void
    ) async throws(CaseworkError) -> ReferralSummary {
        try await office.ledger.perform(
            act,
            by: signedIn.worker,
            on: .referral(id),
            purpose: .referral,
            request: request,
            prepare: { () throws(CaseworkError) in },
            commit: { [office] _, _, transaction, notes in
                guard let stored = try transaction.row(.referralRouting, id: id.bytes) else {
                    throw CaseworkError.notFound
                }
                guard version == nil || version == stored.version else { throw CaseworkError.stale }
                var row = try office.rows.open(ReferralRow.self, stored)
                if case .consent(let consent) = row.referral.basis {
                    notes.consent = consent
                    // Accepting releases the packet (DECISIONS 4), so it waits with everything else that would leave.
                    if act == .acceptReferral, office.held.holds(consent) {
                        throw CaseworkError.gated(code: "consent_withdrawn", items: [])
                    }
                }
                let now = office.time.now()
                try care { () throws(CareError) in try step(&row.referral, now) }
                row.routing = row.routing.following(row.referral)
                let moved = try office.row(of: row, version: stored.version + 1)
                try transaction.put(moved, expecting: stored.version)
                notes.envelopeDigest = try Digest.sha256(moved.sealed)
                if deletingPacket, try transaction.row(.packet, id: id.bytes) != nil {
                    try transaction.delete(.packet, id: id.bytes)
                }
                return switch box {
                case .inbox: ReferralSummary(inbox: row, version: stored.version + 1)
                case .outbox: ReferralSummary(outbox: row, version: stored.version + 1)
                }
            },
            reveal: { _, summary throws(CaseworkError) in summary }
        )
    }
}
