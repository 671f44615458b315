public import Care
public import Directory

/// The one need that is matched.
public struct SoughtNeed: Hashable, Sendable {
    /// What is needed.
    public var code: ServiceCode
    /// How soon it is to be answered.
    public var urgency: Urgency
    /// The country whose court or law is concerned, for a legal need; nil when it is not known. Other needs ignore it.
    public var jurisdiction: CountryCode?

    /// A need for `code`.
    public init(code: ServiceCode, urgency: Urgency, jurisdiction: CountryCode? = nil) {
        self.code = code
        self.urgency = urgency
        self.jurisdiction = jurisdiction
    }
}
