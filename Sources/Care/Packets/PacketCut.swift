/// What comes of cutting a packet to consent and allow-list (N2, F7).
public enum PacketCut: Hashable, Sendable {
    /// The packet, the items that were asked for and stripped (only where the caller said so), and the items that may go
    /// but are not on file.
    case packet(ReferralPacket, stripped: Set<DataItem>, notOnFile: Set<DataItem>)
    /// Nothing leaves: items that the consent does not name, and items that this service code never gets. At least one
    /// is not empty.
    case refused(notConsented: Set<DataItem>, notAllowed: Set<DataItem>)
}

/// What to do with an item that may not be sent.
public enum UncoveredItems: Hashable, Sendable {
    /// Send nothing; the caller sees which items they are.
    case refuse
    /// Leave them out, because the caller said so.
    case strip
}
