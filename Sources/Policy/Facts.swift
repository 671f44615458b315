public import Care

/// Everything a decision may look at: who asks, what for, and how they stand to the subject. Gathered inside the
/// transaction that the act commits in; a fact that is not given never speaks for the asker.
public struct Facts: Hashable, Sendable {
    /// What is asked for.
    public let act: Act
    /// Why.
    public let purpose: Purpose
    /// Whether there is a live session.
    public let isSignedIn: Bool
    /// Whether this person is locked out of the subject: named by the survivor, accused, or suspended (DECISIONS 6).
    public let isBarred: Bool
    /// The roles this person is appointed to.
    public let roles: Set<Role>
    /// How this person stands to the case or referral; several may hold at once, and `none` is no relationship.
    public let relationships: Set<Relationship>
    /// Whether person and subject belong to one organisation; nil where the act has no subject.
    public let isSameAgency: Bool?
    /// Where the referral stands; nil where the act is not about one.
    public let referralState: ReferralState?
    /// What the consent rules say about the sending; nil where nothing is sent.
    public let consent: ConsentVerdict?
    /// Whether the person showed within the last five minutes, in this session, that it is still them.
    public let isConfirmed: Bool

    /// The facts of one act. Whether the person is barred has no default: it must have been looked up.
    public init(
        act: Act,
        purpose: Purpose,
        isSignedIn: Bool,
        isBarred: Bool,
        roles: Set<Role>,
        relationships: Set<Relationship> = [],
        isSameAgency: Bool? = nil,
        referralState: ReferralState? = nil,
        consent: ConsentVerdict? = nil,
        isConfirmed: Bool = false
    ) {
        self.act = act
        self.purpose = purpose
        self.isSignedIn = isSignedIn
        self.isBarred = isBarred
        self.roles = roles
        self.relationships = relationships.subtracting([.none])
        self.isSameAgency = isSameAgency
        self.referralState = referralState
        self.consent = consent
        self.isConfirmed = isConfirmed
    }
}
