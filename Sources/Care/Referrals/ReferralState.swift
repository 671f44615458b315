/// Where a referral stands (X2).
///
/// A receiver may complete from `accepted` onward: small desks do not record each middle step, and a loop that is closed
/// late is worse than one that skips a stage. A desk may decline until she has been seen, because some reasons (a safety
/// conflict, missing facts) show only in the packet that acceptance releases.
public enum ReferralState: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case draft
    /// All gates passed; nothing has left.
    case ready
    case sent
    case received
    case accepted
    case scheduled
    case attended
    case serviceStarted = "service_started"
    case completed
    case declined
    case noShow = "no_show"
    case unreachable
    /// Stopped by the survivor.
    case withdrawn
    /// Stopped by the sender or with the consent.
    case revoked
    /// No answer in time.
    case expired
    /// Given up in favour of another service.
    case rematch

    /// Nothing can follow.
    public var isEnded: Bool {
        switch self {
        case .completed, .withdrawn, .revoked, .rematch: true
        default: false
        }
    }

    /// The desk has it and has not answered.
    public var isWaiting: Bool { self == .sent || self == .received }

    /// The receiving desk may open the packet: from acceptance until the referral ends one way or the other (DECISIONS
    /// 4, N8). Afterwards the desk works with its own record.
    public var releasesPacket: Bool {
        switch self {
        case .accepted, .scheduled, .attended, .serviceStarted, .noShow, .unreachable: true
        default: false
        }
    }

    /// The state after a step; nil where the step is wrong.
    public func after(_ step: ReferralStep.Name) -> ReferralState? {
        switch (step, self) {
        case (.makeReady, .draft): .ready
        case (.send, .ready): .sent
        case (.receive, .sent): .received
        case (.accept, .sent), (.accept, .received): .accepted
        case (.decline, .sent), (.decline, .received), (.decline, .accepted), (.decline, .scheduled): .declined
        // A new appointment replaces the last one, also after she could not come or could not be reached.
        case (.schedule, .accepted), (.schedule, .scheduled), (.schedule, .noShow), (.schedule, .unreachable):
            .scheduled
        case (.attend, .accepted), (.attend, .scheduled), (.attend, .noShow), (.attend, .unreachable): .attended
        case (.startService, .accepted), (.startService, .scheduled), (.startService, .attended): .serviceStarted
        case (.complete, .accepted), (.complete, .scheduled), (.complete, .attended), (.complete, .serviceStarted):
            .completed
        case (.noShow, .accepted), (.noShow, .scheduled): .noShow
        case (.unreachable, .accepted), (.unreachable, .scheduled), (.unreachable, .noShow): .unreachable
        case (.expire, .sent), (.expire, .received): .expired
        case (.rematch, .declined), (.rematch, .expired), (.rematch, .noShow), (.rematch, .unreachable): .rematch
        // Also from declined and expired: a re-offer may be under way (DECISIONS 5), and it must be possible to stop it.
        case (.withdraw, let state) where !state.isEnded: .withdrawn
        case (.revoke, let state) where !state.isEnded: .revoked
        default: nil
        }
    }
}
