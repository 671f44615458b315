import Care
import Casework
import Directory
import Foundation

/// Look-ups without a case: what is asked stands in the body alone and is forgotten with the answer.
struct LookupRoutes: Sendable {
    let deployment: Deployment

    private struct Found: Encodable {
        let country: String
        let countryName: String
        let emergency: [EmergencyForm]
        let emergencyNote: String?
        let emergencySource: SourceForm
        let needs: [String]
        let statements: [String]
        let services: [ServiceForm]
        let fallbacks: [Fallback]
        let withheld: [String: Int]
        /// What is not shown and why, in words.
        let notShown: String?
        /// What the codes of `why` and `flags` in this answer mean.
        let meanings: [String: String]
        let languageReviewed: Bool

        init(_ answer: LookupAnswer, of taxonomy: Taxonomy, in phrases: Phrases) {
            country = answer.country.code.text
            countryName = answer.country.name
            emergency = EmergencyForm.lines(of: answer.country)
            emergencyNote = answer.country.emergency.note
            emergencySource = SourceForm(
                answer.country.emergency.provenance,
                answer.country.emergency.verification,
                in: phrases
            )
            needs = answer.needs.map(\.text)
            statements = answer.statements.map { statement in
                phrases.text(statement.sentence(in: answer.country, of: taxonomy, for: phrases.language))
            }
            services = answer.services.map { ServiceForm($0, in: phrases) }
            fallbacks = answer.fallbacks.map { Fallback($0, of: taxonomy, in: phrases) }
            withheld = Dictionary(answer.withheld.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: +)
            notShown = answer.notShown(in: phrases)
            meanings = Self.meanings(of: answer, in: phrases)
            languageReviewed = answer.isReviewed(of: taxonomy, in: phrases)
        }

        private static func meanings(of answer: LookupAnswer, in phrases: Phrases) -> [String: String] {
            let found = answer.services + answer.fallbacks.flatMap { $0.steps.flatMap(\.services) }
            var meanings: [String: String] = [:]
            for reason in Set(found.flatMap(\.why)) { meanings[reason.rawValue] = phrases.text(reason.phrase) }
            for flag in Set(found.flatMap(\.flags)) { meanings[flag.rawValue] = phrases.text(flag.phrase) }
            return meanings
        }
    }

    /// What there is for a need that no listed service meets, nearest help first.
    private struct Fallback: Encodable {
        struct Step: Encodable {
            let kind: String
            /// What the step offers, in words.
            let text: String
            var code: String?
            var sector: String?
            var services: [ServiceForm]?
            var places: [Place]?
        }

        struct Place: Encodable {
            let name: String
            let web: String
            let reaches: String
            let source: String
            let sourceDate: String?
        }

        let need: String
        let steps: [Step]

        init(_ fallback: LookupFallback, of taxonomy: Taxonomy, in phrases: Phrases) {
            need = fallback.need.text
            let language = phrases.language
            func forms(_ services: [FoundService]) -> [ServiceForm] { services.map { ServiceForm($0, in: phrases) } }
            steps = fallback.steps.map { step in
                let text = phrases.text(step.sentence(for: fallback.need, of: taxonomy, in: language))
                return switch step {
                case .nearby(let code, let services):
                    Step(kind: "nearby", text: text, code: code.text, services: forms(services))
                case .sameSector(let sector, let services):
                    Step(kind: "same_sector", text: text, sector: sector.rawValue, services: forms(services))
                case .childLines(let services): Step(kind: "child_lines", text: text, services: forms(services))
                case .crisisLines(let services): Step(kind: "crisis_lines", text: text, services: forms(services))
                case .worldwide(let places):
                    Step(
                        kind: "worldwide",
                        text: text,
                        places: places.map { place in
                            Place(
                                name: place.name,
                                web: place.contact.value,
                                reaches: place.reaches(in: [language]).text,
                                source: place.source,
                                sourceDate: place.sourceDate
                            )
                        }
                    )
                }
            }
        }
    }

