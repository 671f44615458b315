import Care
import DataFiles
import Directory
import Foundation
import Policy
import Testing

@Suite struct PolicyReaderTests {
    private static let whole = [
        "access.yaml": accessFile(), "consent.yaml": ConsentFileTests.file, "windows.yaml": windowFile,
        "risk.yaml": riskFile,
    ]

    private func folder(_ files: [String: String]) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "leeward-policy-\(UUID().uuidString)")
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        return folder
    }

    /// The problems of a whole folder with some files put in or changed, without the path.
    private func problems(_ files: [String: String]) throws -> [String] {
        let folder = try folder(Self.whole.merging(files) { $1 })
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            _ = try PolicyReader.read(folder: folder.path)
            return []
        } catch {
            return error.problems.map { $0.description.replacingOccurrences(of: folder.path + "/", with: "") }
        }
    }

    @Test func `all files of a folder are read`() throws {
        let folder = try folder(Self.whole.merging(["countries/XA.yaml": countryFile()]) { $1 })
        defer { try? FileManager.default.removeItem(at: folder) }
        let policies = try PolicyReader.read(folder: folder.path)
        #expect(policies.access.rules.isEmpty)
        #expect(policies.consent.defaultDays == 30)
        #expect(policies.windows.edition == 3)
        #expect(policies.risk.times.emergency == 12)
        let country = try #require(CountryCode("XA"))
        let forensic = try #require(ServiceCode("MED-FORENSIC"))
        #expect(policies.countries.keys.map(\.text) == ["XA"])
        #expect(policies.acting(in: country).keptOpenHours == [forensic: 168])
        #expect(policies.judged(.forensicWindow, in: country).count == 1)
        #expect(policies.judged(.pepWindow, in: country).isEmpty, "unknown: ask")
        let other = try #require(CountryCode("XB"))
        #expect(policies.acting(in: other).keptOpenHours.isEmpty && policies.judged(.authority, in: other).isEmpty)
    }

    @Test func `the same files have the same hash, and any other text another`() throws {
        func hash(_ files: [String: String]) throws -> ContentHash {
            let folder = try folder(Self.whole.merging(files) { $1 })
            defer { try? FileManager.default.removeItem(at: folder) }
            return try PolicyReader.read(folder: folder.path).contentHash
        }
        let one = try hash([:])
        #expect(try hash([:]) == one)
        #expect(try hash(["risk.yaml": riskFile + "# a word\n"]) != one)
        #expect(try hash(["countries/XA.yaml": countryFile()]) != one)
    }

    @Test func `the problems of all files are told together, and a missing file is one`() throws {
        let folder = try folder([
            "access.yaml": accessFile(edition: "edition: x"), "countries/XA.yaml": "country: XA\n",
        ])
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            _ = try PolicyReader.read(folder: folder.path)
            Issue.record("read")
        } catch {
            let problems = error.problems.map { $0.description.replacingOccurrences(of: folder.path + "/", with: "") }
            #expect(problems.count == 6)
            #expect(problems.contains { $0.hasPrefix("access.yaml:1: 'x' is no edition") })
            for name in ["consent", "windows", "risk"] {
                #expect(problems.contains { $0.hasPrefix("\(name).yaml:1: cannot be read") })
            }
            #expect(problems.filter { $0.hasPrefix("countries/XA.yaml:1: the country file has no") }.count == 2)
        }
    }

    @Test(arguments: ["countries/xa.yaml", "countries/XA.yml", "countries/XAA.yaml", "countries/South.yaml"])
    func `a file that is not named for a country is a problem, not passed over`(name: String) throws {
        #expect(
            try problems([name: countryFile()]) == [
                "\(name):1: is not named for a country, write two capital letters and '.yaml', such as ZA.yaml"
            ]
        )
    }

    // MARK: A country file may tighten, never loosen (ADR 0014)

    /// Field, value, unit, what is said of it when it is confirmed; nil for what tightens or is the same.
    static let directions: [(String, String, String, String?)] = [
        (
            "own_consent_age_medical", "12", "years",
            "12 years for 'own_consent_age_medical' are less than the 15 of consent.yaml"
        ),
        ("own_consent_age_medical", "14", "years", "a country file may not loosen"),
        ("own_consent_age_medical", "15", "years", nil), ("own_consent_age_medical", "18", "years", nil),
        ("pep_window", "73", "hours", "73 hours for 'pep_window' are more than the 72 of windows.yaml"),
        ("pep_window", "72", "hours", nil), ("pep_window", "48", "hours", nil),
        ("ec_window", "121", "hours", "at most 120, or 'confirmed: no', so that it is shown and does not act"),
        ("ec_window", "72", "hours", nil), ("forensic_window", "72", "hours", nil),
        ("forensic_window", "240", "hours", nil), ("age_of_majority", "16", "years", nil),
        ("child_age_limit", "14", "years", nil),
    ]

    @Test(arguments: directions)
    func `what would loosen is refused once it is confirmed, and read without acting before`(
        field: String,
        value: String,
        unit: String,
        told: String?
    ) throws {
        let found = try problems(["countries/XA.yaml": countryFile(field, value, unit: unit, confirmed: true)])
        if let told {
            #expect(found.count == 1)
            #expect(found.first?.hasPrefix("countries/XA.yaml:5: ") == true)
            #expect(found.first?.contains(told) == true, "\(found)")
        } else {
            #expect(found.isEmpty)
        }
        #expect(try problems(["countries/XA.yaml": countryFile(field, value, unit: unit)]).isEmpty)
    }

    @Test func `an organisation that opens its own band lets countries go as low`() throws {
        let consent = ConsentFileTests.file.replacingOccurrences(
            of: "12-14: {givers: [caregiver, guardian]",
            with: "12-14: {givers: [caregiver, guardian, self]"
        )
        let twelve = countryFile("own_consent_age_medical", "12", unit: "years", confirmed: true)
        #expect(try problems(["consent.yaml": consent, "countries/XA.yaml": twelve]).isEmpty)
        let eleven = countryFile("own_consent_age_medical", "11", unit: "years", confirmed: true)
        #expect(try problems(["consent.yaml": consent, "countries/XA.yaml": eleven]).count == 1)
    }
}
