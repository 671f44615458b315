/// The query of a URL. Only fixed words, numbers and random ids ever stand in one, so it needs no escapes: anything
/// else is refused before it is looked at.
enum Query {
    /// The parameters, each at most once, none that `taken` does not list.
    static func read(_ query: String?, taking taken: [String]) throws(Problem) -> [JSONValue.Member] {
        guard let query, !query.isEmpty else { return [] }
        var members: [JSONValue.Member] = []
        let pairs = query.split(separator: "&", omittingEmptySubsequences: false)
        guard pairs.count <= Limits.queryParameters else { throw unknown(taken) }
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = taken.first(where: { $0 == parts[0] }) else { throw unknown(taken) }
            let value = parts.count == 2 ? String(parts[1]) : ""
            guard Problem.isCode(value) else {
                throw invalid(name, "cannot be used; write letters, digits, . _ : or - without escapes")
            }
            guard !members.contains(where: { $0.name == name }) else {
                throw invalid(name, "stands there twice; write it once")
            }
            // `?act=` is the same as no filter at all.
            if !value.isEmpty { members.append(JSONValue.Member(name: name, value: .text(value))) }
        }
        return members
    }

    private static func unknown(_ taken: [String]) -> Problem {
        let takes = taken.isEmpty ? "it takes none" : "it takes: \(taken.joined(separator: ", "))"
        let detail = "a parameter that this request does not know; \(takes)"
        return Problem(.unknownParameter, Problem.Finding(place: .query, code: .unknownParameter, detail: detail))
    }

    private static func invalid(_ name: String, _ detail: String) -> Problem {
        Problem(.invalidParameter, Problem.Finding(place: .parameter(name), code: .invalid, detail: detail))
    }
}
