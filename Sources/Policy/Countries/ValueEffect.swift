public import Directory

/// A value of a country file with what it does.
public struct JudgedValue: Hashable, Sendable {
    /// The value.
    public let value: CountryValue
    /// What it does, and if nothing, why.
    public let effect: ValueEffect
}

/// What one value of a country file does, and why it does no more. Nothing unconfirmed sends less care, tells of less time,
/// or lets more leave (ADR 0014).
public enum ValueEffect: Hashable, Sendable {
    /// Confirmed: the window of this code in this country.
    case setsWindow(ServiceCode, hours: Int)
    /// Not confirmed: the code is still offered until then, with "call ahead" and without a countdown.
    case keepsOpen(ServiceCode, hours: Int)
    /// Confirmed: from this age on, and not before, a young person consents alone to what this sector offers.
    case raisesOwnConsent(Sector, age: Int)
    /// Not confirmed: there may be such a duty or condition. She is told so before she tells more, and somebody asks.
    case warns
    /// Confirmed: it is read out as a fact; no rule turns on it.
    case states
    /// It is read with its mark at most.
    case none(Reason)

    /// Why a value does nothing.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case lowConfidence = "low_confidence"
        case sourcesDisagree = "sources_disagree"
        case holdsForPart = "holds_for_part"
        case mustBeLookedUp = "must_be_looked_up"
        case confirmedValueStands = "confirmed_value_stands"
        case severalValues = "several_values"
        case unconfirmed
        case sameAsGeneral = "same_as_general"
        case looserThanGeneral = "looser_than_general"
    }

    /// Whether any rule, or what she is told, turns on the value.
    public var acts: Bool {
        switch self {
        case .setsWindow, .keepsOpen, .raisesOwnConsent, .warns: true
        case .states, .none: false
        }
    }

    /// Why it acts or does not, for people.
    public var sentence: String {
        switch self {
        case .setsWindow(let code, let hours): "Confirmed: \(code) can be given up to \(hours) hours here."
        case .keepsOpen(let code, let hours):
            "Not confirmed: \(code) is offered up to \(hours) hours. Call ahead and ask; no countdown stands on it."
        case .raisesOwnConsent(_, let age): "Confirmed: young people consent alone from \(age) here."
        case .warns: "Not confirmed: tell her before she tells more that this may be so, and ask."
        case .states: "Confirmed."
        case .none(let reason): reason.sentence
        }
    }
}

extension ValueEffect.Reason {
    /// Why the value does nothing, for people.
    public var sentence: String {
        switch self {
        case .lowConfidence: "A weak source: unknown, ask."
        case .sourcesDisagree: "Sources disagree: ask."
        case .holdsForPart: "Holds for a part of the country or some people only; sources disagree for the whole: ask."
        case .mustBeLookedUp: "Something of it must be looked up first: ask."
        case .confirmedValueStands: "Another value of the same field is confirmed and stands."
        case .severalValues: "Several values: ask."
        case .unconfirmed: "Not confirmed by a lawyer or clinician of the country: ask."
        case .sameAsGeneral: "The same as holds everywhere."
        case .looserThanGeneral: "Looser than what holds everywhere, so it does not act: ask."
        }
    }
}
