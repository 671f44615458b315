import Foundation
import Web

/// The settings of an installation, of the right form; what they name is looked at by ``Installation``.
struct ServerSettings: Hashable, Sendable {
    /// The two PEM files of TLS.
    struct TLSFiles: Hashable, Sendable {
        let certificate: String
        let key: String
    }

    let data: DataFolder
    /// The folder of the country files.
    let directory: String
    /// The folder of the rules.
    let policies: String
    let listen: ListenAddress
    /// Nil where plain HTTP is served.
    let tls: TLSFiles?
    /// The name of the audit log in its checkpoints.
    let logOrigin: String
    /// The folder of the secret files.
    let credentials: String
    let pepperFile: String
    let logKeyFile: String
    /// How many passwords are checked at once.
    let cores: Int
    /// In bytes.
    let diskReserve: Int
    /// `$CREDENTIALS_DIRECTORY`, where the program was started with one.
    let systemdCredentials: String?
}

extension ServerSettings {
    /// The settings of this process: flags before the environment, before the credentials folder, before the file, before
    /// the defaults.
    ///
    /// - Throws: every problem at once.
    static func read(
        flags: [Setting: String],
        file: String?,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(SettingsRefusal) -> ServerSettings {
        let sources = try SettingsSources(flags: flags, file: file, environment: environment)
        return try sources.settings()
    }
}
