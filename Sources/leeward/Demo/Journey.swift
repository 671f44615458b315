import Audit
import Care
import Directory
import Foundation

/// The main job, played over the demonstration's own HTTP interface: from a child on the phone to a referral that is
/// completed, and a log that proves who saw what. It stops at the first answer that is not what it should be.
struct Journey {
    let house: DemoHouse
    let client: JourneyClient
    let stage: Stage

    private var cast: DemoCast { house.cast }

    /// Plays every chapter.
    ///
    /// - Throws: ``DemoFailure`` when something is not as the story says.
    func play() async throws {
        let helpline = try await signIn(cast.helpline)
        try await lookUp(as: helpline)
        let caseworker = try await signIn(cast.caseworker)
        let opened = try await openCase(as: caseworker)
        let consent = try await consent(in: opened, as: caseworker)
        try await matches(in: opened, as: caseworker)
        let referral = try await refer(opened, consent, as: caseworker)
        let desk = try await signIn(cast.intake)
        try await receive(referral, as: desk)
        try await refuseColleague(opened)
        try await review(refused: opened)
        try scan()
        for token in [helpline, caseworker, desk] { _ = try await client.send("DELETE", "/v1/session", as: token) }
    }

    // MARK: - 1. The helpline

    private func lookUp(as token: String) async throws {
        stage.chapter(1, "A child is on the phone")
        stage.say(
            """
            A 14-year-old in Sri Lanka asks whom she can call tonight. \(cast.helpline.name), asks nothing that is not \
            needed: no name, no case.
            """
        )
        let answer = try await client.send(
            "POST",
            "/v1/lookup",
            ["country": "LK", "needs": ["PSY-CRISIS"], "age": 14, "languages": ["si"]],
            as: token
        )
        try expect(answer, 200, "the look-up")
        guard let first = answer.fields["services"].elements.first, !first["number"].text.isEmpty else {
            throw DemoFailure("the look-up named no number")
        }
        stage.answer("\(first["number"].text)  \(first["name"].text)")
        stage.answer(
            "hours: \(first["hours"].text.isEmpty ? "not stated" : first["hours"].text); languages: "
                + first["languages"].elements.map(\.text).joined(separator: ", ")
        )
        stage.answer("source: \(first["source"].text), dated \(first["source_date"].text); not verified by anyone yet")
        let emergency = answer.fields["emergency"].elements.prefix(2)
            .map { "\($0["number"].text) \($0["reaches"].text)" }
        stage.answer("in danger now: " + emergency.joined(separator: ", "))
    }

    // MARK: - 2. The case

    /// A case with its need, at the version it was last read.
    private struct Opened {
        let id: String
        let need: String
    }

    private func openCase(as token: String) async throws -> Opened {
        stage.chapter(2, "A case is opened")
        stage.say(
            """
            Weeks later she comes to Lagoon House. \(cast.caseworker.name), opens a case: what she needs, how she can be \
            reached safely, and whom to keep away from her. Everything is sealed to the caseworker's team before it is \
            stored.
            """
        )
        let body: [String: any Sendable] = [
            "team": house.team.text,
            "survivor": [
                "name": cast.survivorName, "alias": cast.alias, "age": 14, "age_basis": "stated", "gender": "female",
                "languages": ["si", "ta"], "current_country": "LK",
            ] as [String: any Sendable],
            "safe_contact": [
                "permission": "allowed", "addresses": [["channel": "call", "value": cast.phone]],
                "who_may_answer": cast.aunt, "cover_identity": cast.coverIdentity, "code_word": cast.codeWord,
                "language": "si", "routes": ["worker_introduces"],
            ] as [String: any Sendable],
            "conflicts": [
                "alleged_perpetrators": [
                    [
                        "party": "p-1", "organizations": [DemoCast.harbourClub.text], "places": [String](),
                        "is_caregiver": false,
                    ] as [String: any Sendable]
                ], "caregiver_is_accused": "no",
            ] as [String: any Sendable],
            "intake": [
                "first_contact_at": Self.timestamp(secondsAgo: 3600), "channel": "in_person",
                "immediate_danger": "no", "last_contact": ["state": "ongoing"],
            ] as [String: any Sendable],
            "risk": "high",
            "note": cast.narrative,
            "needs": [
                ["code": "PSY-ONLINE", "urgency": "urgent", "reason": cast.needReason] as [String: any Sendable]
            ],
        ]
        let answer = try await client.send(
            "POST",
            "/v1/cases",
            body,
            as: token,
            headers: ["Idempotency-Key": "demo-case"]
        )
        try expect(answer, 201, "opening the case")
        let again = try await client.send(
            "POST",
            "/v1/cases",
            body,
            as: token,
            headers: ["Idempotency-Key": "demo-case"]
        )
        guard again.fields["id"].text == answer.fields["id"].text else {
            throw DemoFailure("a second click opened a second case")
        }
        let opened = Opened(
            id: answer.fields["id"].text,
            need: answer.fields["needs"].elements.first?["id"].text ?? ""
        )
        stage.answer("case \(opened.id), a random code; sent twice by mistake, it was opened once")
        return opened
    }

