public import Directory

/// Which needs are proposed together when sexual violence is recent (H8). The values are data: `Policies/windows.yaml`.
public struct BundleRules: Hashable, Sendable {
    /// Hours since the last exposure, exclusive: what is younger starts the bundle.
    public var withinHours: Int
    /// An open need for one of these starts it.
    public var startedBy: Set<ServiceCode>
    /// What is proposed, in the order in which it is shown.
    public var needs: [ServiceCode]

    /// The rules of a bundle.
    public init(withinHours: Int, startedBy: Set<ServiceCode>, needs: [ServiceCode]) {
        self.withinHours = withinHours
        self.startedBy = startedBy
        self.needs = needs
    }

    /// Nothing is ever proposed.
    public static let none = BundleRules(withinHours: 0, startedBy: [], needs: [])
}
