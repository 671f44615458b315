import Audit
import Casework
import Directory
import Foundation
import Sealing
import Store

/// A backup that is opened in a folder of its own and looked through; what it takes the place of is touched by `swap` alone.
struct Restoration {
    /// What a backup is opened from.
    struct Source {
        let database: String
        let identity: AgeIdentity
        /// A copy of the vault; nil for that in the data folder.
        var vault: String?
    }

    /// The real place.
    let settings: ServerSettings
    /// The same in the folder where it is opened.
    let staged: ServerSettings
    let progress: Progress

    init(_ settings: ServerSettings, in folder: String, progress: Progress) {
        self.settings = settings
        self.staged = settings.at(DataFolder(folder))
        self.progress = progress
    }

    /// Opens a backup and looks through it. The vault is the one in the data folder where it is there, because nothing erased
    /// since is in it, else the copy that was named, else the newest; tombstones count from wherever there are any.
    ///
    /// - Throws: ``RefusedBackup``, ``InstallationError``; what was opened is removed again.
    func open(_ source: Source) throws -> StoreInspection {
        do {
            return try opened(source)
        } catch {
            remove()
            throw error
        }
    }

    private func opened(_ source: Source) throws -> StoreInspection {
        defer { progress.end() }
        try makeFolder()
        try naming(source.database) { () throws(BackupRefusal) in
            try SealedCopy.open(
                source.database,
                with: source.identity,
                at: staged.data.store,
                wrote: BackupCatalog.noted(source.database)
            ) { progress.say("opening", $0, of: $1) }
        }
        guard try lacksNothing(source.database) else {
            throw RefusedBackup(path: source.database, refusal: .withoutLog)
        }
        let keys = try SecretFiles(settings).serverKeys()
        let logKey = try SecretFiles(settings).logKey()
        let graves = try tombstones(source)
        let vault = try placeVault(source, graves, keys)
        let store: Store
        do {
            store = try Store(path: staged.data.store, reserveBytes: 0)
        } catch {
            throw RefusedBackup(path: source.database, refusal: BackupRefusal(error))
        }
        let found = Result { () throws(RefusedBackup) in
            try naming(source.database) { () throws(BackupRefusal) in
                try StoreInspection(
                    of: store,
                    vault: vault,
                    tombstones: graves,
                    keys: keys,
                    logKey: logKey
                )
            }
        }
        do {
            try store.close()
        } catch {
            throw RefusedBackup(path: source.database, refusal: .disk)
        }
        return try found.get()
    }

    private func lacksNothing(_ path: String) throws(RefusedBackup) -> Bool {
        do {
            return try !StoreCopy.lacksItsLog(staged.data.store)
        } catch {
            throw RefusedBackup(path: path, refusal: BackupRefusal(error))
        }
    }

    // MARK: - Vault

    /// Every tombstone there is: beside the current vault, and in each copy.
    private func tombstones(_ source: Source) throws -> [VaultCopy] {
        var copies: [VaultCopy] = []
        if FileManager.default.fileExists(atPath: settings.data.tombstones) {
            copies.append(try BackupMaking.vault(settings.data.tombstones))
        }
        for item in BackupCatalog(settings).tombstones() { copies.append(try unsealed(item.path, source.identity)) }
        return copies
    }

    private func placeVault(_ source: Source, _ graves: [VaultCopy], _ keys: ServerKeys) throws
        -> VaultCopy
    {
        let path = source.vault ?? BackupCatalog(settings).vaults().first?.path
        let isCurrent = source.vault == nil && FileManager.default.fileExists(atPath: settings.data.vault)
        let vault: VaultCopy? =
            if isCurrent { try BackupMaking.vault(settings.data.vault) } else {
                try path.map { try unsealed($0, source.identity) }
            }
        // An empty vault would open, and every case in the store would be lost.
        guard let vault else { throw InstallationError.missing(file: settings.data.vault) }
        do {
            try Data(vault.bytes).write(to: URL(fileURLWithPath: staged.data.vault))
            let merged = try Tombstones.merged(graves, under: keys)
            let file = try VaultFile(path: staged.data.tombstones, recordSize: VaultRecord.count)
            try file.rewrite(merged)
            file.close()
            return vault
        } catch let refusal as BackupRefusal {
            throw RefusedBackup(path: settings.data.tombstones, refusal: refusal)
        } catch {
            throw RefusedBackup(path: staged.data.vault, refusal: .disk)
        }
    }

    private func unsealed(_ path: String, _ identity: AgeIdentity) throws(RefusedBackup) -> VaultCopy {
        let bytes = try naming(path) { () throws(BackupRefusal) in
            try SealedCopy.contents(of: path, with: identity)
        }
        do {
            return try VaultCopy(bytes: bytes, recordSize: VaultRecord.count)
        } catch {
            throw RefusedBackup(path: path, refusal: BackupRefusal(error))
        }
    }

    // MARK: - Going on

    /// Opens the log under its next name, starts the deployment once, which deletes what is left of erased cases, and stops
    /// it. The new public key of the log is given.
    ///
    /// - Throws: ``InstallationError``.
    func goOn(at time: TimeSource) throws(InstallationError) -> String {
        let base = try SecretFiles(settings).logKey()
        let verifier: String
        do {
            let store = try Store(path: staged.data.store, reserveBytes: 0)
            verifier = try LogContinuation.write(in: store, signedWith: base, at: time)
            try store.close()
        } catch CaseworkError.damaged(let code) {
            throw .damaged(code: code)
        } catch {
            throw .stopped
        }
        let lock = try staged.data.lock(by: "leeward backup")
        let installation = try Installation.open(staged, holding: lock, time: time)
        try installation.close()
        return verifier
    }

    /// Puts the folder in the place of the data folder; the old one stays beside it under the name that is given.
    ///
    /// - Throws: ``InstallationError/refused(_:)``.
    func swap(keeping old: String) throws(InstallationError) {
        let place = settings.data.path
        let parent = (place as NSString).deletingLastPathComponent
        do {
            if FileManager.default.fileExists(atPath: place) {
                try FileManager.default.moveItem(atPath: place, toPath: old)
            }
            try FileManager.default.moveItem(atPath: staged.data.path, toPath: place)
            try FolderSync.sync(parent)
        } catch {
            throw .refused(
                "\(place): the restored folder \(staged.data.path) could not be put in its place; the old one is there or "
                    + "at \(old): move them by hand"
            )
        }
    }

    /// Removes the folder of its own.
    func remove() {
        // The next one begins by removing what is left.
        try? FileManager.default.removeItem(atPath: staged.data.path)
    }

    private func makeFolder() throws(InstallationError) {
        let path = staged.data.path
        do {
            if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .refused("\(path): this folder is needed and cannot be made; check its owner and the disk")
        }
    }
}
