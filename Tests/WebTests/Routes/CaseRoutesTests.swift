import Care
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct CaseRoutesTests {
    @Test func `a case is read back as it was entered`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let answer = try await dinesh.leaves("case.open permitted case.open:caseworker") { dinesh in
                try await dinesh.post("/v1/cases", Caseload.opening(in: house), key: "case")
            }
            #expect(answer.status == .created)
            let id = try #require(try answer.json["id"].text)
            #expect(answer.headers[.location] == "/v1/cases/\(id)")
            #expect(answer.version == 1)
            #expect(!answer.text.contains(Marker.text))

            let read = try await dinesh.leaves("case.read permitted case.read:assigned") {
                try await $0.get("/v1/cases/\(id)")
            }
            #expect(read.version == 1)
            let whole = try read.json
            #expect(
                whole["survivor"]
                    == .object([
                        "name": .text("zq7marker name"), "alias": .text("zq7marker alias"), "age": .number(14),
                        "age_band": .text("12-14"), "age_basis": .text("stated"), "gender": .text("female"),
                        "languages": .list([.text("si")]), "current_country": .text("LK"),
                        "area": .text("zq7marker area"),
                        "accessibility": .list([]),
                    ])
            )
            #expect(whole["safe_contact"]["addresses"][0]["value"].text == "+1 202 555 0143 zq7marker")
            #expect(whole["safe_contact"]["voicemail_allowed"].flag == false)
            #expect(
                whole["conflicts"]["alleged_perpetrators"][0]["organizations"] == .list([.text("test-harbour-club")])
            )
            #expect(whole["conflicts"]["household_member_is_accused"].text == "not_asked")
            #expect(whole["intake"]["first_contact_at"].text == house.clock.text())
            #expect(whole["intake"]["last_contact"] == .object(["state": .text("ongoing")]))
            #expect(whole["wishes"]["staff_gender_is_strict"].flag == false)
            #expect(whole["notes"][0]["text"].text == "zq7marker note\nzq7marker second line")
            #expect(whole["notes"][0]["written_by"].text == (try house.person("dinesh").staff.text))
            #expect(whole["needs"][0]["reason"].text == "zq7marker reason")
            #expect(whole["state"].text == "identification_and_registration")
            #expect(whole["risk"].text == "high")
            #expect(whole["gaps"].list.contains(.text("thoughts_of_suicide")))
            for name in ["consents", "referrals", "declined", "contexts"] { #expect(whole[name] == .list([])) }
        }
    }

    @Test func `nothing but team, country, channel and needs is asked for`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let body =
                #"{"team":"\#(house.team)","survivor":{"current_country":"LK"},"intake":{"channel":"telephone"},"needs":[]}"#
            let opened = try await OpenedCase(by: dinesh, body)
            let whole = try await dinesh.get(opened.path).json
            #expect(whole["survivor"]["name"] == .missing)
            #expect(whole["safe_contact"]["permission"].text == "not_asked")
            #expect(whole["conflicts"]["caregiver_is_accused"].text == "not_asked")

            let empty = try await dinesh.leavesNothing { try await $0.post("/v1/cases", "{}", key: "empty") }
            #expect(
                try empty.expect(.invalidValue).errors?.map(\.pointer) == ["/team", "/survivor", "/intake", "/needs"]
            )
        }
    }

    @Test func `a value of a case that cannot be used is named by its place`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            for (field, pointers) in [
                (#""survivor":{"current_country":"LK","age":121}"#, "/survivor/age"),
                (#""survivor":{"current_country":"LK","age":14,"age_band":"18+"}"#, "/survivor/age_band"),
                (#""survivor":{"current_country":"LK","age_basis":"stated"}"#, "/survivor/age_basis"),
                (#""survivor":{"current_country":"LK","name":"  "}"#, "/survivor/name"),
                (#""survivor":{"current_country":"LK","languages":["si","si"]}"#, "/survivor/languages"),
                (#""safe_contact":{"permission":"zq7marker"}"#, "/safe_contact/permission"),
                (#""safe_contact":{"permission":"allowed","cover_identity":""}"#, "/safe_contact/cover_identity"),
                (
                    #""safe_contact":{"permission":"allowed","addresses":[{"channel":"voicemail"}]}"#,
                    "/safe_contact/addresses/0/channel"
                ),
                (
                    #""safe_contact":{"permission":"allowed","hours":{"time_zone":"zq7marker","slots":[]}}"#,
                    "/safe_contact/hours/time_zone"
                ),
                (
                    #""safe_contact":{"permission":"allowed","hours":{"time_zone":"Asia/Colombo","slots":[{"days":["mon"],"from":"25:00","until":"26:00"}]}}"#,
                    "/safe_contact/hours/slots/0/from /safe_contact/hours/slots/0/until"
                ),
                (
                    #""conflicts":{"alleged_perpetrators":[{"party":"zq7marker with a name"}]}"#,
                    "/conflicts/alleged_perpetrators/0/party"
                ),
                (
                    #""conflicts":{"alleged_perpetrators":[{"party":"p-1"}],"safe_caregivers":["p-1"]}"#,
                    "/conflicts/safe_caregivers"
                ),
                (#""intake":{"channel":"telephone","last_contact":{"state":"known"}}"#, "/intake/last_contact/at"),
                (
                    #""intake":{"channel":"telephone","first_contact_at":"2200-01-02T00:00:00Z"}"#,
                    "/intake/first_contact_at"
                ),
                (#""wishes":{"mode_is_strict":true}"#, "/wishes/mode_is_strict"),
                (#""wishes":{"maximum_travel_hours":-1}"#, "/wishes/maximum_travel_hours"),
                (#""note":"""#, "/note"),
                (#""needs":[{"code":"PSY-NOSUCH","urgency":"urgent"}]"#, "/needs/0/code"),
                (
                    #""needs":[{"code":"PSY-ONLINE","urgency":"urgent"},{"code":"PSY-ONLINE","urgency":"urgent","reason":" "}]"#,
                    "/needs/1/reason"
                ),
            ] {
                let name = field.prefix { $0 != ":" }
                let others = [
                    #""team":"\#(house.team)""#, #""survivor":{"current_country":"LK"}"#,
                    #""intake":{"channel":"telephone"}"#,
                    #""needs":[]"#,
                ].filter { !$0.hasPrefix(name) }
                let body = "{\((others + [field]).joined(separator: ","))}"
                let answer = try await dinesh.post("/v1/cases", body, key: UUID().uuidString)
                let problem = try answer.expect(.invalidValue)
                #expect(problem.errors?.compactMap(\.pointer).joined(separator: " ") == pointers, "\(field)")
                let detail = try #require(problem.errors?.first?.detail)
                #expect(detail.contains("write "))
                #expect(try await dinesh.get("/v1/cases").json["cases"] == .list([]))
            }
        }
    }

    @Test func `the same request twice opens one case, and another under the same key is refused`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let body = Caseload.opening(in: house)
            let first = try await dinesh.post("/v1/cases", body, key: "once")
            let again = try await dinesh.post("/v1/cases", body, key: "once")
            #expect(again.status == first.status)
            #expect(again.text == first.text)
            let other = try await dinesh.leaves("case.open failed key_reused") { dinesh in
                try await dinesh.post("/v1/cases", Caseload.opening(in: house, needs: "[]"), key: "once")
            }
            try other.expect(.keyReused)
            #expect(try await dinesh.get("/v1/cases").json["cases"].list.count == 1)
            try await dinesh.leavesNothing { try await $0.post("/v1/cases", body) }.expect(.idempotencyKey)
            // Somebody else's key is another key.
            let tara = try await house.caller("tara", client)
            #expect(try await tara.post("/v1/cases", body, key: "once").json["id"] != first.json["id"])
        }
    }

    @Test func `five clicks at the same moment open one case`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let body = Caseload.opening(in: house)
            let ids = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<5 {
                    group.addTask { try await dinesh.post("/v1/cases", body, key: "once").json["id"].text }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(ids.contains(nil) == false)
            #expect(try await dinesh.get("/v1/cases").json["cases"].list.count == 1)
        }
    }

    @Test func `a change needs the version that was read, and an older one is refused`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            var opened = try await OpenedCase(by: dinesh)
            let need = #"{"code":"LEG-INFO","urgency":"routine"}"#
            let path = "\(opened.path)/needs"
            try await dinesh.leavesNothing { try await $0.post(path, need, key: "n") }.expect(.versionMissing)
            let id = try await opened.change("needs", need, key: "n")
            #expect(opened.version == 2)
            let stale = try await dinesh.leaves("need.record failed stale") {
                try await $0.post(path, need, key: "m", version: 1)
            }
            try stale.expect(.stale)
            let whole = try await dinesh.get(opened.path).json
            #expect(whole["needs"].list.count == 2)
            #expect(whole["needs"][1]["id"].text == id)
            // A repeat of what was done is no change against an old version.
            let again = try await dinesh.post(path, need, key: "n", version: 1)
            #expect(again.status == .created)
            #expect(try again.json["id"].text == id)
            #expect(try await dinesh.get(opened.path).json["needs"].list.count == 2)
        }
    }

    @Test func `a colleague of another team cannot tell a case from one that does not exist`() async throws {
        try await House.serving { house, client in
            let opened = try await OpenedCase(by: house.caller("dinesh", client))
            let missing = "/v1/cases/c\(String(repeating: "0", count: 26))"
            let ruwan = try await house.caller("ruwan", client)
            let consent = "n\(String(repeating: "0", count: 26))"
            let need = #"{"code":"LEG-INFO","urgency":"routine"}"#
            let tries: [(String, @Sendable (Caller, String) async throws -> TestResponse)] = [
                ("case.read", { try await $0.get($1) }),
                ("need.record", { try await $0.post("\($1)/needs", need, key: "a", version: 1) }),
                (
                    "consent.record",
                    { try await $0.post("\($1)/consents", Caseload.consent(in: house), key: "b", version: 1) }
                ),
                ("consent.withdraw", { try await $0.post("\($1)/consents/\(consent)/withdrawal") }),
                ("services.match", { try await $0.post("\($1)/matches", #"{"need":"\#(opened.need)"}"#) }),
                (
                    "referral.file",
                    {
                        let body = Caseload.referral(need: opened.need, consent: nil)
                        return try await $0.post("\($1)/referrals", body, key: "c", version: 1)
                    }
                ),
            ]
            for (act, send) in tries {
                let there = try await ruwan.leaves("\(act) denied not_assigned") { try await send($0, opened.path) }
                let gone = try await ruwan.leaves("\(act) denied not_assigned") { try await send($0, missing) }
                try there.expect(.notFound)
                #expect(there.bodyWithoutRequest == gone.bodyWithoutRequest, "\(act)")
                #expect(there.headers[.eTag] == nil)
            }
            #expect(try await ruwan.get("/v1/cases").json["cases"] == .list([]))
            #expect(try await house.caller("dinesh", client).get(opened.path).version == 1)
        }
    }

    @Test func `who may read a case and who may not`() async throws {
        try await House.serving { house, client in
            let opened = try await OpenedCase(by: house.caller("dinesh", client))
            for (name, rule) in [("tara", "same_team"), ("sunil", "supervisor"), ("dinesh", "assigned")] {
                let caller = try await house.caller(name, client)
                let answer = try await caller.leaves("case.read permitted case.read:\(rule)") {
                    try await $0.get(opened.path)
                }
                #expect(try answer.json["survivor"]["name"].text == "zq7marker name")
            }
            for name in ["amara", "oksana", "adila", "pema"] {
                let caller = try await house.caller(name, client)
                let answer = try await caller.leaves("case.read denied wrong_role") { try await $0.get(opened.path) }
                #expect(try answer.expect(.refused).reason == "wrong_role")
                try await caller.leaves("case.list denied wrong_role") { try await $0.get("/v1/cases") }.expect(
                    .refused
                )
            }
            // Reading is not changing.
            let tara = try await house.caller("tara", client)
            let need = #"{"code":"LEG-INFO","urgency":"routine"}"#
            try await tara.leaves("need.record denied not_assigned") { tara in
                try await tara.post("\(opened.path)/needs", need, key: "n", version: 1)
            }.expect(.notFound)
        }
    }

    @Test func `a colleague who is accused learns nothing of the case`() async throws {
        try await House.serving { house, client in
            let tara = try house.person("tara")
            let body = Caseload.opening(in: house).replacing(
                #""caregiver_is_accused""#,
                with: #""avoided_staff": ["\#(tara.staff)"], "caregiver_is_accused""#
            )
            let opened = try await OpenedCase(by: house.caller("dinesh", client), body)
            let caller = try await house.caller("tara", client)
            try await caller.leaves("case.read denied barred") { try await $0.get(opened.path) }.expect(.notFound)
            #expect(try await caller.get("/v1/cases").json["cases"] == .list([]))
            #expect(try await house.caller("sunil", client).get(opened.path).status == .ok)
        }
    }

    @Test func `an id that is none is not found`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            for id in ["c", "zq7marker", "r00000000000000000000000000", "C00000000000000000000000000"] {
                try await dinesh.leavesNothing { try await $0.get("/v1/cases/\(id)") }.expect(.notFound)
            }
        }
    }
}
