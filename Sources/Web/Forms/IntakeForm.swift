import Care
import Directory
import Foundation

/// What was asked at the first contact, as it is answered to those who may read it.
struct IntakeForm: Encodable {
    struct LastContactForm: Encodable {
        let state: String
        let at: Date?
    }

    let firstContactAt: Date
    let channel: String?
    let howIdentified: String?
    let separated: String
    let immediateDanger: String
    let injuredOrPregnant: String
    let thoughtsOfSuicide: String
    let lastContact: LastContactForm
    let caregivers: [CaregiverForm]

    init(_ intake: Intake) {
        firstContactAt = intake.firstContactAt
        channel = intake.channel?.rawValue
        howIdentified = intake.howIdentified
        separated = intake.isSeparated.rawValue
        immediateDanger = intake.isInImmediateDanger.rawValue
        injuredOrPregnant = intake.mayBeInjuredOrPregnant.rawValue
        thoughtsOfSuicide = intake.hasThoughtsOfSuicide.rawValue
        lastContact =
            switch intake.lastContact {
            case .known(let date): LastContactForm(state: LastContactState.known.rawValue, at: date)
            case .unknown: LastContactForm(state: LastContactState.unknown.rawValue, at: nil)
            case .ongoing: LastContactForm(state: LastContactState.ongoing.rawValue, at: nil)
            }
        caregivers = intake.caregivers.map(CaregiverForm.init)
    }
}

private enum LastContactState: String, CaseIterable {
    case known
    case unknown
    case ongoing
}

/// An adult who cares for her.
struct CaregiverForm: Encodable {
    let party: String?
    let kind: String
    let safeToContact: String
    let informed: String
    let reasonNotInformed: String?

    init(_ caregiver: Caregiver) {
        party = caregiver.party?.text
        kind = caregiver.kind.rawValue
        safeToContact = caregiver.isSafeToContact.rawValue
        informed = caregiver.isInformed.rawValue
        reasonNotInformed = caregiver.reasonNotInformed
    }
}

extension Shape where Value == Intake {
    /// The same as a request states it; the first contact was `now` where it does not say.
    static func intake(now: Date) -> Shape {
        .object { fields in
            let firstContactAt = fields.optional("first_contact_at", .instant, otherwise: now)
            let channel = fields.required("channel", Shape<Intake.Channel>.word)
            let howIdentified = fields.optional("how_identified", .words)
            let separated = fields.optional("separated", Shape<Care.Answer>.word, otherwise: .notAsked)
            let danger = fields.optional("immediate_danger", Shape<Care.Answer>.word, otherwise: .notAsked)
            let injured = fields.optional("injured_or_pregnant", Shape<Care.Answer>.word, otherwise: .notAsked)
            let suicide = fields.optional("thoughts_of_suicide", Shape<Care.Answer>.word, otherwise: .notAsked)
            let lastContact = fields.optional("last_contact", .lastContact, otherwise: .unknown)
            let caregivers = fields.optional(
                "caregivers",
                .list(of: .caregiver, count: 0...Limits.fewValues),
                otherwise: []
            )
            return try Intake(
                firstContactAt: firstContactAt.get(),
                channel: channel.get(),
                howIdentified: howIdentified.get(),
                isSeparated: separated.get(),
                isInImmediateDanger: danger.get(),
                mayBeInjuredOrPregnant: injured.get(),
                hasThoughtsOfSuicide: suicide.get(),
                lastContact: lastContact.get(),
                caregivers: caregivers.get()
            )
        }
    }
}

extension Shape where Value == LastContact {
    fileprivate static var lastContact: Shape {
        .object { fields in
            let state = fields.required("state", Shape<LastContactState>.word)
            let at = fields.optional("at", .instant)
            switch (try state.get(), try at.get()) {
            case (.known, let moment?): return .known(moment)
            case (.unknown, nil): return .unknown
            case (.ongoing, nil): return .ongoing
            case (.known, nil): throw CareError.invalid(field: "at", write: "the time of the last contact")
            case (_, _?): throw CareError.invalid(field: "at", write: "a time with the state known only")
            }
        }
    }
}

extension Shape where Value == Caregiver {
    fileprivate static var caregiver: Shape {
        .object { fields in
            let party = fields.optional("party", .party)
            let kind = fields.required("kind", Shape<Caregiver.Kind>.word)
            let isSafe = fields.optional("safe_to_contact", Shape<Care.Answer>.word, otherwise: .notAsked)
            let isInformed = fields.optional("informed", Shape<Care.Answer>.word, otherwise: .notAsked)
            let reason = fields.optional("reason_not_informed", .words)
            return try Caregiver(
                party: party.get(),
                kind: kind.get(),
                isSafeToContact: isSafe.get(),
                isInformed: isInformed.get(),
                reasonNotInformed: reason.get()
            )
        }
    }
}
