import DataFiles

extension EmergencyLines {
    /// Reads `emergency` of a country's file. Without a single number there is nothing to show: nil.
    init?(reading node: DataNode, _ problems: inout [DataProblem]) {
        let keys = [
            "lines", "also_listed", "note", "source", "source_date", "confidence", "conflicts", "checks", "also_in",
            "verified",
        ]
        guard let map = node.map("'emergency'", keys: keys, &problems) else { return nil }
        var lines: [EmergencyLine] = []
        if map.required("lines", &problems) != nil {
            for node in map.list("lines", &problems) {
                if let line = EmergencyLine(reading: node, &problems) { lines.append(line) }
            }
        }
        for node in map.list("also_listed", &problems) {
            if let line = EmergencyLine(alsoListed: node, &problems) { lines.append(line) }
        }
        var seen: Set<String> = []
        for line in lines where !seen.insert(line.number).inserted {
            problems.append(
                DataProblem(at: map.place, what: "the number \(line.number) stands twice", write: "it once")
            )
        }
        let note = map.text("note", &problems)
        let verification = map.verification(&problems)
        guard let provenance = map.provenance(&problems), !lines.isEmpty else { return nil }
        self.init(lines: lines, note: note?.text, provenance: provenance, verification: verification)
    }
}

extension EmergencyLine {
    /// Reads a number of the main source: `number`, `reaches`, `unconfirmed`.
    fileprivate init?(reading node: DataNode, _ problems: inout [DataProblem]) {
        let keys = ["number", "reaches", "unconfirmed"]
        guard let map = node.map("an emergency line", keys: keys, &problems) else { return nil }
        let reaches = map.requiredText("reaches", &problems)
        let unconfirmed = map.yesOrNo("unconfirmed", &problems)
        guard let number = Self.number(map, &problems), let reaches else { return nil }
        self.init(
            number: number,
            reaches: reaches.text == "not stated" ? nil : reaches.text,
            isUnconfirmed: unconfirmed ?? false
        )
    }

    /// Reads a number that only another source lists: `number`, `by`, and `reaches` when that source says it.
    fileprivate init?(alsoListed node: DataNode, _ problems: inout [DataProblem]) {
        let keys = ["number", "by", "reaches"]
        guard let map = node.map("an emergency line", keys: keys, &problems) else { return nil }
        let by = map.requiredText("by", &problems)
        let reaches = map.text("reaches", &problems)
        guard let number = Self.number(map, &problems), let by else { return nil }
        self.init(number: number, reaches: reaches?.text, listedBy: by.text, isUnconfirmed: true)
    }

    private static func number(_ map: DataMap, _ problems: inout [DataProblem]) -> String? {
        guard let text = map.requiredText("number", &problems) else { return nil }
        if NumberText.isNumber(text.text) { return text.text }
        problems.append(.badNumber(text))
        return nil
    }
}

extension DataProblem {
    /// A number that no telephone can dial.
    static func badNumber(_ text: DataNode.Text) -> DataProblem {
        DataProblem(
            at: text.place,
            what: "'\(text.text)' is no number",
            write: "2 to 15 digits 0-9 with spaces, hyphens, dots or brackets between them, '+' only in front"
        )
    }
}
