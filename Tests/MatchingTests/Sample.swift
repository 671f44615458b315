import Care
import Directory
import Foundation
import Matching

/// Invented services, survivors and rules. Every fact is stated, as in a worked case; a test takes away or changes the one
/// it is about.
enum Sample {
    static let now = moment("2026-03-13T10:00:00+07:00")
    static let here = CountryCode("XA")!
    static let abroad = CountryCode("XB")!
    static let thai = LanguageTag("th")!
    static let profile = CountryProfile(
        ownConsentFromAge: 15,
        ageOfMajority: 18,
        forensicWindowHours: 120,
        forensicWindowHoursUnder13: 72
    )
    static let windows = WindowRules([
        code("MED-HIVPEP"): .init(windowHours: 72, fallback: [code("MED-CMR"), code("MED-FUP")]),
        code("MED-EC"): .init(windowHours: 120, fallback: [code("MED-PREG"), code("MED-CMR")]),
        code("MED-HEPB"): .init(windowHours: 336, fallback: [code("MED-FUP"), code("MED-CMR")]),
        code("MED-FORENSIC"): .init(windowHours: 120, fallback: [code("MED-CMR")]),
        code("MED-TOX"): .init(windowHours: 120, fallback: [code("MED-CMR")]),
    ])
    static let windowsByAge = WindowRules([
        code("MED-HIVPEP"): .init(windowHours: 72, fallback: [code("MED-CMR"), code("MED-FUP")]),
        code("MED-EC"): .init(windowHours: 120, fallback: [code("MED-FUP"), code("MED-CMR")]),
        code("MED-FORENSIC"): .init(
            windowHours: 120,
            younger: .init(under: 13, hours: 72),
            fallback: [code("MED-CMR")]
        ),
    ])

    static let parameters = MatchParameters(responseTimes: responseTimes())

    /// Those of the worked cases' form unless others are given.
    static func responseTimes(emergency: Int = 24, urgent: Int = 72, routine: Int = 336) -> ResponseTimes {
        try! ResponseTimes(emergency: emergency, urgent: urgent, routine: routine)
    }

    static func code(_ text: String) -> ServiceCode { ServiceCode(text)! }

    static func moment(_ text: String) -> Date { try! Date(text, strategy: .iso8601) }

    static func hours(_ count: Double, after start: Date = now) -> Date { start.addingTimeInterval(count * 3600) }

    static func weekly(
        _ days: Set<OpeningHours.Weekday>,
        _ open: Int,
        _ close: Int,
        zone: OpeningHours.Zone = .fixed(secondsFromGMT: 7 * 3600),
        closed: Set<CalendarDay> = []
    ) -> OpeningHours {
        OpeningHours(
            zone: zone,
            always: false,
            weekly: [OpeningHours.Slot(days: days, open: open * 60, close: close * 60)],
            closedDates: closed
        )
    }

    static func service(
        _ id: String,
        offers: [String] = ["PSY-PSS"],
        _ change: (inout Service) -> Void = { _ in }
    ) -> Service {
        var service = Service(
            id: ServiceID(id),
            organization: OrganizationID("org-\(id)"),
            name: "Service \(id)",
            country: here,
            coverage: .countries([here]),
            status: .active,
            offers: offers.map { Offer(code: code($0)) },
            provenance: Provenance(source: "fixture", sourceDate: nil, confidence: .high)
        )
        service.ages = AgeRange(from: 0, through: 120)
        service.genders = Set(Gender.allCases)
        service.languages = [thai]
        service.interpreter = false
        service.accessible = []
        service.childSpecialised = false
        service.modes = [.inPerson]
        service.hours = OpeningHours(zone: .fixed(secondsFromGMT: 7 * 3600), always: true)
        service.leadHours = 0
        service.intake = [.workerIntroduces, .survivorContacts]
        service.requires = []
        service.cost = .free
        service.capacity = .available
        service.jurisdictions = [here]
        service.staffGenders = [.female, .male]
        service.mandatedReporter = false
        service.verification = Verification(on: CalendarDay("2026-02-15")!, by: "fixture", method: nil)
        change(&service)
        return service
    }

    static func context(
        _ need: String = "PSY-PSS",
        _ urgency: Urgency = .routine,
        _ change: (inout CaseContext) -> Void = { _ in }
    ) -> CaseContext {
        var context = CaseContext(
            survivor: SurvivorFacts(age: 16, gender: .female, languages: [thai], currentCountry: here),
            need: SoughtNeed(code: code(need), urgency: urgency),
            consent: ConsentOnFile(status: .granted, giver: .survivor)
        )
        context.safeRoutes = Set(FirstContactRoute.allCases)
        change(&context)
        return context
    }

    /// The match of `services`; those that `travel` does not name are next door.
    static func match(
        _ context: CaseContext,
        _ services: [Service],
        travel: [String: Double] = [:],
        profile: CountryProfile = profile,
        windows: WindowRules = windows,
        parameters: MatchParameters = parameters,
        now: Date = now
    ) throws -> MatchResult {
        var context = context
        var hours = Dictionary(uniqueKeysWithValues: services.map { ($0.id, 0.0) })
        for (id, span) in travel { hours[ServiceID(id)] = span }
        if context.travel == TravelTimes([:]) { context.travel = TravelTimes(hours) }
        return Matcher.match(
            context,
            among: try ServiceIndex(services),
            profile: profile,
            windows: windows,
            parameters: parameters,
            now: now
        )
    }
}

extension MatchResult {
    /// The identifiers listed, in their order.
    var listed: [String] { options.map(\.service.text) }

    func reasons(_ id: String) -> [ExclusionReason] {
        excluded.first { $0.service.text == id }.map { Array($0.reasons) } ?? []
    }

    func option(_ id: String) -> MatchedOption? { options.first { $0.service.text == id } }

    func flags(_ id: String) -> [MatchFlag] { option(id).map { Array($0.flags) } ?? [] }
}

extension MatchAnswer {
    /// Everything in the answer, as text to compare and to search.
    var transcript: String {
        var lines = ["\(outcome) \(Array(gates)) \(Array(flags)) \(referralMayBeSent)"]
        for entry in options {
            let option = entry.option
            lines.append(
                "\(option.service) \(option.rank) \(Array(option.flags)) \(option.softPoints) \(String(describing: option.earliestStart))"
                    + " \(entry.why.map(\.sentence))"
            )
        }
        for service in excluded { lines.append("\(service.service) \(Array(service.reasons)) ") }
        return lines.joined(separator: "\n")
    }
}

/// Repeatable chance: SplitMix64 with a seed that a failing test prints.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True once in `count` throws.
    mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    mutating func some<Element: Hashable>(_ elements: [Element], atLeast least: Int = 0) -> Set<Element> {
        Set(elements.shuffled(using: &self).prefix(Int.random(in: least...elements.count, using: &self)))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements.randomElement(using: &self)! }
}
