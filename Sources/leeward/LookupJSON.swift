import Directory
import Foundation

/// An answer for machines. Keys are stable; a fact that no source states is absent.
struct LookupJSON {
    private let answer: Answer

    init(_ answer: LookupAnswer, of taxonomy: Taxonomy, in phrases: Phrases) {
        self.answer = Answer(answer, of: taxonomy, in: phrases)
    }

    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        return String(decoding: try encoder.encode(answer), as: UTF8.self)
    }

    private struct Answer: Encodable {
        let country: String
        let countryName: String
        let emergency: Emergency
        let needs: [String]
        let statements: [String]
        let services: [Item]
        let fallbacks: [Fallback]
        let withheld: [String: Int]
        let language: String
        let languageReviewed: Bool

        init(_ answer: LookupAnswer, of taxonomy: Taxonomy, in phrases: Phrases) {
            country = answer.country.code.text
            countryName = answer.country.name
            emergency = Emergency(answer.country.emergency)
            needs = answer.needs.map(\.text)
            statements = answer.statements.map { statement in
                phrases.text(statement.sentence(in: answer.country, of: taxonomy, for: phrases.language))
            }
            services = answer.services.map(Item.init)
            fallbacks = answer.fallbacks.map { Fallback($0, in: phrases.language) }
            withheld = Dictionary(uniqueKeysWithValues: answer.withheld.map { ($0.key.rawValue, $0.value) })
            language = phrases.language.text
            languageReviewed = answer.isReviewed(of: taxonomy, in: phrases)
        }
    }

    private struct Emergency: Encodable {
        struct Line: Encodable {
            let number: String
            let reaches: String?
            let listedBy: String?
            let unconfirmed: Bool
        }

        let lines: [Line]
        let note: String?
        let source: Source

        init(_ emergency: EmergencyLines) {
            lines = emergency.lines.map { line in
                Line(
                    number: line.number,
                    reaches: line.reaches,
                    listedBy: line.listedBy,
                    unconfirmed: emergency.isUnconfirmed(line)
                )
            }
            note = emergency.note
            source = Source(emergency.provenance, emergency.verification)
        }
    }

    private struct Source: Encodable {
        let text: String
        let date: String?
        let confidence: String
        let conflicts: [String]
        let checks: [String]
        let alsoIn: [String]
        let verifiedOn: String?
        let verifiedBy: String?

        init(_ provenance: Provenance, _ verification: Verification?) {
            text = provenance.source
            date = provenance.sourceDate
            confidence = provenance.confidence.rawValue
            conflicts = provenance.conflicts
            checks = provenance.checks
            alsoIn = provenance.alsoIn
            verifiedOn = verification?.on.description
            verifiedBy = verification?.by
        }
    }

    private struct Item: Encodable {
        struct Way: Encodable {
            let kind: String
            let value: String
            let dialledFrom: String?
            let reaches: String?
        }

        let id: String
        let contacts: [Way]
        let name: String
        let organization: String?
        let country: String
        let area: String?
        let covers: [String]
        let open: String
        let until: Date?
        let hours: String?
        let languages: [String]?
        let languagesAsStated: String?
        let ages: [Int]?
        let audience: String?
        let genders: [String]?
        let cost: String?
        let modes: [String]?
        let publicAddress: String?
        let note: String?
        let why: [String]
        let flags: [String]
        let source: Source

        init(_ found: FoundService) {
            let service = found.service
            id = service.id.text
            contacts = service.contacts.map { contact in
                Way(
                    kind: contact.kind.rawValue,
                    value: contact.value,
                    dialledFrom: contact.reach?.rawValue,
                    reaches: contact.reaches
                )
            }
            name = service.name
            organization = found.organization?.name
            country = service.country.text
            area = service.area
            covers = found.covers.map(\.text)
            switch found.opening {
            case .open(let until): (open, self.until) = ("open", until)
            case .closed(let until): (open, self.until) = ("closed", until)
            case .unknown: (open, until) = ("unknown", nil)
            }
            hours = service.hoursAsStated
            languages = service.languages?.map(\.text)
            languagesAsStated = service.languagesAsStated
            ages = service.ages.map { [$0.from, $0.through] }
            audience = service.audience
            genders = service.genders?.sorted().map(\.rawValue)
            cost = service.cost?.rawValue
            modes = service.modes?.map(\.rawValue)
            publicAddress = service.publicAddress
            note = service.note
            why = found.why.map(\.rawValue)
            flags = found.flags.map(\.rawValue)
            source = Source(service.provenance, service.verification)
        }
    }

    private struct Fallback: Encodable {
        struct Step: Encodable {
            let kind: String
            let code: String?
            let services: [Item]?
            let places: [Place]?
        }

        struct Place: Encodable {
            let name: String
            let web: String
            let reaches: String
            let source: String
        }

        let need: String
        let steps: [Step]

        init(_ fallback: LookupFallback, in language: LanguageTag) {
            need = fallback.need.text
            steps = fallback.steps.map { step in
                switch step {
                case .nearby(let code, let services):
                    Step(kind: "nearby", code: code.text, services: services.map(Item.init), places: nil)
                case .sameSector(let sector, let services):
                    Step(kind: "same_sector", code: sector.rawValue, services: services.map(Item.init), places: nil)
                case .childLines(let services):
                    Step(kind: "child_lines", code: nil, services: services.map(Item.init), places: nil)
                case .crisisLines(let services):
                    Step(kind: "crisis_lines", code: nil, services: services.map(Item.init), places: nil)
                case .worldwide(let fallbacks):
                    Step(
                        kind: "worldwide",
                        code: nil,
                        services: nil,
                        places: fallbacks.map { place in
                            Place(
                                name: place.name,
                                web: place.contact.value,
                                reaches: place.reaches(in: [language]).text,
                                source: place.source
                            )
                        }
                    )
                }
            }
        }
    }
}
