import DataFiles
import Directory

// Values of policy files; what is not one is a problem that says what to write.
extension DataMap {
    /// A whole number in a range, written plainly; nil when the key is missing, or with a problem.
    func whole(_ key: String, _ range: ClosedRange<Int>, _ problems: inout [DataProblem]) -> Int? {
        guard let text = text(key, &problems) else { return nil }
        guard let number = Int(text.text), range.contains(number), String(number) == text.text else {
            problems.append(
                DataProblem(
                    at: text.place,
                    what: "'\(text.text)' is out of range for '\(key)'",
                    write: "a whole number from \(range.lowerBound) to \(range.upperBound)"
                )
            )
            return nil
        }
        return number
    }

    /// The same for a key that must be there.
    func requiredWhole(_ key: String, _ range: ClosedRange<Int>, _ problems: inout [DataProblem]) -> Int? {
        guard required(key, &problems) != nil else { return nil }
        return whole(key, range, &problems)
    }

    /// A text that may be left open: nil where the key is missing or nothing stands after the colon.
    func openText(_ key: String, _ problems: inout [DataProblem]) -> DataNode.Text? {
        if let node = self[key], case .empty = node.content { return nil }
        return text(key, &problems)
    }

    /// A day that may be left open.
    func openDay(_ key: String, _ problems: inout [DataProblem]) -> CalendarDay? {
        guard let text = openText(key, &problems) else { return nil }
        if let day = CalendarDay(text.text) { return day }
        problems.append(DataProblem(at: text.place, what: "'\(text.text)' is no day", write: "YYYY-MM-DD"))
        return nil
    }

    /// One word of a closed list; a word that is not in it is a problem that names the nearest one.
    func word<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String,
        _ problems: inout [DataProblem]
    ) -> Word? {
        guard let text = requiredText(key, &problems) else { return nil }
        return text.word(among: Array(Word.allCases), &problems)
    }

    /// The same for a list without repetition.
    func words<Word: RawRepresentable<String> & Hashable>(
        _ key: String,
        among known: [Word],
        _ problems: inout [DataProblem]
    ) -> [Word] {
        guard required(key, &problems) != nil else { return [] }
        var words: [Word] = []
        for text in texts(key, &problems) ?? [] {
            guard let word = text.word(among: known, &problems) else { continue }
            guard !words.contains(word) else {
                problems.append(DataProblem(at: text.place, what: "'\(text.text)' stands twice", write: "it once"))
                continue
            }
            words.append(word)
        }
        return words
    }
}

extension DataNode.Text {
    /// The word of a list that this is; nil with a problem that names the nearest one.
    func word<Word: RawRepresentable<String>>(among known: [Word], _ problems: inout [DataProblem]) -> Word? {
        let words = known.map(\.rawValue)
        if let index = words.firstIndex(of: text) { return known[index] }
        let nearest = Spelling.nearest(to: text, among: words)
        problems.append(
            DataProblem(
                at: place,
                what: "unknown value '\(text)'",
                write: nearest.map { "'\($0)'" } ?? "one of \(words.joined(separator: ", "))"
            )
        )
        return nil
    }

    /// The service code that this is, in capitals; nil with a problem.
    func serviceCode(_ problems: inout [DataProblem]) -> ServiceCode? {
        if let code = ServiceCode(text), code.text == text { return code }
        problems.append(
            DataProblem(at: place, what: "'\(text)' is no service code", write: "a code such as MED-HIVPEP")
        )
        return nil
    }
}
