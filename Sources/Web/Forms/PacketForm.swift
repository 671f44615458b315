import Care
import Directory
import Foundation

/// A packet as the desk reads it: what she agreed to send, by the name of each item.
struct PacketForm: Encodable {
    struct Note: Encodable {
        let givenBy: String
        let givenAt: Date
        let expiresAt: Date
        let items: [String]
    }

    let referral: String
    let `case`: String
    let code: String
    let service: String?
    let recipient: String
    let mode: String
    let urgency: String
    let filedAt: Date
    let answerDueAt: Date
    let agency: String
    let worker: String
    let callBack: String
    /// `consent`, or `life_in_danger`, which is reviewed by ``expiresAt``.
    let basis: String
    let consent: Note?
    /// Until when it can be opened at the latest.
    let expiresAt: Date?
    let items: [String: Value]

    init(_ packet: ReferralPacket) {
        referral = packet.referral.text
        self.case = packet.caseID.text
        code = packet.code.text
        service = packet.service?.text
        recipient = packet.recipient.text
        mode = packet.mode.rawValue
        urgency = packet.urgency.rawValue
        filedAt = packet.filedAt
        answerDueAt = packet.answerDueAt
        agency = packet.sender.agency.text
        worker = packet.sender.worker.text
        callBack = packet.sender.callBack
        consent = packet.consent.map { note in
            Note(
                givenBy: note.giver.rawValue,
                givenAt: note.givenAt,
                expiresAt: note.expiresAt,
                items: note.items.sorted().map(\.rawValue)
            )
        }
        switch packet.basis {
        case .consent: (basis, expiresAt) = ("consent", packet.consent?.expiresAt)
        case .lifeInDanger(let reviewBy): (basis, expiresAt) = ("life_in_danger", reviewBy)
        }
        items = Dictionary(packet.fields.map { ($0.item.rawValue, Value(field: $0)) }, uniquingKeysWith: { $1 })
    }

    /// The value of one item.
    struct Value: Encodable {
        let field: PacketField

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch field {
            case .ageBand(let band): try container.encode(band.rawValue)
            case .exactAge(let years): try container.encode(years)
            case .gender(let gender): try container.encode(gender.rawValue)
            case .languages(let languages): try container.encode(languages.map(\.text))
            case .accessibility(let features): try container.encode(features.map(\.text).sorted())
            case .nationality(let country), .country(let country): try container.encode(country.text)
            case .safeContact(let contact): try container.encode(SafeContactForm(contact))
            case .caregiver(let caregiver): try container.encode(CaregiverForm(caregiver))
            case .separated(let answer), .immediateDanger(let answer): try container.encode(answer.rawValue)
            case .timeSinceIncident(let band): try container.encode(band.rawValue)
            case .interpreterNeed(let flag), .receivedElsewhere(let flag): try container.encode(flag)
            case .name(let text), .alias(let text), .area(let text), .needReason(let text), .accompaniment(let text),
                .restrictions(let text):
                try container.encode(text)
            }
        }
    }
}
