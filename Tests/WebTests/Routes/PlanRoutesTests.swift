import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct PlanRoutesTests {
    private static let needs =
        #"[{"code":"MED-CMR","urgency":"emergency"},{"code":"PSY-ONLINE","urgency":"urgent","reason":"zq7marker reason"}]"#

    @Test func `a plan says what is proposed together, what is left of its time, and which visits cover it`()
        async throws
    {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let opened = try await OpenedCase(by: dinesh, Caseload.opening(in: house, needs: Self.needs))
            let answer = try await dinesh.leaves("services.match permitted services.match:assigned") {
                try await $0.post("\(opened.path)/plan")
            }
            #expect(answer.status == .ok)
            let plan = try answer.json
            #expect(plan["bundle"].flag == true)
            let said = plan["statements"].list.compactMap { $0["code"].text }
            #expect(said.starts(with: ["PROPOSED_TOGETHER", "CLINICIAN_DECIDES", "TIME_UNKNOWN", "ASK_FIRST"]))
            #expect(plan["statements"][0]["text"].text?.contains("120 hours") == true)
            let pep = try #require(plan["needs"].list.first { $0["code"].text == "MED-HIVPEP" })
            #expect(pep["proposed"].flag == true && pep["time_critical"].flag == true)
            #expect(pep["urgency"].text == "emergency")
            #expect(pep["gates"][0]["code"].text == "CONSENT_NOT_ASKED")
            #expect(pep["statements"][0]["code"].text == "START_UNKNOWN")
            #expect(pep["seconds_left"] == .missing)
            let online = try #require(plan["visits"].list.first { $0["service"].text == "test-online-care" })
            #expect(online["covers"].list.compactMap { $0["code"].text } == ["PSY-ONLINE"])
            #expect(online["earliest_start"].text?.hasSuffix("+05:45") == true)
            #expect(online["misses"].list.count == plan["needs"].list.count - 1)
            #expect(online["statements"][0]["text"].text == "One visit covers PSY-ONLINE.")
            #expect(online["desk"].flag == true)
            // The club is where the man she accuses has influence.
            #expect(!plan["visits"].list.contains { $0["service"].text == "test-club-care" })
            #expect(!answer.text.contains("zq7marker") && !answer.text.contains("harbour"))
            #expect(plan["language_reviewed"].flag == true)
        }
    }

    @Test func `the words come in the language that is asked for`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let opened = try await OpenedCase(by: dinesh, Caseload.opening(in: house, needs: Self.needs))
            let plan = try await dinesh.send(.post, "\(opened.path)/plan", nil, [.acceptLanguage: "fr"]).json
            #expect(plan["language_reviewed"].flag == false)
            #expect(plan["statements"][0]["text"].text?.contains("120 heures") == true)
        }
    }

    @Test func `a match says how many services each rule keeps away, and a replay what has changed`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            var opened = try await OpenedCase(by: dinesh)
            let body = #"{"need":"\#(opened.need)"}"#
            let match = try await dinesh.post("\(opened.path)/matches", body).json
            let counts = match["excluded_by"].list
            #expect(!counts.isEmpty)
            for count in counts {
                let code = try #require(count["code"].text)
                let services = match["excluded"].list.filter { excluded in
                    excluded["reasons"].list.contains { $0["code"].text == code }
                }
                #expect(count["services"].whole == services.count)
                #expect(services[0]["reasons"].list.allSatisfy { $0["wish"].flag != nil })
            }
            #expect(match["wishes_that_would_open"] == .list([]))
            let record = match["record"]
            func replay() async throws -> SeenJSON {
                let asked = """
                    {"need": "\(opened.need)",
                     "record": {"edition": 1, "policies": "\(try #require(record["policies"].text))",
                                "moment": "\(try #require(record["moment"].text))",
                                "inputs": "\(try #require(record["inputs"].text))",
                                "answer": "\(try #require(record["answer"].text))"}}
                    """
                let answer = try await dinesh.post("\(opened.path)/matches/replay", asked)
                #expect(answer.status == .ok, "\(answer.text)")
                return try answer.json
            }
            let same = try await replay()
            for field in ["same_edition", "same_directory", "same_policies", "same_inputs", "same_answer"] {
                #expect(same[field].flag == true, "\(field)")
            }
            #expect(same["unexplained"].flag == false)
            _ = try await opened.consent()
            let changed = try await replay()
            #expect(changed["same_inputs"].flag == false && changed["same_answer"].flag == false)
            #expect(changed["match"]["outcome"].text == "options")
            let problem = try await dinesh.leavesNothing {
                try await $0.post(
                    "\(opened.path)/matches/replay",
                    #"{"need":"\#(opened.need)","record":{"edition":0}}"#
                )
            }.expect(.invalidValue)
            #expect(
                problem.errors?.compactMap(\.pointer).sorted() == [
                    "/record/answer", "/record/edition", "/record/inputs", "/record/moment", "/record/policies",
                ]
            )
        }
    }
}
