import Care
import Directory
import Matching

/// A file of worked cases: scenarios with the parameters, country profiles, windows and defaults they stand on. Unlike the
/// real directory, where an unstated value is unknown, a field that a scenario leaves out has the file's default; null in a
/// service states that the fact is not known.
struct WorkedCaseFile {
    let cases: [WorkedCase]
    let parameters: MatchParameters
    let windows: WindowRules
    /// Fields that are not of this form and were passed over.
    let notes: [WorkedCaseProblem]

    /// Reads a file.
    init(_ bytes: [UInt8]) throws(WorkedCaseProblem) {
        let root = try JSONReader.read(bytes)
        _ = try root.members
        try Self.checkVersion(root)
        self.notes = try FileShape.file.strangers(in: root)
        let vocabulary = try Vocabulary(root.optional("vocabulary"))
        self.windows = vocabulary.windows
        self.parameters = try Self.parameters(root.optional("parameters"), vocabulary)
        let profiles = try Self.profiles(root.optional("country_profiles"))
        let defaults = root.optional("defaults")
        var cases: [WorkedCase] = []
        var places: [String: String] = [:]
        for node in try root.required("scenarios").items {
            let reader = ScenarioReader(
                node: node,
                vocabulary: vocabulary,
                profiles: profiles,
                caseDefaults: defaults?.optional("case"),
                serviceDefaults: defaults?.optional("service")
            )
            let read = try reader.workedCase()
            if let place = places.updateValue(node.pointer, forKey: read.id) {
                throw try node.required("id").problem("\(place) has this id already")
            }
            cases.append(read)
        }
        self.cases = cases
    }

    /// A later form may give the same fields another meaning, so it is not read as this one.
    private static func checkVersion(_ root: JSONNode) throws(WorkedCaseProblem) {
        guard let version = root.optional("format_version") else { return }
        let text = try version.text
        guard text == "1" || text.hasPrefix("1.") else { throw version.problem("only form 1 can be read") }
    }

    private static func parameters(
        _ node: JSONNode?,
        _ vocabulary: Vocabulary
    ) throws(WorkedCaseProblem) -> MatchParameters {
        var parameters = MatchParameters(responseTimes: vocabulary.responseTimes)
        guard let node else { return parameters }
        _ = try node.members
        if let days = node.optional("stale_after_days") { parameters.staleAfterDays = try days.whole(in: 0...100_000) }
        if let hours = node.optional("tight_window_hours") {
            parameters.tightWindowHours = try hours.whole(in: 0...100_000)
        }
        if let bands = node.optional("time_bands_hours") {
            let hours = try bands.items.map { item throws(WorkedCaseProblem) in try item.whole(in: 0...100_000) }
            guard !hours.isEmpty, hours.count < 1000, zip(hours, hours.dropFirst()).allSatisfy(<) else {
                throw bands.problem("ascending numbers of hours are expected")
            }
            parameters.timeBandHours = hours
        }
        return parameters
    }

    private static func profiles(_ node: JSONNode?) throws(WorkedCaseProblem) -> [CountryCode: CountryProfile] {
        guard let node else { return [:] }
        var profiles: [CountryCode: CountryProfile] = [:]
        for (key, value) in try node.members {
            guard let country = CountryCode(key) else {
                throw value.problem("a country code of two letters is expected")
            }
            _ = try value.members
            let forensic = value.optional("forensic_window_hours")
            _ = try forensic?.members
            profiles[country] = CountryProfile(
                ownConsentFromAge: try value.optional("own_consent_from_age")?.whole(in: 0...120),
                ageOfMajority: try value.optional("age_of_majority")?.whole(in: 0...120),
                forensicWindowHours: try forensic?.optional("default")?.whole(in: 0...100_000),
                forensicWindowHoursUnder13: try forensic?.optional("under_13")?.whole(in: 0...100_000)
            )
        }
        return profiles
    }
}

/// The codes that a file may use.
struct Vocabulary {
    let windows: WindowRules
    let responseTimes: ResponseTimes
    private let serviceCodes: Set<ServiceCode>
    private let labels: [Kind: Set<String>]

    /// The lists of labels; the raw value is the member of `vocabulary`.
    enum Kind: String {
        case gates
        case reasons = "exclusion_reasons"
        case flags
    }

    /// 24 hours, 72 hours and 14 days unless the file says otherwise, as the form lays down.
    private static func responseTimes(_ node: JSONNode?) throws(WorkedCaseProblem) -> ResponseTimes {
        var hours: [Urgency: Int] = [.emergency: 24, .urgent: 72, .routine: 336]
        for (key, value) in try node?.members ?? [] {
            guard let urgency = Urgency(rawValue: key) else { throw value.problem("unknown urgency") }
            hours[urgency] = try value.whole(in: 1...8_760)
        }
        do {
            return try ResponseTimes(
                emergency: hours[.emergency, default: 24],
                urgent: hours[.urgent, default: 72],
                routine: hours[.routine, default: 336]
            )
        } catch {
            throw WorkedCaseProblem(
                pointer: node?.pointer ?? "",
                what: "no more hours than for what is less urgent are expected"
            )
        }
    }

    init(_ node: JSONNode?) throws(WorkedCaseProblem) {
        _ = try node?.members
        var entries: [ServiceCode: WindowRules.Entry] = [:]
        let types = try node?.optional("service_codes")?.members ?? []
        for (key, value) in types {
            guard let code = ServiceCode(key) else { throw value.problem("a code such as MED-CMR is expected") }
            _ = try value.members
            entries[code] = WindowRules.Entry(
                windowHours: try value.optional("window_hours")?.whole(in: 0...100_000),
                fallback: try value.optional("fallback")?.items.map { item throws(WorkedCaseProblem) in
                    guard let code = ServiceCode(try item.text), types.contains(where: { $0.key == code.text }) else {
                        throw item.problem("no code of the vocabulary")
                    }
                    return code
                } ?? []
            )
        }
        self.serviceCodes = Set(entries.keys)
        self.windows = WindowRules(entries)
        self.responseTimes = try Self.responseTimes(node?.optional("urgency_hours"))
        var labels: [Kind: Set<String>] = [:]
        for kind in [Kind.gates, .reasons, .flags] {
            guard let list = node?.optional(kind.rawValue) else { continue }
            labels[kind] = Set(try list.members.map(\.key))
        }
        self.labels = labels
    }

    /// A code of the vocabulary.
    func serviceCode(_ node: JSONNode) throws(WorkedCaseProblem) -> ServiceCode {
        guard let code = ServiceCode(try node.text), serviceCodes.contains(code) else {
            throw node.problem("no code of the vocabulary")
        }
        return code
    }

    /// A label of the vocabulary: an expectation of any other could never hold.
    func label(_ kind: Kind, _ node: JSONNode) throws(WorkedCaseProblem) -> String {
        let text = try node.text
        guard labels[kind]?.contains(text) ?? true else { throw node.problem("no name of the vocabulary") }
        return text
    }
}
