import Directory

// A value as the type that a field asks for; anything else is a problem at its own place.
extension JSONNode {
    func problem(_ what: String) -> WorkedCaseProblem { WorkedCaseProblem(pointer: pointer, what: what) }

    /// A member that must be there, by itself or by default.
    func required(_ key: String) throws(WorkedCaseProblem) -> JSONNode {
        guard case .object = content else { throw problem("an object is expected") }
        guard let value = self[key] else {
            throw WorkedCaseProblem(pointer: Self.pointer(pointer, key), what: "missing, and no default states it")
        }
        return value
    }

    /// The same, where null says that it is not known.
    func known(_ key: String) throws(WorkedCaseProblem) -> JSONNode? {
        let value = try required(key)
        return value.isNull ? nil : value
    }

    /// A member that may be left out or null.
    func optional(_ key: String) -> JSONNode? { self[key].flatMap { $0.isNull ? nil : $0 } }

    var members: [(key: String, value: JSONNode)] {
        get throws(WorkedCaseProblem) {
            guard case .object(let members) = content else { throw problem("an object is expected") }
            return members
        }
    }

    var items: [JSONNode] {
        get throws(WorkedCaseProblem) {
            guard case .list(let items) = content else { throw problem("a list is expected") }
            return items
        }
    }

    var text: String {
        get throws(WorkedCaseProblem) {
            guard case .text(let text) = content else { throw problem("a text is expected") }
            return text
        }
    }

    /// A text that names something.
    var name: String {
        get throws(WorkedCaseProblem) {
            let name = try text
            guard !name.isEmpty else { throw problem("an empty text names nothing") }
            return name
        }
    }

    var truth: Bool {
        get throws(WorkedCaseProblem) {
            guard case .truth(let truth) = content else { throw problem("true or false is expected") }
            return truth
        }
    }

    /// A whole number in a range.
    func whole(in range: ClosedRange<Int>) throws(WorkedCaseProblem) -> Int {
        guard case .number(let number) = content, let whole = Int(exactly: number), range.contains(whole) else {
            throw problem("a whole number from \(range.lowerBound) to \(range.upperBound) is expected")
        }
        return whole
    }

    /// A length of time in hours, 0 or more.
    var hours: Double {
        get throws(WorkedCaseProblem) {
            guard case .number(let number) = content, number >= 0 else {
                throw problem("a number of hours, 0 or more, is expected")
            }
            return number
        }
    }

    /// One code of a closed list.
    func code<Code: RawRepresentable<String> & CaseIterable>(
        _ type: Code.Type = Code.self
    ) throws(WorkedCaseProblem) -> Code {
        let text = try text
        guard let code = Code(rawValue: text) else {
            throw problem("unknown; write one of \(Code.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return code
    }

    /// A list of codes of a closed list.
    func codes<Code: RawRepresentable<String> & CaseIterable>(
        _ type: Code.Type = Code.self
    ) throws(WorkedCaseProblem) -> [Code] {
        try items.map { item throws(WorkedCaseProblem) in try item.code() }
    }

    /// A list of names.
    func names<Name: Hashable>(_ make: (String) -> Name) throws(WorkedCaseProblem) -> [Name] {
        try items.map { item throws(WorkedCaseProblem) in make(try item.name) }
    }

    var country: CountryCode {
        get throws(WorkedCaseProblem) {
            guard let code = CountryCode(try text) else { throw problem("a country code of two letters is expected") }
            return code
        }
    }

    var countries: Set<CountryCode> {
        get throws(WorkedCaseProblem) {
            Set(try items.map { item throws(WorkedCaseProblem) in try item.country })
        }
    }

    var language: LanguageTag {
        get throws(WorkedCaseProblem) {
            guard let tag = LanguageTag(try text) else {
                throw problem("a language tag such as th or zh-Hant is expected")
            }
            return tag
        }
    }

    var languages: [LanguageTag] {
        get throws(WorkedCaseProblem) {
            try items.map { item throws(WorkedCaseProblem) in try item.language }
        }
    }

    var moment: Timestamp {
        get throws(WorkedCaseProblem) {
            guard let moment = Timestamp(try text) else {
                throw problem("a moment with its offset is expected, such as 2026-03-13T18:00:00+07:00")
            }
            return moment
        }
    }
}
