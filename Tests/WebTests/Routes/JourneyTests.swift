import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

/// A girl of 14, from the first call to the closed referral, over HTTP alone.
@Suite struct JourneyTests {
    @Test func `from the first call to the closed referral`() async throws {
        try await House.serving { house, client in
            // She calls the helpline and stays anonymous.
            let amara = try await house.caller("amara", client)
            let found = try await amara.leaves("services.look_up permitted services.look_up:helpline") { amara in
                let asked = #"{"country":"LK","needs":["PSY-CRISIS"],"age":14,"languages":["si"]}"#
                return try await amara.post("/v1/lookup", asked)
            }
            #expect(found.status == .ok)
            #expect(try found.json["services"][0]["number"].text == "1929")
            #expect(try found.json["emergency"][0]["number"].text == "119")

            // Weeks later a caseworker opens her case.
            let dinesh = try await house.caller("dinesh", client)
            var opened = try await OpenedCase(by: dinesh)
            let list = try await dinesh.leaves("case.list permitted case.list:caseworker") {
                try await $0.get("/v1/cases")
            }
            #expect(try list.json["cases"][0]["id"].text == opened.id)
            #expect(try list.json["cases"][0]["needs"] == .list([.text("PSY-ONLINE")]))
            #expect(!list.text.contains(Marker.text))

            // What fits her, and why the club does not.
            let match = try await dinesh.leaves("services.match permitted services.match:assigned") { dinesh in
                try await dinesh.post("\(opened.path)/matches", #"{"need":"\#(opened.need)"}"#)
            }
            let options = try match.json["options"].list
            let online = try #require(options.first { $0["service"].text == "test-online-care" })
            #expect(online["desk"].flag == true)
            #expect(online["number"].text == "+1 202 555 0199")
            #expect(options.first { $0["service"].text == "test-far-care" }?["desk"].flag == false)
            let club = try #require(try match.json["excluded"].list.first { $0["service"].text == "test-club-care" })
            #expect(club["reasons"].list.map { $0["code"].text } == ["CONFLICT_ALLEGED_PERPETRATOR"])

            // Her aunt consents and she agrees herself; the referral carries that and nothing else.
            let consent = try await opened.consent()
            let referral = try await opened.referral(on: consent)

            // The desk in Nepal sees routing fields, accepts, and opens the packet.
            let pema = try await house.caller("pema", client)
            let inbox = try await pema.get("/v1/referrals?box=inbox").json["referrals"]
            #expect(inbox[0]["id"].text == referral)
            #expect(
                inbox[0].names == [
                    "age_band", "answer_due_at", "box", "country", "desk", "id", "languages", "need", "state",
                    "urgency",
                    "version",
                ]
            )
            try await pema.leaves("packet.open denied packet_not_released") { pema in
                let early = try await pema.get("/v1/referrals/\(referral)/packet")
                #expect(try early.expect(.wrongState).reason == "packet_not_released")
                return early
            }
            let accepted = try await pema.leaves("referral.accept permitted referral.accept:desk") { pema in
                try await pema.post("/v1/referrals/\(referral)/accept", "{}")
            }
            #expect(try accepted.json["state"].text == "accepted")
            let packet = try await pema.leaves("packet.open permitted packet.open:desk") { pema in
                try await pema.get("/v1/referrals/\(referral)/packet")
            }
            let items = try packet.json["items"]
            #expect(items.names == ["age_band", "alias", "languages", "safe_contact"])
            #expect(items["alias"].text == "zq7marker alias")
            #expect(items["age_band"].text == "12-14")
            #expect(items["safe_contact"]["code_word"].text == "zq7marker word")
            #expect(items["safe_contact"]["hours"]["slots"][0]["until"].text == "24:00")
            #expect(!packet.text.contains("zq7marker name"))

            // The desk closes the loop; the packet closes with it.
            let completed = try await pema.leaves("referral.complete permitted referral.complete:desk") { pema in
                try await pema.post("/v1/referrals/\(referral)/complete", #"{"word_of":"receiver"}"#)
            }
            #expect(try completed.json["state"].text == "completed")
            try await pema.get("/v1/referrals/\(referral)/packet").expect(.wrongState)
            let whole = try await dinesh.get(opened.path)
            #expect(try whole.json["referrals"][0]["state"].text == "completed")

            // The auditor reads that all this happened, and nothing of her.
            let oksana = try await house.caller("oksana", client)
            let log = try await oksana.get("/v1/audit/entries?limit=200")
            #expect(!log.text.contains(Marker.text))
            let acts = try log.json["entries"].list.compactMap { $0["act"].text }
            for act in ["services.look_up", "case.open", "consent.record", "referral.file", "packet.open"] {
                #expect(acts.contains(act))
            }
        }
    }
}
