public import Directory

/// The general windows and what to offer when one is over (H1, H4). The values are data: `Policies/windows.yaml`, or the
/// vocabulary of a file of worked cases.
public struct WindowRules: Hashable, Sendable {
    /// A shorter window for the younger (H1: the age rule).
    public struct Younger: Hashable, Sendable {
        /// Whole years; it holds for those under this age.
        public var under: Int
        /// Hours from the last exposure, end inclusive.
        public var hours: Int

        /// A window of `hours` for those under an age.
        public init(under: Int, hours: Int) {
            self.under = under
            self.hours = hours
        }
    }

    /// The rule for one code.
    public struct Entry: Hashable, Sendable {
        /// Hours from the last exposure, end inclusive; nil when there is no cut-off.
        public var windowHours: Int?
        /// What holds for the younger; nil when age makes no difference.
        public var younger: Younger?
        /// In the order to prefer them.
        public var fallback: [ServiceCode]

        /// A rule.
        public init(windowHours: Int?, younger: Younger? = nil, fallback: [ServiceCode]) {
            self.windowHours = windowHours
            self.younger = younger
            self.fallback = fallback
        }

        /// The window for somebody of that age. An unknown age takes the shorter one, so that nobody is told of more time
        /// than there is.
        func hours(age: Int?) -> Int? {
            guard let windowHours, let younger else { return windowHours }
            guard let age else { return min(windowHours, younger.hours) }
            return age < younger.under ? younger.hours : windowHours
        }
    }

    private let entries: [ServiceCode: Entry]

    /// The given rules; a code without one has no window.
    public init(_ entries: [ServiceCode: Entry]) { self.entries = entries }

    /// The rule for a code.
    public func entry(for code: ServiceCode) -> Entry { entries[code] ?? Entry(windowHours: nil, fallback: []) }
}
