import DataFiles

/// The edition of a policy file: a whole number from 1 that is raised with every change of the rules.
enum Edition {
    @discardableResult
    static func check(_ file: DataMap, _ problems: inout [DataProblem]) -> Int? {
        guard let text = file.requiredText("edition", &problems) else { return nil }
        guard let number = Int(text.text), (1...Limits.edition).contains(number), String(number) == text.text else {
            problems.append(
                DataProblem(
                    at: text.place,
                    what: "'\(text.text)' is no edition",
                    write: "a whole number from 1 to \(Limits.edition)"
                )
            )
            return nil
        }
        return number
    }
}
