/// A country or territory by its ISO 3166-1 alpha-2 code, or a user-assigned code such as `XK` (Kosovo, used without
/// prejudice to status) or `XA` in worked cases.
public struct CountryCode: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Two letters `A`–`Z`.
    public let text: String

    /// Reads a code; lower case is accepted. Nil when the text is not two ASCII letters.
    public init?(_ text: String) {
        let upper = text.uppercased()
        guard upper.utf8.count == 2, upper.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
        self.text = upper
    }

    /// ``text``.
    public var description: String { text }

    /// By text.
    public static func < (left: CountryCode, right: CountryCode) -> Bool { left.text < right.text }
}