    private struct Country: Encodable {
        let country: String
        let countryName: String
        let zones: [String]
        let emergency: [EmergencyForm]
        let emergencyNote: String?
        let emergencySource: SourceForm
        let childLines: [ServiceForm]
        let imageReports: [ServiceForm]
        let legalAid: [ServiceForm]
        let refugeeHelp: [ServiceForm]
        let others: [ServiceForm]
        let withheld: Int
        let recorded: Bool
        let languageReviewed: Bool

        init(
            _ reading: LookupDesk.CountryReading,
            of directory: ServiceDirectory,
            at moment: Date,
            in phrases: Phrases
        ) {
            let page = reading.page
            func forms(_ services: [Service]) -> [ServiceForm] {
                services.map { service in
                    ServiceForm(
                        service,
                        of: directory.organizations[service.organization],
                        opening: service.opening(at: moment),
                        in: phrases
                    )
                }
            }
            country = page.country.code.text
            countryName = page.country.name
            zones = page.country.zones
            emergency = EmergencyForm.lines(of: page.country)
            emergencyNote = page.country.emergency.note
            emergencySource = SourceForm(
                page.country.emergency.provenance,
                page.country.emergency.verification,
                in: phrases
            )
            childLines = forms(page.childLines)
            imageReports = forms(page.imageReports)
            legalAid = forms(page.legalAid)
            refugeeHelp = forms(page.refugeeHelp)
            others = forms(page.others)
            withheld = page.withheld
            recorded = reading.isRecorded
            languageReviewed = phrases.isReviewed
        }
    }

    /// Services that fit, best first, with the emergency lines of the country.
    func services(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let now = deployment.now
        let query = try asked.body { fields in
            let country = fields.required("country", .country)
            let needs = fields.required("needs", .list(of: .serviceCode, count: 1...Limits.lookupNeeds))
            let age = fields.optional("age", .whole(0...120))
            let gender = fields.optional("gender", Shape<Gender>.word)
            let languages = fields.optional(
                "languages",
                .list(of: .language, count: 0...Limits.fewValues),
                otherwise: []
            )
            let mode = fields.optional("mode", Shape<ContactMode>.word)
            let avoid = fields.optional("avoid", Shape<Avoided>.avoided)
            let moment = fields.optional("open_at", .instant, otherwise: now)
            return try LookupQuery(
                country: country.get(),
                needs: needs.get(),
                age: age.get(),
                gender: gender.get(),
                languages: languages.get(),
                mode: mode.get(),
                avoidOrganizations: avoid.get()?.organizations ?? [],
                avoidPlaces: avoid.get()?.places ?? [],
                at: moment.get()
            )
        }
        let answer = try await deployment.lookups.services(for: query, by: signedIn, request: asked.request)
        return .json(Found(answer, of: deployment.directory.taxonomy, in: asked.phrases)).said(in: asked.phrases)
    }

    /// A country's emergency lines, child lines and the rest of its page.
    func country(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let code = try asked.path("country", missing: .unknownCountry) { CountryCode($0) }
        do {
            let reading = try await deployment.lookups.country(code, for: signedIn, request: asked.request)
            let page = Country(reading, of: deployment.directory, at: deployment.now, in: asked.phrases)
            return .json(page).said(in: asked.phrases)
        } catch CaseworkError.invalid {
            // The address names the country, so there is no value to write another way.
            throw Problem(.unknownCountry)
        }
    }
}

/// What to leave out without a word; used for one answer and never stored (DECISIONS 3).
private struct Avoided {
    let organizations: Set<OrganizationID>
    let places: Set<PlaceID>
}

extension Shape where Value == Avoided {
    fileprivate static var avoided: Shape {
        .object { fields in
            let organizations = fields.optional(
                "organizations",
                .list(of: .organization, count: 0...Limits.manyValues),
                otherwise: []
            )
            let places = fields.optional("places", .list(of: .place, count: 0...Limits.manyValues), otherwise: [])
            return try Avoided(organizations: Set(organizations.get()), places: Set(places.get()))
        }
    }
}
