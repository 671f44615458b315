import Audit
import Care
import Foundation
import Sealing
public import Store

/// A restored log goes on under a new name: what was recorded after the backup is lost, so under the old name there would be
/// two logs, and whoever keeps a checkpoint of the lost part would rightly call it a forgery. The first entry under the new
/// name carries the head of the old one (DECISIONS 19).
public enum LogContinuation {
    /// Records the old head as the next entry, signs a checkpoint under the next name, and gives that name's public key. The
    /// store must not be open in a deployment.
    ///
    /// - Throws: ``CaseworkError/damaged(code:)`` when the log does not lead to its last checkpoint, or was signed with
    ///   another key; ``CaseworkError/auditUnavailable`` when the disk did not take it.
    public static func write(in store: Store, signedWith base: LogKey, at time: TimeSource) throws(CaseworkError)
        -> String
    {
        let old = try base.continued(in: store)
        let new: LogKey
        do {
            new = try LogKey(origin: "\(base.origin)/r\(old.restorations(of: base) + 1)", key: base.key)
        } catch {
            throw .damaged(code: "log_key")
        }
        // Reads the leaves and refuses a log that does not lead to its checkpoint.
        let writer = try LedgerWriter(store: store, logKey: old, time: time, tallies: Tallies())
        let head = writer.tip
        do {
            try store.write { transaction in
                var tree = head.tree
                var draft = EntryDraft(
                    act: .continueLog,
                    worker: nil,
                    object: "key:\(Self.hex(old.verifier.id))",
                    relationship: .none,
                    purpose: Act.continueLog.usualPurpose,
                    request: nil,
                    outcome: .permitted,
                    rule: "two_confirmations"
                )
                draft.notes.count = tree.size
                draft.notes.envelopeDigest = try tree.root()
                let entry = try draft.entry(seq: tree.size, at: time.now(), mono: head.mono)
                let leaf = try MerkleTree.leafHash(entry.bytes)
                try tree.append(leaf: leaf)
                try transaction.appendAudit([(entry.bytes, leaf)])
                let checkpoint = try Checkpoint(origin: new.origin, tree: tree)
                try transaction.putCheckpoint(size: tree.size, note: checkpoint.signed(with: new.key))
                try transaction.setMeta(Deployment.logKeyKey, Array(new.verifier.text.utf8))
            }
        } catch {
            throw .auditUnavailable
        }
        return new.verifier.text
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension LogKey {
    /// This key under the name that the log of a store goes by: its own, or, after restorations, that with `/r1`, `/r2` ….
    ///
    /// - Throws: ``CaseworkError/damaged(code:)`` when the log was signed with another key or under another name.
    func continued(in store: Store) throws(CaseworkError) -> LogKey {
        let stored: [UInt8]?
        do {
            stored = try store.read { try $0.meta(Deployment.logKeyKey) }
        } catch {
            throw .stopped
        }
        guard let stored else { return self }
        do {
            let known = try LogVerifierKey(String(decoding: stored, as: UTF8.self))
            if known == verifier { return self }
            let prefix = "\(origin)/r"
            guard known.key == verifier.key, known.name.hasPrefix(prefix),
                let number = Int(known.name.dropFirst(prefix.count)), number > 0
            else { throw CaseworkError.damaged(code: "log_key") }
            return try LogKey(origin: known.name, key: key)
        } catch {
            throw .damaged(code: "log_key")
        }
    }

    /// How many times the log went on after a restoration.
    func restorations(of base: LogKey) -> Int { Int(origin.dropFirst(base.origin.count + 2)) ?? 0 }
}