    // MARK: - 3. Consent

    private func consent(in opened: Opened, as token: String) async throws -> String {
        stage.chapter(3, "Consent and assent")
        stage.say(
            """
            At 14 her caregiver consents and she agrees herself, in writing. The consent is for one service of one \
            organisation, names each item that may be shared, and ends by itself.
            """
        )
        func body(_ assent: [String: any Sendable]) -> [String: any Sendable] {
            [
                "service": "PSY-ONLINE", "recipient": DemoCast.pipalTree.text,
                "items": ["age_band", "gender", "languages", "alias", "safe_contact", "need_reason"],
                "sending_abroad": true, "given_by": "caregiver", "form": "written", "assent": assent,
                "limits_explained_at": Self.timestamp(secondsAgo: 1800),
            ]
        }
        let without = try await post(
            "/v1/cases/\(opened.id)/consents",
            body(["state": "not_asked"]),
            "demo-consent-1",
            of: opened,
            as: token
        )
        try expect(without, 409, "a consent without her assent")
        stage.answer("without her own agreement: refused, \(without.fields["reason"].text)")
        let given = try await post(
            "/v1/cases/\(opened.id)/consents",
            body(["state": "given", "form": "written", "at": Self.timestamp(secondsAgo: 900)]),
            "demo-consent-2",
            of: opened,
            as: token
        )
        try expect(given, 201, "recording the consent")
        stage.answer("with it: recorded")
        return given.fields["id"].text
    }

    // MARK: - 4. The match

    private func matches(in opened: Opened, as token: String) async throws {
        stage.chapter(4, "Who can help, and why")
        stage.say("Every service of the directory that serves Sri Lanka is judged, and each says why or why not.")
        let answer = try await client.send(
            "POST",
            "/v1/cases/\(opened.id)/matches",
            ["need": opened.need],
            as: token
        )
        try expect(answer, 200, "the match")
        for option in answer.fields["options"].elements.prefix(3) {
            stage.answer(
                "+ \(option["name"].text): " + option["why"].elements.map { $0["text"].text }.joined(separator: " ")
            )
        }
        let excluded = answer.fields["excluded"].elements
        for wanted in [DemoCast.youthTherapy.text, DemoCast.clubCounselling.text] {
            guard let found = excluded.first(where: { $0["service"].text == wanted }) else {
                throw DemoFailure("a service that must be left out was not")
            }
            stage.answer(
                "- \(found["name"].text): " + found["reasons"].elements.map { $0["text"].text }.joined(separator: " ")
            )
        }
        stage.answer("and \(excluded.count - 2) more are left out, each with its reasons")
        guard answer.fields["options"].elements.first?["service"].text == DemoCast.onlineCare.text else {
            throw DemoFailure("the match did not put the fitting service first")
        }
    }

    // MARK: - 5. The referral

