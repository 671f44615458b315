public import DataFiles
public import Directory

/// The general windows: until when after the last exposure a service can still be given, and what to offer when that is
/// over (H1–H4). What a country lays down is in ``CountryRules``.
public struct WindowPolicy: Hashable, Sendable {
    /// A shorter window for the younger.
    public struct Younger: Hashable, Sendable {
        /// Whole years, 1...18: it holds for those under this age.
        public let under: Int
        /// Hours from the last exposure, end inclusive; fewer than the window of all others.
        public let hours: Int
    }

    /// The window of one service code.
    public struct Window: Hashable, Sendable {
        /// Hours from the last exposure, end inclusive, 1...8,760; nil where there is no cut-off.
        public let hours: Int?
        /// Hours within which it works best; a wish, never a cut-off.
        public let idealHours: Int?
        /// The age rule; nil where age makes no difference.
        public let younger: Younger?
        /// What to look for when the window is over, in the order to prefer it; empty where there is no cut-off.
        public let fallback: [ServiceCode]
        /// Where the value comes from and who answers for it.
        public let stewardship: Stewardship
        /// The line of the code.
        public let place: DataPlace
    }

    /// What is proposed together when sexual violence is recent (H8).
    public struct Bundle: Hashable, Sendable {
        /// Hours since the last exposure, exclusive, 1...8,760: what is younger starts it.
        public let withinHours: Int
        /// An open need for one of these starts it.
        public let startedBy: [ServiceCode]
        /// What is proposed, in the order in which it is shown.
        public let needs: [ServiceCode]
        /// Where the list comes from and who answers for it.
        public let stewardship: Stewardship
        /// The line of the bundle.
        public let place: DataPlace
    }

    /// The edition of the file.
    public let edition: Int
    /// By service code; a code that is not there has no cut-off.
    public let windows: [ServiceCode: Window]
    /// The bundle; nil where nothing is ever proposed.
    public let bundle: Bundle?

    /// Codes that a list of service types does not know, each as a problem: a misspelt code is a window that nobody keeps.
    public func problems(knowing codes: some Sequence<ServiceCode>) -> [DataProblem] {
        let known = Set(codes)
        let names = known.map(\.text).sorted()
        let named =
            windows.map { ($0.value.place, [$0.key] + $0.value.fallback) }
            + (bundle.map { [($0.place, Array(Set($0.startedBy + $0.needs)))] } ?? [])
        var problems: [DataProblem] = []
        for (place, codes) in named {
            for unknown in codes where !known.contains(unknown) {
                problems.append(
                    DataProblem(
                        at: place,
                        what: "unknown service type '\(unknown)'",
                        write: Spelling.nearest(to: unknown.text, among: names).map { "'\($0)'" }
                            ?? "a type of taxonomy.yaml"
                    )
                )
            }
        }
        return problems.sorted()
    }
}
