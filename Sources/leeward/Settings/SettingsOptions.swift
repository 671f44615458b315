import ArgumentParser
import Foundation

/// The settings as flags, the same for every command that works on an installation.
struct SettingsOptions: ParsableArguments {
    @Option(help: "The file of settings; else $LEEWARD_CONFIG, else /etc/leeward/leeward.conf if it is there.")
    var config: String?

    @Option(help: "The data folder.")
    var data: String?

    @Option(help: "The folder of the country files.")
    var directory: String?

    @Option(help: "The folder of the rules.")
    var policies: String?

    @Option(help: "The address to listen on: 127.0.0.1:8443, unix:/path, or with a certificate 0.0.0.0:8443.")
    var listen: String?

    @Option(help: "The TLS certificate with its chain, a PEM file.")
    var tlsCertificate: String?

    @Option(help: "The private key of the certificate, a PEM file.")
    var tlsKey: String?

    @Option(help: "The name of the audit log in its checkpoints.")
    var logOrigin: String?

    @Option(help: "The folder of the secret files.")
    var credentials: String?

    @Option(help: "The file of the pepper.")
    var pepperFile: String?

    @Option(help: "The file of the log key.")
    var logKeyFile: String?

    @Option(help: "How many passwords are checked at once.")
    var cores: String?

    @Option(help: "Megabytes of disk space held back.")
    var diskReserve: String?

    @Option(help: "The folder of the backups of the database.")
    var backups: String?

    @Option(help: "The folder of the copies of the vault.")
    var vaultBackups: String?

    @Option(help: "Whom backups are sealed to: age1….")
    var backupRecipient: String?

    /// What was given as flags.
    var flags: [Setting: String] {
        var flags: [Setting: String] = [:]
        flags[.data] = data
        flags[.directory] = directory
        flags[.policies] = policies
        flags[.listen] = listen
        flags[.certificate] = tlsCertificate
        flags[.certificateKey] = tlsKey
        flags[.logOrigin] = logOrigin
        flags[.credentials] = credentials
        flags[.pepperFile] = pepperFile
        flags[.logKeyFile] = logKeyFile
        flags[.cores] = cores
        flags[.diskReserve] = diskReserve
        flags[.backups] = backups
        flags[.vaultBackups] = vaultBackups
        flags[.backupRecipient] = backupRecipient
        return flags
    }

    /// Where the settings come from, right or wrong.
    ///
    /// - Throws: when the file of settings cannot be read.
    func sources() throws(SettingsRefusal) -> SettingsSources {
        try SettingsSources(flags: flags, file: config, environment: ProcessInfo.processInfo.environment)
    }

    /// The settings; what is wrong is said on standard error.
    ///
    /// - Throws: the exit code 78, or 64 when nothing but flags is wrong.
    func settings() throws -> ServerSettings {
        do throws(SettingsRefusal) {
            return try sources().settings()
        } catch {
            for problem in error.problems { Terminal.err(problem.description) }
            let isUsage = error.problems.allSatisfy { $0.place.hasPrefix("--") }
            throw isUsage ? ExitCode.usage : ExitCode.configuration
        }
    }
}
