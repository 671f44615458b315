import Directory

/// The `Accept-Language` header (RFC 9110 section 12.5.4): which of our languages the reader likes best.
struct AcceptLanguage {
    /// A language range with its weight in thousandths; nil for `*`.
    private struct Range {
        let tag: LanguageTag?
        let weight: Int
    }

    /// Best first; of equals the one named first. Ranges that cannot be read are passed over.
    private let ranges: [Range]

    init(_ header: String?) {
        let read = (header ?? "").split(separator: ",").compactMap(Self.range)
        ranges = read.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
            .map(\.element)
    }

    /// What to say to the reader: in the first language of ours that a range leads to by dropping its last subtags
    /// (RFC 4647, 3.4 "Lookup"), but none that is refused by `q=0`; else in English, for the header may be disregarded when
    /// it leaves nothing.
    func phrases(of book: Phrasebook) -> Phrases {
        let refused = ranges.filter { $0.weight == 0 }.compactMap(\.tag)
        let ours = book.languages.filter { !refused.contains($0) }
        for range in ranges where range.weight > 0 {
            guard let tag = range.tag else {
                // Any language will do: English, the source, unless it is refused.
                return book.phrases(in: [ours.first { $0 == .english } ?? ours.first ?? .english])
            }
            if let found = tag.ranges.first(where: ours.contains) { return book.phrases(in: [found]) }
        }
        return book.english
    }

    private static func range(_ element: Substring) -> Range? {
        let parts = element.split(separator: ";", omittingEmptySubsequences: false)
            .map { $0.filter { $0 != " " && $0 != "\t" } }
        guard let name = parts.first, parts.count <= 2 else { return nil }
        let tag = LanguageTag(name)
        guard tag != nil || name == "*" else { return nil }
        guard parts.count == 2 else { return Range(tag: tag, weight: 1000) }
        return weight(parts[1]).map { Range(tag: tag, weight: $0) }
    }

    /// `q=` with 0 to 1 and at most three decimals (RFC 9110 section 12.4.2), in thousandths.
    private static func weight(_ text: String) -> Int? {
        guard text.lowercased().hasPrefix("q=") else { return nil }
        let parts = text.dropFirst(2).split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, whole == "0" || whole == "1", parts.count <= 2 else { return nil }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard decimals.utf8.count <= 3, decimals.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
            let thousandths = Int(decimals + String(repeating: "0", count: 3 - decimals.utf8.count))
        else { return nil }
        let weight = (whole == "1" ? 1000 : 0) + thousandths
        return weight <= 1000 ? weight : nil
    }
}
