public import Care

/// How soon somebody must answer, and who is told (C3, C5, F9).
public struct RiskPolicy: Hashable, Sendable {
    /// What an urgency asks for.
    public struct Response: Hashable, Sendable {
        /// The roles that are told when no answer came in time.
        public let tell: [Role]
        /// Where the value comes from and who answers for it.
        public let stewardship: Stewardship
    }

    /// What a level of risk asks for.
    public struct Level: Hashable, Sendable {
        /// Hours from identification to the first response.
        public let firstResponseHours: Int
        /// Days from identification to the plan.
        public let planDays: Int
        /// Days between two follow-ups at most.
        public let followUpDays: Int
        /// The roles that are told when the level is set.
        public let tell: [Role]
        /// Where the values come from and who answers for them.
        public let stewardship: Stewardship
    }

    /// The edition of the file.
    public let edition: Int
    /// Hours within which a receiver answers: the only source of them.
    public let times: ResponseTimes
    /// Who is told of silence; one for each urgency.
    public let responses: [Urgency: Response]
    /// One for each level but `none`, which asks for nothing.
    public let levels: [RiskLevel: Level]
}
