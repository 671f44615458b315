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
    /// could not record is recorded with the first batch. Erasures that had begun are finished, and what a restored store or
    /// vault still holds of an erased case is deleted, before this returns.
    ///
    /// - Throws: ``CaseworkError/auditUnavailable`` when what is left of an erased case cannot be deleted; ``CaseworkError/damaged(code:)`` when the log does not lead to its last checkpoint or the vault cannot
    ///   be read, with the codes `server_keys` and `log_key` when the store was written with other keys than these;
    ///   ``CaseworkError/stopped`` when the store cannot be.
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
        let logKey = try logKey.continued(in: store)
        let rows = ServerRows(keys: try Self.keys(keys, in: store))
        self.logKey = logKey
        self.sessions = Sessions(work: PasswordWork(cores: cores))
        self.office = Office(
            store: store,
            rows: rows,
            vault: try Vault(file: vault, keys: keys, at: time.now()),
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
        do throws(CaseworkError) {
            try office.erasures.finishAll(in: office)
        } catch .auditUnavailable {
            // A full disk. The rows are gone, so the case is there for nobody; the rest is done when there is room.
        }
        try office.erasures.replayTombstones(in: office)
    }

    /// Signing in and out.
    public var signIn: SignInDesk { SignInDesk(office: office, sessions: sessions) }
    /// Accepting an invitation.
    public var enrolments: EnrolmentDesk { EnrolmentDesk(office: office, work: sessions.work) }
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
    /// Ending cases for good.
    public var erasures: ErasureDesk { ErasureDesk(office: office) }
    /// The audit log.
    public var audit: AuditDesk { AuditDesk(office: office, key: logKey.verifier) }
    /// Who reads a restricted case, and whose case it is.
    public var readers: ReaderDesk { ReaderDesk(office: office) }
    /// Who is in a team and holds its key.
    public var teams: TeamDesk { TeamDesk(office: office) }
    /// Agencies, teams and people.
    public var staff: StaffDesk { StaffDesk(office: office, enrolments: enrolments) }

    /// The public key of the log under the name it goes by now.
    public var logVerifier: String { logKey.verifier.text }

    /// The directory in use.
    public var directory: ServiceDirectory { office.shelf.current }

    /// When the newest entry of the log was recorded, by the clock of that time; nil for an empty log.
    ///
    /// - Throws: ``CaseworkError/damaged(code:)`` for an entry that cannot be read; ``CaseworkError/stopped``.
    public func lastRecorded() throws(CaseworkError) -> Date? {
        let last = try office.read { reading in
            try reading.auditEntries(from: max(0, reading.auditSize() - 1), limit: 1).first
        }
        guard let last else { return nil }
        do {
            return Date(timeIntervalSince1970: Double(try AuditEntry(parsing: last.entry).time.milliseconds) / 1000)
        } catch {
            throw .damaged(code: "audit_log")
        }
    }

    /// What the directory in the log's last entry about it held; nil when the log has none.
    public func recordedDirectory() throws(CaseworkError) -> String? {
        try office.read { try $0.meta(Self.directoryKey) }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Puts a directory in place of the one in use, as soon as the log holds durably that it was done and what its files
    /// hold. Who has begun with the old one ends with it.
    ///
    /// - Throws: ``CaseworkError/auditUnavailable`` or ``CaseworkError/stopped``; the old one then stays.
    public func load(_ directory: ServiceDirectory, content: ContentHash, request: RequestID)
        async throws(CaseworkError)
    {
        let text = content.description
        try await office.ledger.found(
            .loadDirectory,
            handle: "directory:\(text)",
            rows: [],
            request: request,
            rule: "operator"
        ) { transaction in try transaction.setMeta(Self.directoryKey, Array(text.utf8)) }
        office.shelf.replace(with: directory)
    }

    /// The time as the desks see it, for what a request leaves to "now".
    public var now: Date { office.time.now() }

    /// Milliseconds on the clock that never steps back while the process runs.
    public var milliseconds: Int64 { office.time.monotonicMilliseconds() }

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
            ("disk", office.store.condition != .full),
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

    private static let directoryKey = "directory.content"
    static let logKeyKey = "log.vkey"
    private static let keyCheckKey = "keys.check"

    /// These keys, when the store was written with them. Wrong keys and damage look alike afterwards, and what an operator
    /// has to do is the opposite.
    static func keys(_ keys: ServerKeys, in store: Store) throws(CaseworkError) -> ServerKeys {
        let mark = try ServerRows(keys: keys).blind(.keyCheck, [])
        let known: [UInt8]?
        do {
            known = try store.read { try $0.meta(Self.keyCheckKey) }
        } catch {
            throw .stopped
        }
        if let known, known != mark { throw .damaged(code: "server_keys") }
        return keys
    }

    /// Ends the sessions of an earlier run and the invitations whose time is over, and keeps the log's public key where an
    /// export finds it.
    private func begin() throws(CaseworkError) {
        let mark = try office.rows.blind(.keyCheck, [])
        do {
            try office.store.write { transaction in
                try transaction.setMeta(Self.logKeyKey, Array(logKey.verifier.text.utf8))
                try transaction.setMeta(Self.keyCheckKey, mark)
                try office.endInvitations(in: transaction)
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
