import Care
public import Sealing
public import Store

/// The tombstones of several copies together: a case that one of them speaks of stays erased, whatever the others know.
public enum Tombstones {
    /// The records of all copies, each case once.
    ///
    /// - Throws: ``BackupRefusal/unsound(code:)`` when one cannot be opened.
    public static func merged(_ copies: [VaultCopy], under keys: ServerKeys) throws(BackupRefusal) -> [[UInt8]] {
        var known: Set<CaseID> = []
        var records: [[UInt8]] = []
        for record in copies.flatMap(\.records) {
            guard let id = try caseID(of: record, under: keys) else { throw .unsound(code: "tombstones") }
            if known.insert(id).inserted { records.append(record) }
        }
        return records
    }

    static func cases(in copies: [VaultCopy], under keys: ServerKeys) throws(BackupRefusal) -> Set<CaseID> {
        var known: Set<CaseID> = []
        for record in copies.flatMap(\.records) {
            guard let id = try caseID(of: record, under: keys) else { throw .unsound(code: "tombstones") }
            known.insert(id)
        }
        return known
    }

    private static func caseID(of record: [UInt8], under keys: ServerKeys) throws(BackupRefusal) -> CaseID? {
        do {
            let opened = try VaultRecord.open(record, under: keys.vault)
            return opened.isTombstone ? CaseID(bytes: opened.caseID) : nil
        } catch {
            throw .unsound(code: "tombstones")
        }
    }
}
