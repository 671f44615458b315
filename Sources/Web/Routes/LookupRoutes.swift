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

        init(_ answer: LookupAnswer) {
            country = answer.country.code.text
            countryName = answer.country.name
            emergency = EmergencyForm.lines(of: answer.country)
            emergencyNote = answer.country.emergency.note
            emergencySource = SourceForm(answer.country.emergency.provenance, answer.country.emergency.verification)
            needs = answer.needs.map(\.text)
            statements = answer.statements
            services = answer.services.map(ServiceForm.init)
            fallbacks = answer.fallbacks.map(Fallback.init)
            withheld = Dictionary(answer.withheld.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: +)
        }
    }

    /// What there is for a need that no listed service meets, nearest help first.
    private struct Fallback: Encodable {
        struct Step: Encodable {
            let kind: String
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

        init(_ fallback: LookupFallback) {
            need = fallback.need.text
            steps = fallback.steps.map { step in
                switch step {
                case .nearby(let code, let services):
                    Step(kind: "nearby", code: code.text, services: services.map(ServiceForm.init))
                case .sameSector(let sector, let services):
                    Step(kind: "same_sector", sector: sector.rawValue, services: services.map(ServiceForm.init))
                case .childLines(let services): Step(kind: "child_lines", services: services.map(ServiceForm.init))
                case .crisisLines(let services): Step(kind: "crisis_lines", services: services.map(ServiceForm.init))
                case .worldwide(let places):
                    Step(
                        kind: "worldwide",
                        places: places.map { place in
                            Place(
                                name: place.name,
                                web: place.contact.value,
                                reaches: place.reaches,
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

        init(_ reading: LookupDesk.CountryReading, in directory: ServiceDirectory, at moment: Date) {
            let page = reading.page
            func forms(_ services: [Service]) -> [ServiceForm] {
                services.map { service in
                    ServiceForm(
                        service,
                        of: directory.organizations[service.organization],
                        opening: service.opening(at: moment)
                    )
                }
            }
            country = page.country.code.text
            countryName = page.country.name
            zones = page.country.zones
            emergency = EmergencyForm.lines(of: page.country)
            emergencyNote = page.country.emergency.note
            emergencySource = SourceForm(page.country.emergency.provenance, page.country.emergency.verification)
            childLines = forms(page.childLines)
            imageReports = forms(page.imageReports)
            legalAid = forms(page.legalAid)
            refugeeHelp = forms(page.refugeeHelp)
            others = forms(page.others)
            withheld = page.withheld
            recorded = reading.isRecorded
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
        return .json(Found(try await deployment.lookups.services(for: query, by: signedIn, request: asked.request)))
    }

    /// A country's emergency lines, child lines and the rest of its page.
    func country(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let code = try asked.path("country", missing: .unknownCountry) { CountryCode($0) }
        do {
            let reading = try await deployment.lookups.country(code, for: signedIn, request: asked.request)
            return .json(Country(reading, in: deployment.directory, at: deployment.now))
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
