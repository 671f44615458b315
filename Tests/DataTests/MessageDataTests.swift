import DataFiles
import Directory
import Foundation
import Testing

/// The message files that ship, read as plain data, so that this does not rest on what the reader makes of them.
struct MessageDataTests {
    private static let languages = ["en", "fr", "es", "ru"]
    private static let forms: Set<String> = ["one", "few", "many", "other"]

    /// The texts of a file by their dotted key; the forms of a counted phrase are the last part.
    private static func texts(_ language: String) throws -> [String: String] {
        var texts: [String: String] = [:]
        func add(_ node: DataNode, _ path: [String]) {
            switch node.content {
            case .text(let text): texts[path.joined(separator: ".")] = text
            case .map(let entries): for entry in entries { add(entry.value, path + [entry.key]) }
            case .list, .empty: Issue.record("\(language): \(path) is no text")
            }
        }
        add(try DataFile.read("\(ShippedDirectory.folder)/messages/\(language).yaml"), [])
        return texts
    }

    /// The key without the form of a counted phrase.
    private static func phrase(_ key: String) -> String {
        let parts = key.split(separator: ".").map(String.init)
        return parts.last.map(forms.contains) == true ? parts.dropLast().joined(separator: ".") : key
    }

    private static func placeholders(_ text: String) -> Set<String> {
        Set(text.matches(of: #/\{([^{}]*)\}/#).map { String($0.output.1) })
    }

    /// What the phrases of a file name, whichever form names it.
    private static func placeholders(of texts: [String: String]) -> [String: Set<String>] {
        texts.reduce(into: [:]) { all, text in all[phrase(text.key), default: []].formUnion(placeholders(text.value)) }
    }

    @Test(arguments: ["fr", "es", "ru"])
    func `every language has the phrases of English, with the same values, and no other`(language: String) throws {
        let source = Self.placeholders(of: try Self.texts("en"))
        let other = Self.placeholders(of: try Self.texts(language))
        #expect(source.count > 250)
        #expect(Set(source.keys).subtracting(other.keys) == [], "missing in \(language).yaml")
        #expect(Set(other.keys).subtracting(source.keys) == [], "unknown in \(language).yaml")
        for (key, placeholders) in source { #expect(other[key] == placeholders, "\(language).yaml: \(key)") }
    }

    @Test(arguments: [
        ("en", ["one", "other"]), ("fr", ["one", "other"]), ("es", ["one", "other"]), ("ru", ["few", "many", "one"]),
    ])
    func `what is counted has every form of its language`(language: String, forms: [String]) throws {
        let keys = try Self.texts(language).keys.filter { Self.phrase($0) != $0 }
        let counted = Dictionary(grouping: keys, by: Self.phrase)
        #expect(counted.count == 10)
        for (phrase, keys) in counted {
            #expect(keys.map { String($0.dropFirst(phrase.count + 1)) }.sorted() == forms, "\(phrase)")
        }
    }

    @Test func `English is the source, and no translation claims to be confirmed`() throws {
        for language in Self.languages {
            let texts = try Self.texts(language)
            #expect(texts["language"] == language)
            #expect(texts["reviewed"] == (language == "en" ? "true" : "false"))
        }
    }

    @Test(arguments: languages)
    func `no text is empty, ragged or of another script`(language: String) throws {
        for (key, text) in try Self.texts(language) where !["language", "reviewed", "lookup.SEPARATOR"].contains(key) {
            #expect(!text.isEmpty && text == text.trimmingCharacters(in: .whitespacesAndNewlines), "\(key)")
            #expect(!text.contains("  ") && !text.contains("\n") && !text.contains("..."), "\(key)")
            let isCyrillic = text.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
            let isName = key == "terminal.WHATSAPP" || key.hasPrefix("terminal.ORIGIN")
            #expect(isName || isCyrillic == (language == "ru"), "\(key): \(text)")
        }
    }

    @Test(arguments: ["fr", "es", "ru"])
    func `nothing is left in English but words that are the same`(language: String) throws {
        let source = try Self.texts("en")
        let same = try Self.texts(language).filter { $0.value == source[$0.key] }.map(\.key)
        let allowed: Set<String> = ["terminal.NOTE", "terminal.WEB", "lookup.SEPARATOR"]
        #expect(Set(same).subtracting(allowed) == [])
    }

    /// Header names and examples of what to send keep the marks of HTTP.
    private static func prose(_ text: String) -> String {
        text.replacing(#/\b[A-Z][A-Za-z]*(-[A-Z][a-z]+)*: (application/json|Bearer|"3")/#, with: "")
            .replacing("--all", with: "")
    }

    @Test func `French has a no-break space before its double marks, and its own apostrophe`() throws {
        for (key, text) in try Self.texts("fr") {
            let prose = Self.prose(text)
            let marks = prose.matches(of: #/(.?)[:;?!»]/#).map { String($0.output.1) }
            #expect(marks.allSatisfy { $0 == "\u{a0}" }, "\(key): \(text)")
            #expect(!prose.contains("'") && !prose.contains("\""), "\(key): \(text)")
        }
    }

    @Test func `Spanish opens its questions and Russian quotes in its own way`() throws {
        for (key, text) in try Self.texts("es") {
            let prose = Self.prose(text)
            #expect(prose.filter { $0 == "?" }.count == prose.filter { $0 == "¿" }.count, "\(key)")
            #expect(prose.filter { $0 == "!" }.count == prose.filter { $0 == "¡" }.count, "\(key)")
            #expect(!prose.contains("\u{a0}:") && !prose.contains(" :"), "\(key)")
        }
        for (key, text) in try Self.texts("ru") {
            let prose = Self.prose(text)
            #expect(!prose.contains("\"") && !prose.contains("'") && !prose.contains("“"), "\(key): \(text)")
            #expect(prose.filter { $0 == "«" }.count == prose.filter { $0 == "»" }.count, "\(key)")
        }
    }

    /// Boys are survivors too, and so are people who are neither.
    @Test func `no text takes the survivor for a woman or a man`() throws {
        let words = [
            "en": ["she", "her", "hers", "he", "him", "his"], "fr": ["survivant", "survivante", "victime"],
            "es": ["ella", "él", "víctima"],
            "ru": ["пострадавшая", "пострадавший", "потерпевшая", "девочка", "девушка", "женщина", "мальчик"],
        ]
        for (language, word) in words {
            for (key, text) in try Self.texts(language) {
                let said = text.lowercased().split { !$0.isLetter }.map(String.init)
                #expect(word.filter(said.contains) == [], "\(language).yaml: \(key): \(text)")
            }
        }
    }

    /// DOMAIN T5, as for the labels of the taxonomy.
    @Test func `no text uses a word that blames or sells a child`() throws {
        let avoided = [
            "prostitu", "porn", "sex work", "sextor", "client", "customer", "underage", "rescue", "illegal",
            "tourisme sexuel", "sauvetage", "clandestin", "illégal", "trabajo sexual", "rescate", "ilegal", "menores",
            "проститу", "порно", "секс-", "клиент", "спасени", "нелегал", "жертв", "малолет",
        ]
        for language in Self.languages {
            for (key, text) in try Self.texts(language) {
                #expect(avoided.filter { text.lowercased().contains($0) } == [], "\(language).yaml: \(key)")
            }
        }
    }
}
