import ArgumentParser
import Foundation

/// Where the data files are.
enum DataFolders {
    /// `--directory`, else `Directory/` in the folder of the executable or one above it, else `./Directory`.
    static func directory(_ given: String?) -> String {
        given ?? beside("Directory", holding: "taxonomy.yaml") ?? "Directory"
    }

    /// `--policies`, else `Policies/` in the folder of the executable or one above it, else `./Policies`.
    static func policies(_ given: String?) -> String {
        given ?? beside("Policies", holding: "access.yaml") ?? "Policies"
    }

    private static func beside(_ name: String, holding file: String) -> String? {
        guard var folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent() else {
            return nil
        }
        while folder.path != "/" {
            let candidate = folder.appending(path: name)
            if FileManager.default.fileExists(atPath: candidate.appending(path: file).path) { return candidate.path }
            folder.deleteLastPathComponent()
        }
        return nil
    }
}

extension ExitCode {
    /// EX_USAGE of sysexits: the command was called with something unknown.
    static let usage = ExitCode(64)
    /// EX_DATAERR of sysexits: a data file has a problem.
    static let dataError = ExitCode(65)
    /// EX_CANTCREAT of sysexits: an output file cannot be written.
    static let cannotCreate = ExitCode(73)
}
