import Audit
import Casework
import DataFiles
import Directory
import Foundation
import Policy
import Sealing
import Store

/// An installation that is open: what `leeward serve` serves and `leeward setup` founds. Whoever opens it holds the
/// folder's lock for as long.
struct Installation: Sendable {
    let settings: ServerSettings
    let deployment: Deployment
    let store: Store
    /// What the directory was read from.
    let directory: DirectoryOnFile
    /// The log's public key as an auditor writes it down.
    let logVerifier: String

    private let lock: FolderLock

    /// Whether there must be an installation, or one is being made.
    enum Expectation: Sendable {
        /// Missing files are an error: an empty store in place of a lost one would look like a new start.
        case founded
        /// Missing files are made.
        case new
    }

    /// Opens store, vault, keys, log key, rules and directory.
    ///
    /// - Throws: ``InstallationError``; the lock stays with whoever holds it.
    static func open(
        _ settings: ServerSettings,
        holding lock: FolderLock,
        expecting: Expectation = .founded,
        time: TimeSource
    ) throws(InstallationError) -> Installation {
        if case .founded = expecting {
            let files = FileManager.default
            guard files.fileExists(atPath: settings.data.store) else { throw .notFounded(folder: settings.data.path) }
            // A new, empty vault would open, and every case in the store would be lost.
            guard files.fileExists(atPath: settings.data.vault) else { throw .missing(file: settings.data.vault) }
        }
        let keys = try SecretFiles(settings).serverKeys()
        let logKey = try SecretFiles(settings).logKey()
        let rules: Policies
        do {
            rules = try PolicyReader.read(folder: settings.policies)
        } catch {
            throw .data(error.problems)
        }
        let directory = try DirectoryOnFile.atStart(settings)
        let store: Store
        let vault: VaultFile
        do {
            store = try Store(path: settings.data.store, reserveBytes: settings.diskReserve)
            vault = try VaultFile(path: settings.data.vault, recordSize: VaultRecord.count)
        } catch {
            throw .unusable(path: settings.data.path, error)
        }
        do {
            let deployment = try Deployment(
                store: store,
                vault: vault,
                keys: keys,
                logKey: logKey,
                policies: rules,
                directory: directory.directory,
                time: time,
                cores: settings.cores
            )
            return Installation(
                settings: settings,
                deployment: deployment,
                store: store,
                directory: directory,
                logVerifier: deployment.logVerifier,
                lock: lock
            )
        } catch .damaged(let code) {
            throw .damaged(code: code)
        } catch {
            throw .stopped
        }
    }

    /// Records what waits, folds the store and gives the folder back.
    ///
    /// - Throws: ``InstallationError/stopped`` when the store could not be folded; nothing that was answered is lost.
    func close() throws(InstallationError) {
        defer { lock.release() }
        do {
            try deployment.close()
        } catch {
            throw .stopped
        }
    }
}
