import Casework
import Foundation
import Sealing
import Store

/// Makes a backup: the database first and the vault after it, so that the vault has a secret for every case that the copy of
/// the database names. The server may be running.
struct BackupMaking {
    let settings: ServerSettings
    let recipient: AgeRecipient
    let progress: Progress

    /// What was made.
    struct Made {
        let database: String
        let vault: String
        let tombstones: String
    }

    /// Copies and seals all three files. The copy of the database that is not sealed yet lies in the data folder, where the
    /// same bytes lie anyway, and is removed.
    ///
    /// - Throws: ``RefusedBackup`` naming the file that could not be read or made.
    func make(_ names: (database: String, vault: String, tombstones: String)) throws(RefusedBackup) -> Made {
        let copy = "\(settings.data.path)/backup.unsealed"
        defer {
            progress.end()
            // What is left of a copy is overwritten by the next one.
            try? FileManager.default.removeItem(atPath: copy)
        }
        try database(copy)
        try naming(names.database) { () throws(BackupRefusal) in
            try SealedCopy.seal(copy, to: recipient, at: names.database) { progress.say("sealing", $0, of: $1) }
        }
        for (path, name) in [
            (settings.data.vault, names.vault), (settings.data.tombstones, names.tombstones),
        ] {
            let bytes = try Self.vault(path).bytes
            try naming(name) { () throws(BackupRefusal) in try SealedCopy.seal(bytes, to: recipient, at: name) }
        }
        return Made(database: names.database, vault: names.vault, tombstones: names.tombstones)
    }

    private func database(_ copy: String) throws(RefusedBackup) {
        let path = settings.data.store
        do {
            try StoreCopy.make(of: path, at: copy) { progress.say("copying", $0, of: $1) }
        } catch {
            throw RefusedBackup(path: path, refusal: BackupRefusal(error))
        }
    }

    /// A vault or its tombstones as they lie on the disk.
    ///
    /// - Throws: ``RefusedBackup``.
    static func vault(_ path: String) throws(RefusedBackup) -> VaultCopy {
        do {
            return try VaultCopy(of: path, recordSize: VaultRecord.count)
        } catch {
            throw RefusedBackup(path: path, refusal: BackupRefusal(error))
        }
    }
}

extension BackupRefusal {
    /// Why a file cannot be taken, from what the store says of it.
    init(_ error: StoreError) {
        self =
            switch error {
            case .notAStore: .noBackup
            case .schemaNewer: .newer
            case .damaged: .unsound(code: "database")
            default: .disk
            }
    }
}
