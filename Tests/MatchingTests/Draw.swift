import Care
import Directory
import Foundation
import Matching

/// Draws cases and directories from a seed: every field of the form takes each of its values now and then.
struct Draw {
    private static let codes = [
        "MED-HIVPEP", "MED-EC", "MED-CMR", "MED-FUP", "MED-FORENSIC", "PSY-PSS", "LEG-REP", "SOC-SHELTER",
    ].map(Sample.code)
    private static let countries = ["XA", "XB", "XC"].map { CountryCode($0)! }
    private static let languages = ["th", "lo", "en"].map { LanguageTag($0)! }
    private static let features = ["wheelchair", "sign_language"].map(AccessFeature.init)
    private static let places = ["place-1", "place-2", "place-3"].map(PlaceID.init)
    private static let parties = ["party-1", "party-2"].map(PartyID.init)
    private static let organizations = (0..<6).map { OrganizationID("org-\($0)") }

    var dice: Dice
    let now: Date

    init(seed: UInt64) {
        self.dice = Dice(seed: seed)
        let minutes = Int.random(in: 0..<(14 * 1440), using: &dice)
        self.now = Sample.now.addingTimeInterval(Double(minutes) * 60)
    }

    mutating func context() -> CaseContext {
        var context = Sample.context(dice.pick(Self.codes).text, dice.pick(Urgency.allCases))
        context.survivor = SurvivorFacts(
            age: Int.random(in: 4...22, using: &dice),
            gender: dice.pick(Gender.allCases),
            languages: Array(dice.some(Self.languages, atLeast: 1)),
            currentCountry: dice.pick(Array(Self.countries.prefix(2))),
            accessibilityNeeds: dice.oneIn(4) ? dice.some(Self.features) : [],
            has: dice.some(Prerequisite.allCases)
        )
        if !dice.oneIn(4) { context.lastExposure = hours(-Double(Int.random(in: 0..<1000, using: &dice)) / 4) }
        if dice.oneIn(4) { context.canLeaveAt = hours(Double(Int.random(in: -8..<40, using: &dice)) / 4) }
        context.otherNeeds = dice.some(Self.codes)
        context.isLifeThreatening = dice.oneIn(5)
        context.need.jurisdiction = dice.oneIn(2) ? dice.pick(Self.countries) : nil
        context.caregiverIsAllegedPerpetrator = dice.oneIn(3)
        context.consent = ConsentOnFile(
            status: dice.pick([.granted, .granted, .granted, .notAsked, .revoked]),
            giver: dice.pick(ConsentGiver.allCases),
            childAssent: dice.pick([true, false, nil]),
            expiresAt: dice.oneIn(4) ? hours(Double(Int.random(in: -3..<3, using: &dice))) : nil,
            allowsCrossBorder: dice.oneIn(2)
        )
        if dice.oneIn(2) {
            context.conflicts = (0..<Int.random(in: 1...2, using: &dice)).map { _ in
                ConflictLink(
                    party: dice.oneIn(2) ? dice.pick(Self.parties) : nil,
                    organizations: dice.oneIn(2) ? [dice.pick(Self.organizations)] : [],
                    places: dice.oneIn(2) ? [dice.pick(Self.places)] : []
                )
            }
        }
        if dice.oneIn(3) { context.fearedStates = [dice.pick(Self.countries)] }
        if dice.oneIn(4) { context.avoidedOrganizations = [dice.pick(Self.organizations)] }
        if dice.oneIn(4) { context.avoidedPlaces = [dice.pick(Self.places)] }
        if dice.oneIn(2) {
            context.preferences.staffGender = Preference(dice.pick(Gender.allCases), strict: dice.oneIn(2))
        }
        if dice.oneIn(2) {
            context.preferences.mode = Preference(dice.pick(ContactMode.allCases), strict: dice.oneIn(2))
        }
        if dice.oneIn(2) {
            context.preferences.maxTravelHours = Preference(
                Double(Int.random(in: 0..<20, using: &dice)) / 2,
                strict: dice.oneIn(2)
            )
        }
        context.preferences.noReportToAuthorities = dice.oneIn(3)
        context.safeRoutes = dice.some(FirstContactRoute.allCases, atLeast: 2)
        context.currentProviders = dice.some(Self.organizations)
        return context
    }

