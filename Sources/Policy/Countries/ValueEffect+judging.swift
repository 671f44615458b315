import Directory

// The one place that decides what a value of a country file does (ADR 0014).
extension ValueEffect {
    /// What a value does among all values of its field.
    static func of(_ value: CountryValue, among values: [CountryValue], beside general: GeneralRules) -> ValueEffect {
        if let mark = mark(of: value) { return .none(mark) }
        if value.isConfirmed { return ofConfirmed(value, beside: general) }
        let rivals = values.filter {
            $0 != value && mark(of: $0) == nil && $0.number != nil && $0.number != value.number
        }
        let isWindow = if case .window = value.field.subject { true } else { false }
        if isWindow, values.contains(where: { $0.isConfirmed && mark(of: $0) == nil }) {
            return .none(.confirmedValueStands)
        }
        if isWindow, value.number != nil, !rivals.isEmpty { return .none(.severalValues) }
        return ofUnconfirmed(value, beside: general)
    }

    /// What keeps a value from acting whatever it says: a weak source, and each open mark.
    private static func mark(of value: CountryValue) -> Reason? {
        if value.confidence == .low { return .lowConfidence }
        if value.conflict != nil { return .sourcesDisagree }
        if value.scope != nil { return .holdsForPart }
        if value.check != nil { return .mustBeLookedUp }
        return nil
    }

    private static func ofConfirmed(_ value: CountryValue, beside general: GeneralRules) -> ValueEffect {
        if looseness(of: value, beside: general) != nil { return .none(.looserThanGeneral) }
        guard let number = value.number else { return .states }
        switch value.field.subject {
        case .window(let text, _):
            guard let code = ServiceCode(text), general.hours(of: text) != number else { return .states }
            return .setsWindow(code, hours: number)
        case .ownConsent(let sector):
            return number > general.ownConsentFromAge ? .raisesOwnConsent(sector, age: number) : .states
        case .duty, .careCondition, .fact: return .states
        }
    }

    /// In one direction only: towards more care and earlier words.
    private static func ofUnconfirmed(_ value: CountryValue, beside general: GeneralRules) -> ValueEffect {
        switch value.field.subject {
        case .window(let text, let mayLengthen):
            guard let code = ServiceCode(text), let hours = value.number, let usual = general.hours(of: text) else {
                return .none(.unconfirmed)
            }
            if hours == usual { return .none(.sameAsGeneral) }
            if hours < usual { return .none(.unconfirmed) }
            guard mayLengthen else { return .none(.looserThanGeneral) }
            return value.confidence == .high ? .keepsOpen(code, hours: hours) : .none(.unconfirmed)
        case .duty: return .warns
        case .careCondition:
            return PoliceCondition(rawValue: value.text) == .notRequired ? .none(.unconfirmed) : .warns
        case .ownConsent, .fact: return .none(.unconfirmed)
        }
    }

    /// How a value would loosen what holds for every country, and what to write instead; nil when it would not.
    static func looseness(of value: CountryValue, beside general: GeneralRules) -> (what: String, write: String)? {
        guard let number = value.number else { return nil }
        switch value.field.subject {
        case .window(let code, let mayLengthen):
            guard !mayLengthen, let usual = general.hours(of: code), number > usual else { return nil }
            return (
                "\(number) hours for '\(value.field.rawValue)' are more than the \(usual) of windows.yaml, and a country "
                    + "file may not loosen",
                "at most \(usual), or 'confirmed: no', so that it is shown and does not act"
            )
        case .ownConsent:
            let usual = general.ownConsentFromAge
            guard number < usual else { return nil }
            return (
                "\(number) years for '\(value.field.rawValue)' are less than the \(usual) of consent.yaml, and a country "
                    + "file may not loosen",
                "at least \(usual), or 'confirmed: no', so that it is shown and does not act"
            )
        case .duty, .careCondition, .fact: return nil
        }
    }
}
