/// The forms that words take beside a whole number, by the names that CLDR gives them.
public enum PluralForm: String, Sendable, CaseIterable {
    case one
    case few
    case many
    case other
}

/// Which form goes with which whole number in a language: the cardinal rules of Unicode CLDR
/// (https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html) for numbers without a fraction.
///
/// `other` of Russian belongs to fractions alone, and `many` of French and Spanish to whole millions; nothing here counts
/// either, so the files do not hold them.
public enum PluralRule: String, Sendable, CaseIterable {
    case english = "en"
    case spanish = "es"
    case french = "fr"
    case russian = "ru"

    /// The rule of a language; nil when it is not known here.
    public init?(_ language: LanguageTag) { self.init(rawValue: String(language.text.prefix { $0 != "-" })) }

    /// The forms that the words of a counted phrase need, in the order of CLDR.
    public var forms: [PluralForm] {
        switch self {
        case .english, .spanish, .french: [.one, .other]
        case .russian: [.one, .few, .many]
        }
    }

    /// The form that goes with a number; the sign does not matter.
    public func form(for number: Int) -> PluralForm {
        let whole = number.magnitude
        switch self {
        case .english, .spanish: return whole == 1 ? .one : .other
        case .french: return whole <= 1 ? .one : .other
        case .russian:
            let (tens, ones) = (whole % 100, whole % 10)
            if ones == 1, tens != 11 { return .one }
            return (2...4).contains(ones) && !(12...14).contains(tens) ? .few : .many
        }
    }

    /// Whether `one` is said of the number 1 alone, so that its words need not name the number.
    public var oneIsOnlyOne: Bool {
        switch self {
        case .english, .spanish: true
        case .french, .russian: false
        }
    }
}
