import Audit
public import Care
import Foundation
import Sealing
import Store

/// Where somebody whose password is lost sets a new one with the recovery code. Nobody is signed in here; the code decides, and
/// beside it the authenticator of whoever has one.
public struct RecoveryDesk: Sendable {
    let office: Office
    let sessions: Sessions

    /// What a recovery gives.
    public struct Recovered: Sendable {
        /// Whose account it is.
        public let staff: StaffID
        /// The characters of the recovery code in the place of the used one, to be shown once and wiped.
        public let code: [UInt8]
    }

    /// Sets a new password. The code works once; all sessions end, and the wrong tries of the name are forgotten. Code and
    /// password are wiped.
    ///
    /// - Throws: ``CaseworkError/recoveryFailed``, which says no more; ``CaseworkError/invalid(field:what:)`` for a password that
    ///   is too short or too common, and then the code still works; ``CaseworkError/tooManyFailures(retryAfterSeconds:)``;
    ///   ``CaseworkError/busy(retryAfterSeconds:)``; ``CaseworkError/auditUnavailable`` or ``CaseworkError/stopped``.
    public func recover(
        code typed: inout [UInt8],
        authenticatorCode: [UInt8]? = nil,
        password: inout [UInt8],
        request: RequestID
    ) async throws(CaseworkError) -> Recovered {
        let wanted = PasswordAttempt(moving: &password)
        guard let code = try Self.code(typed: &typed), let found = try found(code) else {
            // Counted, not recorded one by one: with no code behind it, anybody could fill the log (SECURITY section 6).
            office.ledger.tally(.useRecoveryCode, purpose: .accountAccess, outcome: .denied, rule: "no_recovery_code")
            throw .recoveryFailed
        }
        let staff = found.record.staff
        let tries = try office.wrongTries(.recovery(code.digest))
        return try await office.ledger.perform(
            .useRecoveryCode,
            by: nil,
            on: .account(staff),
            purpose: .accountAccess,
            request: request,
            refusing: { [office] error, transaction in
                guard error == .recoveryFailed else { return error }
                return try office.refuse(tries, as: error, in: transaction)
            },
            prepare: { () throws(CaseworkError) -> Prepared in
                if let refusal = tries.refusal(at: office.time.now()) { throw refusal }
                guard let wanted else { throw .invalid(field: "/password", what: "write one that fits into a request") }
                try wanted.check(at: "/password")
                return try await prepare(wanted, code, found, authenticatorCode)
            },
            commit: { [office] prepared, _, transaction, notes in
                try office.forget(tries, in: transaction)
                guard try transaction.version(.recovery, id: code.digest) == found.version else {
                    throw CaseworkError.recoveryFailed
                }
                try office.keep(prepared.state, in: transaction, orThrow: .recoveryFailed)
                try prepared.made.put(office, in: transaction)
                try transaction.deleteRows(.session, owner: office.rows.blind(.sessionsOfStaff, staff.bytes))
                if let name = prepared.name, try transaction.version(.wrongTries, id: name) != nil {
                    try transaction.delete(.wrongTries, id: name)
                }
                notes.envelopeDigest = try prepared.made.digest
            },
            reveal: { prepared, _ throws(CaseworkError) in
                sessions.endAll(of: staff)
                guard let new = prepared.made.recovery else { throw CaseworkError.damaged(code: "recovery") }
                return Recovered(staff: staff, code: new.code.text())
            }
        )
    }

    // MARK: - What a code opens

    private struct Found: Sendable {
        let version: Int
        let record: RecoveryRecord
    }

    private struct Prepared: Sendable {
        let made: NewPassword
        let state: AuthenticatorState
        /// Where the wrong tries of the person's name are counted.
        let name: [UInt8]?
    }

    private static func code(typed: inout [UInt8]) throws(CaseworkError) -> PrintedCode? {
        defer { Secret.wipe(&typed) }
        do {
            return try PrintedCode(.recovery, typed: typed)
        } catch .badCode {
            return nil
        } catch {
            throw .damaged(code: "code")
        }
    }

    private func found(_ code: PrintedCode) throws(CaseworkError) -> Found? {
        try office.read { reading in
            guard let row = try reading.row(.recovery, id: code.digest) else { return nil }
            return Found(version: row.version, record: try office.rows.open(RecoveryRecord.self, row))
        }
    }

    private func prepare(
        _ wanted: PasswordAttempt,
        _ code: PrintedCode,
        _ found: Found,
        _ authenticatorCode: [UInt8]?
    ) async throws(CaseworkError) -> Prepared {
        let staff = found.record.staff
        guard let rows = try office.passwordRows(of: staff) else { throw .recoveryFailed }
        let server = office.rows.keys
        let keyring: Keyring
        do {
            let key = try CodeSlot(bytes: found.record.slot).open(code: code, server: server, owner: staff.bytes)
            keyring = try rows.open(under: key)
        } catch {
            throw .damaged(code: "recovery")
        }
        let before = try office.authenticator(of: staff)
        guard let state = try office.taking(authenticatorCode, before, with: keyring) else { throw .recoveryFailed }
        let made = try await sessions.work.run { [office] () throws(CaseworkError) -> NewPassword in
            try NewPassword(wanted, for: keyring, replacing: rows, withRecovery: true, office)
        }
        let index = try office.read { try $0.row(.account, id: staff.bytes) }?.index
        let name: [UInt8]? = if let index { try office.wrongTries(.name(index)).id } else { nil }
        return Prepared(made: made, state: state, name: name)
    }
}
