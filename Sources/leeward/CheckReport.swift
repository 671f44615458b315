import Care
import Directory
import Policy

/// What a sound directory and sound policies hold, in figures.
enum CheckReport {
    static func lines(_ reading: DirectoryReader.Reading) -> [String] {
        let directory = reading.directory
        let services = directory.services
        let hidden = services.filter { !$0.mayBeShown }.count
        let verified = services.filter { $0.verification != nil }.count
        let unreachable = services.filter(\.contacts.isEmpty).count
        return [
            "files \(reading.files), countries \(directory.countries.count), service types "
                + "\(directory.taxonomy.types.count), fallbacks \(directory.fallbacks.count)",
            "organisations \(directory.organizations.count), services \(services.count): verified \(verified), hidden "
                + "until verified \(hidden), without a number or address \(unreachable)",
        ]
    }

    static func lines(_ policies: Policies) -> [String] {
        let ending = policies.windows.windows.values.filter { $0.hours != nil }.count
        let judged = policies.countries.keys.flatMap { country in
            CountryField.allCases.flatMap { policies.judged($0, in: country) }
        }
        let confirmed = judged.filter(\.value.isConfirmed).count
        let acting = judged.filter(\.effect.acts).count
        let weak = judged.filter { $0.effect == .none(.lowConfidence) }.count
        let times = policies.risk.times
        return [
            "windows \(policies.windows.windows.count), with a cut-off \(ending); answers within \(times.emergency), "
                + "\(times.urgent) and \(times.routine) hours; risk levels \(policies.risk.levels.count)",
            "country profiles \(policies.countries.count), values \(judged.count): confirmed \(confirmed), acting "
                + "\(acting), from a weak source \(weak)",
        ]
    }

    /// What became of the snapshot; nil when none was asked for.
    static func sentence(_ use: DirectoryReader.SnapshotUse) -> String? {
        switch use {
        case .none: nil
        case .taken: "snapshot: it fits the files"
        case .written: "snapshot: written anew"
        case .withheld: "snapshot: not written, because the files have problems"
        case .unwritable: "snapshot: it cannot be written there; name a file in a folder that you may write to"
        }
    }
}
