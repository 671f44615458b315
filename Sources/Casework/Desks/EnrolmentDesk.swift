import Audit
public import Care
import Foundation
import Policy
import Sealing
import Store

/// Where somebody who was invited becomes a member of the staff: a code, a sign-in name and a password that nobody else ever
/// knows. Nobody is signed in here; the code itself decides.
public struct EnrolmentDesk: Sendable {
    let office: Office
    let work: PasswordWork

    /// Who was enrolled. To begin work the person signs in.
    public struct Enrolment: Sendable {
        /// The person's handle.
        public let staff: StaffID
        /// The agency the person works for.
        public let agency: AgencyID
        /// What the person is appointed to do.
        public let roles: Set<Role>
    }

    /// Makes an account of an invitation. It works once and for seven days; the bytes of code and password are wiped.
    ///
    /// - Throws: ``CaseworkError/enrolmentFailed`` for a code that opens no invitation, which says no more;
    ///   ``CaseworkError/invalid(field:what:)`` for a name that is taken and a password that is too short, and then the
    ///   invitation stands; ``CaseworkError/busy(retryAfterSeconds:)``; ``CaseworkError/auditUnavailable`` or
    ///   ``CaseworkError/stopped``.
    public func enrol(
        code: inout [UInt8],
        name: String,
        password: inout [UInt8],
        request: RequestID
    ) async throws(CaseworkError) -> Enrolment {
        let typed = try Self.code(typed: &code)
        let secret: Secret
        do {
            secret = try Secret(moving: &password)
        } catch {
            throw .invalid(field: "/password", what: "write a password that fits into a request")
        }
        guard let typed else { throw refused() }
        return try await enrol(typed, name: name, PasswordAttempt(password: secret), request: request)
    }

    /// The same with a code that was read before.
    func enrol(
        _ code: PrintedCode,
        name: String,
        _ attempt: PasswordAttempt,
        request: RequestID
    ) async throws(CaseworkError) -> Enrolment {
        guard let found = try found(code) else { throw refused() }
        return try await office.ledger.perform(
            .enrolPerson,
            by: nil,
            on: .account(found.record.staff),
            purpose: .accountAccess,
            request: request,
            prepare: { () throws(CaseworkError) in try await rows(of: found, code, name: name, attempt) },
            commit: { [office] rows, _, transaction, notes in
                // The disk is written in the time of the invitation or not at all, and once.
                guard !found.record.hasEnded(at: office.time.now()),
                    try transaction.version(.invitation, id: found.id) == found.version
                else { throw CaseworkError.enrolmentFailed }
                try rows.checkName(in: transaction)
                try transaction.delete(.invitation, id: found.id)
                try transaction.put(rows.account, expecting: nil)
                try transaction.put(rows.slot, expecting: nil)
                try transaction.put(rows.keyring, expecting: found.keyring.version)
                try office.endInvitations(in: transaction)
                notes.envelopeDigest = try Digest.sha256(rows.account.sealed, rows.slot.sealed, rows.keyring.sealed)
            },
            reveal: { _, _ throws(CaseworkError) in
                Enrolment(staff: found.record.staff, agency: found.record.agency, roles: found.record.roles)
            }
        )
    }

    // MARK: - What a code opens

    private struct Found: Sendable {
        let id: [UInt8]
        let version: Int
        let record: InvitationRecord
        let keyring: StoredRow
    }

    private struct Rows: Sendable {
        let account: StoredRow
        let slot: StoredRow
        let keyring: StoredRow

        /// Of two people with one name, one could never sign in.
        func checkName(in reading: borrowing some RowReading & ~Copyable) throws {
            guard try reading.rows(.account, index: account.index ?? [], limit: 1).isEmpty else {
                throw CaseworkError.invalid(field: "/name", what: "write a sign-in name that nobody has yet")
            }
        }
    }

    /// The code of typed characters, which are wiped; nil when they are none.
    private static func code(typed: inout [UInt8]) throws(CaseworkError) -> PrintedCode? {
        defer { Secret.wipe(&typed) }
        do {
            return try PrintedCode(.invitation, typed: typed)
        } catch .badCode {
            return nil
        } catch {
            throw .damaged(code: "code")
        }
    }

    /// The invitation that a code opens; nil for one that is used, has ended or never was.
    private func found(_ code: PrintedCode) throws(CaseworkError) -> Found? {
        try office.read { reading in
            guard let row = try reading.row(.invitation, id: code.digest) else { return nil }
            let record = try office.rows.open(InvitationRecord.self, row)
            guard !record.hasEnded(at: office.time.now()) else { return nil }
            guard let keyring = try reading.row(.keyring, id: record.staff.bytes) else {
                throw CaseworkError.damaged(code: "invitation")
            }
            return Found(id: row.id, version: row.version, record: record, keyring: keyring)
        }
    }

    /// Account, slot and keyring of the person. The keyring gets a new key of its own, so that the code on paper and what a
    /// disk may still hold of the invitation do not open what is written from now on.
    private func rows(
        of found: Found,
        _ code: PrintedCode,
        name: String,
        _ attempt: PasswordAttempt
    ) async throws(CaseworkError) -> Rows {
        let name = SignInDesk.normalized(name)
        guard (1...Limits.signInNameBytes).contains(name.count) else {
            throw .invalid(field: "/name", what: "write a sign-in name of at most \(Limits.signInNameBytes) bytes")
        }
        guard attempt.characters >= Limits.passwordCharacters else {
            throw .invalid(field: "/password", what: "write at least \(Limits.passwordCharacters) characters")
        }
        let record = found.record
        let account = try office.rows.row(
            Account(
                staff: record.staff,
                agency: record.agency,
                roles: record.roles,
                teams: record.teams,
                waitsFor: record.waitsFor
            ),
            .account,
            id: record.staff.bytes,
            index: office.rows.blind(.signInName, name)
        )
        let server = office.rows.keys
        let version = found.keyring.version + 1
        let (slot, keyring) = try await work.run { () throws(CaseworkError) -> ([UInt8], [UInt8]) in
            try sealing("invitation") { () throws(SealingError) in
                let owner = record.staff.bytes
                let keyring = try Keyring.open(
                    found.keyring.sealed,
                    under: CodeSlot(bytes: record.slot).open(code: code, server: server, owner: owner),
                    owner: owner,
                    agency: record.agency.bytes,
                    version: UInt64(found.keyring.version)
                )
                let key = try Secret.random(32)
                let slot = try PasswordSlot.create(
                    password: attempt.password,
                    keyringKey: key,
                    server: server,
                    cost: server.passwordCost,
                    owner: owner
                )
                return (slot.bytes, try keyring.seal(under: key, version: UInt64(version)))
            }
        }
        return Rows(
            account: account,
            slot: StoredRow(kind: .passwordSlot, id: record.staff.bytes, version: 1, sealed: slot),
            keyring: StoredRow(kind: .keyring, id: record.staff.bytes, version: version, sealed: keyring)
        )
    }

    /// Counted, not recorded one by one: with no invitation behind it, anybody could fill the log (SECURITY section 6).
    private func refused() -> CaseworkError {
        office.ledger.tally(.enrolPerson, purpose: .accountAccess, outcome: .denied, rule: "no_invitation")
        return .enrolmentFailed
    }
}
