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

    /// The end that a consent gets where she names none: the default, or the longest that its giver may give.
    public func defaultEnd(for giver: ConsentGiver, givenAt moment: Date) -> Date {
        let days = giver == .supervisorBestInterests ? min(defaultDays, rules.bestInterestsDays) : defaultDays
        return moment.addingTimeInterval(Double(days) * 86_400)
    }
}
