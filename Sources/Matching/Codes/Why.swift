public import Directory

/// A ground for listing a service (M6). It never names a place, a person or what happened.
public enum Why: Hashable, Sendable {
    case offers(ServiceCode)
    /// The window of her need is over; this is offered in its stead (H4).
    case offersFallback(ServiceCode)
    /// Whole hours from earliest start to the end of the window.
    case hoursToSpare(Int)
    case sharedLanguage
    case wishedStaffGender
    case wishedMode
    case withinWishedTravel
    case childSpecialised
    case worksWithHerAlready
    case free
    /// Staff must report though she wants no report.
    case reportsAgainstWish
    case alsoCovers([ServiceCode])
    /// There is no alternative to it (M6).
    case onlyOption

    /// Whether it tells something of the case that only those inside it may know.
    public var isOfTheCase: Bool {
        switch self {
        case .hoursToSpare, .worksWithHerAlready, .alsoCovers: true
        case .offers, .offersFallback, .sharedLanguage, .wishedStaffGender, .wishedMode, .withinWishedTravel,
            .childSpecialised, .free, .reportsAgainstWish, .onlyOption:
            false
        }
    }
}

extension MatchedOption {
    /// Why it is listed, in a fixed order.
    public var why: [Why] {
        var why: [Why] = [isFallback ? .offersFallback(matchedCode) : .offers(matchedCode)]
        if let secondsToSpare { why.append(.hoursToSpare(secondsToSpare / 3600)) }
        if fits & Fit.sharedLanguage != 0 { why.append(.sharedLanguage) }
        if fits & Fit.wishedStaff != 0 { why.append(.wishedStaffGender) }
        if fits & Fit.wishedMode != 0 { why.append(.wishedMode) }
        if fits & Fit.withinTravel != 0 { why.append(.withinWishedTravel) }
        if fits & Fit.childSpecialised != 0 { why.append(.childSpecialised) }
        if fits & Fit.knownProvider != 0 { why.append(.worksWithHerAlready) }
        if fits & Fit.free != 0 { why.append(.free) }
        if fits & Fit.reportsAgainstWish != 0 { why.append(.reportsAgainstWish) }
        if !coveredNeeds.isEmpty { why.append(.alsoCovers(coveredNeeds)) }
        if isOnlyOption { why.append(.onlyOption) }
        return why
    }
}
