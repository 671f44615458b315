import Audit
public import Care
public import Foundation
import Sealing
import Store

/// What somebody does with their own account: sessions, devices, authenticator, password and recovery code. Nobody has acts on
/// the account of somebody else.
public struct AccountDesk: Sendable {
    let office: Office
    let sessions: Sessions

    /// A live session of the person.
    public struct OpenSession: Sendable {
        /// The session.
        public let id: SessionID
        /// When it began.
        public let startedAt: Date
        /// Its last request.
        public let lastUsedAt: Date
        /// Whether this very request came with it.
        public let isThisOne: Bool
    }

    /// A device that the person has signed in from and that is remembered.
    public struct Device: Sendable {
        /// 32 letters and digits by which it is taken away.
        public let id: String
        /// The sign-in that it is remembered from.
        public let firstAt: Date
        /// The last sign-in from it.
        public let lastAt: Date
        /// When it is forgotten unless it is used again.
        public let endsAt: Date
    }

    /// The account as its person sees it.
    public struct Overview: Sendable {
        /// The live sessions, the oldest first.
        public let sessions: [OpenSession]
        /// The remembered devices, the one used longest ago first.
        public let devices: [Device]
        /// Whether signing in asks for a code.
        public let hasAuthenticator: Bool
        /// When the recovery code was made; nil where there is none.
        public let recoveryMadeAt: Date?
        /// Since when the person's keys wait to be renewed, because they may be known to someone; nil where they do not.
        public let pairDueAt: Date?
    }

    /// The person's own sessions and devices, and what protects the account.
    ///
    /// - Throws: ``CaseworkError/auditUnavailable`` or ``CaseworkError/stopped``; ``CaseworkError/damaged(code:)``.
    public func overview(for signedIn: SignedIn, request: RequestID) async throws(CaseworkError) -> Overview {
        try await office.ledger.perform(
            .readAccount,
            by: signedIn.worker,
            on: .account(signedIn.worker.staff),
            purpose: .accountAccess,
            request: request,
            prepare: { () throws(CaseworkError) in },
            commit: { _, _, _, _ in },
            reveal: { _, _ throws(CaseworkError) in try overview(signedIn) }
        )
    }

    /// Ends every session of the person, this one too. They end in memory at once and always; their rows go with the entry, or
    /// at the next start.
    public func endSessions(of signedIn: SignedIn, request: RequestID) async {
        let staff = signedIn.worker.staff
        sessions.endAll(of: staff)
        do {
            try await office.ledger.perform(
                .endSessions,
                by: signedIn.worker,
                on: .account(staff),
                purpose: .accountAccess,
                request: request,
                prepare: { () throws(CaseworkError) in },
                commit: { [office] _, _, transaction, _ in
                    try transaction.deleteRows(.session, owner: office.rows.blind(.sessionsOfStaff, staff.bytes))
                },
                reveal: { _, _ throws(CaseworkError) in }
            )
        } catch {
            // As for signing out (DECISIONS 7): it is counted and recorded when the log can be written again.
            office.ledger.tally(.endSessions, purpose: .accountAccess, outcome: .permitted, rule: "recorded_late")
        }
    }

    /// Takes a device away: from now on it is a device like any other.
    ///
    /// - Throws: ``CaseworkError/notFound`` for one that is not remembered, or not for this person.
    public func revoke(device id: String, of signedIn: SignedIn, request: RequestID) async throws(CaseworkError) {
        let staff = signedIn.worker.staff
        try await office.ledger.perform(
            .revokeDevice,
            by: signedIn.worker,
            on: .account(staff),
            purpose: .accountAccess,
            request: request,
            prepare: { () throws(CaseworkError) in },
            commit: { [office] _, _, transaction, _ in
                let owner = try office.rows.blind(.devicesOfStaff, staff.bytes)
                let row = try transaction.rows(.device, owner: owner, limit: Limits.page).first {
                    office.rows.readable(DeviceRecord.self, $0)?.text == id
                }
                guard let row else { throw CaseworkError.notFound }
                try transaction.delete(.device, id: row.id)
            },
            reveal: { _, _ throws(CaseworkError) in }
        )
    }

    private func overview(_ signedIn: SignedIn) throws(CaseworkError) -> Overview {
        let staff = signedIn.worker.staff
        let now = office.time.now()
        func date(_ milliseconds: Int64) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
        return try office.read { reading in
            let devices = try reading.rows(
                .device,
                owner: office.rows.blind(.devicesOfStaff, staff.bytes),
                limit: Limits.page
            ).compactMap { office.rows.readable(DeviceRecord.self, $0) }.filter { now < $0.endsAt }
            let recovery = try reading.rows(
                .recovery,
                owner: office.rows.blind(.recoveryOfStaff, staff.bytes),
                limit: 1
            ).first.map { try office.rows.open(RecoveryRecord.self, $0) }
            let authenticator = try reading.row(.authenticator, id: staff.bytes)
                .map { try office.rows.open(AuthenticatorRecord.self, $0) }
            return Overview(
                sessions: sessions.all(of: staff, at: now).sorted { $0.startedAt < $1.startedAt }.map { live in
                    OpenSession(
                        id: live.worker.session,
                        startedAt: live.startedAt,
                        lastUsedAt: live.lastUsedAt,
                        isThisOne: live.worker.session == signedIn.worker.session
                    )
                },
                devices: devices.sorted { $0.lastAtMilliseconds < $1.lastAtMilliseconds }.map { device in
                    Device(
                        id: device.text,
                        firstAt: date(device.firstAtMilliseconds),
                        lastAt: date(device.lastAtMilliseconds),
                        endsAt: device.endsAt
                    )
                },
                hasAuthenticator: authenticator?.active != nil,
                recoveryMadeAt: recovery.map { date($0.madeAtMilliseconds) },
                pairDueAt: try office.rows.account(of: staff, in: reading)?.pairDueAtMilliseconds.map(date)
            )
        }
    }
}
