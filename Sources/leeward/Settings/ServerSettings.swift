import Foundation
import Sealing
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
    /// The folder of the backups of the database.
    let backups: String
    /// The folder of the copies of the vault.
    let vaultBackups: String
    /// Whom backups are sealed to; nil where nobody was named.
    let backupRecipient: AgeRecipient?
    /// `$CREDENTIALS_DIRECTORY`, where the program was started with one.
    let systemdCredentials: String?
}

extension ServerSettings {
    /// The same settings with another data folder and, where one is given, with the folders of the backups in another.
    func at(_ data: DataFolder, backupsIn folder: String? = nil) -> ServerSettings {
        ServerSettings(
            data: data,
            directory: directory,
            policies: policies,
            listen: listen,
            tls: tls,
            logOrigin: logOrigin,
            credentials: credentials,
            pepperFile: pepperFile,
            logKeyFile: logKeyFile,
            cores: cores,
            diskReserve: diskReserve,
            backups: folder.map { "\($0)/backups" } ?? backups,
            vaultBackups: folder.map { "\($0)/vault" } ?? vaultBackups,
            backupRecipient: backupRecipient,
            systemdCredentials: systemdCredentials
        )
    }

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
