public import Care
import Foundation
import Sealing
import Store

extension AccountDesk {
    /// Changes the password. The keyring gets a new key, every other session ends, and where there was a recovery code there is a
    /// new one, because the old one opens nothing any more. Both passwords are wiped.
    ///
    /// - Returns: the characters of the new recovery code, to be shown once and wiped; nil where there was none.
    /// - Throws: ``CaseworkError/confirmationFailed`` for a wrong old password; ``CaseworkError/invalid(field:what:)`` for a
    ///   new one that is too short or too common; ``CaseworkError/tooManyFailures(retryAfterSeconds:)``;
    ///   ``CaseworkError/confirmationNeeded``; ``CaseworkError/busy(retryAfterSeconds:)``.
    public func changePassword(
        from old: inout [UInt8],
        to new: inout [UInt8],
        of signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> [UInt8]? {
        try await relock(.changePassword, from: &old, to: &new, of: signedIn, request: request) { _, _, _ in }
    }

    /// "It may be known to someone": everything that lets the person in is made anew or goes. The password changes, the keyring
    /// gets a new key, all sessions end, also this one, all devices are forgotten, authenticator and recovery code go and are to
    /// be made again, and the person's pair of keys is marked to be renewed: whoever has copied the old keyring still holds its
    /// keys until a ceremony has signed new ones. Both passwords are wiped.
    ///
    /// - Throws: as ``changePassword(from:to:of:request:)``.
    public func reportExposure(
        from old: inout [UInt8],
        to new: inout [UInt8],
        of signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) {
        let staff = signedIn.worker.staff
        _ = try await relock(.reportExposure, from: &old, to: &new, of: signedIn, request: request) {
            office,
            transaction,
            _ in
            try transaction.deleteRows(.device, owner: office.rows.blind(.devicesOfStaff, staff.bytes))
            if try transaction.version(.authenticator, id: staff.bytes) != nil {
                try transaction.delete(.authenticator, id: staff.bytes)
            }
            guard let stored = try transaction.row(.account, id: staff.bytes) else { throw CaseworkError.stale }
            var account = try office.rows.open(Account.self, stored)
            account.pairDueAtMilliseconds =
                account.pairDueAtMilliseconds ?? Int64(office.time.now().timeIntervalSince1970 * 1000)
            let row = try office.rows.row(
                account,
                .account,
                id: stored.id,
                owner: stored.owner,
                index: stored.index,
                version: stored.version + 1
            )
            try transaction.put(row, expecting: stored.version)
        }
    }

    /// Makes a recovery code in the place of the one before. It opens the keyring once, with a new password; it is shown once and
    /// stored nowhere; wipe its characters then. The password is asked for because only what it opens can be locked a second time; it is wiped.
    ///
    /// - Throws: ``CaseworkError/confirmationFailed`` for a wrong password; ``CaseworkError/confirmationNeeded``;
    ///   ``CaseworkError/tooManyFailures(retryAfterSeconds:)``; ``CaseworkError/busy(retryAfterSeconds:)``.
    public func makeRecoveryCode(
        password: inout [UInt8],
        of signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> [UInt8] {
        let attempt = PasswordAttempt(moving: &password)
        let staff = signedIn.worker.staff
        let tries = try office.wrongTries(.confirmation(staff))
        return try await office.ledger.perform(
            .makeRecoveryCode,
            by: signedIn.worker,
            on: .account(staff),
            purpose: .accountAccess,
            request: request,
            refusing: counting(tries),
            prepare: { () throws(CaseworkError) -> (rows: PasswordRows, new: NewRecovery) in
                if let refusal = tries.refusal(at: office.time.now()) { throw refusal }
                guard let attempt, let found = try office.passwordRows(of: staff) else { throw .confirmationFailed }
                let new = try await sessions.work.run { [office] () throws(CaseworkError) -> NewRecovery? in
                    guard let key = try Office.keyringKey(found, attempt, office.rows.keys) else { return nil }
                    return try office.newRecovery(of: staff, keyringKey: key)
                }
                guard let new else { throw .confirmationFailed }
                return (found, new)
            },
            commit: { [office] prepared, _, transaction, _ in
                try office.forget(tries, in: transaction)
                // A code for a key that was changed meanwhile would open nothing.
                guard try transaction.version(.passwordSlot, id: staff.bytes) == prepared.rows.slot.version else {
                    throw CaseworkError.stale
                }
                try office.replaceRecovery(of: staff, with: prepared.new, in: transaction)
            },
            reveal: { prepared, _ throws(CaseworkError) in prepared.new.code.text() }
        )
    }

    private func relock(
        _ act: Act,
        from old: inout [UInt8],
        to new: inout [UInt8],
        of signedIn: SignedIn,
        request: RequestID,
        writing write: @escaping @Sendable (Office, borrowing Transaction, NewPassword) throws -> Void
    ) async throws(CaseworkError) -> [UInt8]? {
        let attempt = PasswordAttempt(moving: &old)
        let wanted = PasswordAttempt(moving: &new)
        let staff = signedIn.worker.staff
        let keepsThisSession = act == .changePassword
        let tries = try office.wrongTries(.confirmation(staff))
        return try await office.ledger.perform(
            act,
            by: signedIn.worker,
            on: .account(staff),
            purpose: .accountAccess,
            request: request,
            refusing: counting(tries),
            prepare: { () throws(CaseworkError) -> NewPassword in
                if let refusal = tries.refusal(at: office.time.now()) { throw refusal }
                guard let wanted else {
                    throw .invalid(field: "/new_password", what: "write one that fits into a request")
                }
                try wanted.check(at: "/new_password")
                guard let attempt, let found = try office.passwordRows(of: staff) else { throw .confirmationFailed }
                let withRecovery = keepsThisSession ? try hasRecovery(staff) : false
                let made = try await sessions.work.run { [office] () throws(CaseworkError) -> NewPassword? in
                    guard let keyring = try Office.unlock(found, attempt, office.rows.keys) else { return nil }
                    return try NewPassword(wanted, for: keyring, replacing: found, withRecovery: withRecovery, office)
                }
                guard let made else { throw .confirmationFailed }
                return made
            },
            commit: { [office] made, _, transaction, notes in
                try office.forget(tries, in: transaction)
                try made.put(office, in: transaction)
                for row in try transaction.rows(
                    .session,
                    owner: office.rows.blind(.sessionsOfStaff, staff.bytes),
                    limit: Limits.page
                ) where !keepsThisSession || row.id != signedIn.digest {
                    try transaction.delete(.session, id: row.id)
                }
                try write(office, transaction, made)
                notes.envelopeDigest = try made.digest
            },
            reveal: { made, _ throws(CaseworkError) in
                sessions.endAll(of: staff, except: keepsThisSession ? signedIn.digest : nil)
                return made.recovery?.code.text()
            }
        )
    }

    private func hasRecovery(_ staff: StaffID) throws(CaseworkError) -> Bool {
        try office.read { reading in
            try reading.count(.recovery, owner: office.rows.blind(.recoveryOfStaff, staff.bytes)) > 0
        }
    }

    private func counting(
        _ tries: WrongTries
    ) -> @Sendable (CaseworkError, borrowing Transaction) throws -> CaseworkError {
        { [office] error, transaction in
            guard error == .confirmationFailed else { return error }
            return try office.refuse(tries, as: error, in: transaction)
        }
    }
}
