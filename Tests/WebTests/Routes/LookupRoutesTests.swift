import Audit
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct LookupRoutesTests {
    private static let asked = #"{"country":"LK","needs":["PSY-CRISIS"],"age":14,"gender":"female","languages":["si"]}"#

    @Test func `a look-up answers with a number, its source and what is not known`() async throws {
        try await House.serving { house, client in
            let amara = try await house.caller("amara", client)
            let answer = try await amara.leaves("services.look_up permitted services.look_up:helpline") { amara in
                try await amara.post("/v1/lookup", Self.asked)
            }
            let found = try answer.json
            #expect(found["country_name"].text == "Sri Lanka")
            #expect(
                found["emergency"][0]
                    == .object([
                        "number": .text("119"), "reaches": .text("police"), "confirmed": .flag(true),
                    ])
            )
            let first = found["services"][0]
            #expect(first["number"].text == "1929")
            #expect(first["covers"] == .list([.text("PSY-CRISIS")]))
            #expect(first["verified"].text == "not verified by anyone yet")
            #expect(first["flags"].list.contains(.text("NOT_VERIFIED")))
            for name in ["source", "confidence", "why", "flags", "opening", "offers"] {
                #expect(first[name] != .missing, "\(name)")
            }
            #expect(["open", "closed", "unknown"].contains(first["opening"]["state"].text))
            #expect(found["statements"].list.count == 1)
            #expect(found["withheld"] != .missing)
        }
    }

    @Test func `a web page never stands where a number is dialled`() async throws {
        try await House.serving { house, client in
            let amara = try await house.caller("amara", client)
            let services = try await amara.post("/v1/lookup", #"{"country":"LK","needs":["LEG-INFO"]}"#).json[
                "services"
            ]
            let webOnly = services.list.filter { $0["contacts"][0]["kind"].text == "web" }
            #expect(!webOnly.isEmpty)
            for service in webOnly { #expect(service["number"] == .missing) }
        }
    }

    @Test func `QUERY and POST answer alike`() async throws {
        try await House.serving { house, client in
            let amara = try await house.caller("amara", client)
            let posted = try await amara.post("/v1/lookup", Self.asked)
            let queried = try await amara.send(.query, "/v1/lookup", Self.asked)
            #expect(queried.status == .ok)
            #expect(queried.text == posted.text)
        }
    }

    @Test func `hours are told on the clock of the service`() async throws {
        try await House.serving { house, client in
            let amara = try await house.caller("amara", client)
            let body = #"{"country":"LK","needs":["PSY-ONLINE"],"age":14}"#
            let services = try await amara.post("/v1/lookup", body).json["services"].list
            let online = try #require(services.first { $0["service"].text == "test-online-care" })
            #expect(online["opening"] == .object(["state": .text("open")]))
            #expect(online["ages"] == .object(["from": .number(8), "through": .number(17)]))
        }
    }

    @Test func `what she asked to avoid is left out without a word`() async throws {
        try await House.serving { house, client in
            let amara = try await house.caller("amara", client)
            let body =
                #"{"country":"LK","needs":["PSY-ONLINE"],"age":14,"avoid":{"organizations":["test-pipal-tree"]}}"#
            let answer = try await amara.post("/v1/lookup", body)
            #expect(!answer.text.contains("test-pipal-tree"))
            #expect(answer.text.contains("test-harbour-club"))
            #expect(try house.entries().allSatisfy { !String(decoding: $0.bytes, as: UTF8.self).contains("pipal") })
        }
    }

    @Test func `a need that nobody meets has a way on`() async throws {
        try await House.serving { house, client in
            let amara = try await house.caller("amara", client)
            let body = #"{"country":"LK","needs":["MED-HIVPEP"],"age":14}"#
            let found = try await amara.post("/v1/lookup", body).json
            let fallback = try #require(found["fallbacks"].list.first)
            #expect(fallback["need"].text == "MED-HIVPEP")
            #expect(!fallback["steps"].list.isEmpty)
            for step in fallback["steps"].list {
                #expect(!step["services"].list.isEmpty || !step["places"].list.isEmpty)
            }
        }
    }

    @Test func `a value that cannot be used is named by its place and not repeated`() async throws {
        try await House.serving { house, client in
            let amara = try await house.caller("amara", client)
            for (body, pointer) in [
                (#"{"country":"XQ","needs":["PSY-CRISIS"]}"#, "/country"),
                (#"{"country":"LK","needs":["PSY-NOSUCH"]}"#, "/needs"),
                (#"{"country":"zq7marker","needs":["PSY-CRISIS"]}"#, "/country"),
                (#"{"country":"LK","needs":[]}"#, "/needs"),
                (#"{"country":"LK","needs":["zq7marker"]}"#, "/needs/0"), (#"{"country":"LK"}"#, "/needs"),
                (#"{"country":"LK","needs":["PSY-CRISIS"],"age":"zq7marker"}"#, "/age"),
                (
                    #"{"country":"LK","needs":["PSY-CRISIS"],"avoid":{"places":["zq7marker zq7marker"]}}"#,
                    "/avoid/places/0"
                ),
                (#"{"country":"LK","needs":["PSY-CRISIS"],"open_at":"tomorrow zq7marker"}"#, "/open_at"),
            ] {
                let problem = try await amara.leavesNothing { try await $0.post("/v1/lookup", body) }.expect(
                    .invalidValue
                )
                #expect(problem.errors?.map(\.pointer) == [pointer])
                #expect(problem.errors?.first?.detail.contains("write ") == true)
            }
        }
    }

    @Test func `a field that is not known is refused, and an auditor looks nothing up`() async throws {
        try await House.serving { house, client in
            let amara = try await house.caller("amara", client)
            let body = #"{"country":"LK","needs":["PSY-CRISIS"],"zq7marker":"zq7marker"}"#
            try await amara.leavesNothing { try await $0.post("/v1/lookup", body) }.expect(.unknownField)
            let oksana = try await house.caller("oksana", client)
            let refused = try await oksana.leaves("services.look_up denied wrong_role") { oksana in
                try await oksana.post("/v1/lookup", Self.asked)
            }
            #expect(try refused.expect(.refused).reason == "wrong_role")
        }
    }

    @Test func `a country's page is for everybody who is signed in`() async throws {
        try await House.serving { house, client in
            for name in ["amara", "pema", "oksana", "adila"] {
                let caller = try await house.caller(name, client)
                let answer = try await caller.leaves("country.read permitted country.read:staff") { caller in
                    try await caller.get("/v1/countries/LK")
                }
                let page = try answer.json
                #expect(page["recorded"].flag == true)
                #expect(page["emergency"][0]["number"].text == "119")
                #expect(page["child_lines"].list.contains { $0["number"].text == "1929" })
                for list in ["image_reports", "legal_aid", "refugee_help", "others", "withheld"] {
                    #expect(page[list] != .missing)
                }
            }
        }
    }

    @Test func `a country that the directory does not know is a problem of its own`() async throws {
        try await House.serving { house, client in
            let amara = try await house.caller("amara", client)
            for code in ["XQ", "zq7marker", "1A", "lkk"] {
                try await amara.leavesNothing { try await $0.get("/v1/countries/\(code)") }.expect(.unknownCountry)
            }
        }
    }
}
