import Audit
import Care
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct ConsentRoutesTests {
    @Test func `a consent is recorded with who, for what, and until when`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let opened = try await OpenedCase(by: dinesh)
            let answer = try await dinesh.leaves("consent.record permitted consent.record:assigned") { dinesh in
                try await dinesh.post("\(opened.path)/consents", Caseload.consent(in: house), key: "k", version: 1)
            }
            #expect(answer.status == .created)
            #expect(answer.version == 2)
            #expect(try answer.json["case"].text == opened.id)
            let read = try await dinesh.get(opened.path).json["consents"][0]
            #expect(read["id"] == (try answer.json["id"]))
            #expect(read["service"].text == "PSY-ONLINE")
            #expect(read["recipient"].text == "test-pipal-tree")
            #expect(read["items"].list.compactMap(\.text) == ["age_band", "alias", "languages", "safe_contact"])
            #expect(read["given_by"].text == "caregiver")
            #expect(read["assent"]["form"].text == "written")
            #expect(read["given_at"].text == house.clock.text())
            #expect(read["expires_at"].text == house.clock.text(minutes: 90 * 24 * 60))
            #expect(read["withdrawn_at"] == .missing)
        }
    }

    @Test func `a consent that the rules do not allow is refused with its code`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            for (giver, assent, accused, code) in [
                (#""given_by": "caregiver""#, #"{"state": "not_asked"}"#, "no", "assent_missing"),
                (
                    #""given_by": "caregiver""#, #"{"state": "refused", "at": "2027-01-15T07:50:00Z"}"#, "no",
                    "assent_refused"
                ),
                (
                    #""given_by": "caregiver""#, #"{"state": "given", "form": "spoken", "at": "2027-01-15T07:50:00Z"}"#,
                    "no",
                    "assent_not_written"
                ),
                (#""given_by": "caregiver""#, nil, "yes", "consent_giver_accused"),
                (#""given_by": "caregiver", "giver_party": "p-zq7marker""#, nil, "no", "consent_giver_accused"),
                (#""given_by": "self""#, nil, "no", "consent_giver_not_for_age"),
            ] as [(String, String?, String, String)] {
                let opened = try await OpenedCase(by: dinesh, Caseload.opening(in: house, caregiverIsAccused: accused))
                let body = Caseload.consent(in: house, giver: giver, assent: assent)
                let refused = try await dinesh.leaves("consent.record denied \(code)") { dinesh in
                    try await dinesh.post("\(opened.path)/consents", body, key: "k", version: 1)
                }
                let problem = try refused.expect(.gated)
                #expect(problem.reason == code)
                #expect(problem.missing?.contains(code) == true)
                #expect(try await dinesh.get(opened.path).json["consents"] == .list([]))
            }
        }
    }

    @Test func `a consent that makes no sense is named by its field`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let opened = try await OpenedCase(by: dinesh)
            for (giver, pointer) in [
                (#""given_by": "none""#, "/given_by"),
                (#""given_by": "self", "giver_party": "p-1""#, "/giver_party"),
                (#""given_by": "supervisor_best_interests""#, "/best_interests"),
                (#""given_by": "caregiver", "expires_at": "2020-01-01T00:00:00Z""#, "/expires_at"),
                (#""given_by": "caregiver", "given_at": "2020-01-01T00:00:00Z""#, "/limits_explained_at"),
                (#""given_by": "zq7marker""#, "/given_by"),
            ] {
                let body = Caseload.consent(in: house, giver: giver)
                let problem = try await dinesh.post("\(opened.path)/consents", body, key: "k", version: 1).expect(
                    .invalidValue
                )
                #expect(problem.errors?.map(\.pointer) == [pointer])
            }
        }
    }

    @Test func `nobody signs a best-interests decision of their own`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let opened = try await OpenedCase(by: dinesh)
            func body(signedBy staff: String) -> String {
                Caseload.consent(
                    in: house,
                    giver:
                        #""given_by": "supervisor_best_interests", "best_interests": {"reason": "no_safe_caregiver", "explanation": "zq7marker", "signed_by": "\#(staff)"}"#
                )
            }
            let own = try house.person("dinesh").staff.text
            let problem = try await dinesh.post("\(opened.path)/consents", body(signedBy: own), key: "k", version: 1)
                .expect(.invalidValue)
            #expect(problem.errors?.map(\.pointer) == ["/best_interests/signed_by"])
            let signed = body(signedBy: try house.person("sunil").staff.text)
            let answer = try await dinesh.post("\(opened.path)/consents", signed, key: "k", version: 1)
            #expect(answer.status == .created, "\(answer.text)")
            let read = try await dinesh.get(opened.path).json["consents"][0]
            #expect(read["best_interests"]["decided_by"].text == own)
            #expect(read["expires_at"].text == house.clock.text(minutes: 14 * 24 * 60))
        }
    }

    @Test func `a best-interests decision is signed by a supervisor of the team, whom she did not ask to keep out`()
        async throws
    {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            func body(signedBy staff: String) -> String {
                Caseload.consent(
                    in: house,
                    giver:
                        #""given_by": "supervisor_best_interests", "best_interests": {"reason": "no_safe_caregiver", "explanation": "zq7marker", "signed_by": "\#(staff)"}"#
                )
            }
            let opened = try await OpenedCase(by: dinesh)
            // A colleague, the administrator, somebody of another agency, nobody at all.
            let others = try ["tara", "adila", "pema"].map { try house.person($0).staff.text }
            for other in others + ["s\(String(repeating: "0", count: 26))"] {
                let refused = try await dinesh.leaves("consent.record failed invalid") { dinesh in
                    try await dinesh.post("\(opened.path)/consents", body(signedBy: other), key: other, version: 1)
                }
                #expect(try refused.expect(.invalidValue).errors?.map(\.pointer) == ["/best_interests/signed_by"])
            }
            let sunil = try house.person("sunil").staff.text
            let kept = Caseload.opening(in: house).replacing(
                #""conflicts": {"#,
                with: #""conflicts": {"avoided_staff": ["\#(sunil)"], "#
            )
            let avoiding = try await OpenedCase(by: dinesh, kept)
            let refused = try await dinesh.post(
                "\(avoiding.path)/consents",
                body(signedBy: sunil),
                key: "k",
                version: 1
            )
            #expect(try refused.expect(.invalidValue).errors?.map(\.pointer) == ["/best_interests/signed_by"])
            #expect(try await dinesh.get(avoiding.path).json["consents"] == .list([]))
            let signed = try await dinesh.leaves("consent.record permitted consent.record:assigned") { dinesh in
                try await dinesh.post("\(opened.path)/consents", body(signedBy: sunil), key: "k", version: 1)
            }
            #expect(signed.status == .created, "\(signed.text)")
        }
    }

    @Test func `a withdrawal stops what rests on the consent, and the packet is gone`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            var opened = try await OpenedCase(by: dinesh)
            let consent = try await opened.consent()
            let referral = try await opened.referral(on: consent)
            let pema = try await house.caller("pema", client)
            _ = try await pema.post("/v1/referrals/\(referral)/accept")
            #expect(try await pema.get("/v1/referrals/\(referral)/packet").status == .ok)

            let path = "\(opened.path)/consents/\(consent)/withdrawal"
            let withdrawn = try await dinesh.leaves("consent.withdraw permitted consent.withdraw:assigned") { dinesh in
                try await dinesh.post(path)
            }
            #expect(withdrawn.status == .ok)
            let entry = try #require(try house.entries().last)
            #expect(entry.consent == consent)
            #expect(entry.handles == [referral])

            #expect(try await pema.get("/v1/referrals/\(referral)").json["state"].text == "revoked")
            try await pema.leaves("packet.open denied packet_not_released") { pema in
                try await pema.get("/v1/referrals/\(referral)/packet")
            }.expect(.wrongState)
            let whole = try await dinesh.get(opened.path)
            #expect(try whole.json["consents"][0]["withdrawn_at"].text == house.clock.text())
            #expect(whole.version == withdrawn.version)

            // Twice is once, and nothing new leaves on it.
            #expect(try await dinesh.post(path, "{}").status == .ok)
            let body = Caseload.referral(need: opened.need, consent: consent)
            let version = try #require(whole.version)
            let refused = try await dinesh.leaves("referral.file denied consent_withdrawn") { dinesh in
                try await dinesh.post("\(opened.path)/referrals", body, key: "again", version: version)
            }
            #expect(try refused.expect(.gated).reason == "consent_withdrawn")
        }
    }

    @Test func `any colleague of the team takes a consent back, others find nothing`() async throws {
        try await House.serving { house, client in
            var opened = try await OpenedCase(by: house.caller("dinesh", client))
            let consent = try await opened.consent()
            let path = "\(opened.path)/consents/\(consent)/withdrawal"
            for (name, rule, kind) in [
                ("ruwan", "not_assigned", ProblemKind.notFound), ("pema", "wrong_role", .refused),
                ("oksana", "wrong_role", .refused),
            ] {
                let caller = try await house.caller(name, client)
                try await caller.leaves("consent.withdraw denied \(rule)") { try await $0.post(path) }.expect(kind)
            }
            let tara = try await house.caller("tara", client)
            let missing = "\(opened.path)/consents/n\(String(repeating: "0", count: 26))/withdrawal"
            try await tara.leaves("consent.withdraw denied not_found") { try await $0.post(missing) }.expect(.notFound)
            try await tara.leaves("consent.withdraw permitted consent.withdraw:same_team") { try await $0.post(path) }
            try await tara.leavesNothing { try await $0.post(path, #"{"zq7marker":1}"#) }.expect(.unknownField)
        }
    }
}