    /// Services of which every fact is stated, mostly such that a good part of them fits somebody.
    mutating func services(_ count: Int) -> [Service] {
        (0..<count).map { number in
            var service = Sample.service("service-\(number)")
            service.organization = dice.pick(Self.organizations)
            service.country = dice.pick(Self.countries)
            service.coverage = dice.oneIn(3) ? .worldwide : .countries(dice.some(Self.countries, atLeast: 2))
            if dice.oneIn(12) { service.status = dice.pick(ServiceStatus.allCases) }
            service.offers = dice.some(Self.codes, atLeast: 4)
                .sorted()
                .map { Offer(code: $0, windowHours: dice.oneIn(5) ? Int.random(in: 24...150, using: &dice) : nil) }
            if dice.oneIn(4) { service.ages = AgeRange(from: Int.random(in: 0...15, using: &dice), through: 18) }
            if dice.oneIn(4) { service.genders = dice.some(Gender.allCases, atLeast: 1) }
            service.languages = Array(dice.some(Self.languages, atLeast: 1))
            service.interpreter = dice.oneIn(2)
            service.accessible = dice.oneIn(3) ? [] : Set(Self.features)
            service.childSpecialised = dice.oneIn(3)
            service.modes = Array(dice.some(ContactMode.allCases, atLeast: 1))
            if !dice.oneIn(3) { service.hours = hours() }
            service.leadHours = dice.oneIn(3) ? Double(Int.random(in: 0..<40, using: &dice)) / 4 : 0
            if dice.oneIn(2) { service.intake = dice.some(FirstContactRoute.allCases, atLeast: 1) }
            if dice.oneIn(4) { service.requires = dice.some(Prerequisite.allCases) }
            if dice.oneIn(4) { service.cost = .fee }
            service.capacity = dice.pick([.available, .available, .unknown, .waitlist, .full])
            service.jurisdictions = dice.some(Self.countries, atLeast: 1)
            service.staffGenders = dice.some(Gender.allCases, atLeast: 1)
            service.mandatedReporter = dice.oneIn(3)
            service.consularOf = dice.oneIn(6) ? dice.pick(Self.countries) : nil
            service.places = dice.oneIn(4) ? [dice.pick(Self.places)] : []
            service.linkedParties = dice.oneIn(6) ? [dice.pick(Self.parties)] : []
            service.confidentialLocation = dice.oneIn(5)
            let day = CalendarDay(daysSince1970: 20_525 - Int.random(in: 0..<400, using: &dice))!
            service.verification = Verification(on: day, by: "fixture", method: nil)
            return service
        }
    }

    /// Hours of travel to each, on quarters of an hour.
    mutating func travel(to services: [Service]) -> [ServiceID: Double] {
        var travel: [ServiceID: Double] = [:]
        for service in services { travel[service.id] = Double(Int.random(in: 0..<60, using: &dice)) / 4 }
        return travel
    }

    /// Takes away what is stated, fact by fact, each with a chance.
    mutating func forgetting(_ service: Service) -> Service {
        var service = service
        if dice.oneIn(3) { service.ages = nil }
        if dice.oneIn(3) { service.genders = nil }
        if dice.oneIn(3) { service.languages = nil }
        if dice.oneIn(3) { service.interpreter = nil }
        if dice.oneIn(3) { service.accessible = nil }
        if dice.oneIn(3) { service.childSpecialised = nil }
        if dice.oneIn(3) { service.hours = nil }
        if dice.oneIn(3) { service.leadHours = nil }
        if dice.oneIn(3) { service.intake = nil }
        if dice.oneIn(3) { service.requires = nil }
        if dice.oneIn(3) { service.cost = nil }
        if dice.oneIn(3) { service.jurisdictions = nil }
        if dice.oneIn(3) { service.staffGenders = nil }
        if dice.oneIn(3) { service.mandatedReporter = nil }
        if dice.oneIn(3) { service.verification = nil }
        return service
    }

    private mutating func hours() -> OpeningHours {
        let slots = (0..<Int.random(in: 1...2, using: &dice)).map { _ in
            OpeningHours.Slot(
                days: dice.some(OpeningHours.Weekday.allCases),
                open: Int.random(in: 0..<48, using: &dice) * 30,
                close: Int.random(in: 0...48, using: &dice) * 30
            )
        }
        let today = Int(now.timeIntervalSince1970 / 86_400)
        let closed = (0..<Int.random(in: 0...3, using: &dice)).map { CalendarDay(daysSince1970: today + $0)! }
        return OpeningHours(
            zone: .fixed(secondsFromGMT: Int.random(in: -40...50, using: &dice) * 900),
            always: false,
            weekly: slots,
            closedDates: dice.oneIn(3) ? Set(closed) : []
        )
    }

    private func hours(_ count: Double) -> Date { now.addingTimeInterval(count * 3600) }
}
