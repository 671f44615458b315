import Care
import Directory

// Identifiers and codes as they stand in requests.

extension Shape where Value: RandomIdentifier {
    /// A random id, such as that of a case.
    static var id: Shape {
        .parsed("an id of the letter \(Value.prefix) and 26 characters, as an answer gave it") { Value($0) }
    }
}

extension Shape where Value == CountryCode {
    static var country: Shape { .parsed("the two letters of a country (ISO 3166-1), such as LK") { CountryCode($0) } }
}

extension Shape where Value == ServiceCode {
    static var serviceCode: Shape { .parsed("a service code of the taxonomy, such as PSY-CRISIS") { ServiceCode($0) } }
}

extension Shape where Value == LanguageTag {
    static var language: Shape { .parsed("a language tag (BCP 47), such as si") { LanguageTag($0) } }
}

extension Shape where Value == OrganizationID {
    static var organization: Shape { .slug("the id of an organisation in the directory") { OrganizationID($0) } }
}

extension Shape where Value == ServiceID {
    static var service: Shape { .slug("the id of a service in the directory") { ServiceID($0) } }
}

extension Shape where Value == PlaceID {
    static var place: Shape { .slug("the code of a place") { PlaceID($0) } }
}

extension Shape where Value == PartyID {
    static var party: Shape { .slug("an opaque token, never a name,") { PartyID($0) } }
}

extension Shape where Value == AccessFeature {
    static var accessFeature: Shape { .slug("a feature of access, such as wheelchair,") { AccessFeature($0) } }
}

extension Shape {
    /// A code of the directory or a token. Letters, digits and four marks only, so that no sentence passes for one.
    private static func slug(_ what: String, _ make: @escaping @Sendable (String) -> Value) -> Shape {
        .parsed("\(what) of 1 to \(Limits.slugCharacters) letters, digits, . _ : or -") { text in
            let isSlug =
                (1...Limits.slugCharacters).contains(text.utf8.count)
                && text.utf8.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "_"),
                        UInt8(ascii: ":"), UInt8(ascii: "-"):
                        true
                    default: false
                    }
                }
            return isSlug ? make(text) : nil
        }
    }
}
