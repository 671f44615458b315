public import Directory

/// What somebody wants to send: the question that a consent answers (N1, N2).
public struct ConsentRequest: Hashable, Sendable {
    /// The service that is asked for.
    public let code: ServiceCode
    /// The organisation that would receive the items.
    public let recipient: OrganizationID
    /// Every item of the payload.
    public let items: Set<DataItem>
    /// What for.
    public let purpose: Purpose
    /// Whether the recipient is in another country than she is (D7).
    public let isAbroad: Bool

    /// A question about one service of one recipient.
    public init(
        code: ServiceCode,
        recipient: OrganizationID,
        items: Set<DataItem>,
        purpose: Purpose = .referral,
        isAbroad: Bool = false
    ) {
        self.code = code
        self.recipient = recipient
        self.items = items
        self.purpose = purpose
        self.isAbroad = isAbroad
    }
}
