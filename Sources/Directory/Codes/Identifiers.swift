/// A service of the directory: a stable slug, unique in the whole directory (`lk-childline-1929`).
public struct ServiceID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// As written in the files.
    public let text: String
    /// Takes the text as it is.
    public init(_ text: String) { self.text = text }
    /// ``text``.
    public var description: String { text }
    /// By text.
    public static func < (left: ServiceID, right: ServiceID) -> Bool { left.text < right.text }
}

/// An organisation that runs services: a stable slug, unique in the whole directory.
public struct OrganizationID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// As written in the files.
    public let text: String
    /// Takes the text as it is.
    public init(_ text: String) { self.text = text }
    /// ``text``.
    public var description: String { text }
    /// By text.
    public static func < (left: OrganizationID, right: OrganizationID) -> Bool { left.text < right.text }
}

/// A place that conflict checks compare (F5): a building, a camp, a hospital. Opaque; never an address.
public struct PlaceID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// As written in the files.
    public let text: String
    /// Takes the text as it is.
    public init(_ text: String) { self.text = text }
    /// ``text``.
    public var description: String { text }
    /// By text.
    public static func < (left: PlaceID, right: PlaceID) -> Bool { left.text < right.text }
}

/// A person or group that conflict checks compare (F5): an opaque token, never a name.
public struct PartyID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// As written in the files.
    public let text: String
    /// Takes the text as it is.
    public init(_ text: String) { self.text = text }
    /// ``text``.
    public var description: String { text }
    /// By text.
    public static func < (left: PartyID, right: PartyID) -> Bool { left.text < right.text }
}

/// A language by its BCP 47 tag in lower case (`en`, `si`, `zh-hant`).
public struct LanguageTag: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// In lower case.
    public let text: String

    /// English.
    public static let english = LanguageTag(known: "en")

    private init(known text: String) { self.text = text }

    /// Nil when the text is not letters, digits and hyphens starting with two or three letters.
    public init?(_ text: String) {
        let lower = text.lowercased()
        let parts = lower.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, (2...3).contains(first.utf8.count),
            first.utf8.allSatisfy({ (0x61...0x7A).contains($0) }),
            parts.dropFirst().allSatisfy({ part in
                (1...8).contains(part.utf8.count)
                    && part.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
            })
        else { return nil }
        self.text = lower
    }

    /// ``text``.
    public var description: String { text }
    /// By text.
    public static func < (left: LanguageTag, right: LanguageTag) -> Bool { left.text < right.text }
}

extension LanguageTag {
    /// The tag, then with fewer and fewer subtags, the order in which a language is looked for (RFC 4647, 3.4): a subtag of
    /// a single letter goes with the one behind it.
    public var ranges: [LanguageTag] {
        var ranges: [LanguageTag] = []
        var parts = text.split(separator: "-")
        while !parts.isEmpty, let tag = LanguageTag(parts.joined(separator: "-")) {
            ranges.append(tag)
            repeat { parts.removeLast() } while parts.last.map { $0.utf8.count == 1 } ?? false
        }
        return ranges
    }
}
