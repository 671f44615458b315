/// A country or territory of the directory.
public struct Country: Hashable, Sendable, Identifiable {
    /// Its code.
    public let code: CountryCode
    /// Its short name in English.
    public let name: String
    /// Its time zones as IANA names, zones that have kept the same time since 2024 named once; never empty.
    public let zones: [String]
    /// What to dial when somebody is in danger.
    public let emergency: EmergencyLines

    /// The code; it names the country.
    public var id: CountryCode { code }

    /// A country with its zones and emergency lines.
    public init(code: CountryCode, name: String, zones: [String], emergency: EmergencyLines) {
        self.code = code
        self.name = name
        self.zones = zones
        self.emergency = emergency
    }
}
