import Directory

/// What a sound directory holds, in figures.
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
