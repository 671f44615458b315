public import Care
import Directory
import Foundation
import Matching
import Policy
import Sealing
import Store

/// The sending side of a referral: the gates, the packet, and taking it back. What travels is a packet cut to her consent,
/// sealed to one desk, and released only once that desk has accepted (N2, DECISIONS 4).
public struct ReferralDesk: Sendable {
    let office: Office

    /// Files a referral: asks every gate again, cuts and seals the packet, and puts it before the receiving desk.
    ///
    /// - Throws: ``CaseworkError/gated(code:items:)`` when consent, assent, the allow-list, a conflict or any other hard
    ///   rule forbids it, or no desk of this deployment receives referrals for the service; ``CaseworkError/stale``,
    ///   ``CaseworkError/keyReused``, ``CaseworkError/notFound``.
    public func file(
        _ filing: ReferralFiling,
        in id: CaseID,
        at version: Int,
        by signedIn: SignedIn,
        request: RequestID,
        once: Once
    ) async throws(CaseworkError) -> CaseReceipt {
        try await CaseChange(office: office).make(
            .fileReferral,
            in: id,
            at: version,
            purpose: .referral,
            by: signedIn,
            request: request,
            once: once,
            writing: [.content]
        ) { book throws(CaseworkError) in
            try made(filing, in: &book, by: signedIn)
        }
    }

