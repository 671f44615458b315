/// What somebody who works in a country looks at first. Services of low confidence are left out until somebody has
/// verified them (DECISIONS 2); those of ``EmergencyLines`` never are.
public struct CountryPage: Hashable, Sendable {
    /// The country with its emergency lines.
    public let country: Country
    /// Lines for children.
    public let childLines: [Service]
    /// Where images of abuse are reported and removed.
    public let imageReports: [Service]
    /// Legal information and representation.
    public let legalAid: [Service]
    /// Information of UNHCR and others for refugees.
    public let refugeeHelp: [Service]
    /// Every other service that may be shown.
    public let others: [Service]
    /// How many services are hidden because their source is weak and nobody has verified them.
    public let withheld: Int
}
