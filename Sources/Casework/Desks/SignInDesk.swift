import Audit
public import Care
public import Foundation
import Policy
import Sealing
import Store
import Synchronization

/// Signing in and out, and finding the session behind a bearer token.
public struct SignInDesk: Sendable {
    let office: Office
    let sessions: Sessions

    /// What a sign-in gives.
    public struct Session: Sendable {
        /// The characters of the bearer token; wipe them once they are sent. They are in no log and not in the store.
        public let token: [UInt8]
        /// Who signed in.
        public let worker: Worker
        /// When it ends at the latest; 15 minutes without a request end it sooner.
        public let endsAt: Date
    }

    /// Signs somebody in. Name and password are checked in the same way and time whether or not the name exists; the
    /// password is wiped.
    ///
    /// - Throws: ``CaseworkError/signInFailed``, which says no more; ``CaseworkError/busy(retryAfterSeconds:)``;
    ///   ``CaseworkError/auditUnavailable`` or ``CaseworkError/stopped``.
    public func signIn(
        name: String,
        password: inout [UInt8],
        request: RequestID
    ) async throws(CaseworkError) -> Session {
        let nameBytes = Self.normalized(name)
        var tried: Account?
        var failure = CaseworkError.signInFailed
        var opened: (account: Account, unlocked: Unlocked)?
        do throws(CaseworkError) {
            opened = try await self.opened(nameBytes, &password, account: &tried)
        } catch .busy(let seconds) {
            // Counted, not recorded one by one: a flood of them is what fills the queue (SECURITY section 6).
            office.ledger.tally(.signIn, purpose: .accountAccess, outcome: .failed, rule: "busy")
            throw .busy(retryAfterSeconds: seconds)
        } catch .damaged(let code) {
            failure = .damaged(code: code)
        }
        guard let opened else { return try await recordFailure(failure, of: tried, request: request) }
        return try await begin(opened.account, opened.unlocked, request: request)
    }

    /// Opens the session row, the entry and the session in memory.
    private func begin(
        _ account: Account,
        _ unlocked: Unlocked,
        request: RequestID
    ) async throws(CaseworkError) -> Session {
        let session = try office.newID(SessionID.self)
        let worker = account.worker(in: session)
        let now = office.time.now()
        let owner = try office.rows.blind(.sessionsOfStaff, worker.staff.bytes)
        let token: SessionToken
        let text: [UInt8]
        let sealed: [UInt8]
        do {
            token = try SessionToken.random()
            text = try token.text()
            sealed = try unlocked.keyring.seal(for: token)
        } catch {
            throw .damaged(code: "session")
        }
        let digest = token.digest
        let row = try office.rows.row(
            SessionRecord(
                session: session,
                staff: worker.staff,
                startedAtMilliseconds: Int64(now.timeIntervalSince1970 * 1000),
                keyring: sealed
            ),
            .session,
            id: digest,
            owner: owner
        )
        sessions.begin(digest, of: worker, keyring: sealed, at: now)
        do {
            return try await office.ledger.perform(
                .signIn,
                by: worker,
                on: .session(session),
                purpose: .accountAccess,
                request: request,
                prepare: { () throws(CaseworkError) in },
                commit: { [sessions] _, _, transaction, _ in
                    // What is left of this person's sessions that are over.
                    for old in try transaction.rows(.session, owner: owner, limit: Limits.page)
                    where !sessions.knows(old.id) {
                        try transaction.delete(.session, id: old.id)
                    }
                    try transaction.put(row, expecting: nil)
                    try unlocked.remember(in: transaction)
                },
                reveal: { _, _ throws(CaseworkError) in
                    Session(token: text, worker: worker, endsAt: now.addingTimeInterval(Limits.sessionSeconds))
                }
            )
        } catch {
            sessions.end(digest)
            throw error
        }
    }

    /// The session behind a bearer token, as the characters stand in the request. While the store is stopped it is the
    /// session as memory knows it: every act on a case fails then, and emergency lines are answered (DECISIONS 7).
    ///
    /// - Throws: ``CaseworkError/notSignedIn`` when there is none, or it has ended; the attempt is counted in the log.
    public func signedIn(bearer text: some Collection<UInt8>) throws(CaseworkError) -> SignedIn {
        let token: SessionToken
        do {
            token = try SessionToken(text: text)
        } catch {
            throw refused()
        }
        guard let live = sessions.use(token.digest, at: office.time.now()) else { throw refused() }
        var worker = live.worker.confirmed(at: live.confirmedAt)
        do throws(CaseworkError) {
            let account = try office.read { reading in
                try reading.version(.session, id: token.digest) == nil
                    ? nil : try office.rows.account(of: worker.staff, in: reading)
            }
            guard let account else { throw refused() }
            worker = account.worker(in: worker.session, confirmedAt: live.confirmedAt)
        } catch .stopped {
            // As it stood when the store was last read.
        }
        do {
            return SignedIn(
                worker: worker,
                endsAt: live.startedAt.addingTimeInterval(Limits.sessionSeconds),
                keyring: try Keyring.open(live.keyring, for: token),
                digest: token.digest
            )
        } catch {
            throw refused()
        }
    }

    /// Ends the session behind a bearer token, and does nothing where there is none. It ends also while nothing can be
    /// read of it (DECISIONS 7).
    public func signOut(bearer text: some Collection<UInt8>, request: RequestID) async {
        do {
            await signOut(try signedIn(bearer: text), bearer: text, request: request)
        } catch {
            do {
                sessions.end(try SessionToken(text: text).digest)
            } catch {
                return  // a token that is none opened no session
            }
        }
    }

