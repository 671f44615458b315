/// Why a case is erased for good (D5, D6); stands in the log and in the tombstone.
public enum ErasureReason: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    /// She asked for it, or whoever may ask for her.
    case survivorAsked = "survivor_asked"
    /// The time for which such a record may be kept is over (D5).
    case retentionOver = "retention_over"
    /// It should never have been opened: a test, a slip, the same person twice.
    case openedInError = "opened_in_error"
    /// A court or an authority ordered it.
    case lawfulOrder = "lawful_order"

    /// The number that stands in a tombstone; it never gets another meaning.
    public var number: UInt8 {
        switch self {
        case .survivorAsked: 1
        case .retentionOver: 2
        case .openedInError: 3
        case .lawfulOrder: 4
        }
    }
}
