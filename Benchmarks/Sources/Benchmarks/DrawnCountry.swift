import Care
import Directory
import Foundation
import Matching

/// An invented country full of services, every fact of them drawn and most of them stated, and people in it who need one.
struct DrawnCountry {
    static let now = Date(timeIntervalSince1970: 1_800_000_000)
    let here: CountryCode
    let services: [Service]
    let index: ServiceIndex
    let travel: [Double?]

    private let countries: [CountryCode]
    private let organizations: [OrganizationID]
    private let places: [PlaceID]
    private let parties: [PartyID]
    private let languages: [LanguageTag]
    private let features = ["wheelchair", "sign_language", "large_print"].map(AccessFeature.init)
    private let windowed: [ServiceCode]
    private let lasting: [ServiceCode]

    init(services count: Int, seed: UInt64) throws {
        var dice = Dice(seed: seed)
        here = try Invented.country("XA")
        countries = try ["XA", "XB", "XC", "XD"].map(Invented.country)
        organizations = (0..<max(2, count / 8)).map { OrganizationID("xa-org-\($0)") }
        places = (0..<max(2, count / 20)).map { PlaceID("xa-place-\($0)") }
        parties = (0..<50).map { PartyID("xa-party-\($0)") }
        languages = ["th", "lo", "en", "si", "ta", "ne", "hi", "ru", "uk", "ar", "fr", "es"].compactMap(
            LanguageTag.init
        )
        windowed = try ["MED-HIVPEP", "MED-EC", "MED-HEPB", "MED-FORENSIC", "MED-CMR"].map(Invented.code)
        lasting = try ["PSY-PSS", "PSY-CRISIS", "PSY-ONLINE", "LEG-REP", "SOC-SHELTER", "SOC-CASEMGMT"]
            .map(Invented.code)
        var drawn: [Service] = []
        drawn.reserveCapacity(count)
        for number in 0..<count {
            drawn.append(
                Self.service(
                    number,
                    dice: &dice,
                    organization: dice.pick(organizations, otherwise: organizations[0]),
                    countries: countries,
                    codes: windowed + lasting,
                    places: places,
                    parties: parties,
                    languages: languages,
                    features: features
                )
            )
        }
        services = drawn
        index = try ServiceIndex(drawn)
        travel = index.services.map { _ in dice.oneIn(10) ? nil : Double(Int.random(in: 0..<60, using: &dice)) / 4 }
    }

    private static func service(
        _ number: Int,
        dice: inout Dice,
        organization: OrganizationID,
        countries: [CountryCode],
        codes: [ServiceCode],
        places: [PlaceID],
        parties: [PartyID],
        languages: [LanguageTag],
        features: [AccessFeature]
    ) -> Service {
        var service = Service(
            id: ServiceID("xa-service-\(number)"),
            organization: organization,
            name: "Service \(number) (invented)",
            country: countries[0],
            coverage: dice.oneIn(20)
                ? .worldwide : .countries(dice.few(countries).union(dice.oneIn(20) ? [] : [countries[0]])),
            status: dice.oneIn(15) ? dice.pick(ServiceStatus.allCases, otherwise: .active) : .active,
            offers: dice.few(codes).sorted().map { Offer(code: $0) },
            provenance: Provenance(source: "invented", sourceDate: nil, confidence: .high)
        )
        if !dice.oneIn(3) { service.ages = AgeRange(from: Int.random(in: 0...15, using: &dice), through: 18) }
        if dice.oneIn(4) { service.genders = dice.some(Gender.allCases, atLeast: 1) }
        if !dice.oneIn(4) { service.languages = dice.few(languages).sorted { $0.text < $1.text } }
        service.interpreter = dice.pick([true, false, nil], otherwise: nil)
        if dice.oneIn(2) { service.accessible = dice.some(features) }
        service.childSpecialised = dice.oneIn(3)
        service.modes = ContactMode.allCases.shuffled(using: &dice).prefix(2).map { $0 }
        if !dice.oneIn(3) { service.hours = hours(&dice) }
        if !dice.oneIn(3) { service.leadHours = Double(Int.random(in: 0..<40, using: &dice)) / 4 }
        if dice.oneIn(2) { service.intake = dice.some(FirstContactRoute.allCases, atLeast: 1) }
        if dice.oneIn(4) { service.requires = dice.some(Prerequisite.allCases) }
        if dice.oneIn(2) { service.cost = dice.oneIn(3) ? .fee : .free }
        service.capacity = dice.pick([.available, .available, .unknown, .waitlist, .full], otherwise: .unknown)
        if dice.oneIn(2) { service.jurisdictions = dice.few(countries) }
        if dice.oneIn(2) { service.staffGenders = dice.some(Gender.allCases, atLeast: 1) }
        service.mandatedReporter = dice.oneIn(3)
        service.consularOf = dice.oneIn(20) ? dice.pick(countries, otherwise: countries[0]) : nil
        if dice.oneIn(3), let place = places.randomElement(using: &dice) { service.places = [place] }
        if dice.oneIn(10), let party = parties.randomElement(using: &dice) { service.linkedParties = [party] }
        service.confidentialLocation = dice.oneIn(5)
        return service
    }

