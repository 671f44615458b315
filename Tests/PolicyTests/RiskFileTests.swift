import Care
import DataFiles
import Foundation
import Policy
import Testing

@Suite struct RiskFileTests {
    private func problems(replacing old: String, with new: String) -> [String] {
        let text = riskFile.replacingOccurrences(of: old, with: new)
        #expect(text != riskFile)
        return PolicyTests.problems(text, "risk.yaml") { node throws(PolicyError) in try RiskPolicy(reading: node) }
    }

    @Test func `a whole file becomes times and people to tell`() throws {
        let policy = try RiskPolicy(reading: DataFile.parse(riskFile, file: "risk.yaml"))
        #expect(policy.edition == 2)
        #expect(Urgency.allCases.map { policy.times.hours(for: $0) } == [12, 48, 200])
        #expect(policy.responses[.urgent]?.tell == [.caseworker, .supervisor])
        let high = try #require(policy.levels[.high])
        #expect(high.firstResponseHours == 6 && high.planDays == 2 && high.followUpDays == 3)
        #expect(high.tell == [.supervisor])
        #expect(policy.levels[.low]?.planDays == 10)
        #expect(policy.levels[RiskLevel.none] == nil)
    }

    @Test(arguments: ["emergency", "urgent", "routine", "high", "medium", "low"])
    func `an urgency or level that is missing is refused`(name: String) throws {
        let line = try #require(riskFile.split(separator: "\n").first { $0.hasPrefix("  \(name):") })
        #expect(problems(replacing: line + "\n", with: "").contains { $0.contains("has no '\(name)'") })
        let bare = line.replacingOccurrences(of: ", source: test", with: "")
        #expect(problems(replacing: String(line), with: bare).contains { $0.contains("has no 'source'") })
    }

    static let slips: [(String, String, String)] = [
        ("hours: 12,", "hours: 49,", "risk.yaml:3: what is more urgent may wait longer"),
        ("hours: 48,", "hours: 201,", "what is more urgent may wait longer"),
        ("hours: 12,", "hours: 0,", "'0' is out of range for 'hours'"),
        ("first_response_hours: 6,", "first_response_hours: 61,", "'high' leaves more time than 'medium'"),
        ("plan_days: 6", "plan_days: 11", "'medium' leaves more time than 'low'"),
        ("follow_up_days: 3", "follow_up_days: 8", "'high' leaves more time than 'medium'"),
        ("plan_days: 2", "plan_days: 366", "'366' is out of range for 'plan_days'"),
        ("plan_days: 2, ", "", "has no 'plan_days'"),
        ("hours: 12, tell: [supervisor]", "hours: 12, tell: [administrator]", "unknown value 'administrator'"),
        ("hours: 12, tell: [supervisor]", "hours: 12, tell: [auditor]", "unknown value 'auditor'"),
        ("hours: 12, tell: [supervisor]", "hours: 12, tell: [superviser]", "write 'supervisor'"),
        ("hours: 12, tell: [supervisor]", "hours: 12, tell: []", "'tell' is empty"),
        ("hours: 12, tell: [supervisor], ", "hours: 12, ", "has no 'tell'"),
        ("[caseworker, supervisor]", "[supervisor, supervisor]", "'supervisor' stands twice"),
        ("  urgent:", "  urgnet:", "unknown key 'urgnet', write 'urgent'"),
        ("levels:", "level:", "unknown key 'level', write 'levels'"),
        ("edition: 2", "edition: two", "is no edition"),
    ]

    @Test(arguments: slips)
    func `a slip is named with its line and what to write`(old: String, new: String, told: String) {
        let problems = problems(replacing: old, with: new)
        #expect(problems.contains { $0.contains(told) }, "\(problems)")
    }
}