    private func refer(_ opened: Opened, _ consent: String, as token: String) async throws -> String {
        stage.chapter(5, "A referral is filed")
        func body(_ items: [String]) -> [String: any Sendable] {
            [
                "need": opened.need, "service": DemoCast.onlineCare.text, "consent": consent, "items": items,
                "mode": "warm", "call_back": cast.callBack,
            ]
        }
        stage.say("By habit the caseworker adds her full name. She did not agree to that.")
        let tooMuch = try await post(
            "/v1/cases/\(opened.id)/referrals",
            body(["age_band", "languages", "safe_contact", "name"]),
            "demo-referral-1",
            of: opened,
            as: token
        )
        try expect(tooMuch, 409, "sending more than she agreed to")
        stage.answer(
            "refused, \(tooMuch.fields["reason"].text): "
                + tooMuch.fields["missing"].elements.map(\.text).joined(separator: ", ")
        )
        let filed = try await post(
            "/v1/cases/\(opened.id)/referrals",
            body(["age_band", "languages", "alias", "safe_contact", "need_reason"]),
            "demo-referral-2",
            of: opened,
            as: token
        )
        try expect(filed, 201, "filing the referral")
        stage.answer("filed with what she agreed to, sealed to the receiving desk in Nepal")
        return filed.fields["id"].text
    }

    // MARK: - 6. The receiving desk

    private func receive(_ referral: String, as token: String) async throws {
        stage.chapter(6, "The receiving desk answers")
        stage.say(
            "\(cast.intake.name), sees a line in the inbox: enough to say yes or no, nothing that tells who she is."
        )
        let inbox = try await client.send("GET", "/v1/referrals?box=inbox", as: token)
        try expect(inbox, 200, "the inbox")
        guard let line = inbox.fields["referrals"].elements.first, line["id"].text == referral else {
            throw DemoFailure("the referral is not in the inbox")
        }
        stage.answer(
            "need \(line["need"].text), age \(line["age_band"].text), "
                + line["languages"].elements.map(\.text).joined(separator: "+")
                + ", in \(line["country"].text), \(line["urgency"].text)"
        )
        let early = try await client.send("GET", "/v1/referrals/\(referral)/packet", as: token)
        try expect(early, 409, "opening the packet before accepting")
        stage.answer("opening the packet before accepting: refused")
        try expect(
            try await client.send("POST", "/v1/referrals/\(referral)/accept", [:], as: token),
            200,
            "accepting"
        )
        let packet = try await client.send("GET", "/v1/referrals/\(referral)/packet", as: token)
        try expect(packet, 200, "opening the packet")
        let items = packet.fields["items"].entries.map(\.name)
        guard !items.contains("name"), items.contains("safe_contact") else {
            throw DemoFailure("the packet does not hold what she agreed to")
        }
        stage.answer("accepted; the packet opens: " + items.joined(separator: ", "))
        try expect(
            try await client.send(
                "POST",
                "/v1/referrals/\(referral)/complete",
                ["word_of": "receiver"],
                as: token
            ),
            200,
            "completing"
        )
        stage.answer("completed on the receiver's word; the packet is deleted")
    }

    // MARK: - 7. The colleague

    private func refuseColleague(_ opened: Opened) async throws {
        stage.chapter(7, "A curious colleague")
        stage.say("\(cast.colleague.name), has heard of the case and tries its code.")
        let token = try await signIn(cast.colleague)
        let real = try await client.send("GET", "/v1/cases/\(opened.id)", as: token)
        try expect(real, 404, "a colleague opening the case")
        let madeUp = try await client.send("GET", "/v1/cases/c00000000000000000000000000", as: token)
        try expect(madeUp, 404, "a made-up case code")
        guard real.fields["title"].text == madeUp.fields["title"].text,
            real.fields["detail"].text == madeUp.fields["detail"].text
        else { throw DemoFailure("the answer tells a real case from a made-up one") }
        stage.answer("404: \(real.fields["title"].text). The answer for a made-up code is the same.")
        _ = try await client.send("DELETE", "/v1/session", as: token)
    }

    // MARK: - 8. The auditor

