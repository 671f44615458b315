import Foundation
import NIOHTTP1

/// One invented survivor's way from the first case sheet to a completed referral, a request at a time, so that it can be
/// broken off anywhere and taken up again after the server was started anew.
///
/// What was acknowledged is kept beside it; what was sent and never answered is sent again with the same key, as a client
/// does that wants neither to lose an act nor to do it twice.
struct SurvivorsPath: Sendable {
    /// The addresses and tokens of this start of the server.
    struct Access: Sendable {
        let address: String
        let caseworker: String
        let desk: String
        let team: String
        let answers: AnsweredRequests
    }

    /// A refusal where the path goes on for everybody: a finding.
    struct Stumble: Error, CustomStringConvertible {
        let status: Int
        let description: String
    }

    private enum Step: Int { case open, consent, refer, accept, packet, complete, reread, done }

    let number: Int
    private var step = Step.open
    /// Whether the step was sent before, and the server went away without an answer.
    private var isRepeated = false
    private(set) var caseID: String?
    private(set) var need = ""
    private(set) var consent: String?
    private(set) var referral: String?
    /// The version of the case that was acknowledged last.
    private(set) var version = 0

    /// When the limits of secrecy were explained: the same in each sending of the same request.
    private let toldAt = Date(timeIntervalSinceNow: -1800).formatted(.iso8601)

    init(number: Int) { self.number = number }

    var isDone: Bool { step == .done }

    /// How many consents and referrals were acknowledged.
    var acknowledged: (consents: Int, referrals: Int) { (consent == nil ? 0 : 1, referral == nil ? 0 : 1) }

