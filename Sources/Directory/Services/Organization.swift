/// Who runs services.
public struct Organization: Hashable, Sendable, Identifiable {
    public let id: OrganizationID
    public let name: String
    public let country: CountryCode
    /// Member of the ECPAT network, by the source of the entry.
    public let isECPATMember: Bool

    public init(id: OrganizationID, name: String, country: CountryCode, isECPATMember: Bool = false) {
        self.id = id
        self.name = name
        self.country = country
        self.isECPATMember = isECPATMember
    }
}
