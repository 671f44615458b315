import DataFiles

/// A message file: `language`, `reviewed`, then the words of every phrase, nested by the parts of its key. A counted phrase
/// holds a text for each plural form of the language.
enum MessageFile {
    private static let head = ["language", "reviewed"]

    /// Reads the file; whatever is wrong is added to the problems and left out. Nil when its language cannot be told.
    static func read(
        _ node: DataNode,
        named name: String,
        _ known: MessageTree,
        _ problems: inout [DataProblem]
    ) -> Words? {
        guard let root = node.map("the file", keys: head + known.keys, &problems),
            let (language, rule) = language(root, named: name, &problems)
        else { return nil }
        var entries: [String: Words.Entry] = [:]
        let isReviewed = reviewed(root, &problems)
        read(root, known, under: "", rule, &entries, &problems)
        return Words(language: language, isReviewed: isReviewed, entries: entries)
    }

    private static func language(
        _ root: DataMap,
        named name: String,
        _ problems: inout [DataProblem]
    ) -> (LanguageTag, PluralRule)? {
        guard let text = root.requiredText("language", &problems) else { return nil }
        let stem = name.dropLast(".yaml".count)
        guard let tag = LanguageTag(text.text), tag.text == text.text, text.text == stem else {
            problems.append(
                DataProblem(
                    at: text.place,
                    what: "the language is '\(text.text)', the file is '\(name)'",
                    write: "'\(stem)', or name the file by its language"
                )
            )
            return nil
        }
        guard let rule = PluralRule(tag) else {
            problems.append(
                DataProblem(
                    at: text.place,
                    what: "how '\(tag)' counts is not known to the program",
                    write:
                        "one of \(PluralRule.allCases.map(\.rawValue).joined(separator: ", ")), or have its rule added"
                )
            )
            return nil
        }
        return (tag, rule)
    }

    /// What is not clearly confirmed is not confirmed.
    private static func reviewed(_ root: DataMap, _ problems: inout [DataProblem]) -> Bool {
        guard let text = root.requiredText("reviewed", &problems) else { return false }
        switch text.text {
        case "true": return true
        case "false": return false
        default:
            problems.append(
                DataProblem(at: text.place, what: "'reviewed' is '\(text.text)'", write: "true or false")
            )
            return false
        }
    }

    private static func read(
        _ map: DataMap,
        _ known: MessageTree,
        under path: String,
        _ rule: PluralRule,
        _ entries: inout [String: Words.Entry],
        _ problems: inout [DataProblem]
    ) {
        for key in known.keys {
            guard let node = map.required(key, &problems) else { continue }
            switch known.branches[key] {
            case .phrase(let phrase): entries[phrase.key] = entry(node, phrase, rule, &problems)
            case .part(let part):
                let name = path + key
                guard let inner = node.map("'\(name)'", keys: part.keys, &problems) else { continue }
                read(inner, part, under: name + ".", rule, &entries, &problems)
            case nil: break
            }
        }
    }

    private static func entry(
        _ node: DataNode,
        _ phrase: Phrase,
        _ rule: PluralRule,
        _ problems: inout [DataProblem]
    ) -> Words.Entry? {
        guard let counted = phrase.counted else {
            return template(node, "'\(phrase.key)'", phrase.placeholders, &problems).map { .plain($0) }
        }
        guard let map = node.map("'\(phrase.key)'", keys: rule.forms.map(\.rawValue), &problems) else { return nil }
        var templates: [PluralForm: Template] = [:]
        for form in rule.forms {
            guard let node = map.required(form.rawValue, &problems) else { continue }
            // "an hour" says 1 in English; in Russian the same form is that of 21.
            let spared = form == .one && rule.oneIsOnlyOne ? counted : nil
            let name = "'\(phrase.key).\(form.rawValue)'"
            templates[form] = template(node, name, phrase.placeholders, sparing: spared, &problems)
        }
        return templates.count == rule.forms.count ? .counted(templates) : nil
    }

    /// The words of one text; nil with problems when it does not name just the placeholders that the phrase has.
    private static func template(
        _ node: DataNode,
        _ name: String,
        _ placeholders: Set<String>,
        sparing spared: String? = nil,
        _ problems: inout [DataProblem]
    ) -> Template? {
        guard let text = node.text(name, &problems) else { return nil }
        func add(_ what: String, _ write: String) {
            problems.append(DataProblem(at: node.place, what: what, write: write))
        }
        guard let template = Template(text) else {
            add("\(name) has a brace without its partner", "braces around the name of a value alone")
            return nil
        }
        let named = template.placeholders
        for unknown in named.subtracting(placeholders).sorted() {
            let nearest = Spelling.nearest(to: unknown, among: placeholders.sorted()) ?? placeholders.sorted().first
            add("\(name) has no value '{\(unknown)}'", nearest.map { "'{\($0)}'" } ?? "no braces")
        }
        let missing = placeholders.subtracting(named).filter { $0 != spared }.sorted()
        for missing in missing { add("\(name) leaves out '{\(missing)}'", "'{\(missing)}' where the value belongs") }
        return missing.isEmpty && named.isSubset(of: placeholders) ? template : nil
    }
}
