import Care
import Directory

/// One match in progress: everything that is the same for all services, worked out once. What services share (a set of
/// languages, an organisation, a list of offers) is judged once here and looked up by number for each of them, so that a
/// service costs some tens of nanoseconds with all its reasons.
struct Query {
    /// What one shared value means for this case.
    struct Verdict {
        /// Bits of ``Rule``.
        var broken: UInt32 = 0
        /// Bits of ``Flag``.
        var flags: UInt32 = 0
        var fits: UInt16 = 0
    }

    /// What one list of offers means for this case.
    struct OfferVerdict {
        var broken: UInt32
        /// Place in the targets of the first code that is offered in time; -1 for none.
        var target: Int32
        /// Last moment at which it may start; ``Int/max`` without a limit.
        var end: Int
        /// The end that may be told: not later than `end`; ``Int/max`` without a limit.
        var told: Int
    }

    let context: CaseContext
    let index: ServiceIndex
    let parameters: MatchParameters
    let sought: SoughtCodes
    let now: Int
    let departure: Int
    let exposure: Int?
    let responseEnd: Int
    let speedFirst: Bool
    /// Bits of ``Flag`` that leave open whether or when she is helped: more of them sort later (DECISIONS 1).
    let openQuestions: UInt32

    let offers: [OfferVerdict]
    let organizations: [Verdict]
    let countryIsHers: [Bool]
    let coverages: [UInt32]
    let jurisdictions: [Verdict]
    let languages: [Verdict]
    let accessible: [Verdict]
    let places: [UInt32]
    let parties: [UInt32]
    let consulates: [UInt32]
    let clocks: [ZoneOffset?]
    /// By code: last moment of another need that a visit could cover; ``Int/min`` for codes she has no need of.
    let otherNeedEnds: [Int]
    /// Milliseconds by row; -1 where the distance is not known.
    let travel: [Int]

    let genderBits: ListedCodes?
    let has: ListedCodes
    let safeRoutes: ListedCodes?
    let wishedStaff: ListedCodes?
    let wishedMode: ListedCodes?
    let maxTravel: Int?
    /// The same wishes where they are strict.
    let strictStaff: ListedCodes?
    let strictMode: ListedCodes?
    let strictTravel: Int?
    let age: Int?
    let languageIsWaived: Bool
    let canPay: Bool

    let inPerson = ListedCodes([ContactMode.inPerson])
    let everyGender = ListedCodes(Gender.allCases)

