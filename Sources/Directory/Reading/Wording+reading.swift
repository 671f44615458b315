import DataFiles

extension Wording {
    /// Reads the words by language under a key, such as `labels`, and the `reviewed` beside it; nil with a problem when there
    /// are none in English.
    init?(reading map: DataMap, under key: String = "labels", _ problems: inout [DataProblem]) {
        guard let node = map.required(key, &problems) else { return nil }
        guard case .map(let entries) = node.content else {
            problems.append(DataProblem(at: node.place, what: "'\(key)' is not a map", write: "lines of 'key: value'"))
            return nil
        }
        var texts: [LanguageTag: String] = [:]
        for entry in entries {
            let language = DataNode.Text(text: entry.key, place: entry.keyPlace)
            let label = entry.value.text("'\(entry.key)'", &problems)
            guard let tag = LanguageTag(reading: language, write: "a tag such as en or si", &problems) else { continue }
            texts[tag] = label
        }
        if texts[.english] == nil {
            problems.append(DataProblem(at: node.place, what: "the label in English is missing", write: "'en: …'"))
        }
        var reviewed: Set<LanguageTag> = []
        for text in map.texts("reviewed", &problems) ?? [] {
            guard let tag = LanguageTag(reading: text, write: "a tag such as en or si", &problems) else { continue }
            if texts[tag] == nil {
                problems.append(
                    DataProblem(
                        at: text.place,
                        what: "'\(tag)' is reviewed and has no label",
                        write: "'\(tag): …' under '\(key)', or remove it"
                    )
                )
            } else if !reviewed.insert(tag).inserted {
                problems.append(
                    DataProblem(at: text.place, what: "'\(tag)' stands twice in 'reviewed'", write: "it once")
                )
            }
        }
        guard texts[.english] != nil else { return nil }
        self.init(texts, reviewed: reviewed)
    }
}
