import Foundation

/// Where the published test sets lie on this machine: `LEEWARD_VECTORS`, `LEEWARD_FACTS`, `LEEWARD_PROFILES`,
/// `LEEWARD_MATCHING`. Without the variable a suite says plainly what it did not run; the RFCs' own examples stand in the tests as literals and always run.
public enum PublishedSets {
    /// The folder or file of a set, nil when the variable is unset or empty.
    public static func folder(_ variable: String) -> String? {
        guard let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty else { return nil }
        return path
    }
}