    private static func hours(_ dice: inout Dice) -> OpeningHours {
        guard !dice.oneIn(6) else { return OpeningHours(zone: .named("Asia/Bangkok"), always: true) }
        let slots = (0..<Int.random(in: 1...2, using: &dice)).map { _ in
            OpeningHours.Slot(
                days: dice.some(OpeningHours.Weekday.allCases, atLeast: 1),
                open: Int.random(in: 12...24, using: &dice) * 30,
                close: Int.random(in: 28...44, using: &dice) * 30
            )
        }
        return OpeningHours(zone: .named("Asia/Bangkok"), always: false, weekly: slots)
    }

    /// Somebody in need, with a consent, so that no gate keeps the list back. Half of the needs have a window unless
    /// `lastingNeeds` leaves those out.
    func context(_ number: Int, lastingNeeds: Bool) -> CaseContext {
        var dice = Dice(seed: UInt64(number) &* 7919 &+ 3)
        let codes = lastingNeeds ? lasting : windowed + lasting
        var context = CaseContext(
            survivor: SurvivorFacts(
                age: Int.random(in: 15...19, using: &dice),
                gender: dice.pick(Gender.allCases, otherwise: .female),
                languages: languages.shuffled(using: &dice).prefix(2).map { $0 },
                currentCountry: here,
                accessibilityNeeds: dice.oneIn(4) ? dice.some(features) : [],
                has: dice.some(Prerequisite.allCases)
            ),
            need: SoughtNeed(
                code: dice.pick(codes, otherwise: codes[0]),
                urgency: dice.pick(Urgency.allCases, otherwise: .urgent),
                jurisdiction: dice.oneIn(2) ? dice.pick(countries, otherwise: here) : nil
            ),
            consent: ConsentOnFile(status: .granted, giver: .survivor)
        )
        context.lastExposure = Self.now.addingTimeInterval(-Double(Int.random(in: 0..<200, using: &dice)) * 3600)
        context.otherNeeds = dice.some(windowed + lasting)
        context.conflicts = [
            ConflictLink(
                party: parties.randomElement(using: &dice),
                organizations: Set(organizations.shuffled(using: &dice).prefix(2)),
                places: Set(places.shuffled(using: &dice).prefix(1))
            )
        ]
        context.fearedStates = [dice.pick(countries, otherwise: here)]
        context.avoidedOrganizations = Set(organizations.shuffled(using: &dice).prefix(2))
        context.avoidedPlaces = Set(places.shuffled(using: &dice).prefix(1))
        context.preferences.staffGender = Preference(
            dice.pick(Gender.allCases, otherwise: .female),
            strict: dice.oneIn(2)
        )
        context.preferences.mode = Preference(dice.pick(ContactMode.allCases, otherwise: .phone), strict: dice.oneIn(2))
        context.preferences.maxTravelHours = Preference(
            Double(Int.random(in: 2..<10, using: &dice)),
            strict: dice.oneIn(2)
        )
        context.safeRoutes = dice.some(FirstContactRoute.allCases, atLeast: 2)
        context.currentProviders = Set(organizations.shuffled(using: &dice).prefix(1))
        context.travel = TravelTimes(travel, of: index)
        return context
    }

    /// Ages and windows as a country states them.
    static let profile = CountryProfile(
        ownConsentFromAge: 15,
        ageOfMajority: 18,
        forensicWindowHours: 120,
        forensicWindowHoursUnder13: 72
    )

    /// The response times of the inter-agency form, the other numbers as the rules have them.
    static func parameters() throws -> MatchParameters {
        MatchParameters(responseTimes: try ResponseTimes(emergency: 24, urgent: 72, routine: 336))
    }

    /// General windows of the medical needs.
    static func windows() throws -> WindowRules {
        let fallback = [try Invented.code("MED-CMR")]
        return WindowRules([
            try Invented.code("MED-HIVPEP"): .init(windowHours: 72, fallback: fallback),
            try Invented.code("MED-EC"): .init(windowHours: 120, fallback: fallback),
            try Invented.code("MED-HEPB"): .init(windowHours: 336, fallback: fallback),
            try Invented.code("MED-FORENSIC"): .init(windowHours: 120, fallback: fallback),
        ])
    }
}
