import Care
import Foundation
import Sealing
import Store

/// A person's authenticator; sealed under the routing key, the secrets in it once more under the person's keyring.
struct AuthenticatorRecord: Codable, Sendable {
    /// A secret that was confirmed with a code.
    struct Active: Codable, Sendable {
        let sealed: [UInt8]
        /// The number of the writing of the secret, part of what opens it.
        let number: Int
        /// The step of the last code that was taken: none of this step or an earlier one is taken again (RFC 6238, section 5.2).
        var lastStep: UInt64

        enum CodingKeys: String, CodingKey {
            case sealed, number
            case lastStep = "last_step"
        }
    }

    /// A secret that waits for its first code.
    struct Offered: Codable, Sendable {
        let sealed: [UInt8]
        let number: Int
        let endsAtMilliseconds: Int64

        enum CodingKeys: String, CodingKey {
            case sealed, number
            case endsAtMilliseconds = "ends_at"
        }
    }

    var active: Active?
    var offered: Offered?
}

/// A person's authenticator as it stood when a code was asked for, and with the code that was given.
struct AuthenticatorState: Sendable {
    let staff: StaffID
    /// The row's version, 0 while there is none.
    let version: Int
    var record: AuthenticatorRecord

    var isActive: Bool { record.active != nil }
}

extension Office {
    /// A person's authenticator as it stands.
    func authenticator(of staff: StaffID) throws(CaseworkError) -> AuthenticatorState {
        try read { reading in
            guard let row = try reading.row(.authenticator, id: staff.bytes) else {
                return AuthenticatorState(staff: staff, version: 0, record: AuthenticatorRecord())
            }
            let record = try rows.open(AuthenticatorRecord.self, row)
            return AuthenticatorState(staff: staff, version: row.version, record: record)
        }
    }

    /// The state after a code was taken; nil when it is none that may be taken. Whoever has no authenticator needs no code.
    func taking(
        _ code: [UInt8]?,
        _ state: AuthenticatorState,
        with keyring: Keyring
    ) throws(CaseworkError) -> AuthenticatorState? {
        guard var active = state.record.active else { return state }
        guard let code else { return nil }
        do {
            let secret = try AuthenticatorSecret.open(
                active.sealed,
                under: keyring.authenticatorKey(),
                owner: state.staff.bytes,
                version: UInt64(active.number)
            )
            active.lastStep = try secret.accept(code, at: time.now(), after: active.lastStep)
        } catch .badOneTimeCode {
            return nil
        } catch {
            throw .damaged(code: "authenticator")
        }
        var state = state
        state.record.active = active
        return state
    }

    /// Writes the step of the code in the commit of the entry. Of two requests with one code the second finds the row changed;
    /// so does one that began before the person had an authenticator.
    ///
    /// - Throws: the error given when the row is not as it was read.
    func keep(
        _ state: AuthenticatorState,
        in transaction: borrowing Transaction,
        orThrow error: CaseworkError
    ) throws {
        guard try transaction.version(.authenticator, id: state.staff.bytes) ?? 0 == state.version else { throw error }
        guard state.isActive else { return }
        try put(state, in: transaction)
    }

    /// Writes the state over the version that was read.
    func put(_ state: AuthenticatorState, in transaction: borrowing Transaction) throws {
        let row = try rows.row(state.record, .authenticator, id: state.staff.bytes, version: state.version + 1)
        try transaction.put(row, expecting: state.version == 0 ? nil : state.version)
    }
}
