public import Care
import Foundation
import Policy
import Sealing
import Store

/// The receiving side of referrals, and the lists of both sides. A desk sees routing fields first; the packet opens once it
/// has accepted (DECISIONS 4).
public struct IntakeDesk: Sendable {
    let office: Office

    /// Referrals in the inboxes of the worker's desks, or sent by the worker's teams, as far as the worker may read them;
    /// routing fields only. All of them; each fifty are an act with an entry of its own (DECISIONS 17).
    public func list(
        _ box: ReferralSummary.Box,
        for signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> [ReferralSummary] {
        var all: [ReferralSummary] = []
        var after: ReferralID?
        repeat {
            let page = try await list(box, after: after, for: signedIn, request: request)
            all += page.referrals
            after = page.next
        } while after != nil
        return all
    }

    /// A page of the list: at most 50 referrals, in the order of their ids, and where the next page begins; nil at the end.
    public func list(
        _ box: ReferralSummary.Box,
        after: ReferralID?,
        for signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> (referrals: [ReferralSummary], next: ReferralID?) {
        try await office.ledger.perform(
            .listReferrals,
            by: signedIn.worker,
            on: .nothing,
            purpose: .referral,
            request: request,
            prepare: { () throws(CaseworkError) -> (referrals: [ReferralSummary], next: ReferralID?) in
                try office.read { try summaries(box, of: signedIn.worker, after: after, in: $0) }
            },
            commit: { page, _, _, notes in
                notes.count = page.referrals.count
                notes.handles = page.referrals.map(\.routing.referral.text)
            },
            reveal: { page, _ throws(CaseworkError) in page }
        )
    }

    /// One referral: routing fields only.
    ///
    /// - Throws: ``CaseworkError/notFound`` when there is none or it is not for this worker.
    public func read(
        _ id: ReferralID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> ReferralSummary {
        try await office.ledger.perform(
            .readReferral,
            by: signedIn.worker,
            on: .referral(id),
            purpose: .referral,
            request: request,
            prepare: { () throws(CaseworkError) in },
            commit: { [office] _, _, transaction, _ in
                guard let stored = try transaction.row(.referralRouting, id: id.bytes) else {
                    throw CaseworkError.notFound
                }
                let row = try office.rows.open(ReferralRow.self, stored)
                return signedIn.worker.teams.contains(row.desk.team)
                    ? ReferralSummary(inbox: row, version: stored.version)
                    : ReferralSummary(outbox: row, version: stored.version)
            },
            reveal: { _, summary throws(CaseworkError) in summary }
        )
    }

    /// The desk will help; this releases the packet.
    ///
    /// - Throws: ``CaseworkError/wrongState(code:)``, ``CaseworkError/stale``, ``CaseworkError/notFound``.
    public func accept(
        _ id: ReferralID,
        at version: Int?,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> ReferralSummary {
        try await step(.acceptReferral, id, version, signedIn, request) { referral, now throws(CareError) in
            try referral.accept(at: now)
        }
    }

    /// The desk cannot help, and says why; the packet is deleted.
    ///
    /// - Throws: ``CaseworkError/wrongState(code:)``, ``CaseworkError/stale``, ``CaseworkError/notFound``.
    public func decline(
        _ id: ReferralID,
        because reason: DeclineReason,
        at version: Int?,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> ReferralSummary {
        try await step(.declineReferral, id, version, signedIn, request, deletingPacket: true) {
            referral,
            now throws(CareError) in
            try referral.decline(reason, at: now)
        }
    }

    /// The loop is closed, on somebody's word; the packet is deleted, the desk works with its own record from now on.
    ///
    /// - Throws: ``CaseworkError/wrongState(code:)``, ``CaseworkError/stale``, ``CaseworkError/notFound``.
    public func complete(
        _ id: ReferralID,
        onWordOf witness: CompletionWitness,
        at version: Int?,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> ReferralSummary {
        try await step(.completeReferral, id, version, signedIn, request, deletingPacket: true) {
            referral,
            now throws(CareError) in
            try referral.complete(onWordOf: witness, at: now)
        }
    }

    /// Opens the packet of an accepted referral.
    ///
    /// - Throws: ``CaseworkError/wrongState(code:)`` before the desk has accepted and after the referral has ended,
    ///   ``CaseworkError/gated(code:items:)`` once the consent has been withdrawn or has run out,
    ///   ``CaseworkError/notFound``.
    public func packet(
        of id: ReferralID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> ReferralPacket {
        try await office.ledger.perform(
            .openPacket,
            by: signedIn.worker,
            on: .referral(id),
            purpose: .referral,
            request: request,
            prepare: { () throws(CaseworkError) in },
            commit: { [office] _, _, transaction, notes in
                guard let stored = try transaction.row(.referralRouting, id: id.bytes) else {
                    throw CaseworkError.notFound
                }
                let row = try office.rows.open(ReferralRow.self, stored)
                if case .consent(let consent) = row.referral.basis {
                    notes.consent = consent
                    guard !office.held.holds(consent) else {
                        throw CaseworkError.gated(code: "consent_withdrawn", items: [])
                    }
                }
                guard office.time.now().timeIntervalSince1970 < Double(row.packetExpiresAtSeconds) else {
                    throw CaseworkError.gated(code: "consent_expired", items: [])
                }
                guard let packet = try transaction.row(.packet, id: id.bytes) else { throw CaseworkError.notFound }
                return Released(row: row, sealed: packet.sealed)
            },
            reveal: { _, released throws(CaseworkError) in try opened(released, for: signedIn) }
        )
    }

    private struct Released: Sendable {
        let row: ReferralRow
        let sealed: [UInt8]
    }

    private func opened(_ released: Released, for signedIn: SignedIn) throws(CaseworkError) -> ReferralPacket {
        let desk = try office.keys(
            of: TeamEpoch(team: released.row.desk.team, epoch: released.row.deskEpoch ?? 1),
            for: signedIn
        )
        let author = try office.trustedPerson(
            released.row.referral.sentBy,
            of: released.row.sendingAgency,
            for: signedIn
        )
        let plain = try sealing("packet") { () throws(SealingError) in
            try SealedPacket(bytes: released.sealed).open(
                terms: released.row.packetTerms,
                with: desk,
                writtenBy: author,
                at: office.time.now()
            )
        }
        do {
            return try Stored.value(ReferralPacket.self, from: plain)
        } catch {
            throw .damaged(code: "packet")
        }
    }

    private func step(
        _ act: Act,
        _ id: ReferralID,
        _ version: Int?,
        _ signedIn: SignedIn,
        _ request: RequestID,
        deletingPacket: Bool = false,
        _ step: @escaping @Sendable (inout Referral, Date) throws(CareError) -> Void
    ) async throws(CaseworkError) -> ReferralSummary {
        try await ReferralStepping(office: office).take(
            act,
            on: id,
            at: version,
            box: .inbox,
            by: signedIn,
            request: request,
            deletingPacket: deletingPacket,
            step
        )
    }

    /// What a list shows is what a reading would: who is locked out of a case learns nothing of its referrals, on any
    /// side (DECISIONS 6).
    private func summaries(
        _ box: ReferralSummary.Box,
        of worker: Worker,
        after: ReferralID?,
        in reading: borrowing Reading
    ) throws -> (referrals: [ReferralSummary], next: ReferralID?) {
        let label: BlindLabel = box == .inbox ? .inboxOfDesk : .outboxOfTeam
        let page = try reading.page(
            .referralRouting,
            by: box == .inbox ? .owner : .index,
            worker.teams.map { try office.rows.blind(label, $0.bytes) },
            after: after?.bytes
        ) { stored -> ReferralSummary? in
            let row = try office.rows.open(ReferralRow.self, stored)
            // The column by which it was found is not sealed: somebody who can write to the database may have moved it.
            guard worker.teams.contains(box == .inbox ? row.desk.team : row.sendingTeam) else { return nil }
            let facts = try office.rows.facts(
                .readReferral,
                worker,
                .referral(row.referral.id),
                .referral,
                consent: nil,
                in: reading
            )
            guard case .permitted = office.ledger.policy.decide(facts) else { return nil }
            return box == .inbox
                ? ReferralSummary(inbox: row, version: stored.version)
                : ReferralSummary(outbox: row, version: stored.version)
        }
        return (page.values, page.last.flatMap { ReferralID(bytes: $0) })
    }
}
