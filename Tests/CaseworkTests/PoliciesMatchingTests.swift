import Care
import Directory
import Foundation
import Matching
import Policy
import Testing

@testable import Casework

/// What a match and a consent get of the policies.
@Suite struct PoliciesMatchingTests {
    private static let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Policies")

    private func code(_ text: String) throws -> ServiceCode { try #require(ServiceCode(text)) }
    private func country(_ text: String) throws -> CountryCode { try #require(CountryCode(text)) }

    /// The shipped policies with one country file in the place of that country's.
    private func policies(_ country: String, _ fields: String) throws -> Policies {
        let folder = FileManager.default.temporaryDirectory.appending(path: "leeward-policies-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: Self.shipped, to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "countries/\(country).yaml")
        try Data("country: \(country)\nedition: 1\nfields:\n\(fields)".utf8).write(to: file)
        return try PolicyReader.read(folder: folder.path)
    }

    private func confirmed(_ field: String, _ value: Int, _ unit: String) -> String {
        "  \(field):\n    - {value: \(value), unit: \(unit), source: 'https://law.example/1', confidence: high, "
            + "confirmed: yes, owner: the clinic, reviewed_on: 2026-02-01}\n"
    }

    @Test func `the windows of the file are those of the match`() throws {
        let rules = WindowRules(try Repository.policies.get().windows)
        let pep = rules.entry(for: try code("MED-HIVPEP"))
        #expect(pep.windowHours == 72)
        #expect(pep.fallback == [try code("MED-CMR"), try code("MED-FUP")])
        #expect(rules.entry(for: try code("MED-WOUND")).windowHours == nil)
        #expect(rules.entry(for: try code("MED-STI")).fallback.isEmpty)
    }

    @Test(arguments: ["LK", "ZA", "RW", "GB", "XA"])
    func `where nothing is confirmed the age of the consent file holds and no window moves`(text: String) throws {
        let profile = try Repository.policies.get().profile(for: code("MED-HIVPEP"), in: country(text))
        #expect(profile == CountryProfile(ownConsentFromAge: 15))
        #expect(try Repository.policies.get().raisedOwnConsentAge(for: code("MED-HIVPEP"), in: country(text)) == nil)
    }

    @Test func `a longer forensic window that nobody confirmed keeps the examination open`() throws {
        let profile = try Repository.policies.get().profile(for: code("MED-FORENSIC"), in: country("SE"))
        #expect(profile.keptOpenHours == [try code("MED-FORENSIC"): 240])
        #expect(profile.forensicWindowHours == nil)
    }

    @Test func `confirmed values set windows and raise the age for medical needs alone`() throws {
        let policies = try policies(
            "IE",
            confirmed("forensic_window", 168, "hours") + confirmed("pep_window", 48, "hours")
                + confirmed("own_consent_age_medical", 16, "years")
        )
        let medical = try policies.profile(for: code("MED-CMR"), in: country("IE"))
        #expect(medical.ownConsentFromAge == 16)
        #expect(medical.forensicWindowHours == 168)
        #expect(medical.shorterWindowHours == [try code("MED-HIVPEP"): 48])
        #expect(medical.keptOpenHours.isEmpty)
        #expect(try policies.profile(for: code("PSY-PSS"), in: country("IE")).ownConsentFromAge == 15)
        #expect(try policies.raisedOwnConsentAge(for: code("MED-CMR"), in: country("IE")) == 16)
        #expect(try policies.raisedOwnConsentAge(for: code("PSY-PSS"), in: country("IE")) == nil)
        #expect(try policies.profile(for: code("MED-CMR"), in: country("FR")).ownConsentFromAge == 15)
    }
}
