import Care
import Foundation
import Sealing
import Store
import Synchronization

/// The erase secrets, one a case: the half of each case key that lies in no database (ADR 0006), and the tombstones of those
/// that were destroyed (ADR 0021). A secret is on the disk before the database names its case; one that no case names is an
/// orphan of a crash and harms nobody.
final class Vault: Sendable {
    private struct Contents {
        var key: SymmetricKey
        var secrets: [CaseID: [UInt8]]
        var erased: Set<CaseID>
    }

    private let file: VaultFile?
    private let graves: VaultFile?
    private let keys: ServerKeys
    private let contents: Mutex<Contents>
    /// Held by whoever writes, so that no secret is appended under a key that a rewriting takes away. Readers do not wait.
    private let writing = Mutex(())

    /// Reads the vault and its tombstones; without a file both live in memory, for tests.
    init(file: VaultFile?, keys: ServerKeys, at now: Date) throws(CaseworkError) {
        self.file = file
        self.keys = keys
        do {
            graves = try file?.tombstones(recordSize: VaultRecord.count)
            var erased: Set<CaseID> = []
            for record in try graves?.records() ?? [] {
                let opened = try VaultRecord.open(record, under: keys.vault)
                guard opened.isTombstone, let id = CaseID(bytes: opened.caseID) else {
                    throw CaseworkError.damaged(code: "tombstones")
                }
                erased.insert(id)
            }
            let (key, secrets) = try Self.read(try file?.records() ?? [], under: keys)
            if let key {
                contents = Mutex(Contents(key: key, secrets: secrets, erased: erased))
            } else {
                // A new vault, or one from before there were vault keys.
                let (fresh, records, sealed) = try Self.sealed(secrets, from: keys.vault, under: keys, at: now)
                try file?.rewrite(records)
                contents = Mutex(Contents(key: fresh, secrets: sealed, erased: erased))
            }
        } catch StoreError.full {
            throw .auditUnavailable
        } catch {
            throw .damaged(code: "vault")
        }
    }

    /// How many cases have an erase secret.
    var count: Int { contents.withLock { $0.secrets.count } }

    /// The cases that were erased.
    var erased: Set<CaseID> { contents.withLock { $0.erased } }

    /// The cases that have an erase secret.
    var cases: Set<CaseID> { contents.withLock { Set($0.secrets.keys) } }

    /// Lets go of the files.
    func close() {
        file?.close()
        graves?.close()
    }

    /// Makes and keeps the erase secret of a new case; it is durable when this returns.
    func add(_ id: CaseID, at now: Date) throws(CaseworkError) {
        do {
            try writing.withLock { _ in
                let key = contents.withLock { $0.key }
                let record = try VaultRecord.random(forCase: id.bytes, at: now).seal(under: key)
                try file?.append([record])
                contents.withLock { $0.secrets[id] = record }
            }
        } catch {
            throw .auditUnavailable
        }
    }

    /// The erase secret of a case.
    ///
    /// - Throws: ``CaseworkError/notFound`` when there is none: the case has been erased.
    func eraseSecret(of id: CaseID) throws(CaseworkError) -> Secret {
        // A tombstone counts before the secret is gone.
        let (key, record) = contents.withLock { ($0.key, $0.erased.contains(id) ? nil : $0.secrets[id]) }
        guard let record else { throw .notFound }
        do {
            return try VaultRecord.open(record, under: key).eraseSecret()
        } catch {
            throw .damaged(code: "vault")
        }
    }

    // MARK: - Erasing

    /// Writes down that a case is erased; it is durable when this returns, and a second time does nothing.
    ///
    /// - Throws: ``CaseworkError/auditUnavailable`` when it could not be written.
    func bury(_ erasure: PendingErasure, at now: Date) throws(CaseworkError) {
        do {
            try writing.withLock { _ in
                guard !contents.withLock({ $0.erased.contains(erasure.caseID) }) else { return }
                let record = try VaultRecord.tombstone(
                    forCase: erasure.caseID.bytes,
                    because: erasure.reason.number,
                    onWordOf: erasure.authority,
                    at: now
                )
                try graves?.append([record.seal(under: keys.vault)])
                contents.withLock { _ = $0.erased.insert(erasure.caseID) }
            }
        } catch {
            throw .auditUnavailable
        }
    }

    /// Destroys the erase secrets of these cases: the vault is rewritten without them, under a new vault key, and the old
    /// bytes are overwritten. Where none of them is there any more it does nothing.
    ///
    /// - Throws: ``CaseworkError/auditUnavailable`` when it could not be rewritten; the old vault then stands.
    func destroy(_ ids: Set<CaseID>, at now: Date) throws(CaseworkError) {
        do {
            try writing.withLock { _ in
                let old = contents.withLock { $0 }
                guard !ids.isDisjoint(with: old.secrets.keys) else { return }
                let left = old.secrets.filter { !ids.contains($0.key) }
                let (key, records, sealed) = try Self.sealed(left, from: old.key, under: keys, at: now)
                try file?.rewrite(records)
                contents.withLock {
                    $0.key = key
                    $0.secrets = sealed
                }
            }
        } catch {
            throw .auditUnavailable
        }
    }

    /// SHA-256 over what the vault holds: "leeward vault manifest", a line end, how many erase secrets and how many
    /// tombstones there are (8 bytes each, big-endian), then the case ids of the ones and of the others, each in order.
    var manifest: [UInt8] {
        get throws(CaseworkError) {
            let (cases, erased) = contents.withLock { (Set($0.secrets.keys), $0.erased) }
            var bytes = Array("leeward vault manifest\n".utf8)
            for ids in [cases, erased] {
                let count = UInt64(ids.count)
                bytes += stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> UInt64($0)) }
            }
            for ids in [cases, erased] { bytes += ids.sorted().flatMap(\.bytes) }
            do {
                return try Digest.sha256(bytes)
            } catch {
                throw .damaged(code: "digest")
            }
        }
    }

    /// What the records of a vault file hold: the vault key, nil where there is none yet, and the secrets as they are
    /// sealed, under it or, from before there were vault keys, under the server's key.
    static func read(_ records: [[UInt8]], under keys: ServerKeys) throws -> (SymmetricKey?, [CaseID: [UInt8]]) {
        var key: SymmetricKey?
        var secrets: [CaseID: [UInt8]] = [:]
        for (place, record) in records.enumerated() {
            let opened = try VaultRecord.open(record, under: key ?? keys.vault)
            if place == 0, opened.kind == .vaultKey {
                key = try opened.vaultKey()
                continue
            }
            guard opened.kind == .eraseSecret, let id = CaseID(bytes: opened.caseID) else {
                throw CaseworkError.damaged(code: "vault")
            }
            secrets[id] = record
        }
        return (key, secrets)
    }

    /// The records of a vault with these secrets under a new vault key.
    private static func sealed(
        _ secrets: [CaseID: [UInt8]],
        from old: SymmetricKey,
        under keys: ServerKeys,
        at now: Date
    ) throws -> (key: SymmetricKey, records: [[UInt8]], secrets: [CaseID: [UInt8]]) {
        let first = try VaultRecord.newVaultKey(at: now)
        let key = try first.vaultKey()
        let sealed = try secrets.mapValues { try VaultRecord.open($0, under: old).seal(under: key) }
        return (key, [try first.seal(under: keys.vault)] + Array(sealed.values), sealed)
    }
}