    /// Ends a session. It ends in memory at once and always; its row goes with the entry, or at the next start.
    public func signOut(_ signedIn: SignedIn, bearer text: some Collection<UInt8>, request: RequestID) async {
        let digest: [UInt8]
        do {
            digest = try SessionToken(text: text).digest
        } catch {
            return  // a token that is none opened no session
        }
        sessions.end(digest)
        do {
            try await office.ledger.perform(
                .signOut,
                by: signedIn.worker,
                on: .session(signedIn.worker.session),
                purpose: .accountAccess,
                request: request,
                prepare: { () throws(CaseworkError) in },
                commit: { _, _, transaction, _ in
                    if try transaction.row(.session, id: digest) != nil {
                        try transaction.delete(.session, id: digest)
                    }
                },
                reveal: { _, _ throws(CaseworkError) in }
            )
        } catch {
            // Signing out always works (DECISIONS 7): it is counted and recorded when the log can be written again.
            office.ledger.tally(.signOut, purpose: .accountAccess, outcome: .permitted, rule: "recorded_late")
        }
    }

    // MARK: - What is behind a name

    struct Found: Sendable {
        let account: Account
        let slot: PasswordSlot
        let keyring: [UInt8]
        let keyringVersion: UInt64
    }

    func account(named name: [UInt8]) throws(CaseworkError) -> Account? {
        guard (1...Limits.signInNameBytes).contains(name.count) else { return nil }
        let index = try office.rows.blind(.signInName, name)
        return try office.read { reading in
            guard let stored = try reading.rows(.account, index: index, limit: 1).first else { return nil }
            return try office.rows.open(Account.self, stored)
        }
    }

    func found(_ account: Account) throws(CaseworkError) -> Found {
        try office.read { reading in
            guard let slot = try reading.row(.passwordSlot, id: account.staff.bytes),
                let keyring = try reading.row(.keyring, id: account.staff.bytes)
            else { throw CaseworkError.damaged(code: "account") }
            do {
                return Found(
                    account: account,
                    slot: try PasswordSlot(bytes: slot.sealed),
                    keyring: keyring.sealed,
                    keyringVersion: UInt64(keyring.version)
                )
            } catch is SealingError {
                throw CaseworkError.damaged(code: "account")
            }
        }
    }

    /// The account and keyring that name and password open; nil when they do not belong together. The password is wiped
    /// in any case. `account` is whose it was, where somebody has the name.
    private func opened(
        _ name: [UInt8],
        _ password: inout [UInt8],
        account: inout Account?
    ) async throws(CaseworkError) -> (account: Account, unlocked: Unlocked)? {
        let secret: Secret
        do {
            secret = try Secret(moving: &password)
        } catch {
            return nil  // longer than any password
        }
        let attempt = PasswordAttempt(password: secret)
        account = try self.account(named: name)
        let found: Found? = if let account { try self.found(account) } else { nil }
        let unlocked = try await sessions.work.run { [office] () throws(CaseworkError) -> Unlocked? in
            try Self.unlocked(found, attempt, name, office)
        }
        guard let found, let unlocked else { return nil }
        return (found.account, unlocked)
    }

    /// The keyring, when the password opens it; for a name nobody has, the same work and nothing.
    static func unlocked(
        _ found: Found?,
        _ attempt: PasswordAttempt,
        _ name: [UInt8],
        _ office: Office
    ) throws(CaseworkError) -> Unlocked? {
        let server = office.rows.keys
        do {
            guard let found else {
                let slot = try PasswordSlot.fake(for: name.count > Limits.signInNameBytes ? [] : name, server: server)
                _ = try slot.open(
                    password: attempt.password,
                    server: server,
                    owner: [UInt8](repeating: 0, count: 16)
                )
                return nil
            }
            let key = try found.slot.open(password: attempt.password, server: server, owner: found.account.staff.bytes)
            let keyring = try Keyring.open(
                found.keyring,
                under: key,
                owner: found.account.staff.bytes,
                agency: found.account.agency.bytes,
                version: found.keyringVersion
            )
            return try Unlocked(keyring, of: found.account, at: found.keyringVersion, under: key, office)
        } catch .badPassword {
            return nil
        } catch {
            throw .damaged(code: "keyring")
        }
    }

    /// Records a sign-in that failed, without what was typed. Nobody is known to have acted: whoever tried is not the
    /// person whose name was tried, so the account is what it was done on.
    private func recordFailure(
        _ failure: CaseworkError,
        of account: Account?,
        request: RequestID
    ) async throws(CaseworkError) -> Session {
        try await office.ledger.perform(
            .signIn,
            by: nil,
            on: account.map { .account($0.staff) } ?? .nothing,
            purpose: .accountAccess,
            request: request,
            prepare: { () throws(CaseworkError) -> Session in throw failure },
            commit: { _, _, _, _ in },
            reveal: { session, _ throws(CaseworkError) in session }
        )
    }

    private func refused() -> CaseworkError {
        office.ledger.tally(.signIn, purpose: .accountAccess, outcome: .denied, rule: "no_session")
        return .notSignedIn
    }

    /// Names are compared without regard to case and composition, so that one person has one name on every keyboard.
    static func normalized(_ name: String) -> [UInt8] {
        Array(name.precomposedStringWithCompatibilityMapping.lowercased().utf8)
    }
}

extension Account {
    func worker(in session: SessionID, confirmedAt: Date? = nil) -> Worker {
        Worker(staff: staff, agency: agency, roles: roles, teams: teams, session: session, confirmedAt: confirmedAt)
    }
}
