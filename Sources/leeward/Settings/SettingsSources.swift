import Configuration
import DataFiles
import Foundation

/// Where settings come from, in their order: flags, environment, credentials folder, file, defaults.
struct SettingsSources: Sendable {
    /// Where a value came from.
    enum Origin: Hashable, Sendable {
        case flag
        case environment
        case credentials
        case file(String, line: Int)
        case standard

        /// `flag`, `environment`, `credentials folder`, `/etc/leeward/leeward.conf:3` or `default`.
        var text: String {
            switch self {
            case .flag: "flag"
            case .environment: "environment"
            case .credentials: "credentials folder"
            case .file(let path, let line): "\(path):\(line)"
            case .standard: "default"
            }
        }
    }

    /// A value and where it came from.
    struct Found: Hashable, Sendable {
        let value: String
        let origin: Origin
        /// Where it is corrected: the flag, the key in the environment, or the line of the file.
        let place: String
    }

    /// The file that is read when none is named and it is there.
    static let standardFile = "/etc/leeward/leeward.conf"

    /// What was found for each setting; one that nobody set and that has no default is missing here.
    let found: [Setting: Found]
    /// The file that was read, if there was one.
    let file: String?
    /// What is wrong with the keys and lines, apart from the values.
    let problems: [SettingsProblem]
    let systemdCredentials: String?

    /// Looks everything up.
    ///
    /// - Throws: the one problem that the file of settings cannot be read.
    init(flags: [Setting: String], file given: String?, environment: [String: String]) throws(SettingsRefusal) {
        let named = given ?? environment[Setting.fileKey]
        let path = named ?? (FileManager.default.fileExists(atPath: Self.standardFile) ? Self.standardFile : nil)
        var file: SettingsFile?
        do throws(SettingsProblem) {
            file = try path.map { path throws(SettingsProblem) in try SettingsFile.read(path) }
        } catch {
            throw SettingsRefusal(problems: [error])
        }
        let systemd = environment["CREDENTIALS_DIRECTORY"]
        let first = Self.layers(flags, environment, credentials: nil, systemd: systemd, file)
        let folder = Self.look(up: .credentials, in: first, file)?.value
        let layers = Self.layers(flags, environment, credentials: folder, systemd: systemd, file)
        var found: [Setting: Found] = [:]
        for setting in Setting.allCases { found[setting] = Self.look(up: setting, in: layers, file) }
        self.found = found
        self.file = path
        self.systemdCredentials = systemd
        self.problems = Self.strangers(environment, file) + (file?.problems ?? [])
    }

    private typealias Layer = (origin: Origin, provider: any ConfigProvider)

    private static func layers(
        _ flags: [Setting: String],
        _ environment: [String: String],
        credentials: String?,
        systemd: String?,
        _ file: SettingsFile?
    ) -> [Layer] {
        var named = environment
        // What systemd made for this service goes before what the file says, as the environment does.
        if named[Setting.credentials.key] == nil { named[Setting.credentials.key] = systemd }
        var secrets: [Setting: String] = [:]
        var standards: [Setting: String] = [:]
        for setting in Setting.allCases {
            standards[setting] = setting.standard
            guard let credentials, let name = setting.credentialName else { continue }
            let path = "\(credentials)/\(name)"
            standards[setting] = path
            if FileManager.default.fileExists(atPath: path) { secrets[setting] = path }
        }
        standards[.cores] = "\(min(256, ProcessInfo.processInfo.activeProcessorCount))"
        return [
            (.flag, memory(flags)),
            (.environment, EnvironmentVariablesProvider(environmentVariables: named)),
            (.credentials, memory(secrets)),
            (
                .file("", line: 0),
                EnvironmentVariablesProvider(environmentVariables: file?.entries.mapValues(\.value) ?? [:])
            ),
            (.standard, memory(standards)),
        ]
    }

    private static func memory(_ values: [Setting: String]) -> InMemoryProvider {
        InMemoryProvider(
            values: Dictionary(
                uniqueKeysWithValues: values.map { (key($0.key), ConfigValue(.string($0.value), isSecret: false)) }
            )
        )
    }

    /// A setting's key as the library has it: `LEEWARD_TLS_KEY` is leeward, tls, key.
    private static func key(_ setting: Setting) -> AbsoluteConfigKey {
        AbsoluteConfigKey(setting.key.lowercased().split(separator: "_").map(String.init))
    }

    private static func look(up setting: Setting, in layers: [Layer], _ file: SettingsFile?) -> Found? {
        for layer in layers {
            // Asked for as text a value converts always, so that nothing is thrown; an empty one is as good as none.
            guard let value = try? layer.provider.value(forKey: key(setting), type: .string).value,
                case .string(let text) = value.content, !text.isEmpty
            else { continue }
            switch layer.origin {
            case .flag: return Found(value: text, origin: .flag, place: setting.flag)
            case .environment: return Found(value: text, origin: .environment, place: setting.key)
            case .credentials, .standard: return Found(value: text, origin: layer.origin, place: setting.key)
            case .file:
                let line = file?.entries[setting.key]?.line ?? 0
                let path = file?.path ?? ""
                return Found(value: text, origin: .file(path, line: line), place: "\(path):\(line)")
            }
        }
        return nil
    }

    // MARK: - Keys that there are not

    private static func strangers(_ environment: [String: String], _ file: SettingsFile?) -> [SettingsProblem] {
        var problems: [SettingsProblem] = []
        for key in environment.keys.sorted() where key.hasPrefix(Setting.prefix) && key != Setting.fileKey {
            if let problem = stranger(key, at: "\(key) in the environment") { problems.append(problem) }
        }
        guard let file else { return problems }
        for (key, entry) in file.entries.sorted(by: { $0.value.line < $1.value.line }) {
            if let problem = stranger(key, at: "\(file.path):\(entry.line)") { problems.append(problem) }
        }
        return problems
    }

    private static func stranger(_ key: String, at place: String) -> SettingsProblem? {
        guard Setting(key: key) == nil else { return nil }
        // The secret itself where its file should be named: whatever starts this program could read it.
        if Setting(key: key + "_FILE")?.namesSecret == true {
            return SettingsProblem(
                at: place,
                "a secret does not stand in the settings",
                "put it in a file of mode 600 and name the file in \(key)_FILE, then replace the secret: it was seen"
            )
        }
        let near = Spelling.nearest(to: key, among: Setting.allCases.map(\.key))
        return SettingsProblem(
            at: place,
            "unknown key '\(key)'",
            near.map { "write \($0)" } ?? "leave it out; leeward config show lists all keys"
        )
    }
}
