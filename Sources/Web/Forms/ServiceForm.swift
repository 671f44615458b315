import Directory
import Foundation

/// A service to be read out: the number to call first. A fact that no source states is left out, and never means "no".
struct ServiceForm: Encodable {
    struct Way: Encodable {
        let kind: String
        let value: String
        let dialledFrom: String?
        let reaches: String?

        init(_ contact: Contact) {
            kind = contact.kind.rawValue
            value = contact.value
            dialledFrom = contact.reach?.rawValue
            reaches = contact.reaches
        }
    }

    struct Ages: Encodable {
        let from: Int
        let through: Int
    }

    let service: String
    let number: String?
    let reaches: String?
    let dialledFrom: String?
    let contacts: [Way]
    let name: String
    let organization: String?
    let organizationID: String
    let country: String
    let area: String?
    let covers: [String]?
    let offers: [String]
    let hours: String?
    let opening: OpeningForm
    let languages: [String]?
    let languagesAsStated: String?
    let ages: Ages?
    let audience: String?
    let genders: [String]?
    let cost: String?
    let modes: [String]?
    let publicAddress: String?
    let note: String?
    let why: [String]?
    let flags: [String]?
    let conflicts: [String]
    let checks: [String]
    let source: String
    let sourceDate: String?
    let confidence: String
    let verified: String

    private enum CodingKeys: String, CodingKey {
        case service, number, reaches, dialledFrom, contacts, name, organization
        case organizationID = "organizationId"
        case country, area, covers, offers, hours, opening, languages, languagesAsStated, ages, audience, genders, cost
        case modes, publicAddress, note, why, flags, conflicts, checks, source, sourceDate, confidence, verified
    }

    /// A service that a look-up found.
    init(_ found: FoundService, in phrases: Phrases) {
        self.init(
            found.service,
            of: found.organization,
            opening: found.opening,
            in: phrases,
            covers: found.covers.map(\.text),
            why: found.why.map(\.rawValue),
            flags: found.flags.map(\.rawValue)
        )
    }

    /// A service of a country's page; what it covers, why and the flags belong to a question and are left out.
    init(
        _ service: Service,
        of organization: Organization?,
        opening: OpeningState,
        in phrases: Phrases,
        covers: [String]? = nil,
        why: [String]? = nil,
        flags: [String]? = nil
    ) {
        let source = SourceForm(service.provenance, service.verification, in: phrases)
        let first = service.contacts.first(where: \.kind.isNumber)
        self.service = service.id.text
        number = first?.value
        reaches = first?.reaches
        dialledFrom = first?.reach?.rawValue
        contacts = service.contacts.map(Way.init)
        name = service.name
        self.organization = organization?.name
        organizationID = service.organization.text
        country = service.country.text
        area = service.area
        self.covers = covers
        offers = service.offers.map(\.code.text)
        hours = service.hoursAsStated
        self.opening = OpeningForm(opening, zone: service.hours?.zone)
        languages = service.languages?.map(\.text)
        languagesAsStated = service.languagesAsStated
        ages = service.ages.map { Ages(from: $0.from, through: $0.through) }
        audience = service.audience
        genders = service.genders?.map(\.rawValue).sorted()
        cost = service.cost?.rawValue
        modes = service.modes?.map(\.rawValue)
        // A confidential place has no address here; the source of its entry is the only thing that could name one.
        publicAddress = service.confidentialLocation ? nil : service.publicAddress
        note = service.note
        self.why = why
        self.flags = flags
        conflicts = source.conflicts
        checks = source.checks
        self.source = source.source
        sourceDate = source.sourceDate
        confidence = source.confidence
        verified = source.verified
    }
}

/// Whether a service can be reached, with the moment at which that changes, on the clock of the service.
struct OpeningForm: Encodable {
    let state: String
    let until: String?
    let opensAt: String?

    init(_ opening: OpeningState, zone: OpeningHours.Zone?) {
        switch opening {
        case .open(let end): (state, until, opensAt) = ("open", end.map { Instant.text($0, in: zone) }, nil)
        case .closed(let next): (state, until, opensAt) = ("closed", nil, next.map { Instant.text($0, in: zone) })
        case .unknown: (state, until, opensAt) = ("unknown", nil, nil)
        }
    }
}

/// Where a fact comes from and whether anybody confirmed it.
struct SourceForm: Encodable {
    let source: String
    let sourceDate: String?
    let confidence: String
    let conflicts: [String]
    let checks: [String]
    let verified: String

    init(_ provenance: Provenance, _ verification: Verification?, in phrases: Phrases) {
        source = provenance.source
        sourceDate = provenance.sourceDate
        confidence = provenance.confidence.rawValue
        conflicts = provenance.conflicts
        checks = provenance.checks
        verified = phrases.text(verification)
    }
}

/// What to dial when somebody is in danger.
struct EmergencyForm: Encodable {
    let number: String
    let reaches: String?
    let listedBy: String?
    let confirmed: Bool

    static func lines(of country: Country) -> [EmergencyForm] {
        country.emergency.lines.map { line in
            EmergencyForm(
                number: line.number,
                reaches: line.reaches,
                listedBy: line.listedBy,
                confirmed: !country.emergency.isUnconfirmed(line)
            )
        }
    }
}
