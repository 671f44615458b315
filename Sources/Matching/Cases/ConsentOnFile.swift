public import Care
public import Foundation

/// What is on file of her decision about the need that is matched (N1), as far as the gates ask for it.
public struct ConsentOnFile: Hashable, Sendable {
    /// Where the decision stands.
    public enum Status: String, Hashable, Sendable, CaseIterable {
        case granted
        case refused
        case notAsked = "not_asked"
        case revoked
    }

    /// Where her decision stands.
    public var status: Status
    /// Who gave it.
    public var giver: ConsentGiver
    /// The child's own agreement; nil when nobody asked.
    public var childAssent: Bool?
    /// From this moment on it no longer holds; nil when no end is set.
    public var expiresAt: Date?
    /// Whether her details may go to another country (D7).
    public var allowsCrossBorder: Bool

    /// A decision on file.
    public init(
        status: Status,
        giver: ConsentGiver,
        childAssent: Bool? = nil,
        expiresAt: Date? = nil,
        allowsCrossBorder: Bool = false
    ) {
        self.status = status
        self.giver = giver
        self.childAssent = childAssent
        self.expiresAt = expiresAt
        self.allowsCrossBorder = allowsCrossBorder
    }

    /// Nobody has asked her yet: options may be looked at, nothing may be sent (N1, N2).
    public static let notAsked = ConsentOnFile(status: .notAsked, giver: .none)
}
