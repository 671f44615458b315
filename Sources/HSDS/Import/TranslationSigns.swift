/// Finds texts of one field in two languages that say different things: another number, women in one and men in the
/// other, "under" in one and "over" in the other. A wrong label sends a person to a closed door in one language only.
enum TranslationSigns {
    /// Whether any field of a record contradicts itself between languages: `eligibility` and `eligibility_es`, or
    /// `translations: {es: {eligibility: …}}`.
    static func contradict(_ tree: JSONObject) -> Bool {
        var texts: [String: [String]] = [:]
        for member in tree.members {
            guard let text = member.value.text else { continue }
            texts[base(member.key, in: tree), default: []].append(text)
        }
        for language in tree["translations"]?.object?.members ?? [] {
            for field in language.value.object?.members ?? [] {
                if let text = field.value.text { texts[field.key, default: []].append(text) }
            }
        }
        return texts.values.contains { versions in
            guard let first = versions.first, versions.count > 1 else { return false }
            let facts = Facts(first)
            return versions.dropFirst().contains { facts.contradicts(Facts($0)) }
        }
    }

    /// The field that a key is a version of: `eligibility` for `eligibility_es`, when another version of it is there.
    private static func base(_ key: String, in tree: JSONObject) -> String {
        let parts = key.split(separator: "_")
        guard let last = parts.last, parts.count > 1, languages.contains(String(last)) else { return key }
        let base = parts.dropLast().joined(separator: "_")
        let others = tree.members.contains { other in
            other.key != key && (other.key == base || languages.contains { other.key == "\(base)_\($0)" })
        }
        return others ? base : key
    }

    private static let languages: Set<String> = [
        "en", "fr", "es", "ru", "ar", "th", "si", "ta", "ne", "km", "pt", "de", "zh", "vi", "tl", "ko", "so", "hmn",
    ]

    private struct Facts {
        var numbers: Set<String> = []
        var audience: Set<Int> = []
        var bounds: Set<Int> = []

        init(_ text: String) {
            for word in FoldedText(text).words {
                let digits = word.unicodeScalars.compactMap { scalar -> String? in
                    guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else {
                        return nil
                    }
                    return String(Int(value))
                }
                if !digits.isEmpty { numbers.insert(digits.joined()) }
                for (index, words) in Self.audiences.enumerated()
                where words.contains(word) || Self.stems[index].contains(where: word.hasPrefix) {
                    audience.insert(index)
                }
                for (index, words) in Self.directions.enumerated() where words.contains(word) { bounds.insert(index) }
            }
        }

        func contradicts(_ other: Facts) -> Bool {
            if numbers != other.numbers, !numbers.isEmpty, !other.numbers.isEmpty { return true }
            if !audience.isEmpty, !other.audience.isEmpty, audience != other.audience { return true }
            return !bounds.isEmpty && !other.bounds.isEmpty && bounds.isDisjoint(with: other.bounds)
        }

        private static let audiences: [Set<String>] = [
            [
                "women", "woman", "womens", "female", "females", "girl", "girls", "femme", "femmes", "fille", "filles",
                "mujer", "mujeres", "nina", "ninas", "نساء", "النساء", "للنساء",
            ],
            [
                "men", "man", "mens", "male", "males", "boy", "boys", "homme", "hommes", "garcon", "garcons", "hombre",
                "hombres", "varon", "varones", "رجال", "الرجال", "للرجال",
            ],
        ]
        private static let stems: [[String]] = [["женщин", "девоч", "девуш"], ["мужчин", "мальчик"]]
        private static let directions: [Set<String>] = [
            ["under", "younger", "below", "moins", "menores", "menor", "младше", "моложе"],
            ["over", "older", "above", "plus", "mayores", "mayor", "старше"],
        ]
    }
}
