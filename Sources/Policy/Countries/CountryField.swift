public import Directory

/// What a country file may lay down.
public enum CountryField: String, Hashable, Sendable, CaseIterable {
    /// Full legal age. It changes nothing: a child is anybody under 18 (T1).
    case ageOfMajority = "age_of_majority"
    /// Age under which the child protection law speaks of a child. It changes nothing either (T1).
    case childAgeLimit = "child_age_limit"
    /// Age from which a young person consents alone to medical care (N4).
    case ownConsentAgeMedical = "own_consent_age_medical"
    /// The same for an HIV test; no service code is an HIV test alone, so it is read and moves nothing.
    case ownConsentAgeHIVTest = "own_consent_age_hiv_test"
    /// The same for care or examination after rape; it is read and moves nothing.
    case ownConsentAgePostRapeCare = "own_consent_age_post_rape_care"
    /// Hours after the event for the collection of evidence (H1).
    case forensicWindow = "forensic_window"
    /// Hours for passing samples to the laboratory; no window of an examination.
    case forensicSampleHandling = "forensic_sample_handling"
    /// How long evidence is kept without a report.
    case evidenceStorage = "evidence_storage"
    /// HIV post-exposure prophylaxis.
    case pepWindow = "pep_window"
    /// Emergency contraception.
    case ecWindow = "ec_window"
    /// Who must report sexual abuse of a child (N9).
    case mandatoryReportingWho = "mandatory_reporting_who"
    /// To whom.
    case mandatoryReportingTo = "mandatory_reporting_to"
    /// How soon.
    case mandatoryReportingDeadline = "mandatory_reporting_deadline"
    /// Whether care or examination depends on the police; a ``PoliceCondition``. It never holds care back (H5).
    case careWithoutPoliceReport = "care_without_police_report"
    /// Hours within which the police must bring a child to care.
    case policeToCareDeadline = "police_to_care_deadline"
    /// Until when state compensation can be asked for.
    case compensationLimit = "compensation_limit"
    /// Who decides on it.
    case compensationAuthority = "compensation_authority"
    /// Until when sexual offences against children can be prosecuted.
    case prosecutionLimit = "prosecution_limit"
    /// The child protection authority or receiving body.
    case authority
    /// One-stop or crisis centres.
    case oneStopCentre = "one_stop_centre"
    /// The national clinical protocol, to be read for what is missing.
    case protocolName = "protocol_name"

    /// Whose word confirms a value.
    public enum Profession: String, Hashable, Sendable {
        case lawyer
        case clinician
    }

    /// What the field bears on, which decides how a value of it may act (ADR 0014).
    public enum Subject: Hashable, Sendable {
        /// The window of a service code; `mayLengthen` where the general value stands only until a country says more.
        case window(code: String, mayLengthen: Bool)
        /// Who consents to what a sector offers.
        case ownConsent(Sector)
        /// Something that she must be told before she tells more (N9).
        case duty
        /// What somebody asks for before or after care.
        case careCondition
        /// A fact to be read, on which no rule turns.
        case fact
    }

    /// What the field bears on.
    public var subject: Subject {
        switch self {
        case .forensicWindow: .window(code: "MED-FORENSIC", mayLengthen: true)
        case .pepWindow: .window(code: "MED-HIVPEP", mayLengthen: false)
        case .ecWindow: .window(code: "MED-EC", mayLengthen: false)
        case .ownConsentAgeMedical: .ownConsent(.medical)
        case .mandatoryReportingWho, .mandatoryReportingTo, .mandatoryReportingDeadline: .duty
        case .careWithoutPoliceReport: .careCondition
        default: .fact
        }
    }

    /// Whose word confirms a value: a clinician's for what concerns care, a lawyer's for the rest.
    public var confirmedBy: Profession {
        switch self {
        case .forensicWindow, .forensicSampleHandling, .pepWindow, .ecWindow, .oneStopCentre, .protocolName: .clinician
        default: .lawyer
        }
    }

    /// The units a value may have; `text` is always one of them.
    public var units: [CountryValue.Unit] {
        switch self {
        case .ageOfMajority, .childAgeLimit, .ownConsentAgeMedical, .ownConsentAgeHIVTest, .ownConsentAgePostRapeCare:
            [.years, .text]
        case .forensicWindow, .forensicSampleHandling, .pepWindow, .ecWindow, .mandatoryReportingDeadline,
            .policeToCareDeadline:
            [.hours, .text]
        case .evidenceStorage: [.months, .years, .text]
        case .compensationLimit: [.months, .years, .age, .text]
        case .prosecutionLimit: [.years, .yearsAfter18, .yearsAfter30, .age, .text]
        default: [.text]
        }
    }

    /// Whether a number is an age at which somebody may act for themselves: at most 18, when everybody may (T1, N4).
    var isOwnConsentAge: Bool {
        switch self {
        case .ownConsentAgeMedical, .ownConsentAgeHIVTest, .ownConsentAgePostRapeCare: true
        default: false
        }
    }
}
