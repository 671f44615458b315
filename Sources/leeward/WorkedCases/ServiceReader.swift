import Directory
import Matching

/// Reads one service of a scenario, already laid over the defaults. Its address is read by nobody: it never gets into a
/// value that an answer is made of (F6).
struct ServiceReader {
    let node: JSONNode
    let vocabulary: Vocabulary
    let context: CaseContext

    func service() throws(WorkedCaseProblem) -> Service {
        let id = ServiceID(try node.required("id").name)
        var service = Service(
            id: id,
            organization: OrganizationID(try node.required("organisation").name),
            name: try node.optional("name")?.text ?? id.text,
            country: try node.required("country").country,
            coverage: try coverage(try node.required("serves")),
            status: try node.required("status").code(),
            offers: try node.required("offers").items.map(offer),
            provenance: Provenance(source: "worked case", sourceDate: nil, confidence: .high)
        )
        try readWhomItServes(into: &service)
        try readHowItIsReached(into: &service)
        try readWhatMatchingMustKnow(into: &service)
        _ = try node.optional("address")?.text
        return service
    }

    /// Nil when the way is not known.
    func travelHours() throws(WorkedCaseProblem) -> Double? { try node.known("travel_hours")?.hours }

    private func readWhomItServes(into service: inout Service) throws(WorkedCaseProblem) {
        service.ages = try node.known("ages").map(ages)
        service.genders = try node.known("genders").map { item throws(WorkedCaseProblem) in
            Set(try item.codes(Gender.self))
        }
        service.languages = try node.known("languages")?.languages
        service.interpreter = try node.known("interpreter")?.truth
        service.accessible = try node.known("accessible").map { item throws(WorkedCaseProblem) in
            Set(try item.names(AccessFeature.init))
        }
        service.childSpecialised = try node.known("child_specialised")?.truth
    }

    private func readHowItIsReached(into service: inout Service) throws(WorkedCaseProblem) {
        service.modes = try node.known("modes")?.codes()
        service.hours = try node.known("hours").map(hours)
        service.leadHours = try node.known("lead_hours")?.hours
        service.intake = try node.known("intake").map { item throws(WorkedCaseProblem) in
            Set(try item.codes(FirstContactRoute.self))
        }
        service.requires = try node.known("requires").map { item throws(WorkedCaseProblem) in
            Set(try item.codes(Prerequisite.self))
        }
        service.cost = try node.known("cost")?.code()
        service.capacity = try node.known("capacity")?.code() ?? .unknown
    }

    private func readWhatMatchingMustKnow(into service: inout Service) throws(WorkedCaseProblem) {
        service.jurisdictions = try node.known("jurisdictions").map(jurisdictions)
        service.staffGenders = try node.known("staff_genders").map { item throws(WorkedCaseProblem) in
            Set(try item.codes(Gender.self))
        }
        service.mandatedReporter = try node.known("mandated_reporter")?.truth
        service.consularOf = try node.known("consular_of")?.country
        service.places = Set(try node.required("places").names(PlaceID.init))
        service.linkedParties = Set(try node.required("linked_parties").names(PartyID.init))
        service.confidentialLocation = try node.required("confidential_location").truth
        service.verification = try node.known("verified_on").map { item throws(WorkedCaseProblem) in
            Verification(on: try day(item), by: "worked case", method: nil)
        }
    }

    private func coverage(_ node: JSONNode) throws(WorkedCaseProblem) -> Coverage {
        var countries: Set<CountryCode> = []
        var isWorldwide = false
        for item in try node.items {
            if try item.text == "*" { isWorldwide = true } else { countries.insert(try item.country) }
        }
        return isWorldwide ? .worldwide : .countries(countries)
    }

    /// `*` stands for every court, so for the one she needs.
    private func jurisdictions(_ node: JSONNode) throws(WorkedCaseProblem) -> Set<CountryCode> {
        var countries: Set<CountryCode> = []
        for item in try node.items {
            if try item.text != "*" {
                countries.insert(try item.country)
            } else if let court = context.need.jurisdiction {
                countries.insert(court)
            }
        }
        return countries
    }

    private func offer(_ node: JSONNode) throws(WorkedCaseProblem) -> Offer {
        Offer(
            code: try vocabulary.serviceCode(try node.required("code")),
            windowHours: try node.optional("window_hours")?.whole(in: 0...100_000)
        )
    }

    private func ages(_ node: JSONNode) throws(WorkedCaseProblem) -> AgeRange {
        let bounds = try node.items
        guard bounds.count == 2 else { throw node.problem("the youngest and the oldest age are expected") }
        let youngest = try bounds[0].whole(in: 0...120)
        // Nobody is older than 120, so a higher bound says the same.
        let oldest = min(120, try bounds[1].whole(in: 0...1000))
        guard let range = AgeRange(from: youngest, through: oldest) else {
            throw node.problem("the youngest age stands above the oldest")
        }
        return range
    }

    private func hours(_ node: JSONNode) throws(WorkedCaseProblem) -> OpeningHours {
        let offset = try node.required("utc_offset")
        guard let seconds = Timestamp.offsetSeconds(try offset.text) else {
            throw offset.problem("an offset such as +07:00 is expected")
        }
        let isAlways = try node.required("always").truth
        let slots = try node.required("weekly").items.map(slot)
        return OpeningHours(
            zone: .fixed(secondsFromGMT: seconds),
            always: isAlways,
            weekly: isAlways ? [] : slots,
            closedDates: Set(
                try node.required("closed_dates").items.map { item throws(WorkedCaseProblem) in try day(item) }
            )
        )
    }

    private func slot(_ node: JSONNode) throws(WorkedCaseProblem) -> OpeningHours.Slot {
        OpeningHours.Slot(
            days: Set(try node.required("days").codes(OpeningHours.Weekday.self)),
            open: try minute(try node.required("open"), through: 1439),
            close: try minute(try node.required("close"), through: 1440)
        )
    }

    private func minute(_ node: JSONNode, through latest: Int) throws(WorkedCaseProblem) -> Int {
        let parts = try node.text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= latest
        else { throw node.problem("a time such as 08:30 is expected") }
        return hour * 60 + minute
    }

    private func day(_ node: JSONNode) throws(WorkedCaseProblem) -> CalendarDay {
        guard let day = CalendarDay(try node.text) else { throw node.problem("a day such as 2026-03-13 is expected") }
        return day
    }
}
