public import Directory

/// What of a case a consent is judged by (N4–N7). Made of the case as it stands now: a caregiver who is accused today
/// makes yesterday's consent void (N5).
public struct ConsentCircumstances: Hashable, Sendable {
    /// Nil: not on file.
    public let age: Age?
    /// Tokens of everybody accused.
    public let accusedParties: Set<PartyID>
    /// Whether a caregiver is accused.
    public let hasAccusedCaregiver: Bool
    /// Tokens of caregivers known to be safe.
    public let safeCaregivers: Set<PartyID>
    /// Whether she declined this service (F8).
    public let isDeclined: Bool
    /// Whether her life is in danger (N7).
    public let isLifeInDanger: Bool
    /// The age in years from which the country lets young people consent for themselves; nil where its profile is silent.
    public let ownConsentFromAge: Int?

    /// Circumstances of one need of a case.
    public init(
        age: Age?,
        conflicts: ConflictFacts,
        isDeclined: Bool,
        isLifeInDanger: Bool,
        ownConsentFromAge: Int? = nil
    ) {
        self.age = age
        self.accusedParties = conflicts.accusedParties
        self.hasAccusedCaregiver = conflicts.hasAccusedCaregiver
        self.safeCaregivers = conflicts.safeCaregivers
        self.isDeclined = isDeclined
        self.isLifeInDanger = isLifeInDanger
        self.ownConsentFromAge = ownConsentFromAge
    }
}
