public import Directory

// What a match says, by code: the words stand in the message files (Directory/messages). A sentence names no address, no
// accused person and nothing of what happened (M6).

extension Gate {
    /// The gate in words.
    public var phrase: Phrase { Phrase("gates.\(rawValue)") }
}

extension ExclusionReason {
    /// The rule that was not met, in words.
    public var phrase: Phrase { Phrase("reasons.\(rawValue)") }
}

extension MatchFlag {
    /// The flag in words. A look-up that raises the same flag says the same.
    public var phrase: Phrase { Phrase("flags.\(rawValue)") }
}

extension Why {
    /// The ground as a code for programs, and the last part of its phrase's key.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case offers = "OFFERS_NEED"
        case offersFallback = "OFFERS_FALLBACK"
        case hoursToSpare = "HOURS_TO_SPARE"
        case sharedLanguage = "LANGUAGE_SHARED"
        case wishedStaffGender = "WISHED_STAFF_GENDER"
        case wishedMode = "WISHED_MODE"
        case withinWishedTravel = "WITHIN_WISHED_TRAVEL"
        case childSpecialised = "FOR_CHILDREN"
        case worksWithHerAlready = "WORKS_WITH_HER_ALREADY"
        case free = "FREE"
        case reportsAgainstWish = "REPORTS_AGAINST_WISH"
        case alsoCovers = "ALSO_COVERS"
        case onlyOption = "ONLY_OPTION"

        /// The ground in words, without its values.
        public var phrase: Phrase {
            let key = "why.\(rawValue)"
            return switch self {
            case .offers, .offersFallback: Phrase(key, "code")
            case .hoursToSpare: Phrase(key, counting: "hours")
            case .alsoCovers: Phrase(key, "codes")
            case .sharedLanguage, .wishedStaffGender, .wishedMode, .withinWishedTravel, .childSpecialised,
                .worksWithHerAlready, .free, .reportsAgainstWish, .onlyOption:
                Phrase(key)
            }
        }
    }

    /// What is said in place of "0 hours".
    static let lessThanAnHour = Phrase("why.LESS_THAN_AN_HOUR")

    /// The ground as a code for programs.
    public var code: Code {
        switch self {
        case .offers: .offers
        case .offersFallback: .offersFallback
        case .hoursToSpare: .hoursToSpare
        case .sharedLanguage: .sharedLanguage
        case .wishedStaffGender: .wishedStaffGender
        case .wishedMode: .wishedMode
        case .withinWishedTravel: .withinWishedTravel
        case .childSpecialised: .childSpecialised
        case .worksWithHerAlready: .worksWithHerAlready
        case .free: .free
        case .reportsAgainstWish: .reportsAgainstWish
        case .alsoCovers: .alsoCovers
        case .onlyOption: .onlyOption
        }
    }

    /// The ground in words, with its values.
    public var sentence: Sentence {
        switch self {
        case .offers(let code), .offersFallback(let code): Sentence(self.code.phrase, ["code": code.text])
        case .hoursToSpare(0): Sentence(Self.lessThanAnHour)
        case .hoursToSpare(let hours): Sentence(code.phrase, count: hours)
        case .alsoCovers(let codes):
            Sentence(code.phrase, ["codes": codes.map(\.text).joined(separator: ", ")])
        case .sharedLanguage, .wishedStaffGender, .wishedMode, .withinWishedTravel, .childSpecialised,
            .worksWithHerAlready, .free, .reportsAgainstWish, .onlyOption:
            Sentence(code.phrase)
        }
    }
}

extension MatchAnswer {
    /// Everything that a match can say.
    public static var phrases: [Phrase] {
        Gate.allCases.map(\.phrase) + ExclusionReason.allCases.map(\.phrase) + MatchFlag.allCases.map(\.phrase)
            + Why.Code.allCases.map(\.phrase) + [Why.lessThanAnHour]
    }
}