    init(
        _ context: CaseContext,
        index: ServiceIndex,
        profile: CountryProfile,
        windows: WindowRules,
        parameters: MatchParameters,
        now: Int
    ) {
        let sought = SoughtCodes(context, profile: profile, windows: windows, now: now)
        let need = context.need
        let survivor = context.survivor
        self.context = context
        self.index = index
        self.parameters = parameters
        self.sought = sought
        self.now = now
        self.departure = max(now, context.canLeaveAt.map(Milliseconds.of) ?? now)
        self.responseEnd = now + parameters.responseTimes.hours(for: need.urgency) * Milliseconds.hour
        self.speedFirst = sought.hasOpenWindow || need.urgency == .emergency
        self.languageIsWaived = Self.waivesLanguage(context, sought)
        self.canPay = survivor.has.contains(.payment)
        self.openQuestions = Self.openQuestions(context, languageIsWaived: languageIsWaived, canPay: canPay)

        let places = index.codes.map { code in sought.targets.firstIndex { $0.code == code } ?? -1 }
        let passed = sought.passed.flatMap { index.codes.firstIndex(of: $0) } ?? -1
        let exposure = context.lastExposure.map(Milliseconds.of)
        self.exposure = exposure
        self.offers = (0..<(index.offerStarts.count - 1)).map { list in
            let range = index.offerStarts[list]..<index.offerStarts[list + 1]
            return Self.judge(index.offers, range, places: places, passed: passed, sought, exposure: exposure, now: now)
        }
        self.organizations = Self.judgeOrganizations(index, context)
        self.countryIsHers = index.countries.map { $0 == survivor.currentCountry }
        self.coverages = index.coverages.map { $0.includes(survivor.currentCountry) ? 0 : Rule.country }
        self.jurisdictions = index.jurisdictions.map { Self.judge(jurisdictions: $0, need) }
        let spoken = survivor.languages?.map(SpokenLanguage.init)
        self.languages = index.languages.map { Self.judge(languages: $0, spoken) }
        self.accessible = index.accessible.map { Self.judge(accessible: $0, survivor.accessibilityNeeds) }
        self.places = Self.judgePlaces(index, context)
        self.parties = Self.judgeParties(index, context)
        self.consulates = index.consulates.map { state in
            state.map { context.fearedStates.contains($0) } ?? false ? Rule.fearedAuthority : 0
        }
        self.clocks = index.openings.zones.map { ZoneOffset($0, from: now) }
        self.otherNeedEnds = index.codes.map { code in
            guard code != need.code, context.otherNeeds.contains(code) else { return .min }
            return SoughtCodes.end(code, context, profile, windows) ?? .max
        }
        self.travel = context.travel.milliseconds(in: index)

        let preferences = context.preferences
        self.genderBits = survivor.gender.map { ListedCodes([$0]) }
        self.has = ListedCodes(survivor.has)
        self.safeRoutes = context.safeRoutes.map { ListedCodes($0) }
        let staff = preferences.staffGender.map { ListedCodes([$0.value]) }
        let mode = preferences.mode.map { ListedCodes([$0.value]) }
        let travel = preferences.maxTravelHours.flatMap { Milliseconds.fromHours($0.value) }
        self.wishedStaff = staff
        self.wishedMode = mode
        self.maxTravel = travel
        self.strictStaff = preferences.staffGender?.isStrict == true ? staff : nil
        self.strictMode = preferences.mode?.isStrict == true ? mode : nil
        self.strictTravel = preferences.maxTravelHours?.isStrict == true ? travel : nil
        self.age = survivor.age
    }
}

// MARK: What services share, judged once

extension Query {
    /// Medical help that cannot wait for an interpreter goes ahead without one (M2).
    private static func waivesLanguage(_ context: CaseContext, _ sought: SoughtCodes) -> Bool {
        guard context.need.code.sector == .medical else { return false }
        return sought.hasOpenWindow || context.need.urgency == .emergency || context.isLifeThreatening
            || context.need.code.text == "MED-EMERG"
    }

    private static func openQuestions(_ context: CaseContext, languageIsWaived: Bool, canPay: Bool) -> UInt32 {
        var flags =
            Flag.hoursUnknown | Flag.eligibilityUnknown | Flag.requirementsUnknown | Flag.routeUnknown
            | Flag.modeUnknown | Flag.travelUnknown | Flag.waitUnknown | Flag.accessUnknown | Flag.jurisdictionUnknown
        if !canPay { flags |= Flag.costUnknown }
        if !languageIsWaived { flags |= Flag.languagesUnknown }
        if context.preferences.staffGender?.isStrict == true { flags |= Flag.staffGenderUnknown }
        return flags
    }

    /// One list of offers; `places` gives by code its place in the targets, -1 for none.
    private static func judge(
        _ offers: [ServiceIndex.IndexedOffer],
        _ range: Range<Int>,
        places: [Int],
        passed: Int,
        _ sought: SoughtCodes,
        exposure: Int?,
        now: Int
    ) -> OfferVerdict {
        var isOffered = false
        var offersPassed = false
        var target = -1
        var latest = Int.min
        var latestTold = Int.min
        for offer in offers[range] {
            if Int(offer.code) == passed { offersPassed = true }
            let place = places[Int(offer.code)]
            guard place >= 0 else { continue }
            isOffered = true
            let end = shortened(sought.targets[place].end ?? .max, offer, exposure: exposure)
            latest = max(latest, end)
            latestTold = max(latestTold, shortened(sought.targets[place].told ?? .max, offer, exposure: exposure))
            // What this service stocks is over before the general window is (H1).
            guard now <= end else { continue }
            target = target < 0 ? place : min(target, place)
        }
        if target >= 0 { return OfferVerdict(broken: 0, target: Int32(target), end: latest, told: latestTold) }
        if isOffered { return OfferVerdict(broken: Rule.window | Rule.deadline, target: -1, end: .max, told: .max) }
        return OfferVerdict(broken: offersPassed ? Rule.window : Rule.capability, target: -1, end: .max, told: .max)
    }

