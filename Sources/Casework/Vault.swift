import Care
import Foundation
import Sealing
import Store
import Synchronization

/// The erase secrets, one a case: the half of each case key that lies in no database (ADR 0006). A secret is on the disk
/// before the database names its case; one that no case names is an orphan of a crash and harms nobody.
final class Vault: Sendable {
    private let file: VaultFile?
    private let keys: ServerKeys
    private let sealed: Mutex<[CaseID: [UInt8]]>

    /// Reads the vault; without a file it lives in memory, for tests.
    init(file: VaultFile?, keys: ServerKeys) throws(CaseworkError) {
        self.file = file
        self.keys = keys
        var sealed: [CaseID: [UInt8]] = [:]
        do {
            for record in try file?.records() ?? [] {
                let opened = try VaultRecord.open(record, under: keys.vault)
                guard let id = CaseID(bytes: opened.caseID) else { throw CaseworkError.damaged(code: "vault") }
                sealed[id] = opened.isTombstone ? nil : record
            }
        } catch {
            throw .damaged(code: "vault")
        }
        self.sealed = Mutex(sealed)
    }

    /// How many cases have an erase secret.
    var count: Int { sealed.withLock { $0.count } }

    /// Lets go of the file.
    func close() { file?.close() }

    /// Makes and keeps the erase secret of a new case; it is durable when this returns.
    func add(_ id: CaseID, at now: Date) throws(CaseworkError) {
        do {
            let record = try VaultRecord.random(forCase: id.bytes, at: now).seal(under: keys.vault)
            try file?.append([record])
            sealed.withLock { $0[id] = record }
        } catch {
            throw .auditUnavailable
        }
    }

    /// The erase secret of a case.
    ///
    /// - Throws: ``CaseworkError/notFound`` when there is none: the case has been erased.
    func eraseSecret(of id: CaseID) throws(CaseworkError) -> Secret {
        guard let record = sealed.withLock({ $0[id] }) else { throw .notFound }
        do {
            return try VaultRecord.open(record, under: keys.vault).eraseSecret()
        } catch {
            throw .damaged(code: "vault")
        }
    }
}
