import Care
import Directory

/// Whom and what to keep away from her, as it is answered to those who may read it.
struct ConflictsForm: Encodable {
    struct Accused: Encodable {
        let party: String
        let organizations: [String]
        let places: [String]
        let isCaregiver: Bool
        let staff: String?
    }

    let allegedPerpetrators: [Accused]
    let caregiverIsAccused: String
    let householdMemberIsAccused: String
    let safeCaregivers: [String]
    let fearedStates: [String]
    let avoidedOrganizations: [String]
    let avoidedPlaces: [String]
    let avoidedStaff: [String]

    init(_ conflicts: ConflictFacts) {
        allegedPerpetrators = conflicts.allegedPerpetrators.map { accused in
            Accused(
                party: accused.party.text,
                organizations: accused.organizations.map(\.text).sorted(),
                places: accused.places.map(\.text).sorted(),
                isCaregiver: accused.isCaregiver,
                staff: accused.staff?.text
            )
        }
        caregiverIsAccused = conflicts.caregiverIsAccused.rawValue
        householdMemberIsAccused = conflicts.householdMemberIsAccused.rawValue
        safeCaregivers = conflicts.safeCaregivers.map(\.text).sorted()
        fearedStates = conflicts.fearedStates.map(\.text).sorted()
        avoidedOrganizations = conflicts.avoidedOrganizations.map(\.text).sorted()
        avoidedPlaces = conflicts.avoidedPlaces.map(\.text).sorted()
        avoidedStaff = conflicts.avoidedStaff.map(\.text).sorted()
    }
}

extension Shape where Value == ConflictFacts {
    /// The same as a request states it; a question that nobody asked stays not asked.
    static var conflicts: Shape {
        .object { fields in
            let accused = fields.optional(
                "alleged_perpetrators",
                .list(of: .accused, count: 0...Limits.manyValues),
                otherwise: []
            )
            let caregiver = fields.optional("caregiver_is_accused", Shape<Care.Answer>.word, otherwise: .notAsked)
            let household = fields.optional(
                "household_member_is_accused",
                Shape<Care.Answer>.word,
                otherwise: .notAsked
            )
            let safe = fields.optional(
                "safe_caregivers",
                .list(of: .party, count: 0...Limits.manyValues),
                otherwise: []
            )
            let feared = fields.optional(
                "feared_states",
                .list(of: .country, count: 0...Limits.manyValues),
                otherwise: []
            )
            let organizations = fields.optional(
                "avoided_organizations",
                .list(of: .organization, count: 0...Limits.manyValues),
                otherwise: []
            )
            let places = fields.optional(
                "avoided_places",
                .list(of: .place, count: 0...Limits.manyValues),
                otherwise: []
            )
            let staff = fields.optional(
                "avoided_staff",
                .list(of: Shape<StaffID>.id, count: 0...Limits.manyValues),
                otherwise: []
            )
            return try ConflictFacts(
                allegedPerpetrators: accused.get(),
                caregiverIsAccused: caregiver.get(),
                householdMemberIsAccused: household.get(),
                safeCaregivers: Set(safe.get()),
                fearedStates: Set(feared.get()),
                avoidedOrganizations: Set(organizations.get()),
                avoidedPlaces: Set(places.get()),
                avoidedStaff: Set(staff.get())
            )
        }
    }
}

extension Shape where Value == AllegedPerpetrator {
    fileprivate static var accused: Shape {
        .object { fields in
            let party = fields.required("party", .party)
            let organizations = fields.optional(
                "organizations",
                .list(of: .organization, count: 0...Limits.manyValues),
                otherwise: []
            )
            let places = fields.optional("places", .list(of: .place, count: 0...Limits.manyValues), otherwise: [])
            let isCaregiver = fields.optional("is_caregiver", .flag, otherwise: false)
            let staff = fields.optional("staff", Shape<StaffID>.id)
            return try AllegedPerpetrator(
                party: party.get(),
                organizations: Set(organizations.get()),
                places: Set(places.get()),
                isCaregiver: isCaregiver.get(),
                staff: staff.get()
            )
        }
    }
}
