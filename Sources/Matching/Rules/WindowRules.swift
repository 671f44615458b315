public import Directory

/// The general windows of the taxonomy and what to offer when one is over (H1, H4).
public struct WindowRules: Hashable, Sendable {
    /// The rule for one code.
    public struct Entry: Hashable, Sendable {
        /// Hours from the last exposure, end inclusive; nil when there is no cut-off.
        public var windowHours: Int?
        /// In the order to prefer them.
        public var fallback: [ServiceCode]

        /// A rule.
        public init(windowHours: Int?, fallback: [ServiceCode]) {
            self.windowHours = windowHours
            self.fallback = fallback
        }
    }

    private let entries: [ServiceCode: Entry]

    /// The given rules; a code without one has no window.
    public init(_ entries: [ServiceCode: Entry]) { self.entries = entries }

    /// The rules that the taxonomy states.
    public init(_ taxonomy: Taxonomy) {
        var entries: [ServiceCode: Entry] = [:]
        for type in taxonomy.types {
            entries[type.code] = Entry(windowHours: type.windowHours, fallback: type.fallback)
        }
        self.entries = entries
    }

    /// The rule for a code.
    public func entry(for code: ServiceCode) -> Entry { entries[code] ?? Entry(windowHours: nil, fallback: []) }
}
