/// One service type that a service offers, with what shortens its window there.
public struct Offer: Hashable, Sendable {
    /// What is offered.
    public let code: ServiceCode
    /// Hours from the last exposure, shorter than the general window, for what this service really stocks (H1: for
    /// example 72 for levonorgestrel). Nil: the general window holds.
    public let windowHours: Int?

    /// An offer within the general window unless a shorter one is given.
    public init(code: ServiceCode, windowHours: Int? = nil) {
        self.code = code
        self.windowHours = windowHours
    }
}

/// Where a person may be to use a service.
public enum Coverage: Hashable, Sendable {
    case worldwide
    case countries(Set<CountryCode>)

    /// Whether somebody who is in `country` can use the service.
    public func includes(_ country: CountryCode) -> Bool {
        switch self {
        case .worldwide: true
        case .countries(let countries): countries.contains(country)
        }
    }
}
