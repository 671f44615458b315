import Care
import Foundation
import Sealing
import Store

/// What stands in the store of a person's password: the slot and the keyring that it opens.
struct PasswordRows: Sendable {
    let account: Account
    let slot: StoredRow
    let keyring: StoredRow
}

/// A keyring under a new key, and the slot of a new password for it. The old password, an old recovery code and whatever a disk
/// or a backup still holds of them do not open what is written from then on.
struct NewPassword: Sendable {
    let staff: StaffID
    private let slot: StoredRow
    private let keyring: StoredRow
    private let old: PasswordRows
    /// The recovery code that goes with the new key, where there is to be one.
    let recovery: NewRecovery?

    /// SHA-256 over what is written, for the entry.
    var digest: [UInt8] { get throws(SealingError) { try Digest.sha256(slot.sealed, keyring.sealed) } }

    /// Makes both; it takes as long as a sign-in, and belongs on the threads for that.
    init(
        _ attempt: PasswordAttempt,
        for opened: Keyring,
        replacing old: PasswordRows,
        withRecovery: Bool,
        _ office: Office
    ) throws(CaseworkError) {
        let server = office.rows.keys
        let owner = old.account.staff.bytes
        let version = old.keyring.version + 1
        let key = try sealing("password") { () throws(SealingError) in try Secret.random(32) }
        do {
            slot = StoredRow(
                kind: .passwordSlot,
                id: owner,
                version: old.slot.version + 1,
                sealed: try PasswordSlot.create(
                    password: attempt.password,
                    keyringKey: key,
                    server: server,
                    cost: server.passwordCost,
                    owner: owner
                ).bytes
            )
            keyring = StoredRow(
                kind: .keyring,
                id: owner,
                version: version,
                sealed: try opened.seal(under: key, version: UInt64(version))
            )
        } catch {
            throw .damaged(code: "password")
        }
        self.staff = old.account.staff
        self.old = old
        self.recovery = withRecovery ? try office.newRecovery(of: old.account.staff, keyringKey: key) : nil
    }

    /// Writes slot, keyring and recovery code in the place of the old ones.
    ///
    /// - Throws: `StoreError.conflict` when either was changed since it was opened.
    func put(_ office: Office, in transaction: borrowing Transaction) throws {
        try transaction.put(slot, expecting: old.slot.version)
        try transaction.put(keyring, expecting: old.keyring.version)
        try office.replaceRecovery(of: staff, with: recovery, in: transaction)
    }
}

extension Office {
    /// What stands of a person's password; nil where there is no account.
    func passwordRows(of staff: StaffID) throws(CaseworkError) -> PasswordRows? {
        try read { reading in
            guard let account = try rows.account(of: staff, in: reading) else { return nil }
            guard let slot = try reading.row(.passwordSlot, id: staff.bytes),
                let keyring = try reading.row(.keyring, id: staff.bytes)
            else { throw CaseworkError.damaged(code: "account") }
            return PasswordRows(account: account, slot: slot, keyring: keyring)
        }
    }

    /// The keyring and its key, when the password opens them; nil when it does not. It takes as long as a sign-in.
    static func unlock(
        _ found: PasswordRows,
        _ attempt: PasswordAttempt,
        _ server: ServerKeys
    ) throws(CaseworkError) -> Keyring? {
        guard let key = try keyringKey(found, attempt, server) else { return nil }
        do {
            return try found.open(under: key)
        } catch {
            throw .damaged(code: "keyring")
        }
    }

    /// The key of the keyring, when the password opens it; nil when it does not. It takes as long as a sign-in.
    static func keyringKey(
        _ found: PasswordRows,
        _ attempt: PasswordAttempt,
        _ server: ServerKeys
    ) throws(CaseworkError) -> Secret? {
        do {
            return try PasswordSlot(bytes: found.slot.sealed)
                .open(password: attempt.password, server: server, owner: found.account.staff.bytes)
        } catch .badPassword {
            return nil
        } catch {
            throw .damaged(code: "keyring")
        }
    }
}

extension PasswordRows {
    /// The keyring under its key.
    func open(under key: borrowing Secret) throws(SealingError) -> Keyring {
        try Keyring.open(
            keyring.sealed,
            under: key,
            owner: account.staff.bytes,
            agency: account.agency.bytes,
            version: UInt64(keyring.version)
        )
    }
}

extension PasswordAttempt {
    /// Refuses a password that is too short or that everybody tries first. There are no rules about kinds of characters
    /// (NIST SP 800-63B-4, section 3.1.1.2).
    func check(at field: String) throws(CaseworkError) {
        guard characters >= Limits.passwordCharacters else {
            throw .invalid(field: field, what: "write at least \(Limits.passwordCharacters) characters")
        }
        guard !isCommon else {
            throw .invalid(field: field, what: "write one that is not made of common words, runs or repeats")
        }
    }
}
