public import DataFiles
public import Directory

/// One value of a country file with all that is known of where it comes from. A field may have several: sources,
/// regions and professions differ.
public struct CountryValue: Hashable, Sendable {
    /// What the number counts; `text` for words.
    public enum Unit: String, Hashable, Sendable, CaseIterable {
        case years
        case months
        case hours
        /// The birthday up to which one may act.
        case age
        case yearsAfter18 = "years after 18th birthday"
        case yearsAfter30 = "years after 30th birthday"
        case text
    }

    /// The value itself.
    public enum Content: Hashable, Sendable {
        case number(Int)
        case text(String)
    }

    /// The field it is a value of.
    public let field: CountryField
    /// The value.
    public let content: Content
    /// What a number counts.
    public let unit: Unit
    /// The law or protocol with its section; nil where the source names none.
    public let instrument: String?
    /// The address of the source, who answers for the value, and when it was last read.
    public let stewardship: Stewardship
    /// As the source prints it: `2023`, `2023-04` or `2023-04-17`; nil when it is undated.
    public let sourceDate: String?
    /// How strong the source is.
    public let confidence: Provenance.Confidence
    /// The region, body or group it is limited to; nil for the whole country.
    public let scope: String?
    /// How sources or rules disagree; nil where none was found to.
    public let conflict: String?
    /// What must be looked up; nil where nothing is open.
    public let check: String?
    /// What else must be known to read it.
    public let note: String?
    /// Whether a lawyer or clinician of the country has confirmed it.
    public let isConfirmed: Bool
    /// The line it begins on.
    public let place: DataPlace

    /// The number; nil for words.
    public var number: Int? { if case .number(let number) = content { number } else { nil } }

    /// The value as it is read out, without its unit.
    public var text: String {
        switch content {
        case .number(let number): String(number)
        case .text(let text): text
        }
    }
}

/// What a source says of care and the police.
public enum PoliceCondition: String, Hashable, Sendable, CaseIterable {
    /// Care or examination does not depend on a report.
    case notRequired = "not_required"
    /// The provider informs the police afterwards.
    case reportFollowsCare = "report_follows_care"
    /// A police paper or kit is needed for the examination. Never a reason to hold care back (H5).
    case requiredForForensicExam = "required_for_forensic_exam"
    /// She is expected to go to the police.
    case victimExpectedToReport = "victim_expected_to_report"
}
