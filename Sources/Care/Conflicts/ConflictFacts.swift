public import Directory

/// Whom and what to keep away from her: the conflicts compartment of a case (D4, F4, F5). Content, never a routing fact
/// (DECISIONS 14), and never shown to people outside the case.
public struct ConflictFacts: Hashable, Sendable {
    /// Everybody accused, each once.
    public let allegedPerpetrators: [AllegedPerpetrator]
    /// Whether a caregiver is an alleged perpetrator; asked at intake (C2).
    public let caregiverIsAccused: Answer
    /// Whether another member of the household is.
    public let householdMemberIsAccused: Answer
    /// Caregivers known to be safe, by token: one safe parent is enough for a consent (N5).
    public let safeCaregivers: Set<PartyID>
    /// States she fears.
    public let fearedStates: Set<CountryCode>
    /// Organisations she asked to avoid; no reason is needed (F4).
    public let avoidedOrganizations: Set<OrganizationID>
    /// Places she asked to avoid.
    public let avoidedPlaces: Set<PlaceID>
    /// Staff whom she asked to keep out; accused staff are barred without being listed again.
    public let avoidedStaff: Set<StaffID>

    /// What stands on file; a question that was not asked is no clearance.
    ///
    /// - Throws: `CareError.invalid` for a token out of bounds, a person listed twice, or a caregiver listed both as safe
    ///   and as accused.
    public init(
        allegedPerpetrators: [AllegedPerpetrator] = [],
        caregiverIsAccused: Answer = .notAsked,
        householdMemberIsAccused: Answer = .notAsked,
        safeCaregivers: Set<PartyID> = [],
        fearedStates: Set<CountryCode> = [],
        avoidedOrganizations: Set<OrganizationID> = [],
        avoidedPlaces: Set<PlaceID> = [],
        avoidedStaff: Set<StaffID> = []
    ) throws(CareError) {
        try Limits.count(allegedPerpetrators.count, "conflicts.alleged_perpetrators", atMost: Limits.manyEntries)
        let accused = Set(allegedPerpetrators.map(\.party))
        guard accused.count == allegedPerpetrators.count else {
            throw .invalid(field: "conflicts.alleged_perpetrators", write: "each person once")
        }
        try Limits.slugs(safeCaregivers, "conflicts.safe_caregivers")
        guard accused.isDisjoint(with: safeCaregivers) else {
            throw .invalid(field: "conflicts.safe_caregivers", write: "only caregivers who are not accused")
        }
        try Limits.slugs(avoidedOrganizations, "conflicts.avoided_organizations")
        try Limits.slugs(avoidedPlaces, "conflicts.avoided_places")
        try Limits.count(avoidedStaff.count, "conflicts.avoided_staff", atMost: Limits.manyEntries)
        try Limits.count(fearedStates.count, "conflicts.feared_states", atMost: Limits.manyEntries)
        self.allegedPerpetrators = allegedPerpetrators
        self.caregiverIsAccused = caregiverIsAccused
        self.householdMemberIsAccused = householdMemberIsAccused
        self.safeCaregivers = safeCaregivers
        self.fearedStates = fearedStates
        self.avoidedOrganizations = avoidedOrganizations
        self.avoidedPlaces = avoidedPlaces
        self.avoidedStaff = avoidedStaff
    }

    /// Everybody accused, by token.
    public var accusedParties: Set<PartyID> { Set(allegedPerpetrators.map(\.party)) }

    /// Organisations tied to anybody accused.
    public var accusedOrganizations: Set<OrganizationID> {
        allegedPerpetrators.reduce(into: []) { $0.formUnion($1.organizations) }
    }

    /// Places tied to anybody accused.
    public var accusedPlaces: Set<PlaceID> { allegedPerpetrators.reduce(into: []) { $0.formUnion($1.places) } }

    /// Whether a caregiver is accused, by the answer at intake or by a person on file.
    public var hasAccusedCaregiver: Bool {
        caregiverIsAccused == .yes || allegedPerpetrators.contains(where: \.isCaregiver)
    }

    /// Staff who are locked out of the case: those she asked to keep out and those accused (DECISIONS 6).
    public var barredStaff: Set<StaffID> { avoidedStaff.union(allegedPerpetrators.compactMap(\.staff)) }

    /// The same facts with more staff to keep out.
    ///
    /// - Throws: `CareError.invalid` for too many.
    public func avoiding(_ staff: Set<StaffID>) throws(CareError) -> ConflictFacts {
        try ConflictFacts(
            allegedPerpetrators: allegedPerpetrators,
            caregiverIsAccused: caregiverIsAccused,
            householdMemberIsAccused: householdMemberIsAccused,
            safeCaregivers: safeCaregivers,
            fearedStates: fearedStates,
            avoidedOrganizations: avoidedOrganizations,
            avoidedPlaces: avoidedPlaces,
            avoidedStaff: avoidedStaff.union(staff)
        )
    }

    /// Whether the case goes to persons instead of the team, because a colleague is barred (DECISIONS 6).
    public var makesCaseRestricted: Bool { !barredStaff.isEmpty }
}

extension ConflictFacts: Codable {
    private enum CodingKeys: String, CodingKey {
        case allegedPerpetrators = "alleged_perpetrators"
        case caregiverIsAccused = "caregiver_is_accused"
        case householdMemberIsAccused = "household_member_is_accused"
        case safeCaregivers = "safe_caregivers"
        case fearedStates = "feared_states"
        case avoidedOrganizations = "avoided_organizations"
        case avoidedPlaces = "avoided_places"
        case avoidedStaff = "avoided_staff"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            allegedPerpetrators: stored.decode([AllegedPerpetrator].self, forKey: .allegedPerpetrators),
            caregiverIsAccused: stored.code(.caregiverIsAccused),
            householdMemberIsAccused: stored.code(.householdMemberIsAccused),
            safeCaregivers: stored.codeSet(.safeCaregivers),
            fearedStates: stored.codeSet(.fearedStates),
            avoidedOrganizations: stored.codeSet(.avoidedOrganizations),
            avoidedPlaces: stored.codeSet(.avoidedPlaces),
            avoidedStaff: Set(stored.decode([StaffID].self, forKey: .avoidedStaff))
        )
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.encode(allegedPerpetrators, forKey: .allegedPerpetrators)
        try stored.put(caregiverIsAccused, .caregiverIsAccused)
        try stored.put(householdMemberIsAccused, .householdMemberIsAccused)
        try stored.put(set: safeCaregivers, .safeCaregivers)
        try stored.put(set: fearedStates, .fearedStates)
        try stored.put(set: avoidedOrganizations, .avoidedOrganizations)
        try stored.put(set: avoidedPlaces, .avoidedPlaces)
        try stored.encode(avoidedStaff.sorted(), forKey: .avoidedStaff)
    }
}
