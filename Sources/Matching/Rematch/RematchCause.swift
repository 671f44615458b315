public import Directory

/// Why a need is to be matched again (M10).
public enum RematchCause: String, Hashable, Sendable, CaseIterable {
    case referralDeclined = "REFERRAL_DECLINED"
    case noAnswer = "NO_ANSWER"
    case directoryChanged = "DIRECTORY_CHANGED"
    /// The rules it was matched by.
    case policiesChanged = "POLICIES_CHANGED"
    case consentChanged = "CONSENT_CHANGED"
    case conflictsChanged = "CONFLICTS_CHANGED"
    /// A day is left.
    case window24 = "WINDOW_24H"
    /// Half a day is left.
    case window12 = "WINDOW_12H"
    /// Six hours are left.
    case window6 = "WINDOW_6H"
    /// Its time is over: what stands for it is to be looked for (H4).
    case windowOver = "WINDOW_OVER"

    /// The cause in words.
    public var phrase: Phrase { Phrase("rematch.\(rawValue)") }
}
