/// The `Accept` header (RFC 9110 section 12.5.1), as far as a server with two forms needs it.
struct Accept {
    /// The media ranges that are not refused by `q=0`, in lower case, without parameters.
    private let ranges: [String]

    init(_ header: String?) {
        ranges = (header ?? "*/*").lowercased().split(separator: ",").compactMap { element in
            let parts = element.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let range = parts.first, !range.isEmpty else { return nil }
            let isRefused = parts.dropFirst().contains { part in
                part.hasPrefix("q=0") && part.dropFirst(3).allSatisfy { $0 == "." || $0 == "0" }
            }
            return isRefused ? nil : range
        }
    }

    /// Whether the caller takes this type.
    func takes(_ type: String) -> Bool {
        let family = type.prefix { $0 != "/" }
        return ranges.contains { $0 == type || $0 == "*/*" || $0 == "\(family)/*" }
    }

    /// Whether the caller names JSON, rather than taking anything.
    var namesJSON: Bool { ranges.contains { $0 == "application/json" || $0 == "application/problem+json" } }
}
