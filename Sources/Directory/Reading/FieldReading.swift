import DataFiles

// Fields that several files share, each with the words that tell an editor what to write.
extension DataMap {
    /// A text that must be one of the values of an enumeration.
    func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ key: String,
        _ problems: inout [DataProblem]
    ) -> Value? {
        guard let text = text(key, &problems) else { return nil }
        return Self.choice(text, key, &problems)
    }

    /// Texts of a list, each one of the values of an enumeration, none twice.
    func choices<Value: RawRepresentable<String> & CaseIterable & Hashable>(
        _ key: String,
        _ problems: inout [DataProblem]
    ) -> [Value]? {
        guard let texts = texts(key, &problems) else { return nil }
        var values: [Value] = []
        for text in texts {
            guard let value: Value = Self.choice(text, key, &problems) else { continue }
            if values.contains(value) {
                problems.append(
                    DataProblem(at: text.place, what: "'\(text.text)' stands twice in '\(key)'", write: "it once")
                )
            } else {
                values.append(value)
            }
        }
        return values
    }

    private static func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ text: DataNode.Text,
        _ key: String,
        _ problems: inout [DataProblem]
    ) -> Value? {
        if let value = Value(rawValue: text.text) { return value }
        let known = Value.allCases.map(\.rawValue)
        let nearest = Spelling.nearest(to: text.text, among: known).map { "'\($0)'" }
        problems.append(
            DataProblem(
                at: text.place,
                what: "'\(text.text)' is no \(key)",
                write: nearest ?? "one of \(known.joined(separator: ", "))"
            )
        )
        return nil
    }

    /// `yes` or `no`.
    func yesOrNo(_ key: String, _ problems: inout [DataProblem]) -> Bool? {
        guard let text = text(key, &problems) else { return nil }
        switch text.text {
        case "yes": return true
        case "no": return false
        default:
            problems.append(
                DataProblem(at: text.place, what: "'\(key)' is '\(text.text)'", write: "yes or no, or remove the line")
            )
            return nil
        }
    }

    /// Sentences of a list; empty when it is missing.
    func sentences(_ key: String, _ problems: inout [DataProblem]) -> [String] {
        (texts(key, &problems) ?? []).map(\.text)
    }

    /// The country codes of a list.
    func countries(_ key: String, _ problems: inout [DataProblem]) -> Set<CountryCode>? {
        guard let texts = texts(key, &problems) else { return nil }
        var codes: Set<CountryCode> = []
        for text in texts {
            guard let code = CountryCode(text.text), code.text == text.text else {
                problems.append(
                    DataProblem(at: text.place, what: "'\(text.text)' is no country code", write: "two letters: LK")
                )
                continue
            }
            codes.insert(code)
        }
        return codes
    }

    /// A day as `YYYY-MM-DD`.
    func day(_ key: String, _ problems: inout [DataProblem]) -> CalendarDay? {
        guard let text = text(key, &problems) else { return nil }
        if let day = CalendarDay(text.text) { return day }
        problems.append(DataProblem(at: text.place, what: "'\(text.text)' is no day", write: "YYYY-MM-DD"))
        return nil
    }

    /// A whole number of hours within the limits.
    func hours(_ key: String, _ problems: inout [DataProblem]) -> Int? {
        guard let text = text(key, &problems) else { return nil }
        if let hours = Int(text.text), Limits.hours.contains(hours), text.text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
            return hours
        }
        problems.append(
            DataProblem(at: text.place, what: "'\(key)' is '\(text.text)'", write: "a whole number of hours")
        )
        return nil
    }

    /// `source`, `source_date`, `confidence`, `conflicts`, `checks`, `also_in`. An entry without a source is a problem.
    func provenance(_ problems: inout [DataProblem]) -> Provenance? {
        let source = requiredText("source", &problems)
        var confidence: Provenance.Confidence?
        if required("confidence", &problems) != nil { confidence = choice("confidence", &problems) }
        let date = sourceDate(&problems)
        let conflicts = sentences("conflicts", &problems)
        let checks = sentences("checks", &problems)
        let alsoIn = sentences("also_in", &problems)
        guard let source, let confidence else { return nil }
        return Provenance(
            source: source.text,
            sourceDate: date,
            confidence: confidence,
            conflicts: conflicts,
            checks: checks,
            alsoIn: alsoIn
        )
    }

    /// `source_date`: a year, a month or a day.
    func sourceDate(_ problems: inout [DataProblem]) -> String? {
        guard let text = text("source_date", &problems) else { return nil }
        let padded = [4: "-01-01", 7: "-01", 10: ""][text.text.utf8.count].map { text.text + $0 }
        if let padded, CalendarDay(padded) != nil { return text.text }
        problems.append(
            DataProblem(
                at: text.place,
                what: "'source_date' is '\(text.text)'",
                write: "2023, 2023-04 or 2023-04-17, or remove the line"
            )
        )
        return nil
    }

    /// `verified: {on, by, how}`.
    func verification(_ problems: inout [DataProblem]) -> Verification? {
        guard let map = self["verified"]?.map("'verified'", keys: ["on", "by", "how"], &problems) else { return nil }
        let by = map.requiredText("by", &problems)
        let method: Verification.Method? = map.choice("how", &problems)
        guard map.required("on", &problems) != nil, let on = map.day("on", &problems), let by else { return nil }
        return Verification(on: on, by: by.text, method: method)
    }
}
