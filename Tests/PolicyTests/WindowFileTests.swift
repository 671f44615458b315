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
}
