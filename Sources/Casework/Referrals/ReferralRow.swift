import Care

/// The routing row of a referral: everything but the packet. It names no person and holds no free text.
struct ReferralRow: Codable, Sendable {
    var referral: Referral
    /// What the receiving desk sees before it accepts (DECISIONS 4).
    var routing: ReferralRouting
    let sendingTeam: TeamID
    let sendingAgency: AgencyID
}
