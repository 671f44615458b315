import DataFiles
import Directory

extension CountryValue {
    private static let keys =
        ["value", "unit", "instrument", "source_date", "confidence", "scope", "conflict", "check", "note", "confirmed"]
        + Stewardship.keys

    private enum Confirmation: String, CaseIterable {
        case yes
        case no
    }

    /// Nil with every problem of the value.
    init?(_ field: CountryField, reading node: DataNode, _ problems: inout [DataProblem]) {
        let before = problems.count
        guard let map = node.map("the value of '\(field.rawValue)'", keys: Self.keys, &problems) else { return nil }
        let unit = map.requiredText("unit", &problems)?.word(among: field.units, &problems)
        let content = unit.flatMap { Self.content(field, $0, map, &problems) }
        let stewardship = Stewardship(reading: map, &problems)
        let confidence: Provenance.Confidence? = map.word("confidence", &problems)
        let confirmation: Confirmation? = map.word("confirmed", &problems)
        let sourceDate = Self.sourceDate(map, &problems)
        let instrument = map.text("instrument", &problems)?.text
        let scope = map.text("scope", &problems)?.text
        let conflict = map.text("conflict", &problems)?.text
        let check = map.text("check", &problems)?.text
        let note = map.text("note", &problems)?.text
        guard let unit, let content, let stewardship, let confidence, let confirmation else { return nil }
        self.field = field
        self.content = content
        self.unit = unit
        self.instrument = instrument
        self.stewardship = stewardship
        self.sourceDate = sourceDate
        self.confidence = confidence
        self.scope = scope
        self.conflict = conflict
        self.check = check
        self.note = note
        self.isConfirmed = confirmation == .yes
        self.place = node.place
        checkSource(map, &problems)
        if isConfirmed { checkConfirmation(map, &problems) }
        guard problems.count == before else { return nil }
    }

    private static func content(
        _ field: CountryField,
        _ unit: Unit,
        _ map: DataMap,
        _ problems: inout [DataProblem]
    ) -> Content? {
        guard unit == .text else {
            return map.requiredWhole("value", numbers(field, unit), &problems).map(Content.number)
        }
        guard let text = map.requiredText("value", &problems) else { return nil }
        guard field == .careWithoutPoliceReport else { return .text(text.text) }
        return text.word(among: PoliceCondition.allCases, &problems).map { .text($0.rawValue) }
    }

    private static func numbers(_ field: CountryField, _ unit: Unit) -> ClosedRange<Int> {
        if field.isOwnConsentAge { return Limits.ownConsentAge }
        return switch unit {
        case .hours: Limits.windowHours
        case .months: Limits.months
        case .years, .age, .yearsAfter18, .yearsAfter30, .text: Limits.years
        }
    }

    private static func sourceDate(_ map: DataMap, _ problems: inout [DataProblem]) -> String? {
        guard let text = map.text("source_date", &problems) else { return nil }
        // A year or a month is a date that a source prints: any day of it stands for it in the check.
        let day = [text.text, text.text + "-01", text.text + "-01-01"].first { CalendarDay($0) != nil }
        if day != nil { return text.text }
        problems.append(
            DataProblem(at: text.place, what: "'\(text.text)' is no date", write: "YYYY, YYYY-MM or YYYY-MM-DD")
        )
        return nil
    }

    private func checkSource(_ map: DataMap, _ problems: inout [DataProblem]) {
        let source = stewardship.source
        guard source.hasPrefix("https://") || source.hasPrefix("http://"), !source.contains(where: \.isWhitespace)
        else {
            problems.append(
                DataProblem(
                    at: map["source"]?.place ?? place,
                    what: "'\(source)' is no address",
                    write: "the address of the page, beginning with https:// or http://"
                )
            )
            return
        }
    }

    /// Who confirms a value says so by name and day, on a source that is worth it, with nothing left open.
    private func checkConfirmation(_ map: DataMap, _ problems: inout [DataProblem]) {
        func problem(_ what: String, _ write: String) {
            problems.append(DataProblem(at: map["confirmed"]?.place ?? place, what: what, write: write))
        }
        if stewardship.owner == nil {
            problem("confirmed by nobody", "'owner:' with the \(field.confirmedBy.rawValue) or post that confirmed it")
        }
        if stewardship.reviewedOn == nil { problem("confirmed on no day", "'reviewed_on: YYYY-MM-DD'") }
        if confidence == .low {
            problem("a confirmed value rests on a weak source", "the source it was confirmed by, and its confidence")
        }
        if conflict != nil { problem("a confirmed value has an open conflict", "what was decided, without 'conflict'") }
        if check != nil { problem("a confirmed value has something to look up", "what was found, without 'check'") }
    }
}
