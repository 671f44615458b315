import Care
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct ReferralRoutesTests {
    @Test func `an item that she did not agree to is refused and named`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            var opened = try await OpenedCase(by: dinesh)
            let consent = try await opened.consent()
            let items = #"["age_band", "name", "area"]"#
            let body = Caseload.referral(need: opened.need, consent: consent, items: items)
            let refused = try await dinesh.leaves("referral.file denied consent_items_missing") { dinesh in
                try await dinesh.post("\(opened.path)/referrals", body, key: "k", version: 2)
            }
            let problem = try refused.expect(.gated)
            #expect(problem.reason == "consent_items_missing")
            #expect(problem.missing == ["area", "name"])
            #expect(try await dinesh.get("/v1/referrals?box=outbox").json["referrals"] == .list([]))
        }
    }

    @Test func `nothing is sent without consent, to a tied service, or where no desk receives it`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            var opened = try await OpenedCase(by: dinesh)
            let consent = try await opened.consent()
            for (service, named, code) in [
                ("test-online-care", nil, "consent_not_asked"), ("test-far-care", consent, "no_desk"),
                ("test-club-care", consent, "consent_other_recipient"),
            ] as [(String, String?, String)] {
                let body = Caseload.referral(need: opened.need, consent: named, service: service)
                let refused = try await dinesh.leaves("referral.file denied \(code)") { dinesh in
                    try await dinesh.post("\(opened.path)/referrals", body, key: code, version: 2)
                }
                #expect(try refused.expect(.gated).reason == code)
            }
            for (field, body) in [
                ("/need", Caseload.referral(need: "d\(String(repeating: "0", count: 26))", consent: consent)),
                ("/service", Caseload.referral(need: opened.need, consent: consent, service: "test-none")),
                ("/consent", Caseload.referral(need: opened.need, consent: "n\(String(repeating: "0", count: 26))")),
            ] {
                let answer = try await dinesh.leaves("referral.file failed invalid") { dinesh in
                    try await dinesh.post("\(opened.path)/referrals", body, key: String(field.dropFirst()), version: 2)
                }
                #expect(try answer.expect(.invalidValue).errors?.map(\.pointer) == [field])
            }
        }
    }

    @Test func `a referral is filed once, and stands in both boxes without a word of her`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            var opened = try await OpenedCase(by: dinesh)
            let consent = try await opened.consent()
            let body = Caseload.referral(need: opened.need, consent: consent)
            let filed = try await dinesh.leaves("referral.file permitted referral.file:assigned") { dinesh in
                try await dinesh.post("\(opened.path)/referrals", body, key: "k", version: 2)
            }
            #expect(filed.status == .created)
            #expect(try filed.json["desk"].text == house.desk.text)
            #expect(try filed.json["state"].text == "sent")
            #expect(try filed.json["answer_due_at"].text == house.clock.text(minutes: 72 * 60))
            #expect(filed.version == 3)
            let id = try #require(try filed.json["id"].text)
            #expect(filed.headers[.location] == "/v1/referrals/\(id)")
            let again = try await dinesh.post("\(opened.path)/referrals", body, key: "k", version: 2)
            #expect(again.text == filed.text)

            let out = try await dinesh.leaves("referral.list permitted referral.list:caseworker") { dinesh in
                try await dinesh.get("/v1/referrals?box=outbox")
            }
            #expect(try out.json["referrals"].list.map { $0["case"].text } == [opened.id])
            let pema = try await house.caller("pema", client)
            let inbox = try await pema.leaves("referral.list permitted referral.list:intake") { pema in
                try await pema.get("/v1/referrals?box=inbox")
            }
            #expect(try inbox.json["referrals"].list.map { $0["id"].text } == [id])
            let one = try await pema.leaves("referral.read permitted referral.read:desk") {
                try await $0.get("/v1/referrals/\(id)")
            }
            #expect(one.version == 1)
            for answer in [out, inbox, one] { #expect(!answer.text.contains(Marker.text)) }
            #expect(!inbox.text.contains(opened.id))
            #expect(!one.text.contains(opened.id))
            #expect(try await pema.get("/v1/referrals?box=outbox").json["referrals"] == .list([]))
        }
    }

    @Test func `a box has to be named, and only one of two`() async throws {
        try await House.serving { house, client in
            let pema = try await house.caller("pema", client)
            for (query, kind) in [
                ("", ProblemKind.invalidParameter), ("?box=zq7marker", .invalidParameter),
                ("?zq7marker=1", .unknownParameter),
                ("?box=inbox&box=outbox", .invalidParameter),
            ] {
                try await pema.leavesNothing { try await $0.get("/v1/referrals\(query)") }.expect(kind)
            }
        }
    }

    /// A referral that has been sent to the desk.
    private func sent(_ house: House, _ client: any TestClientProtocol) async throws -> (OpenedCase, String) {
        var opened = try await OpenedCase(by: house.caller("dinesh", client))
        let consent = try await opened.consent()
        return (opened, try await opened.referral(on: consent))
    }

    @Test func `each step is for its side alone`() async throws {
        try await House.serving { house, client in
            let (_, referral) = try await sent(house, client)
            let path = "/v1/referrals/\(referral)"
            let steps = [
                ("referral.accept", "accept", "{}"), ("referral.decline", "decline", #"{"reason":"no_capacity"}"#),
                ("referral.complete", "complete", #"{"word_of":"survivor"}"#),
            ]
            let ruwan = try await house.caller("ruwan", client)
            let dinesh = try await house.caller("dinesh", client)
            let oksana = try await house.caller("oksana", client)
            for (act, step, body) in steps {
                let rule = act == "referral.complete" ? "not_assigned" : "wrong_role"
                let answer = try await ruwan.leaves("\(act) denied \(rule)") {
                    try await $0.post("\(path)/\(step)", body)
                }
                try answer.expect(rule == "not_assigned" ? .notFound : .refused)
                try await oksana.leaves("\(act) denied wrong_role") { try await $0.post("\(path)/\(step)", body) }
                    .expect(.refused)
            }
            try await dinesh.leaves("referral.accept denied wrong_role") { try await $0.post("\(path)/accept") }.expect(
                .refused
            )
            try await dinesh.leaves("packet.open denied wrong_role") { try await $0.get("\(path)/packet") }.expect(
                .refused
            )
            let pema = try await house.caller("pema", client)
            try await pema.leaves("referral.revoke denied wrong_role") { try await $0.post("\(path)/revoke") }.expect(
                .refused
            )
            try await ruwan.leaves("referral.read denied not_assigned") { try await $0.get(path) }.expect(.notFound)
            #expect(try await dinesh.get(path).json["state"].text == "sent")
        }
    }

    @Test func `a desk declines with a reason, and then nothing is left to open`() async throws {
        try await House.serving { house, client in
            let (_, referral) = try await sent(house, client)
            let path = "/v1/referrals/\(referral)"
            let pema = try await house.caller("pema", client)
            for body in [nil, "{}", #"{"reason":"zq7marker"}"#] {
                let problem = try await pema.leavesNothing { try await $0.post("\(path)/decline", body) }.expect(
                    .invalidValue
                )
                #expect(problem.errors?.map(\.pointer) == ["/reason"])
            }
            let declined = try await pema.leaves("referral.decline permitted referral.decline:desk") { pema in
                try await pema.post("\(path)/decline", #"{"reason":"no_capacity"}"#)
            }
            #expect(try declined.json["state"].text == "declined")
            let late = try await pema.leaves("referral.accept failed referral_is_declined") {
                try await $0.post("\(path)/accept")
            }
            #expect(try late.expect(.wrongState).reason == "referral_is_declined")
        }
    }

    @Test func `a step against an older version is refused, and without one it is taken`() async throws {
        try await House.serving { house, client in
            let (_, referral) = try await sent(house, client)
            let path = "/v1/referrals/\(referral)"
            let pema = try await house.caller("pema", client)
            let accepted = try await pema.post("\(path)/accept", version: 1)
            #expect(accepted.version == 2)
            let stale = try await pema.leaves("referral.complete failed stale") { pema in
                try await pema.post("\(path)/complete", #"{"word_of":"receiver"}"#, version: 1)
            }
            try stale.expect(.stale)
            try await pema.leavesNothing { pema in
                try await pema.send(.post, "\(path)/complete", #"{"word_of":"receiver"}"#, [.ifMatch: "*"])
            }.expect(.versionMalformed)
            #expect(
                try await pema.post("\(path)/complete", #"{"word_of":"receiver"}"#).json["state"].text == "completed"
            )
        }
    }

    @Test func `the sender takes a referral back, and the desk opens nothing more`() async throws {
        try await House.serving { house, client in
            let (_, referral) = try await sent(house, client)
            let path = "/v1/referrals/\(referral)"
            let pema = try await house.caller("pema", client)
            _ = try await pema.post("\(path)/accept")
            let dinesh = try await house.caller("dinesh", client)
            let revoked = try await dinesh.leaves("referral.revoke permitted referral.revoke:assigned") { dinesh in
                try await dinesh.post("\(path)/revoke")
            }
            #expect(try revoked.json["state"].text == "revoked")
            try await pema.leaves("packet.open denied packet_not_released") { try await $0.get("\(path)/packet") }
                .expect(.wrongState)
        }
    }

    @Test func `a packet closes when the consent runs out`() async throws {
        try await House.serving { house, client in
            let (_, referral) = try await sent(house, client)
            let path = "/v1/referrals/\(referral)"
            let packet = try await {
                let pema = try await house.caller("pema", client)
                _ = try await pema.post("\(path)/accept")
                return try await pema.get("\(path)/packet")
            }()
            #expect(try packet.json["basis"].text == "consent")
            #expect(try packet.json["expires_at"].text == house.clock.text(minutes: 90 * 24 * 60))
            #expect(try packet.json["consent"]["given_by"].text == "caregiver")
            #expect(try packet.json["call_back"].text == "+1 202 555 0107 zq7marker")
            house.clock.advance(minutes: 90 * 24 * 60)
            let pema = try await house.caller("pema", client)
            let late = try await pema.leaves("packet.open denied consent_expired") {
                try await $0.get("\(path)/packet")
            }
            #expect(try late.expect(.gated).reason == "consent_expired")
        }
    }

    @Test func `where life is in danger the minimum goes without consent`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let needs = #"[{"code":"PSY-ONLINE","urgency":"emergency","life_threatening":true}]"#
            let opened = try await OpenedCase(by: dinesh, Caseload.opening(in: house, needs: needs))
            let more = Caseload.referral(need: opened.need, consent: nil, items: #"["alias", "name"]"#)
            let refused = try await dinesh.post("\(opened.path)/referrals", more, key: "a", version: 1).expect(.gated)
            #expect(refused.reason == "beyond_minimum")
            #expect(refused.missing == ["name"])
            let filed = try await dinesh.leaves("referral.file permitted referral.file:assigned_life_in_danger") {
                dinesh in
                let body = Caseload.referral(need: opened.need, consent: nil, items: #"["alias", "safe_contact"]"#)
                return try await dinesh.post("\(opened.path)/referrals", body, key: "b", version: 1)
            }
            let id = try #require(try filed.json["id"].text)
            let pema = try await house.caller("pema", client)
            _ = try await pema.post("/v1/referrals/\(id)/accept")
            let packet = try await pema.get("/v1/referrals/\(id)/packet").json
            #expect(packet["basis"].text == "life_in_danger")
            #expect(packet["expires_at"].text == house.clock.text(minutes: 24 * 60))
            #expect(packet["consent"] == .missing)
        }
    }
}
