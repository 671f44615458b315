import Audit
public import Care
public import Directory
public import Foundation
public import Policy
public import Sealing
public import Store

/// One running Leeward: its store, vault, keys, log, policies and directory, and the desks that are the only way to them.
public final class Deployment: Sendable {
    let office: Office
    private let logKey: LogKey
    private let sessions: Sessions

    /// Opens a deployment; `cores` password derivations run at once. Sessions of an earlier run have ended; what it
    /// could not record is recorded with the first batch.
    ///
    /// - Throws: ``CaseworkError/damaged(code:)`` when the log does not lead to its last checkpoint or the vault cannot
    ///   be read; ``CaseworkError/stopped`` when the store cannot be.
    public init(
        store: Store,
        vault: VaultFile?,
        keys: ServerKeys,
        logKey: LogKey,
        policies: Policies,
        directory: ServiceDirectory,
        time: TimeSource,
        cores: Int,
        recording earlier: UnrecordedActs = UnrecordedActs()
    ) throws(CaseworkError) {
        let rows = ServerRows(keys: keys)
        self.logKey = logKey
        self.sessions = Sessions(work: PasswordWork(cores: cores))
        self.office = Office(
            store: store,
            rows: rows,
            vault: try Vault(file: vault, keys: keys),
            ledger: try Ledger(
                store: store,
                rows: rows,
                policy: policies.access,
                logKey: logKey,
                time: time,
                recording: earlier
            ),
            policies: policies,
            shelf: DirectoryShelf(directory),
            held: HeldConsents(),
            time: time
        )
        try begin()
    }

    /// Signing in and out.
    public var signIn: SignInDesk { SignInDesk(office: office, sessions: sessions) }
    /// Look-ups without a case.
    public var lookups: LookupDesk { LookupDesk(office: office) }
    /// Cases and needs.
    public var cases: CaseDesk { CaseDesk(office: office) }
    /// Consents and their withdrawal.
    public var consents: ConsentDesk { ConsentDesk(office: office) }
    /// Matching a need of a case.
    public var matches: MatchDesk { MatchDesk(office: office) }
    /// The sending side of referrals.
    public var referrals: ReferralDesk { ReferralDesk(office: office) }
    /// The receiving side of referrals.
    public var intake: IntakeDesk { IntakeDesk(office: office) }
    /// The audit log.
    public var audit: AuditDesk { AuditDesk(office: office, key: logKey.verifier) }
    /// Agencies, teams and people.
    public var staff: StaffDesk { StaffDesk(office: office) }

    /// The directory in use.
    public var directory: ServiceDirectory { office.shelf.current }

    /// The time as the desks see it, for what a request leaves to "now".
    public var now: Date { office.time.now() }

    /// A new id for a request; it stands in the answer, the problem and the entry.
    public func newRequest() -> RequestID {
        do {
            return try office.newID(RequestID.self)
        } catch {
            // Without entropy nothing can be sealed or recorded either; the request fails there, under an id of zeros.
            return RequestID.none
        }
    }

    /// What was answered and could not be recorded yet. It is in memory alone: where the store has stopped, it is to be
    /// given to the deployment that is opened after it.
    public var unrecorded: UnrecordedActs { office.ledger.unrecorded }

    /// What a readiness check looks at, by name; ready when all are true.
    public func readiness() -> [(name: String, isReady: Bool)] {
        let answers: Bool
        do {
            answers = try office.read { try $0.auditSize() } == office.ledger.size
        } catch {
            answers = false
        }
        return [
            ("store", !office.store.isStopped),
            ("audit_log", answers),
            ("directory", !office.shelf.current.countries.isEmpty),
        ]
    }

    /// Stops: folds what is written and closes the files. Nothing is answered afterwards.
    public func close() throws(CaseworkError) {
        defer { office.vault.close() }
        office.ledger.finish()
        do {
            try office.store.close()
        } catch {
            throw .stopped
        }
    }

    /// Ends the sessions of an earlier run, and keeps the log's public key where an export finds it.
    private func begin() throws(CaseworkError) {
        do {
            try office.store.write { transaction in
                try transaction.setMeta("log.vkey", Array(logKey.verifier.text.utf8))
                while true {
                    let rows = try transaction.rows(.session, limit: Limits.page)
                    guard !rows.isEmpty else { return }
                    for row in rows { try transaction.delete(.session, id: row.id) }
                }
            }
        } catch StoreError.full {
            // Their rows open nothing any more: which sessions are live is in memory. A full disk must not keep the service
            // from starting to answer what it can.
        } catch {
            throw .stopped
        }
    }
}

extension RequestID {
    fileprivate static let none: RequestID = {
        guard let id = RequestID(bytes: [UInt8](repeating: 0, count: 16)) else {
            preconditionFailure("sixteen bytes are an id")
        }
        return id
    }()
}
