/// Checks the addresses of contacts as directory files write them.
public enum NumberText {
    /// A number that a telephone can dial: ASCII digits with the signs that people write between them, `+` only in front,
    /// 2 to 15 digits (ITU-T E.164 allows 15), `*` and `#` for service codes.
    public static func isNumber(_ text: String) -> Bool {
        let plus = text.utf8.filter { $0 == UInt8(ascii: "+") }.count
        let inFront = text.hasPrefix("+") || text.hasPrefix("(+")
        guard plus == 0 || (plus == 1 && inFront), (2...15).contains(digits(text)) else { return false }
        return text.utf8.allSatisfy { byte in
            0x30...0x39 ~= byte || " +()-./*#".utf8.contains(byte)
        }
    }

    /// How many digits a number has.
    static func digits(_ text: String) -> Int { text.utf8.filter { 0x30...0x39 ~= $0 }.count }

    /// From where a number can be dialled as it is printed. Numbers of up to six digits are short codes, which work only
    /// on a network of the country.
    static func reach(_ text: String) -> Contact.Reach {
        if text.hasPrefix("+") || text.hasPrefix("(+") { return .anywhere }
        return digits(text) <= 6 ? .insideCountry : .nationalNumber
    }

    /// An address that begins with http:// or https:// and has a host.
    public static func isWeb(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
        let host = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return host.contains(".") && !text.contains(where: \.isWhitespace)
    }

    /// One `@` with something on both sides and a dot behind it.
    public static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !text.contains(where: \.isWhitespace)
    }

    /// Lower-case ASCII letters and digits in words joined by single hyphens.
    public static func isSlug(_ text: String) -> Bool {
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        return words.allSatisfy { word in
            !word.isEmpty && word.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 }
        }
    }
}
