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
        /// The characters of a new device token, where one was asked for and the device was not known; wipe them too.
        public let device: [UInt8]?
    }

    /// Signs somebody in. Name and password are checked in the same way and time whether or not the name exists; the
    /// password is wiped. Whoever has an authenticator also gives its code. Wrong tries make the next one wait; those from a
    /// device that the person has signed in from, by its token, are counted apart from all others.
    ///
    /// - Throws: ``CaseworkError/signInFailed``, which says no more; ``CaseworkError/tooManyFailures(retryAfterSeconds:)``,
    ///   whatever was typed; ``CaseworkError/busy(retryAfterSeconds:)``;
    ///   ``CaseworkError/auditUnavailable`` or ``CaseworkError/stopped``.
    public func signIn(
        name: String,
        password: inout [UInt8],
        code: [UInt8]? = nil,
        device text: [UInt8]? = nil,
        remembersDevice: Bool = false,
        request: RequestID
    ) async throws(CaseworkError) -> Session {
        let nameBytes = Self.normalized(name)
        let (device, tries): (StoredRow?, WrongTries)
        do throws(CaseworkError) {
            device = try office.device(text, of: account(named: nameBytes))
            let place: WrongTries.Place = if let device { .device(device.id) } else { .name(try nameIndex(nameBytes)) }
            tries = try office.wrongTries(place)
            if let refusal = tries.refusal(at: office.time.now()) { throw refusal }
        } catch {
            Secret.wipe(&password)
            if case .tooManyFailures = error {
                // Counted, not recorded one by one: it costs nothing to ask, and nothing was looked at.
                office.ledger.tally(.signIn, purpose: .accountAccess, outcome: .denied, rule: error.code)
            }
            throw error
        }
        var tried: Account?
        var failure = CaseworkError.signInFailed
        var opened: (found: Found, unlocked: Unlocked)?
        do throws(CaseworkError) {
            opened = try await self.opened(nameBytes, &password, account: &tried)
        } catch .busy(let seconds) {
            // Counted, not recorded one by one: a flood of them is what fills the queue (SECURITY section 6).
            office.ledger.tally(.signIn, purpose: .accountAccess, outcome: .failed, rule: "busy")
            throw .busy(retryAfterSeconds: seconds)
        } catch .damaged(let code) {
            failure = .damaged(code: code)
        }
        var state: AuthenticatorState?
        if let opened {
            do throws(CaseworkError) {
                state = try office.taking(
                    code,
                    office.authenticator(of: opened.found.account.staff),
                    with: opened.unlocked.keyring
                )
            } catch {
                failure = error
            }
        }
        guard let opened, let state else {
            return try await recordFailure(failure, of: tried, tries, request: request)
        }
        let after = try office.device(after: device, of: opened.found.account.staff, isToBeRemembered: remembersDevice)
        return try await begin(
            opened.found,
            opened.unlocked,
            Entrance(tries: tries, state: state, device: after),
            request
        )
    }

    /// What a sign-in has shown besides the password, to be written in its commit.
    private struct Entrance: Sendable {
        let tries: WrongTries
        let state: AuthenticatorState
        let device: SignInDevice?
    }

    /// Opens the session row, the entry and the session in memory.
    private func begin(
        _ found: Found,
        _ unlocked: Unlocked,
        _ entrance: Entrance,
        _ request: RequestID
    ) async throws(CaseworkError) -> Session {
        let account = found.account
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
                commit: { [office, sessions] _, _, transaction, _ in
                    // Of what was looked at nothing may have changed meanwhile: another try, the password, the code's step.
                    try office.forget(entrance.tries, in: transaction)
                    guard try transaction.version(.passwordSlot, id: account.staff.bytes) == found.slotVersion else {
                        throw CaseworkError.signInFailed
                    }
                    try office.keep(entrance.state, in: transaction, orThrow: .signInFailed)
                    if let device = entrance.device { try office.remember(device, in: transaction) }
                    // What is left of this person's sessions that are over.
                    for old in try transaction.rows(.session, owner: owner, limit: Limits.page)
                    where !sessions.knows(old.id) {
                        try transaction.delete(.session, id: old.id)
                    }
                    try transaction.put(row, expecting: nil)
                    try unlocked.remember(in: transaction)
                },
                reveal: { _, _ throws(CaseworkError) in
                    Session(
                        token: text,
                        worker: worker,
                        endsAt: now.addingTimeInterval(Limits.sessionSeconds),
                        device: entrance.device?.text
                    )
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
        let slotVersion: Int
    }

    /// The place of a name in the index of accounts; a name that is too long for one has a place of its own.
    private func nameIndex(_ name: [UInt8]) throws(CaseworkError) -> [UInt8] {
        guard name.count > Limits.signInNameBytes else { return try office.rows.blind(.signInName, name) }
        return try office.rows.blind(
            .signInName,
            sealing("name") { () throws(SealingError) in try Digest.sha256(name) }
        )
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
                    keyringVersion: UInt64(keyring.version),
                    slotVersion: slot.version
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
    ) async throws(CaseworkError) -> (found: Found, unlocked: Unlocked)? {
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
        return (found, unlocked)
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
        _ tries: WrongTries,
        request: RequestID
    ) async throws(CaseworkError) -> Session {
        try await office.ledger.perform(
            .signIn,
            by: nil,
            on: account.map { .account($0.staff) } ?? .nothing,
            purpose: .accountAccess,
            request: request,
            refusing: { [office] error, transaction in
                guard error == .signInFailed else { return error }
                return try office.refuse(tries, as: error, isOfNobody: account == nil, in: transaction)
            },
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
