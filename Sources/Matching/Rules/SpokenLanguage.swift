import Directory

/// A language as it is spoken: its tag without the region, since `en-GB` and `en-US` understand each other. A tag that
/// names only the language is shared with each of its forms, `zh` with `zh-hant`; two different forms are not shared.
struct SpokenLanguage {
    private let parts: [Substring]

    init(_ tag: LanguageTag) {
        let parts = tag.text.split(separator: "-")
        self.parts = parts.enumerated().filter { $0.offset == 0 || !Self.isRegion($0.element) }.map(\.element)
    }

    func isShared(with other: SpokenLanguage) -> Bool { zip(parts, other.parts).allSatisfy { $0 == $1 } }

    /// Two letters or three digits (BCP 47, section 2.2.4).
    private static func isRegion(_ part: Substring) -> Bool {
        let bytes = part.utf8
        if bytes.count == 2 { return bytes.allSatisfy { (0x61...0x7A).contains($0) } }
        return bytes.count == 3 && bytes.allSatisfy { (0x30...0x39).contains($0) }
    }
}
