public import Care
public import Foundation

/// The consent file as values: who may consent, for how long, and what each service may ever be sent.
public struct ConsentPolicy: Hashable, Sendable {
    /// Who may consent at which age, and what may leave to save life (N4–N7).
    public let rules: ConsentRules
    /// What each service may be sent at most (F7).
    public let allowList: AllowList
    /// Days a consent lasts where she names no other end.
    public let defaultDays: Int

    /// Values that have passed the loader.
    init(rules: ConsentRules, allowList: AllowList, defaultDays: Int) {
        self.rules = rules
        self.allowList = allowList
        self.defaultDays = defaultDays
    }

    /// Whole years from which the bands let young people consent for themselves, wherever they are; 18 where none does.
    public var ownConsentFromAge: Int {
        let bands = AgeBand.allCases.filter { rules.bands[$0]?.givers.contains(.survivor) == true }
        return bands.map(\.years.lowerBound).min() ?? AgeBand.adult.years.lowerBound
    }

    /// The end that a consent gets where she names none: the default, or the longest that its giver may give.
    public func defaultEnd(for giver: ConsentGiver, givenAt moment: Date) -> Date {
        let days = giver == .supervisorBestInterests ? min(defaultDays, rules.bestInterestsDays) : defaultDays
        return moment.addingTimeInterval(Double(days) * 86_400)
    }
}
