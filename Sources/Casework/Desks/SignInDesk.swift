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
        let secret: Secret
        do {
            secret = try Secret(moving: &password)
        } catch {
            throw .signInFailed
        }
        let nameBytes = Self.normalized(name)
        let found = try account(named: nameBytes)
        let attempt = PasswordAttempt(password: secret)
        let keyring = try await sessions.work.run { [office] () throws(CaseworkError) -> Keyring? in
            try Self.keyring(found, attempt, nameBytes, office)
        }
        guard let found, let keyring else {
            // There is nobody to decide about: the attempt is recorded as denied, without what was typed.
            return try await recordFailure(of: found?.account, request: request)
        }
        let session = try office.newID(SessionID.self)
        let worker = found.account.worker(in: session)
        let now = office.time.now()
        let token: SessionToken
        let text: [UInt8]
        let row: StoredRow
        do {
            token = try SessionToken.random()
            text = try token.text()
            row = try office.rows.row(
                SessionRecord(
                    session: session,
                    staff: worker.staff,
                    startedAtMilliseconds: Int64(now.timeIntervalSince1970 * 1000),
                    keyring: keyring.seal(for: token)
                ),
                .session,
                id: token.digest,
                owner: office.rows.blind(.sessionsOfStaff, worker.staff.bytes)
            )
        } catch {
            throw .damaged(code: "session")
        }
        return try await office.ledger.perform(
            .signIn,
            by: worker,
            on: .session(session),
            purpose: .accountAccess,
            request: request,
            prepare: { () throws(CaseworkError) in },
            commit: { _, _, transaction, _ in try transaction.put(row, expecting: nil) },
            reveal: { _, _ throws(CaseworkError) in
                sessions.touch(token.digest, at: now)
                return Session(
                    token: text,
                    worker: worker,
                    endsAt: now.addingTimeInterval(Limits.sessionSeconds)
                )
            }
        )
    }

    /// The session behind a bearer token, as the characters stand in the request.
    ///
    /// - Throws: ``CaseworkError/notSignedIn`` when there is none, or it has ended; the attempt is counted in the log.
    public func signedIn(bearer text: some Collection<UInt8>) throws(CaseworkError) -> SignedIn {
        let now = office.time.now()
        let token: SessionToken
        do {
            token = try SessionToken(text: text)
        } catch {
            throw refused()
        }
        guard !sessions.isEnded(token.digest),
            let stored = try office.read({ try $0.row(.session, id: token.digest) })
        else { throw refused() }
        let record = try office.rows.open(SessionRecord.self, stored)
        let started = Date(timeIntervalSince1970: Double(record.startedAtMilliseconds) / 1000)
        guard now.timeIntervalSince(started) < Limits.sessionSeconds, sessions.touch(token.digest, at: now),
            let account = try office.read({ try office.rows.account(of: record.staff, in: $0) })
        else { throw refused() }
        do {
            return SignedIn(
                worker: account.worker(in: record.session),
                endsAt: started.addingTimeInterval(Limits.sessionSeconds),
                keyring: try Keyring.open(record.keyring, for: token)
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

    private struct Found: Sendable {
        let account: Account
        let slot: PasswordSlot
        let keyring: [UInt8]
        let keyringVersion: UInt64
    }

    private func account(named name: [UInt8]) throws(CaseworkError) -> Found? {
        let index = try office.rows.blind(.signInName, name)
        return try office.read { reading in
            guard let stored = try reading.rows(.account, index: index, limit: 1).first else { return nil }
            let account = try office.rows.open(Account.self, stored)
            guard let slot = try reading.row(.passwordSlot, id: account.staff.bytes),
                let keyring = try reading.row(.keyring, id: account.staff.bytes)
            else { throw CaseworkError.damaged(code: "account") }
            return Found(
                account: account,
                slot: try PasswordSlot(bytes: slot.sealed),
                keyring: keyring.sealed,
                keyringVersion: UInt64(keyring.version)
            )
        }
    }

    /// The keyring, when the password opens it; for a name nobody has, the same work and nothing.
    private static func keyring(
        _ found: Found?,
        _ attempt: PasswordAttempt,
        _ name: [UInt8],
        _ office: Office
    ) throws(CaseworkError) -> Keyring? {
        let server = office.rows.keys
        do {
            guard let found else {
                let slot = try PasswordSlot.fake(for: name, server: server)
                _ = try slot.open(
                    password: attempt.password,
                    server: server,
                    owner: [UInt8](repeating: 0, count: 16)
                )
                return nil
            }
            let key = try found.slot.open(password: attempt.password, server: server, owner: found.account.staff.bytes)
            return try Keyring.open(
                found.keyring,
                under: key,
                owner: found.account.staff.bytes,
                agency: found.account.agency.bytes,
                version: found.keyringVersion
            )
        } catch .badPassword {
            return nil
        } catch {
            throw .damaged(code: "keyring")
        }
    }

    private func recordFailure(of account: Account?, request: RequestID) async throws(CaseworkError) -> Session {
        try await office.ledger.perform(
            .signIn,
            by: account?.worker(in: office.newID(SessionID.self)),
            on: .nothing,
            purpose: .accountAccess,
            request: request,
            prepare: { () throws(CaseworkError) -> Session in throw .signInFailed },
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

/// A password on its way to the thread that tries it; wiped when the attempt is over.
private final class PasswordAttempt: Sendable {
    let password: Secret
    init(password: consuming Secret) { self.password = password }
}

extension Account {
    func worker(in session: SessionID) -> Worker {
        Worker(staff: staff, agency: agency, roles: roles, teams: teams, session: session)
    }
}
