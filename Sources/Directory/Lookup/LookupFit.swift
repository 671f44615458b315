import Foundation

/// How one service fits a question: what keeps it out, what speaks for it, where it stands in the list.
struct LookupFit {
    let query: LookupQuery
    let service: Service
    let covers: [ServiceCode]

    /// Nil when nothing keeps it out. Unknown never does (DECISIONS 1).
    var withheld: WithheldReason? {
        guard service.status == .active else { return .notRunning }
        guard service.mayBeShown else { return .lowConfidence }
        if let age = query.age, let ages = service.ages, !ages.contains(age) { return .age }
        if let gender = query.gender, let genders = service.genders, !genders.contains(gender) { return .gender }
        return nil
    }

    /// She asked to leave it out. It is then not counted anywhere either (F5).
    var isAvoided: Bool {
        query.avoidOrganizations.contains(service.organization) || !query.avoidPlaces.isDisjoint(with: service.places)
    }

    /// Known to fit, unknown, known not to fit; a wish that was not made is known to fit.
    private enum Known: Int {
        case fits
        case unknown
        case fitsNot
    }

    private var language: Known {
        guard !query.languages.isEmpty else { return .fits }
        guard let languages = service.languages else { return .unknown }
        if !Set(languages).isDisjoint(with: query.languages) { return .fits }
        return service.languagesAsStated != nil || service.interpreter == true ? .unknown : .fitsNot
    }

    private var mode: Known {
        guard let mode = query.mode else { return .fits }
        guard let modes = service.modes else { return .unknown }
        return modes.contains(mode) ? .fits : .fitsNot
    }

    private var isOutsideCountry: Bool { service.country != query.country && service.coverage == .worldwide }

    private var isForChildren: Bool { service.childSpecialised == true }

    func found(in directory: ServiceDirectory, opening: OpeningState) -> FoundService {
        FoundService(
            service: service,
            organization: directory.organizations[service.organization],
            covers: covers,
            why: why(opening),
            flags: flags(opening),
            opening: opening
        )
    }

    private func why(_ opening: OpeningState) -> [LookupReason] {
        var why: [LookupReason] = covers.isEmpty ? [] : [.offersNeed]
        if let age = query.age {
            if isForChildren, age < 18 { why.append(.forChildren) }
            if service.ages != nil { why.append(.ageFits) }
        }
        if query.gender != nil, service.genders != nil { why.append(.genderFits) }
        if !query.languages.isEmpty, language == .fits { why.append(.languageShared) }
        if query.mode != nil, mode == .fits { why.append(.modeOffered) }
        if case .open = opening { why.append(.openNow) }
        if service.cost == .free { why.append(.free) }
        if service.verification != nil { why.append(.verified) }
        return why
    }

    private func flags(_ opening: OpeningState) -> [LookupFlag] {
        var flags: [LookupFlag] = []
        if service.contacts.isEmpty { flags.append(.noContact) }
        if opening == .unknown { flags.append(.hoursUnknown) }
        if service.ages == nil || service.genders == nil { flags.append(.eligibilityUnknown) }
        switch service.cost {
        case nil: flags.append(.costUnknown)
        case .fee: flags.append(.costsMoney)
        case .free: break
        }
        if service.languages == nil { flags.append(.languagesUnknown) }
        if language == .fitsNot { flags.append(.languageNotListed) }
        if mode == .unknown { flags.append(.modeUnknown) }
        if mode == .fitsNot { flags.append(.modeNotOffered) }
        if service.area != nil { flags.append(.limitedArea) }
        if isOutsideCountry { flags.append(.outsideCountry) }
        if service.capacity == .waitlist { flags.append(.waitlist) }
        if service.capacity == .full { flags.append(.full) }
        if !service.provenance.conflicts.isEmpty { flags.append(.conflictingSources) }
        if !service.provenance.checks.isEmpty { flags.append(.checkFirst) }
        switch service.verification {
        case nil: flags.append(.notVerified)
        case .some(let verification): if isStale(verification) { flags.append(.verifiedLongAgo) }
        }
        return flags
    }

    /// Verified more than 180 days ago (F10).
    private func isStale(_ verification: Verification) -> Bool {
        let seconds = (query.date.timeIntervalSince1970 / 86_400).rounded(.down)
        guard abs(seconds) < 1e6, let limit = CalendarDay(daysSince1970: Int(seconds) - 180) else { return true }
        return verification.on < limit
    }

    /// The place in the list, compared number by number, less is better: a way to reach it, more needs met, the most
    /// pressing need, made for her age, the whole country, its main offer, known to fit, language, mode, open, room,
    /// strength of the source.
    func rank(_ opening: OpeningState) -> [Int] {
        let main = covers.first.map { code in service.offers.first?.code == code ? 0 : 1 } ?? 0
        let pressing = covers.first.flatMap { query.needs.firstIndex(of: $0) } ?? 0
        return [
            service.contacts.isEmpty ? 1 : 0, -covers.count, pressing, ageRank,
            isOutsideCountry ? 2 : service.area == nil ? 0 : 1,
            main, eligibilityRank, language.rawValue, mode.rawValue, Self.rank(opening), capacityRank, trustRank,
            service.provenance.conflicts.isEmpty ? 0 : 1,
        ]
    }

    private var ageRank: Int {
        guard let age = query.age else { return 0 }
        return isForChildren == (age < 18) ? 0 : 1
    }

    private var eligibilityRank: Int {
        (query.age != nil && service.ages == nil ? 1 : 0) + (query.gender != nil && service.genders == nil ? 1 : 0)
    }

    private static func rank(_ opening: OpeningState) -> Int {
        switch opening {
        case .open: 0
        case .unknown: 1
        case .closed: 2
        }
    }

    private var capacityRank: Int {
        switch service.capacity {
        case .available: 0
        case .unknown: 1
        case .waitlist: 2
        case .full: 3
        }
    }

    private var trustRank: Int {
        if let verification = service.verification, !isStale(verification) { return 0 }
        switch service.provenance.confidence {
        case .high: return 1
        case .medium: return 2
        case .low: return 3
        }
    }
}
