import Audit
import Care
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

/// Every route is asked by everybody, with a marker in each text about a person. The marker may stand in the answers to
/// those who may read the case or the packet, and nowhere else.
@Suite struct CanaryTests {
    @Test func `nothing of a person stands in an address, a log line, a problem or an entry`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            var opened = try await OpenedCase(by: dinesh)
            let consent = try await opened.consent()
            let referral = try await opened.referral(on: consent)
            let pema = try await house.caller("pema", client)
            _ = try await pema.post("/v1/referrals/\(referral)/accept")

            let bodies = [
                nil, "{}", "zq7marker", #"{"zq7marker":"zq7marker"}"#, #"["zq7marker"]"#,
                #"{"country":"zq7marker","needs":["zq7marker"]}"#, #"{"name":"zq7marker","password":"zq7marker"}"#,
                Caseload.opening(in: house), Caseload.opening(in: house, needs: #"[{"code":"zq7marker"}]"#),
                #"{"code":"LEG-INFO","urgency":"routine","reason":"zq7marker"}"#, Caseload.consent(in: house),
                Caseload.referral(need: opened.need, consent: consent), #"{"need":"\#(opened.need)"}"#,
                #"{"text":"zq7marker note"}"#, #"{"words":"zq7marker"}"#,
                #"{"name":"zq7marker name","alias":"zq7marker alias","phone":"+1 202 555 0143","identity_number":"zq7marker"}"#,
            ]
            let mayRead: Set<String> = ["GET /v1/cases/{case}", "GET /v1/referrals/{referral}/packet"]
            var seen: Set<String> = []
            for name in house.people.keys.sorted() {
                let caller = try await house.caller(name, client)
                for route in Routes.table(of: house.deployment).routes where route.method != .delete {
                    let line = "\(route.method.rawValue) \(route.path)"
                    let path = route.path.replacing("{case}", with: opened.id).replacing("{country}", with: "LK")
                        .replacing("{referral}", with: referral).replacing("{consent}", with: consent)
                        .replacing("{code}", with: "gated")
                    // The steps that end what the others look at stay out of this walk; their refusals are tested beside
                    // each of them.
                    let ends = ["withdrawal", "decline", "complete", "revoke"].contains { path.hasSuffix($0) }
                    let some = route.body == .none ? Array(bodies.prefix(2)) : bodies
                    for (index, body) in some.enumerated() where !ends || body?.contains("zq7marker") == true {
                        let headers: HTTPFields = [
                            .idempotencyKey: "\(name)-\(index)", .ifMatch: "\"\(index)\"", .userAgent: Marker.text,
                            .referer: Marker.text,
                        ]
                        let uri = path == "/v1/referrals" ? "\(path)?box=inbox" : path
                        let answer = try await caller.send(route.method, uri, body, headers)
                        seen.insert("\(line) \(answer.status.code)")
                        #expect(answer.status != .internalServerError, "\(line)")
                        if !mayRead.contains(line) || answer.status != .ok {
                            #expect(!answer.text.contains(Marker.text), "\(line) \(answer.status.code)")
                        }
                        for field in answer.headers {
                            #expect(!field.value.contains(Marker.text), "\(line) \(field.name)")
                        }
                    }
                    try await caller.send(route.method, "\(path)?zq7marker=zq7marker", nil).expect(.unknownParameter)
                    for odd in ["\(path)/zq7marker", "\(path)%7Azq7marker"] {
                        let answer = try await caller.send(route.method, odd, nil)
                        #expect(!answer.text.contains(Marker.text))
                    }
                }
            }
            // The walk reached what it is about: a case read, a packet opened, refusals of each kind.
            for wanted in [
                "GET /v1/cases/{case} 200", "GET /v1/cases/{case} 403", "GET /v1/cases/{case} 404",
                "GET /v1/referrals/{referral}/packet 200", "POST /v1/cases 201", "POST /v1/cases 422",
                "POST /v1/cases 400",
                "POST /v1/cases/{case}/needs 404", "POST /v1/cases/{case}/consents 412", "POST /v1/session 401",
                "POST /v1/lookup 422", "GET /v1/audit/entries 200", "GET /v1/audit/entries 403",
            ] {
                #expect(seen.contains(wanted), "\(wanted)")
            }
            for line in house.lines.all { #expect(!line.description.contains(Marker.text)) }
            let log = try house.entries()
            #expect(log.count > 100)
            for entry in log { #expect(!String(decoding: entry.bytes, as: UTF8.self).contains(Marker.text)) }
            #expect(try await dinesh.get(opened.path).text.contains("zq7marker name"))
        }
    }
}