    /// Takes a referral back; its packet is deleted in the same transaction.
    ///
    /// - Throws: ``CaseworkError/wrongState(code:)`` once it has ended, ``CaseworkError/stale``, ``CaseworkError/notFound``.
    public func revoke(
        _ id: ReferralID,
        at version: Int?,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> ReferralSummary {
        try await ReferralStepping(office: office).take(
            .revokeReferral,
            on: id,
            at: version,
            box: .outbox,
            by: signedIn,
            request: request,
            deletingPacket: true
        ) { referral, now throws(CareError) in try referral.revoke(.bySender, at: now) }
    }

    // MARK: - Gates and packet

    private func made(
        _ filing: ReferralFiling,
        in book: inout CaseBook,
        by signedIn: SignedIn
    ) throws(CaseworkError) -> CaseChange.Made {
        let now = office.time.now()
        guard let need = book.file.content.need(filing.need) else {
            throw .invalid(field: "/need", what: "write the id of a need of this case")
        }
        guard let service = office.shelf.current.service(filing.service), service.mayBeShown else {
            throw .invalid(field: "/service", what: "write the id of a service that the match listed")
        }
        let found = try desk(of: service)
        let (consent, verdict) = try judged(filing, need, service, found, in: book, at: now)
        try checkAgain(service, for: need, in: book)
        guard let desk = found else { throw .gated(code: "no_desk", items: []) }
        var referral = try referral(
            filing,
            need,
            service,
            desk,
            consent,
            verdict,
            in: book,
            by: signedIn.worker,
            at: now
        )
        let packet = try packet(filing, need, referral, consent, verdict, in: book, by: signedIn.worker, at: now)
        let key = try office.trustedTeam(desk.team, of: desk.agency, for: signedIn)
        let row = try care { () throws(CareError) -> ReferralRow in
            try referral.makeReady(at: now)
            try referral.send(at: now)
            return ReferralRow(
                referral: referral,
                routing: ReferralRouting(of: referral, for: book.file.identity),
                sendingTeam: book.row.team,
                sendingAgency: book.row.agency,
                desk: desk,
                packetExpiresAtSeconds: packetEnd(consent, verdict, now),
                deskEpoch: key.epoch
            )
        }
        let sealed = try sealing("packet") { () throws(SealingError) in
            try SealedPacket.seal(packet, terms: row.packetTerms, to: key, by: signedIn.keyring)
        }
        return CaseChange.Made(
            ids: [referral.id.text],
            referral: row,
            rows: [StoredRow(kind: .packet, id: referral.id.bytes, version: 1, sealed: sealed.bytes)],
            sealedTo: TeamEpoch(team: desk.team, epoch: key.epoch),
            verdict: verdict
        )
    }

    /// Whether her consent lets these items go to this recipient now (N1 to N7).
    private func judged(
        _ filing: ReferralFiling,
        _ need: Need,
        _ service: Service,
        _ desk: DeskOfService?,
        in book: CaseBook,
        at now: Date
    ) throws(CaseworkError) -> (Consent?, ConsentVerdict) {
        var consent: Consent?
        if let id = filing.consent {
            guard let known = book.consents.first(where: { $0.id == id }) else {
                throw .invalid(field: "/consent", what: "write the id of a consent of this case")
            }
            guard !office.held.holds(id) else { throw .gated(code: "consent_withdrawn", items: []) }
            consent = known
        }
        let verdict = office.consentPolicy.rules.judge(
            consent,
            for: ConsentRequest(
                code: need.code,
                recipient: service.organization,
                items: filing.items,
                isAbroad: try isAbroad(service, desk, from: book.file.identity.currentCountry)
            ),
            in: book.file.circumstances(
                of: need,
                ownConsentFromAge: office.policies.raisedOwnConsentAge(
                    for: need.code,
                    in: book.file.identity.currentCountry
                ),
                at: now
            ),
            at: now
        )
        if let fault = verdict.faults.first { throw .gated(code: fault.code, items: verdict.missingItems) }
        return (consent, verdict)
    }

    /// Asks the matcher again about this one service: a conflict or any other hard rule that has come up since the list
    /// was read stops the referral (F5).
    private func checkAgain(_ service: Service, for need: Need, in book: CaseBook) throws(CaseworkError) {
        let index: ServiceIndex
        do {
            index = try ServiceIndex([service])
        } catch {
            throw .damaged(code: "directory")
        }
        let result = MatchDesk(office: office).result(for: need, in: book, among: index)
        guard result.options.isEmpty else { return }
        let gates = result.gates.map(\.rawValue)
        let reasons = result.excluded.flatMap { $0.reasons.map(\.rawValue) }
        throw .gated(code: "service_excluded", items: gates + reasons)
    }

    /// Whether the packet would leave the country she is in: for a service elsewhere, or to people of an agency elsewhere
    /// who open it for a service here (D7).
    private func isAbroad(
        _ service: Service,
        _ desk: DeskOfService?,
        from country: CountryCode
    ) throws(CaseworkError) -> Bool {
        guard service.country == country else { return true }
        guard let desk else { return false }
        guard let stored = try office.read({ try $0.row(.agency, id: desk.agency.bytes) }) else {
            throw .damaged(code: "agency")
        }
        return try office.rows.open(AgencyRecord.self, stored).country != country.text
    }

    private func desk(of service: Service) throws(CaseworkError) -> DeskOfService? {
        let id = try office.rows.blind(.deskOfService, Array(service.id.text.utf8))
        guard let stored = try office.read({ try $0.row(.deskOfService, id: id) }) else { return nil }
        return try office.rows.open(DeskOfService.self, stored)
    }

    private func referral(
        _ filing: ReferralFiling,
        _ need: Need,
        _ service: Service,
        _ desk: DeskOfService,
        _ consent: Consent?,
        _ verdict: ConsentVerdict,
        in book: CaseBook,
        by worker: Worker,
        at now: Date
    ) throws(CaseworkError) -> Referral {
        let basis: Referral.Basis
        switch (consent, verdict) {
        case (let consent?, _): basis = .consent(consent.id)
        case (nil, .maySendToSaveLife(let reviewBy)): basis = .lifeInDanger(reviewBy: reviewBy)
        case (nil, _): throw .gated(code: "consent_not_asked", items: [])
        }
        let id = try office.newID(ReferralID.self)
        return try care { () throws(CareError) in
            try Referral(
                id: id,
                caseID: book.id,
                need: need.id,
                code: need.code,
                recipient: service.organization,
                service: service.id,
                desk: desk.team,
                sentBy: worker.staff,
                urgency: need.urgency,
                answerWithinHours: office.policies.risk.times.hours(for: need.urgency),
                mode: filing.mode,
                basis: basis,
                createdAt: now
            )
        }
    }

    private func packet(
        _ filing: ReferralFiling,
        _ need: Need,
        _ referral: Referral,
        _ consent: Consent?,
        _ verdict: ConsentVerdict,
        in book: CaseBook,
        by worker: Worker,
        at now: Date
    ) throws(CaseworkError) -> [UInt8] {
        let fields = book.file.packetFields(for: need, at: now)
        let allowed = office.consentPolicy.allowList.items(for: need.code)
        let cut = try care { () throws(CareError) -> PacketCut in
            let sender = try ReferralPacket.Sender(
                agency: worker.agency,
                worker: worker.staff,
                callBack: filing.callBack
            )
            if let consent {
                return ReferralPacket.cut(
                    fields,
                    to: filing.items,
                    consent: consent,
                    allowed: allowed,
                    for: referral,
                    from: sender,
                    at: now
                )
            }
            return ReferralPacket.cutToSaveLife(
                fields,
                to: filing.items,
                minimum: office.consentPolicy.rules.minimumToSaveLife,
                allowed: allowed,
                for: referral,
                from: sender,
                at: now
            )
        }
        switch cut {
        case .packet(let packet, _, _):
            do {
                return try Stored.bytes(of: packet)
            } catch {
                throw .damaged(code: "packet")
            }
        case .refused(let notConsented, let notAllowed):
            let code = notConsented.isEmpty ? "items_not_allowed_for_service" : "items_not_consented"
            throw .gated(code: code, items: notConsented.union(notAllowed).map(\.rawValue).sorted())
        }
    }

    /// Until when the packet may be opened: as long as the consent lasts, or until the review where life is in danger.
    private func packetEnd(_ consent: Consent?, _ verdict: ConsentVerdict, _ now: Date) -> Int64 {
        if let consent { return Int64(office.consentPolicy.rules.end(of: consent).timeIntervalSince1970) }
        if case .maySendToSaveLife(let reviewBy) = verdict { return Int64(reviewBy.timeIntervalSince1970) }
        return Int64(now.timeIntervalSince1970)
    }
}

extension ConsentVerdict {
    /// The items that a consent lacks, by name.
    fileprivate var missingItems: [String] {
        faults.flatMap { fault -> [String] in
            switch fault {
            case .gap(.missing(let items)), .beyondMinimum(let items): items.map(\.rawValue).sorted()
            default: []
            }
        }
    }
}
