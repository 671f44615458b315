public import Care
public import Foundation

/// Somebody who is signed in, as far as decisions need to know: ids and roles, no name and no key.
public struct Worker: Sendable, Hashable {
    /// The person.
    public let staff: StaffID
    /// The agency the person works for.
    public let agency: AgencyID
    /// Every role the person holds.
    public let roles: Set<Role>
    /// The teams and desks the person is a member of.
    public let teams: Set<TeamID>
    /// The sign-in session.
    public let session: SessionID
    /// When the person last confirmed this session, nil before the first time.
    public let confirmedAt: Date?

    /// Whether the confirmation still stands. A clock that was set back behind it ends it too.
    func isConfirmed(at now: Date) -> Bool {
        guard let confirmedAt else { return false }
        return confirmedAt <= now && now.timeIntervalSince(confirmedAt) < Limits.confirmationSeconds
    }
}
