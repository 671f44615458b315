import Directory
import Foundation

/// How a value is written before it is indexed or looked for: two spellings of one name, number or paper become one value. The
/// rules stand in docs/formats/search-index.md; a change of them means that every value is indexed again.
enum IndexedText {
    /// A name: compatibility forms, case, spaces, punctuation and the order of its words do not count; nor do accents of
    /// Latin, Greek and Cyrillic letters and the vowel points of Arabic and Hebrew, which are often left out. The vowel signs
    /// of other scripts are letters and stay. There is no transliteration: two scripts are two values.
    ///
    /// Nil when nothing of it is left.
    static func name(_ text: String) -> [UInt8]? {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func end() {
            if !word.isEmpty { words.append(FoldedText(String(word)).text) }
            word = String.UnicodeScalarView()
        }
        var keepsMarks = false
        for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
            let properties = scalar.properties
            if properties.isDefaultIgnorableCodePoint || scalar == tatweel { continue }
            switch properties.generalCategory {
            case .nonspacingMark, .enclosingMark:
                if keepsMarks { word.append(scalar) }
            case .spacingMark:
                word.append(scalar)
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber:
                keepsMarks = !dropsMarks(scalar)
                word.append(contentsOf: (plain[scalar] ?? String(scalar)).unicodeScalars)
            case .decimalNumber:
                keepsMarks = false
                if let digit = properties.numericType == .decimal ? properties.numericValue : nil {
                    word.append(contentsOf: String(Int(digit)).unicodeScalars)
                }
            default:
                // An apostrophe joins, everything else parts: O'Neil is ONeil, Anne-Marie is Anne Marie.
                if !apostrophes.contains(scalar) { end() }
            }
        }
        end()
        guard !words.isEmpty else { return nil }
        return Array(words.sorted().joined(separator: " ").utf8)
    }

    /// A telephone number as in E.164: `+`, the country's code, and the rest without leading zeros, so that `+44 (0)20 …`,
    /// `0044 20 …` and, in Britain, `020 …` are one value. Nil when it is no telephone number, or says no country and none is
    /// given.
    static func phone(_ text: String, in country: CountryCode?) -> [UInt8]? {
        var digits = ""
        var isInternational = false
        for scalar in text.precomposedStringWithCompatibilityMapping.unicodeScalars {
            let properties = scalar.properties
            if properties.numericType == .decimal, let value = properties.numericValue {
                digits += String(Int(value))
            } else if scalar == "+" {
                guard digits.isEmpty, !isInternational else { return nil }
                isInternational = true
            } else if !isPhonePunctuation(scalar) {
                return nil
            }
        }
        if !isInternational, digits.hasPrefix("00") {
            isInternational = true
            digits.removeFirst(2)
        }
        let code: String
        if isInternational {
            guard let known = CallingCodes.code(leading: digits) else { return nil }
            code = known
            digits.removeFirst(known.count)
        } else {
            guard let country, let known = CallingCodes.code(of: country) else { return nil }
            code = known
        }
        let national = digits.drop { $0 == "0" }
        guard (phoneDigits).contains(code.count + national.count), national.count >= 4 else { return nil }
        return Array("+\(code)\(national)".utf8)
    }

    /// The number of a paper: letters in one case and digits, without spaces or punctuation. Nil when nothing is left.
    static func identityNumber(_ text: String) -> [UInt8]? {
        var kept = ""
        for scalar in FoldedText(text).text.unicodeScalars {
            let properties = scalar.properties
            if properties.numericType == .decimal, let value = properties.numericValue {
                kept += String(Int(value))
            } else if properties.isAlphabetic {
                kept.unicodeScalars.append(scalar)
            }
        }
        return kept.isEmpty ? nil : Array(kept.utf8)
    }

    /// E.164 section 6.2: fifteen digits at most. Seven at least, or it is a short code that everybody has.
    private static let phoneDigits = 7...15

    private static let tatweel: Unicode.Scalar = "\u{0640}"
    private static let apostrophes: Set<Unicode.Scalar> = ["'", "\u{2019}", "\u{02BC}", "\u{02BB}", "`", "\u{00B4}"]

    /// Letters that have no decomposition and that people write plainly where their keyboard lacks them.
    private static let plain: [Unicode.Scalar: String] = [
        "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ı": "i", "æ": "ae", "Æ": "ae",
        "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th",
        // Arabic and Persian keyboards have different letters for one sound at the end of a word.
        "\u{0649}": "\u{064A}", "\u{06CC}": "\u{064A}", "\u{06A9}": "\u{0643}", "\u{0629}": "\u{0647}",
    ]

    private static func dropsMarks(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Latin, Greek and Cyrillic with their extensions; Hebrew; Arabic and Syriac with their extensions.
        case 0x0041...0x024F, 0x0370...0x052F, 0x0590...0x05FF, 0x0600...0x077F, 0x08A0...0x08FF, 0x1E00...0x1FFF,
            0xFB1D...0xFDFF, 0xFE70...0xFEFF:
            true
        default: false
        }
    }

    private static func isPhonePunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .dashPunctuation, .openPunctuation, .closePunctuation, .format: true
        default: scalar == "." || scalar == "/" || scalar == "\u{2212}"
        }
    }
}
