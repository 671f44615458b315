/// Who runs services.
public struct Organization: Hashable, Sendable, Identifiable {
    /// Its stable name in the whole directory.
    public let id: OrganizationID
    /// As its source prints it.
    public let name: String
    /// Where it is listed.
    public let country: CountryCode
    /// Member of the ECPAT network, by the source of the entry.
    public let isECPATMember: Bool

    /// An organisation; a member of ECPAT only when said so.
    public init(id: OrganizationID, name: String, country: CountryCode, isECPATMember: Bool = false) {
        self.id = id
        self.name = name
        self.country = country
        self.isECPATMember = isECPATMember
    }
}
