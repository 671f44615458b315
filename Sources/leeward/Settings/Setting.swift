/// One key of the settings: the same name in the environment and in the file, and a flag. The one table of what can be
/// set; docs/settings.md is held against it by a test.
enum Setting: String, CaseIterable, Hashable, Sendable {
    case data = "LEEWARD_DATA"
    case directory = "LEEWARD_DIRECTORY"
    case policies = "LEEWARD_POLICIES"
    case listen = "LEEWARD_LISTEN"
    case certificate = "LEEWARD_TLS_CERTIFICATE"
    case certificateKey = "LEEWARD_TLS_KEY"
    case logOrigin = "LEEWARD_LOG_ORIGIN"
    case credentials = "LEEWARD_CREDENTIALS"
    case pepperFile = "LEEWARD_PEPPER_FILE"
    case logKeyFile = "LEEWARD_LOG_KEY_FILE"
    case cores = "LEEWARD_CORES"
    case diskReserve = "LEEWARD_DISK_RESERVE"
    case backups = "LEEWARD_BACKUPS"
    case vaultBackups = "LEEWARD_VAULT_BACKUPS"
    case backupRecipient = "LEEWARD_BACKUP_RECIPIENT"

    /// The setting of a key; nil for a key that there is not.
    init?(key: String) { self.init(rawValue: key) }

    /// The name in the environment and in the file.
    var key: String { rawValue }

    /// The same as a flag: `LEEWARD_TLS_KEY` is `--tls-key`.
    var flag: String {
        "--" + key.dropFirst(Self.prefix.count).lowercased().replacing("_", with: "-")
    }

    /// What every key begins with.
    static let prefix = "LEEWARD_"

    /// The one key that is no setting: it names the file of settings.
    static let fileKey = "LEEWARD_CONFIG"

    /// What it is, in a few words.
    var meaning: String {
        switch self {
        case .data: "the folder of the store, the vault and the directory's snapshot"
        case .directory: "the folder of the country files"
        case .policies: "the folder of the rules"
        case .listen: "the address to listen on"
        case .certificate: "the TLS certificate with its chain"
        case .certificateKey: "the private key of the certificate"
        case .logOrigin: "the name of the audit log in its checkpoints"
        case .credentials: "the folder of the secret files"
        case .pepperFile: "the file of the pepper, the server's own secret"
        case .logKeyFile: "the file of the key that signs the audit log"
        case .cores: "how many passwords are checked at once"
        case .diskReserve: "disk space held back to stop in order when the disk is full"
        case .backups: "the folder of the backups of the database"
        case .vaultBackups: "the folder of the copies of the vault, which live 7 days; on another medium"
        case .backupRecipient: "whom backups are sealed to; the private key lies in a safe"
        }
    }

    /// What is to be written.
    var form: String {
        switch self {
        case .data, .directory, .policies, .credentials, .backups, .vaultBackups:
            "an absolute path such as \(Self.example(of: self))"
        case .listen: "127.0.0.1:8443, unix:/run/leeward/leeward.sock, or with a certificate 0.0.0.0:8443 or [::]:8443"
        case .certificate, .certificateKey, .pepperFile, .logKeyFile:
            "an absolute path such as \(Self.example(of: self))"
        case .logOrigin: "a name without spaces or plus such as leeward.example.org/log; it can never be changed"
        case .cores: "a number from 1 to 256"
        case .diskReserve: "megabytes, a number from 0 to 1024"
        case .backupRecipient: "age1 and 58 letters, as leeward backup key prints them"
        }
    }

    /// The value where nobody gave one; nil where there is none.
    var standard: String? {
        switch self {
        case .data: "/var/lib/leeward"
        case .directory: DataFolders.directory(nil)
        case .policies: DataFolders.policies(nil)
        case .listen: "127.0.0.1:8443"
        case .credentials: "/etc/leeward/credentials"
        case .diskReserve: "64"
        case .backups: "/var/backups/leeward"
        case .vaultBackups: "/var/backups/leeward-vault"
        case .certificate, .certificateKey, .logOrigin, .pepperFile, .logKeyFile, .cores, .backupRecipient: nil
        }
    }

    /// The default as it is told.
    var standardInWords: String {
        switch self {
        case .directory: "`Directory/` beside the program"
        case .policies: "`Policies/` beside the program"
        case .certificate, .certificateKey: "none: plain HTTP, on this machine alone"
        case .logOrigin: "none: it must be set"
        case .pepperFile: "`pepper` in the credentials folder"
        case .logKeyFile: "`log-key` in the credentials folder"
        case .credentials: "`/etc/leeward/credentials`; what systemd names in `$CREDENTIALS_DIRECTORY` goes before it"
        case .cores: "the machine's cores"
        case .backupRecipient: "none: without it no backup is made"
        case .data, .listen, .diskReserve, .backups, .vaultBackups: "`\(standard ?? "")`"
        }
    }

    /// Whether the value names a file that holds a secret.
    var namesSecret: Bool {
        switch self {
        case .certificateKey, .pepperFile, .logKeyFile: true
        default: false
        }
    }

    /// Whether SIGHUP reads anew what the value names; the value itself is read at the start alone.
    var isReread: Bool {
        switch self {
        case .directory, .certificate, .certificateKey: true
        default: false
        }
    }

    /// The file's name in the credentials folder, for a secret that is looked for there.
    var credentialName: String? {
        switch self {
        case .pepperFile: "pepper"
        case .logKeyFile: "log-key"
        default: nil
        }
    }

    private static func example(of setting: Setting) -> String {
        switch setting {
        case .data: "/var/lib/leeward"
        case .backups: "/var/backups/leeward"
        case .vaultBackups: "/var/backups/leeward-vault"
        case .directory: "/usr/share/leeward/Directory"
        case .policies: "/usr/share/leeward/Policies"
        case .certificate: "/etc/leeward/tls/certificate.pem"
        case .certificateKey: "/etc/leeward/tls/key.pem"
        case .pepperFile: "/etc/leeward/credentials/pepper"
        case .logKeyFile: "/etc/leeward/credentials/log-key"
        default: "/etc/leeward/credentials"
        }
    }
}
