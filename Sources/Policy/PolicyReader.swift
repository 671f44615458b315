import DataFiles
import Directory
import Foundation

/// Reads the policy files of a folder: `access.yaml`, `consent.yaml`, `windows.yaml`, `risk.yaml` and the countries in
/// `countries/`.
public enum PolicyReader {
    /// Reads all files. Every countries' file may tighten what the others say and loosen none of it.
    ///
    /// - Throws: `PolicyError.problems` with every problem of all of them.
    public static func read(folder: String) throws(PolicyError) -> Policies {
        var pile = Pile(folder: folder.hasSuffix("/") ? folder : folder + "/")
        let access = pile.read("access.yaml") { node throws(PolicyError) in try AccessPolicy(reading: node) }
        let consent = pile.read("consent.yaml") { node throws(PolicyError) in try ConsentPolicy(reading: node) }
        let windows = pile.read("windows.yaml") { node throws(PolicyError) in try WindowPolicy(reading: node) }
        let risk = pile.read("risk.yaml") { node throws(PolicyError) in try RiskPolicy(reading: node) }
        let countries = countries(&pile)
        if let consent, let windows {
            let general = GeneralRules(windows: windows, consent: consent)
            pile.problems += countries.values.flatMap { $0.problems(beside: general) }
        }
        guard let access, let consent, let windows, let risk, pile.problems.isEmpty else {
            throw .problems(pile.problems.sorted())
        }
        return Policies(
            access: access,
            consent: consent,
            windows: windows,
            risk: risk,
            countries: countries,
            contentHash: ContentHash(files: pile.contents.sorted { $0.name < $1.name })
        )
    }

    /// The files of `countries/`; a folder without any lays nothing down. A file that is not named for a country would be
    /// passed over in silence, so it is a problem.
    private static func countries(_ pile: inout Pile) -> [CountryCode: CountryRules] {
        var countries: [CountryCode: CountryRules] = [:]
        // No folder is no country: that is allowed, and everything of every country is then unknown.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: pile.folder + "countries")) ?? []
        for name in names.sorted() where !name.hasPrefix(".") {
            let code = CountryCode(String(name.prefix(2)))
            guard let code, name == "\(code).yaml" else {
                pile.problems.append(
                    DataProblem(
                        at: DataPlace(file: pile.folder + "countries/" + name, line: 1),
                        what: "is not named for a country",
                        write: "two capital letters and '.yaml', such as ZA.yaml"
                    )
                )
                continue
            }
            countries[code] = pile.read("countries/" + name) { node throws(PolicyError) in
                try CountryRules(reading: node, of: code)
            }
        }
        return countries
    }

    /// Files on their way: what was in them, and what is wrong with them.
    private struct Pile {
        let folder: String
        var contents: [(name: String, content: [UInt8])] = []
        var problems: [DataProblem] = []

        init(folder: String) { self.folder = folder }

        mutating func read<Value>(_ name: String, _ make: (DataNode) throws(PolicyError) -> Value) -> Value? {
            do throws(DataProblem) {
                let bytes = try DataFile.bytes(folder + name)
                contents.append((name, bytes))
                let node = try DataFile.parse(bytes, file: folder + name)
                do throws(PolicyError) { return try make(node) } catch { problems += error.problems }
            } catch { problems.append(error) }
            return nil
        }
    }
}