    /// Sends the next request and goes on when it was answered.
    ///
    /// - Throws: ``Stumble`` for an answer that the path does not know; what the client throws when there is no answer,
    ///   and then the same step is next.
    mutating func goOn(_ access: Access) async throws {
        defer { isRepeated = true }
        switch step {
        case .open: try await open(access)
        case .consent: try await giveConsent(access)
        case .refer: try await refer(access)
        case .accept: try await answer(access, "accept", "referral.accept", "{}", unless: "accepted")
        case .packet: try await readPacket(access)
        case .complete:
            try await answer(access, "complete", "referral.complete", #"{"word_of": "receiver"}"#, unless: "completed")
        case .reread: try await reread(access)
        case .done: return
        }
        step = Step(rawValue: step.rawValue + 1) ?? .done
        isRepeated = false
    }

    /// Compares the case as the server gives it with what was acknowledged; a step on its way may be one ahead.
    func check(_ access: Access) async throws -> [String] {
        guard let caseID else { return [] }
        let reply = try await Reply.to(.GET, "\(access.address)/v1/cases/\(caseID)", token: access.caseworker)
        access.answers.note(
            Answered(request: reply.request, act: "case.read", outcome: "permitted", handle: caseID)
        )
        guard reply.status == 200 else { return ["case of survivor \(number): answered \(reply.status)"] }
        var losses: [String] = []
        let ahead = isRepeated ? 1 : 0
        for (name, acknowledged) in [("consents", acknowledged.consents), ("referrals", acknowledged.referrals)] {
            let found = reply.list(name).count
            if found < acknowledged { losses.append("survivor \(number): \(name) lost") }
            if found > acknowledged + ahead || found > 1 { losses.append("survivor \(number): \(name) twice") }
        }
        let found = reply.version ?? -1
        if found < version { losses.append("survivor \(number): version \(found) after \(version)") }
        return losses
    }

    // MARK: - Steps

    private mutating func open(_ access: Access) async throws {
        let body = """
            {"team": "\(access.team)",
             "survivor": {"age": 27, "age_basis": "stated", "gender": "female", "languages": ["si"],
                          "current_country": "LK", "alias": "Invented \(number)"},
             "safe_contact": {"permission": "allowed", "addresses": [{"channel": "call", "value": "+1 202 555 0143"}],
                              "routes": ["worker_introduces"]},
             "conflicts": {"caregiver_is_accused": "no", "household_member_is_accused": "no"},
             "intake": {"channel": "in_person", "immediate_danger": "no", "last_contact": {"state": "ongoing"}},
             "risk": "medium", "note": "invented", "needs": [{"code": "PSY-THERAPY", "urgency": "urgent"}]}
            """
        let reply = try await Reply.to(
            .POST,
            "\(access.address)/v1/cases",
            json: body,
            token: access.caseworker,
            key: "open-\(number)"
        )
        try expect(reply, 201, "opening a case")
        caseID = reply.text("id")
        need = reply.list("needs").first?["id"] as? String ?? ""
        version = reply.version ?? 0
        note(reply, "case.open", caseID, access)
    }

    private mutating func giveConsent(_ access: Access) async throws {
        let body = """
            {"service": "PSY-THERAPY", "recipient": "\(RealHouse.organization)",
             "items": ["age_band", "gender", "languages", "alias", "safe_contact"], "sending_abroad": false,
             "given_by": "self", "form": "spoken", "limits_explained_at": "\(toldAt)"}
            """
        consent = try await change(access, "consents", body, "consent.record")
    }

    private mutating func refer(_ access: Access) async throws {
        let body = """
            {"need": "\(need)", "service": "\(RealHouse.service)", "consent": "\(consent ?? "")",
             "items": ["age_band", "languages", "alias", "safe_contact"], "mode": "warm",
             "call_back": "+1 202 555 0107"}
            """
        referral = try await change(access, "referrals", body, "referral.file")
    }

    /// A change of the case at the version that was acknowledged last.
    private mutating func change(
        _ access: Access,
        _ part: String,
        _ body: String,
        _ act: String
    ) async throws -> String? {
        let reply = try await Reply.to(
            .POST,
            "\(access.address)/v1/cases/\(caseID ?? "")/\(part)",
            json: body,
            token: access.caseworker,
            key: "\(part)-\(number)",
            version: version
        )
        try expect(reply, 201, act)
        version = reply.version ?? 0
        note(reply, act, caseID, access)
        return reply.text("id")
    }

    /// A step of the receiving desk. Where an earlier sending of it was done and never answered, the referral says so.
    private func answer(
        _ access: Access,
        _ word: String,
        _ act: String,
        _ body: String,
        unless state: String
    ) async throws {
        let one = "\(access.address)/v1/referrals/\(referral ?? "")"
        if isRepeated {
            let reading = try await Reply.to(.GET, one, token: access.desk)
            try expect(reading, 200, "reading the referral")
            note(reading, "referral.read", referral, access)
            if reading.text("state") == state { return }
        }
        let reply = try await Reply.to(.POST, "\(one)/\(word)", json: body, token: access.desk)
        try expect(reply, 200, act)
        note(reply, act, referral, access)
    }

    private func readPacket(_ access: Access) async throws {
        let reply = try await Reply.to(
            .GET,
            "\(access.address)/v1/referrals/\(referral ?? "")/packet",
            token: access.desk
        )
        try expect(reply, 200, "opening the packet")
        note(reply, "packet.open", referral, access)
    }

    private mutating func reread(_ access: Access) async throws {
        let reply = try await Reply.to(.GET, "\(access.address)/v1/cases/\(caseID ?? "")", token: access.caseworker)
        try expect(reply, 200, "reading the case")
        note(reply, "case.read", caseID, access)
        version = max(version, reply.version ?? 0)
    }

    private func note(_ reply: Reply, _ act: String, _ handle: String?, _ access: Access) {
        access.answers.note(Answered(request: reply.request, act: act, outcome: "permitted", handle: handle))
    }

    private func expect(_ reply: Reply, _ status: Int, _ what: String) throws {
        guard reply.status == status else {
            throw Stumble(
                status: reply.status,
                description: "\(what) was answered \(reply.status) instead of \(status): "
                    + "\(reply.text("code") ?? "") \(reply.text("detail") ?? "") \(reply.text("reason") ?? "")"
                    + (isRepeated ? " (sent again)" : "")
            )
        }
    }
}
