/// A match as one viewer may see it.
public struct MatchAnswer: Sendable {
    /// A listed service with the sentences that this viewer may read.
    public struct Option: Sendable {
        /// The service, its place and its flags.
        public let option: MatchedOption
        /// The grounds that this viewer may read.
        public let why: [Why]

        init(_ option: MatchedOption, why: [Why]) {
            self.option = option
            self.why = why
        }
    }

    /// How the match ended.
    public let outcome: MatchOutcome
    /// What stops listing or sending.
    public let gates: CodeSet<Gate>
    /// Flags of the case as a whole.
    public let flags: CodeSet<MatchFlag>
    /// The best first.
    public let options: [Option]
    /// In the order of their identifiers, each with every reason.
    public let excluded: ExcludedServices
    /// Whether identifying details may go to the first option now.
    public let referralMayBeSent: Bool
}
