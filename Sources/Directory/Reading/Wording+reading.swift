import DataFiles

extension Wording {
    /// Reads `labels` and `reviewed` of a type or sector; nil with a problem when there is no label in English.
    init?(reading map: DataMap, _ problems: inout [DataProblem]) {
        guard let node = map.required("labels", &problems) else { return nil }
        guard case .map(let entries) = node.content else {
            problems.append(DataProblem(at: node.place, what: "'labels' is not a map", write: "lines of 'key: value'"))
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
                        write: "'\(tag): …' under 'labels', or remove it"
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