    /// The end for one service, ``Int/max`` without one: its own window shortens the general one, never lengthens it.
    private static func shortened(_ end: Int, _ offer: ServiceIndex.IndexedOffer, exposure: Int?) -> Int {
        guard let hours = offer.windowHours, let exposure else { return end }
        return min(end, exposure + hours * Milliseconds.hour)
    }

    /// Whether this offer of another need can still be given at `start` (M6: what else the visit covers).
    func covers(_ offer: ServiceIndex.IndexedOffer, at start: Int) -> Bool {
        let end = otherNeedEnds[Int(offer.code)]
        return end > .min && start <= Self.shortened(end, offer, exposure: exposure)
    }

    private static func judgeOrganizations(_ index: ServiceIndex, _ context: CaseContext) -> [Verdict] {
        var verdicts = [Verdict](repeating: Verdict(), count: index.organizations.count)
        for organization in context.conflicts.flatMap(\.organizations) {
            if let number = index.organizations[organization] {
                verdicts[Int(number)].broken |= Rule.allegedPerpetrator
            }
        }
        for organization in context.avoidedOrganizations {
            if let number = index.organizations[organization] { verdicts[Int(number)].broken |= Rule.avoided }
        }
        for organization in context.currentProviders {
            if let number = index.organizations[organization] { verdicts[Int(number)].fits |= Fit.knownProvider }
        }
        return verdicts
    }

    private static func judgePlaces(_ index: ServiceIndex, _ context: CaseContext) -> [UInt32] {
        var broken = [UInt32](repeating: 0, count: index.placeSets)
        for place in context.conflicts.flatMap(\.places) {
            for number in index.placeHolders[place] ?? [] { broken[Int(number)] |= Rule.allegedPerpetrator }
        }
        for place in context.avoidedPlaces {
            for number in index.placeHolders[place] ?? [] { broken[Int(number)] |= Rule.avoided }
        }
        return broken
    }

    private static func judgeParties(_ index: ServiceIndex, _ context: CaseContext) -> [UInt32] {
        var broken = [UInt32](repeating: 0, count: index.partySets)
        for party in context.conflicts.compactMap(\.party) {
            for number in index.partyHolders[party] ?? [] { broken[Int(number)] |= Rule.allegedPerpetrator }
        }
        return broken
    }

    private static func judge(jurisdictions: Set<CountryCode>?, _ need: SoughtNeed) -> Verdict {
        guard need.code.sector == .legal, let court = need.jurisdiction else { return Verdict() }
        guard let jurisdictions else { return Verdict(flags: Flag.jurisdictionUnknown) }
        return jurisdictions.contains(court) ? Verdict() : Verdict(broken: Rule.jurisdiction)
    }

    /// Says whether a language is shared; whether an interpreter makes up for it is a fact of the service.
    private static func judge(languages: [LanguageTag]?, _ spoken: [SpokenLanguage]?) -> Verdict {
        guard let languages, let spoken else { return Verdict(flags: Flag.languagesUnknown) }
        let isShared = languages.contains { tag in
            let offered = SpokenLanguage(tag)
            return spoken.contains { $0.isShared(with: offered) }
        }
        return isShared ? Verdict(fits: Fit.sharedLanguage) : Verdict(broken: Rule.language, flags: Flag.interpreter)
    }

    private static func judge(accessible: Set<AccessFeature>?, _ needs: Set<AccessFeature>) -> Verdict {
        guard !needs.isEmpty else { return Verdict() }
        guard let accessible else { return Verdict(flags: Flag.accessUnknown) }
        return needs.isSubset(of: accessible) ? Verdict() : Verdict(broken: Rule.access)
    }
}
