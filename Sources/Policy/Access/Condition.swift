public import Care

/// One condition of an access rule. The vocabulary is closed: `Policies/README.md` lists it, and the file is refused when
/// it uses another word.
public enum Condition: Hashable, Sendable {
    /// Nobody needs to be known; for signing in alone.
    case anyone
    /// Anybody on the staff with a live session.
    case signedIn
    case role(Role)
    /// The person stands to the subject in that way.
    case relationship(Relationship)
    /// Within the last five minutes the person showed in this session that it is still them (SECURITY section 5).
    case sessionConfirmed
    /// Person and subject belong to one organisation.
    case sameAgency
    case purpose(Purpose)
    /// The desk accepted the referral and it has not ended (DECISIONS 4).
    case packetReleased
    /// A live and valid consent covers everything that would leave (N2).
    case consentCovers
    /// Nobody was asked, life is in danger, and only the minimum would leave (N7).
    case lifeInDanger

    /// Every condition there is, in the order of the documentation. `relationship.none` is not among them: it would mean
    /// "everybody who has nothing to do with her".
    public static let all: [Condition] =
        [.anyone, .signedIn] + Role.allCases.map(Condition.role)
        + Relationship.allCases.filter { $0 != .none }.map(Condition.relationship)
        + [.sameAgency] + Purpose.allCases.map(Condition.purpose) + [
            .packetReleased, .consentCovers, .lifeInDanger, .sessionConfirmed,
        ]

    /// The word of the file.
    public var code: String {
        switch self {
        case .anyone: "anyone"
        case .signedIn: "signed_in"
        case .role(let role): "role.\(role.rawValue)"
        case .relationship(let relationship): "relationship.\(relationship.rawValue)"
        case .sameAgency: "same_agency"
        case .purpose(let purpose): "purpose.\(purpose.rawValue)"
        case .packetReleased: "referral.packet_released"
        case .consentCovers: "consent.covers"
        case .lifeInDanger: "consent.life_in_danger"
        case .sessionConfirmed: "session.confirmed"
        }
    }

    /// The condition of that word; nil for any other word.
    public init?(code: String) {
        guard let condition = Self.all.first(where: { $0.code == code }) else { return nil }
        self = condition
    }

    /// Whether the facts meet it. What is not known does not.
    func holds(for facts: Facts) -> Bool {
        switch self {
        case .anyone: true
        case .signedIn: facts.isSignedIn
        case .role(let role): facts.roles.contains(role)
        case .relationship(let relationship): facts.relationships.contains(relationship)
        case .sameAgency: facts.isSameAgency == true
        case .purpose(let purpose): facts.purpose == purpose
        case .packetReleased: facts.referralState?.releasesPacket == true
        case .consentCovers: facts.consent == .maySend
        case .lifeInDanger:
            if case .maySendToSaveLife? = facts.consent { true } else { false }
        case .sessionConfirmed: facts.isConfirmed
        }
    }

    /// What a refusal says when the condition fails.
    var refusal: Refusal.Code {
        switch self {
        case .anyone, .signedIn: .notSignedIn
        case .role: .wrongRole
        case .sameAgency: .otherAgency
        case .relationship(.receivingDesk): .notReceivingDesk
        case .relationship: .notAssigned
        case .purpose: .wrongPurpose
        case .packetReleased: .packetNotReleased
        case .consentCovers, .lifeInDanger: .consentMissing
        case .sessionConfirmed: .confirmationNeeded
        }
    }

    /// The order in which conditions are looked at: a rule that fails late came nearer than one that fails early.
    var order: Int {
        switch self {
        case .anyone, .signedIn: 0
        case .role: 1
        case .sameAgency: 2
        case .relationship: 3
        case .purpose: 4
        case .packetReleased: 5
        case .consentCovers, .lifeInDanger: 6
        // Last: nobody is asked to confirm what would be refused to them all the same.
        case .sessionConfirmed: 7
        }
    }
}
