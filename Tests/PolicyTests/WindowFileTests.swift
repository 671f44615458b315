import DataFiles
import Directory
import Foundation
import Policy
import Testing

@Suite struct WindowFileTests {
    private func problems(_ text: String) -> [String] {
        PolicyTests.problems(text, "windows.yaml") { node throws(PolicyError) in try WindowPolicy(reading: node) }
    }

    private func problems(replacing old: String, with new: String) -> [String] {
        let text = windowFile.replacingOccurrences(of: old, with: new)
        #expect(text != windowFile)
        return problems(text)
    }

    private func code(_ text: String) throws -> ServiceCode { try #require(ServiceCode(text)) }

    @Test func `a whole file becomes windows`() throws {
        let policy = try WindowPolicy(reading: DataFile.parse(windowFile, file: "windows.yaml"))
        #expect(policy.edition == 3)
        #expect(policy.windows.count == 6)
        let pep = try #require(policy.windows[code("MED-HIVPEP")])
        #expect(pep.hours == 72 && pep.idealHours == 24 && pep.younger == nil)
        #expect(pep.fallback == [try code("MED-CMR"), try code("MED-FUP")])
        #expect(pep.stewardship.owner == nil && pep.stewardship.reviewedOn == nil)
        #expect(pep.place.description == "windows.yaml:3")
        let forensic = try #require(policy.windows[code("MED-FORENSIC")])
        #expect(forensic.younger?.under == 13 && forensic.younger?.hours == 72)
        let contraception = try #require(policy.windows[code("MED-EC")])
        #expect(contraception.stewardship.owner == "the clinic")
        #expect(contraception.stewardship.reviewedOn == CalendarDay("2026-02-01"))
        #expect(policy.windows[try code("PSY-SUIC")]?.hours == nil)
    }

    @Test(arguments: ["MED-HIVPEP", "MED-EC", "MED-HEPB", "MED-FORENSIC", "MED-TOX"])
    func `a clinical window that is missing or has no hours is refused`(code: String) throws {
        let line = try #require(windowFile.split(separator: "\n").first { $0.hasPrefix("  \(code):") })
        #expect(
            problems(replacing: line + "\n", with: "") == [
                "windows.yaml:3: the window of '\(code)' is not there, write '\(code):' with its hours, fallback and source"
            ]
        )
        let timeless = line.replacing(#/hours: \d+, /#, with: "", maxReplacements: 1)
        #expect(problems(replacing: String(line), with: String(timeless)).contains { $0.contains("has no 'hours'") })
    }

    @Test func `a value without a source is refused`() {
        for (number, line) in windowFile.split(separator: "\n").enumerated() where line.contains("source: test") {
            let changed = line.replacingOccurrences(of: ", source: test", with: "")
            #expect(
                problems(replacing: String(line), with: changed).contains {
                    $0.hasPrefix("windows.yaml:\(number + 1): ") && $0.contains("has no 'source'")
                }
            )
        }
    }

    /// What is written, and a part of what is said of it.
    static let slips: [(String, String, String)] = [
        ("hours: 72, ideal", "hours: 72.5, ideal", "windows.yaml:3: '72.5' is out of range for 'hours'"),
        ("hours: 72, ideal", "hours: 0, ideal", "a whole number from 1 to 8760"),
        ("hours: 72, ideal", "hours: 072, ideal", "'072' is out of range"),
        ("hours: 336", "hours: 8761", "'8761' is out of range"),
        (
            "ideal_hours: 24, fallback", "ideal_hours: 73, fallback",
            "the ideal hours of 'MED-HIVPEP' are more than its hours"
        ),
        ("ideal_hours: 24, fallback", "ideal_huors: 24, fallback", "unknown key 'ideal_huors', write 'ideal_hours'"),
        (", fallback: [MED-PREG]", "", "ends and nothing is offered after it"),
        ("fallback: [MED-PREG]", "fallback: [MED-EC]", "leads back to itself"),
        ("fallback: [MED-PREG]", "fallback: [med-preg]", "'med-preg' is no service code"),
        ("{ideal_hours: 24, source", "{ideal_hours: 24, fallback: [MED-CMR], source", "has a fallback and never ends"),
        ("{ideal_hours: 24, source", "{source", "has no hours"),
        ("  PSY-SUIC:", "  PSYSUIC:", "'PSYSUIC' is no service code"),
        ("hours: 72}", "hours: 120}", "the younger have no shorter window than the others"),
        ("under: 13", "under: 19", "'19' is out of range for 'under'"),
        ("{under: 13, ", "{", "'younger' has no 'under'"),
        ("2026-02-01", "2026-02-30", "'2026-02-30' is no day, write YYYY-MM-DD"),
        ("edition: 3", "edition: none", "is no edition"),
        ("windows:\n", "window:\n", "unknown key 'window', write 'windows'"),
    ]

