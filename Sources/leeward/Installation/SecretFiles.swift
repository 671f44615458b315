import Casework
import Foundation
import Sealing

/// The one place where the secret files of an installation are read.
struct SecretFiles: Sendable {
    /// Bytes of the pepper and of the log key's seed.
    static let seedBytes = 32

    private let settings: ServerSettings

    init(_ settings: ServerSettings) {
        self.settings = settings
    }

    /// The keys of the pepper.
    ///
    /// - Throws: ``InstallationError/refused(_:)`` with what to type.
    func serverKeys() throws(InstallationError) -> ServerKeys {
        let pepper = try seed(settings.pepperFile, "the pepper")
        do {
            return try ServerKeys(pepper: pepper)
        } catch {
            throw .refused("\(settings.pepperFile): the pepper cannot be used; put back the right file")
        }
    }

    /// The key that signs the log, under the log's name.
    ///
    /// - Throws: ``InstallationError/refused(_:)`` with what to type.
    func logKey() throws(InstallationError) -> LogKey {
        let seed = try seed(settings.logKeyFile, "the log key")
        do {
            return try LogKey(origin: settings.logOrigin, key: SigningKey(seed: seed))
        } catch {
            throw .refused("\(settings.logKeyFile): the log key cannot be used; put back the right file")
        }
    }

    /// What is wrong with the files, without keeping what is in them.
    func problems() -> [String] {
        var problems: [String] = []
        for (path, name) in [(settings.pepperFile, "the pepper"), (settings.logKeyFile, "the log key")] {
            do {
                _ = try seed(path, name)
            } catch {
                problems.append(error.description)
            }
        }
        return problems
    }

    private func seed(_ path: String, _ name: String) throws(InstallationError) -> Secret {
        let secret: Secret
        do {
            secret = try SecretFile.read(path, inSystemdFolder: settings.systemdCredentials, atMost: Self.seedBytes + 1)
        } catch {
            throw .refused(error.sentence(path, name))
        }
        guard secret.count == Self.seedBytes else {
            throw .refused(
                "\(path): \(name) has \(Self.seedBytes) bytes, and this file has not; put back the right file"
            )
        }
        return secret
    }
}

extension SecretFile.Refusal {
    /// What is wrong, and what to type.
    func sentence(_ path: String, _ name: String) -> String {
        switch self {
        case .missing: "\(path): \(name) is not there; put it back, or run leeward setup for a new installation"
        case .notAFile: "\(path): \(name) is not a plain file; put the file itself there"
        case .readableByOthers(let mode):
            "\(path): others can read \(name) (mode \(String(mode, radix: 8))); type: chmod 600 \(path)"
        case .otherOwner: "\(path): \(name) belongs to another user; type: chown \(Self.user) \(path)"
        case .unreadable: "\(path): \(name) cannot be read by this user; type: chown \(Self.user) \(path)"
        case .tooLong: "\(path): the file is too long for \(name); put back the right file"
        }
    }

    private static var user: String { ProcessInfo.processInfo.userName }
}
