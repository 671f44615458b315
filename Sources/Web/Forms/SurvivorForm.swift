import Care
import Directory

/// Who she is, as the answer to those who may read her case says it; what is not known is left out.
struct SurvivorForm: Encodable {
    let name: String?
    let alias: String?
    let identityNumber: String?
    let age: Int?
    let ageBand: String?
    let ageBasis: String?
    let gender: String?
    let languages: [String]
    let needsInterpreter: Bool?
    let currentCountry: String
    let area: String?
    let nationality: String?
    let accessibility: [String]

    init(_ survivor: Survivor) {
        name = survivor.name
        alias = survivor.alias
        identityNumber = survivor.identityNumber
        age = survivor.age?.years
        ageBand = survivor.age?.band.rawValue
        ageBasis = survivor.age?.basis.rawValue
        gender = survivor.gender?.rawValue
        languages = survivor.languages.map(\.text)
        needsInterpreter = survivor.needsInterpreter
        currentCountry = survivor.currentCountry.text
        area = survivor.area
        nationality = survivor.nationality?.text
        accessibility = survivor.accessibility.map(\.text).sorted()
    }
}

extension Shape where Value == Survivor {
    /// The same as a request states it. Nothing but the country is required, a name least of all (C2).
    static var survivor: Shape {
        .object { fields in
            let country = fields.required("current_country", .country)
            let name = fields.optional("name", .words)
            let alias = fields.optional("alias", .words)
            let identityNumber = fields.optional("identity_number", .words)
            let years = fields.optional("age", .whole(0...120))
            let band = fields.optional("age_band", Shape<AgeBand>.word)
            let basis = fields.optional("age_basis", Shape<AgeBasis>.word)
            let gender = fields.optional("gender", Shape<Gender>.word)
            let languages = fields.optional(
                "languages",
                .list(of: .language, count: 0...Limits.fewValues),
                otherwise: []
            )
            let needsInterpreter = fields.optional("needs_interpreter", .flag)
            let area = fields.optional("area", .words)
            let nationality = fields.optional("nationality", .country)
            let accessibility = fields.optional(
                "accessibility",
                .list(of: .accessFeature, count: 0...Limits.fewValues),
                otherwise: []
            )
            return try Survivor(
                currentCountry: country.get(),
                name: name.get(),
                alias: alias.get(),
                identityNumber: identityNumber.get(),
                age: age(years.get(), band.get(), basis.get()),
                gender: gender.get(),
                languages: languages.get(),
                needsInterpreter: needsInterpreter.get(),
                area: area.get(),
                nationality: nationality.get(),
                accessibility: Set(accessibility.get())
            )
        }
    }

    private static func age(_ years: Int?, _ band: AgeBand?, _ basis: AgeBasis?) throws(CareError) -> Age? {
        switch (years, band) {
        case (let years?, nil): return try Age(years: years, basis: basis ?? .stated)
        case (let years?, let band?):
            // An answer says both; a request may repeat it.
            guard band.years.contains(years) else {
                throw .invalid(field: "age_band", write: "the band of the age, or leave it out")
            }
            return try Age(years: years, basis: basis ?? .stated)
        case (nil, let band?): return Age(band: band, basis: basis ?? .stated)
        case (nil, nil):
            guard basis == nil else {
                throw .invalid(field: "age_basis", write: "an age or a band too, or leave it out")
            }
            return nil
        }
    }
}