    @Test(arguments: slips)
    func `a slip is named with its line and what to write`(old: String, new: String, told: String) {
        let problems = problems(replacing: old, with: new)
        #expect(problems.contains { $0.contains(told) }, "\(problems)")
    }

    @Test func `owner and day may be left open`() {
        let open = "source: test, owner: , reviewed_on: }"
        #expect(problems(replacing: "ideal_hours: 24, source: test}", with: "ideal_hours: 24, \(open)").isEmpty)
    }

    @Test func `a code that no list of service types knows is a problem, with the nearest`() throws {
        let text = windowFile.replacingOccurrences(of: "fallback: [MED-PREG]", with: "fallback: [MED-PERG]")
        let policy = try WindowPolicy(reading: DataFile.parse(text, file: "windows.yaml"))
        let known = try [
            "MED-HIVPEP", "MED-EC", "MED-HEPB", "MED-FORENSIC", "MED-TOX", "MED-CMR", "MED-FUP", "MED-PREG", "PSY-SUIC",
        ].map(code)
        #expect(
            policy.problems(knowing: known).map(\.description) == [
                "windows.yaml:4: unknown service type 'MED-PERG', write 'MED-PREG'"
            ]
        )
    }

    // MARK: The bundle

    private static let bundle = """
        bundle:
          within_hours: 120
          started_by: [MED-CMR]
          needs: [MED-HIVPEP, MED-EC]
          source: test

        """

    @Test func `a bundle says what starts it and what it proposes, in order; without one nothing is proposed`() throws {
        let policy = try WindowPolicy(reading: DataFile.parse(windowFile + Self.bundle, file: "windows.yaml"))
        let bundle = try #require(policy.bundle)
        #expect(bundle.withinHours == 120)
        #expect(bundle.startedBy == [try code("MED-CMR")])
        #expect(bundle.needs == [try code("MED-HIVPEP"), try code("MED-EC")])
        #expect(bundle.stewardship.source == "test")
        #expect(try WindowPolicy(reading: DataFile.parse(windowFile, file: "windows.yaml")).bundle == nil)
    }

    /// What is written in the bundle, and a part of what is said of it.
    static let bundleSlips: [(String, String, String)] = [
        ("within_hours: 120", "within_hours: 0", "'0' is out of range for 'within_hours'"),
        ("  within_hours: 120\n", "", "the bundle has no 'within_hours'"),
        ("[MED-CMR]", "[]", "'started_by' is empty"),
        ("[MED-HIVPEP, MED-EC]", "[MED-EC, MED-EC]", "'needs' of the bundle is empty or has a code twice"),
        ("[MED-HIVPEP, MED-EC]", "[MED-HIVPEP, med-ec]", "'med-ec' is no service code"),
        ("  needs:", "  need:", "unknown key 'need', write 'needs'"),
        ("  source: test\n", "", "the bundle has no 'source'"),
    ]

    @Test(arguments: bundleSlips)
    func `a slip in the bundle is named`(old: String, new: String, told: String) {
        let text = Self.bundle.replacingOccurrences(of: old, with: new)
        #expect(text != Self.bundle)
        let problems = problems(windowFile + text)
        #expect(problems.contains { $0.contains(told) }, "\(problems)")
    }

    @Test func `a code of the bundle that no list of service types knows is a problem`() throws {
        let text = windowFile + Self.bundle.replacingOccurrences(of: "[MED-CMR]", with: "[MED-CRM]")
        let policy = try WindowPolicy(reading: DataFile.parse(text, file: "windows.yaml"))
        let known = try [
            "MED-HIVPEP", "MED-EC", "MED-HEPB", "MED-FORENSIC", "MED-TOX", "MED-CMR", "MED-FUP", "MED-PREG", "PSY-SUIC",
        ].map(code)
        #expect(policy.problems(knowing: known).map(\.what) == ["unknown service type 'MED-CRM'"])
    }
}
