import Foundation
import Web

/// Looks at what the settings name, without opening the store: everything that is not in order, at once.
struct InstallationCheck: Sendable {
    private let settings: ServerSettings

    init(_ settings: ServerSettings) {
        self.settings = settings
    }

    /// Every problem, in the order of the settings.
    func problems() -> [String] {
        var problems: [String] = []
        if let problem = dataFolder() { problems.append(problem) }
        for (setting, folder, file) in [
            (Setting.directory, settings.directory, "taxonomy.yaml"), (.policies, settings.policies, "access.yaml"),
        ] where !FileManager.default.isReadableFile(atPath: "\(folder)/\(file)") {
            problems.append(
                "\(folder): there is no \(file) that can be read here; write the right folder in \(setting.key)"
            )
        }
        problems += SecretFiles(settings).problems()
        do throws(InstallationError) {
            _ = try CertificateFiles(settings)?.certificate()
        } catch {
            problems.append(error.description)
        }
        return problems
    }

    private func dataFolder() -> String? {
        let path = settings.data.path
        // What cannot be looked at is as good as missing.
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
            return
                "\(path): the data folder is not there; run leeward setup, or write the right folder in \(Setting.data.key)"
        }
        guard attributes[.type] as? FileAttributeType == .typeDirectory else {
            return "\(path): this is no folder; write the right one in \(Setting.data.key)"
        }
        guard let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue, mode & 0o077 == 0 else {
            return "\(path): others can look into the data folder; type: chmod 700 \(path)"
        }
        return nil
    }
}
