import Care
import DataFiles
import Directory
import Foundation
import Policy
import Testing

@Suite struct ConsentFileTests {
    static let file = """
        edition: 1
        bands:
          0-5: {givers: [caregiver], if_no_safe_caregiver: [trusted_adult], form: spoken, assent: none, source: test}
          6-11: {givers: [caregiver], form: spoken, assent: spoken, source: test}
          12-14: {givers: [caregiver, guardian], form: spoken, assent: written, source: test}
          15-17: {givers: [self], form: written, assent: none, source: test}
          18+: {givers: [self], form: spoken, assent: none, source: test}
        periods:
          default: {days: 30, source: test}
          longest: {days: 60, source: test}
          best_interests: {days: 7, source: test}
        life_in_danger:
          items: [age_band, area]
          review: {hours: 12, source: test}
          source: test
        allow_list:
          MED: {items: [age_band], source: test}
          PSY: {items: [age_band, alias], source: test}
          LEG: {items: [name], source: test}
          SOC: {items: [area], source: test}
          MED-EMERG: {items: [age_band, area], source: test}

        """

    private func problems(_ text: String) throws -> [String] {
        do throws(PolicyError) {
            _ = try ConsentPolicy(reading: try parsed(text, "consent.yaml"))
            return []
        } catch { return error.problems.map(\.description) }
    }

    private func problems(replacing old: String, with new: String) throws -> [String] {
        let text = Self.file.replacingOccurrences(of: old, with: new)
        #expect(text != Self.file)
        return try problems(text)
    }

    @Test func `a whole file becomes rules, list and periods`() throws {
        let policy = try ConsentPolicy(reading: DataFile.parse(Self.file, file: "consent.yaml"))
        #expect(policy.rules.bands[.from12To14]?.givers == [.caregiver, .guardian])
        #expect(policy.rules.bands[.from0To5]?.standIns == [.trustedAdult])
        #expect(policy.rules.bands[.from6To11]?.assent == .spoken)
        #expect(policy.rules.bands[.from15To17]?.form == .written)
        #expect(policy.rules.longestDays == 60)
        #expect(policy.rules.bestInterestsDays == 7)
        #expect(policy.rules.minimumToSaveLife == [.ageBand, .area])
        #expect(policy.rules.vitalReviewHours == 12)
        #expect(policy.allowList.codes.map(\.text) == ["MED-EMERG"])
        let noon = Date(timeIntervalSince1970: 1_773_144_000)
        #expect(policy.defaultEnd(for: .survivor, givenAt: noon) == noon + 30 * 86_400)
        #expect(policy.defaultEnd(for: .supervisorBestInterests, givenAt: noon) == noon + 7 * 86_400)
    }

    @Test(arguments: ["0-5", "6-11", "12-14", "15-17", "18+"])
    func `an age band that is missing is refused`(band: String) throws {  // N4
        let line = Self.file.split(separator: "\n").first { $0.hasPrefix("  \(band):") }
        let problems = try problems(replacing: String(try #require(line)) + "\n", with: "")
        #expect(problems.contains { $0.contains("has no '\(band)'") })
    }

    @Test(arguments: ["MED", "PSY", "LEG", "SOC"])
    func `a sector without a list is refused`(sector: String) throws {  // F7
        let line = try #require(Self.file.split(separator: "\n").first { $0.hasPrefix("  \(sector):") })
        #expect(
            try problems(replacing: String(line) + "\n", with: "") == [
                "consent.yaml:17: 'allow_list' lacks a sector, write a list for each of MED, PSY, LEG and SOC"
            ]
        )
    }

    @Test func `a value without a source is refused`() throws {
        let lines = Self.file.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where line.contains("source: test") {
            var changed = lines.map(String.init)
            changed[index] = line.replacingOccurrences(of: ", source: test", with: "")
                .replacingOccurrences(of: "  source: test", with: "")
            #expect(try problems(changed.joined(separator: "\n")).contains { $0.contains("has no 'source'") })
        }
    }

    @Test(arguments: [
        ("{days: 7,", "{days: 15,"), ("{days: 7,", "{days: 0,"), ("{days: 7,", "{days: seven,"),
        ("{days: 7,", "{days: 07,"), ("{hours: 12,", "{hours: 25,"), ("{days: 30,", "{days: 61,"),
        ("{days: 60,", "{days: 2000,"), ("{days: 30,", "{hours: 30,"),
    ])
    func `a period beyond its bounds is refused`(old: String, new: String) throws {  // N6, N7
        #expect(try !problems(replacing: old, with: new).isEmpty)
    }

    @Test func `an unknown word names its line and the nearest one`() throws {
        #expect(
            try problems(replacing: "items: [age_band, area]\n", with: "items: [age_band, aera]\n")
                == ["consent.yaml:13: unknown value 'aera', write 'area'"]
        )
        #expect(
            try problems(replacing: "  15-17: {givers: [self]", with: "  15-17: {givers: [slef]")
                .contains("consent.yaml:6: unknown value 'slef', write 'self'")
        )
        #expect(try problems(replacing: "[caregiver, guardian]", with: "[caregiver, none]").count == 1)
        #expect(try problems(replacing: "[caregiver, guardian]", with: "[caregiver, caregiver]").count == 1)
        #expect(try problems(replacing: "  SOC:", with: "  SOX:").count == 2)
        #expect(try !problems(replacing: "periods:", with: "period:").isEmpty)
    }

    @Test func `no list can name an item that does not exist, such as an account or a perpetrator`() throws {  // F7
        for item in ["narrative", "alleged_perpetrator", "national_id", "incident"] {
            #expect(try !problems(replacing: "items: [name]", with: "items: [name, \(item)]").isEmpty)
        }
    }
}