    private func review(refused opened: Opened) async throws {
        stage.chapter(8, "The auditor")
        stage.say(
            """
            \(cast.auditor.name), holds no key to any case and sees that each act happened, never what it was about.
            """
        )
        let token = try await signIn(cast.auditor)
        let entries = try await entries(as: token)
        for entry in entries.suffix(14) {
            stage.answer(
                [
                    Self.padded(entry["seq"].text, 3), Self.padded(entry["act"].text, 18),
                    Self.padded(entry["outcome"].text, 9), Self.padded(entry["rule"].text, 30),
                    entry["object"].text.isEmpty ? "" : String(entry["object"].text.prefix(7)) + "…",
                ].joined(separator: " ")
            )
        }
        guard
            entries.contains(where: {
                $0["act"].text == "case.read" && $0["outcome"].text == "denied" && $0["object"].text == opened.id
            })
        else { throw DemoFailure("the colleague's attempt left no entry") }
        stage.answer("the colleague's attempt is there: case.read, denied")
        let export = house.folder.appending(path: "auditor")
        try await AuditorDesk(house: house, client: client, stage: stage)
            .verify(as: token, confirming: cast.auditor.password, in: export)
        _ = try await client.send("DELETE", "/v1/session", as: token)
    }

    private func entries(as token: String) async throws -> [JSONFields] {
        var entries: [JSONFields] = []
        var after = ""
        repeat {
            let answer = try await client.send("GET", "/v1/audit/entries?limit=200\(after)", as: token)
            try expect(answer, 200, "reading the log")
            entries += answer.fields["entries"].elements
            after = answer.fields["next"].text.isEmpty ? "" : "&after=\(answer.fields["next"].text)"
        } while !after.isEmpty
        return entries
    }

    // MARK: - 9. The disk

    private func scan() throws {
        stage.chapter(9, "Somebody takes the disk")
        let controls = house.folder.appending(path: "planted-controls")
        try FileManager.default.createDirectory(at: controls, withIntermediateDirectories: true)
        for (number, secret) in cast.secrets.enumerated() {
            for form in AtRestScan.forms(of: secret.text) {
                try (Data("front ".utf8) + form.bytes + Data(" back".utf8))
                    .write(to: controls.appending(path: "\(number)-\(form.form)"))
            }
        }
        let scan = AtRestScan(cast.secrets)
        let planted = try scan.run(below: controls)
        let labels = Set(planted.findings.map(\.label))
        guard cast.secrets.allSatisfy({ labels.contains($0.label) }) else {
            throw DemoFailure("the scan does not find what was planted for it")
        }
        try FileManager.default.removeItem(at: controls)
        let result = try scan.run(below: house.folder)
        guard result.findings.isEmpty else {
            throw DemoFailure("found on the disk: " + result.findings.map(\.description).joined(separator: "; "))
        }
        stage.say(
            """
            Every file of the data folder was read for \(cast.secrets.count) names, numbers, words and passwords, plain, \
            escaped, in UTF-16 and in base64: nothing in \(result.files) files, and all \(labels.count) controls that \
            were planted first were found.
            """
        )
    }

    // MARK: - Small steps

    private func signIn(_ person: DemoCast.Person) async throws -> String {
        let answer = try await client.send(
            "POST",
            "/v1/session",
            ["name": person.signInName, "password": person.password]
        )
        try expect(answer, 201, "signing in")
        return answer.fields["token"].text
    }

    /// Changes a case at the version it has now.
    private func post(
        _ path: String,
        _ body: [String: any Sendable],
        _ key: String,
        of opened: Opened,
        as token: String
    ) async throws -> JourneyClient.Answer {
        let read = try await client.send("GET", "/v1/cases/\(opened.id)", as: token)
        try expect(read, 200, "reading the case")
        return try await client.send(
            "POST",
            path,
            body,
            as: token,
            headers: ["Idempotency-Key": key, "If-Match": read.etag ?? ""]
        )
    }

    private func expect(_ answer: JourneyClient.Answer, _ status: Int, _ what: String) throws {
        guard answer.status == status else {
            throw DemoFailure(
                "\(what) was answered \(answer.status) instead of \(status): "
                    + "\(answer.fields["code"].text) \(answer.fields["detail"].text) \(answer.fields["reason"].text)"
            )
        }
    }

    private static func timestamp(secondsAgo: Double) -> String {
        Date(timeIntervalSinceNow: -secondsAgo).formatted(.iso8601)
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
