/// A part of a case with a key of its own, so that a reader of one part cannot read the others. The numbers stand in
/// stored bytes and never change.
public enum Compartment: UInt8, CaseIterable, Comparable, Sendable {
    /// Who the survivor is.
    case identity = 1
    /// How to reach the survivor safely.
    case contact = 2
    /// Whom the survivor must not meet: persons and organisations.
    case conflicts = 3
    /// Assessment, plan, notes, everything else.
    case content = 4

    /// The order of the numbers, which is the order of secrets in a grant.
    public static func < (one: Compartment, other: Compartment) -> Bool { one.rawValue < other.rawValue }

    /// The compartment's name in contexts.
    var name: String {
        switch self {
        case .identity: "identity"
        case .contact: "contact"
        case .conflicts: "conflicts"
        case .content: "content"
        }
    }

    /// The compartments as bits, the lowest for the first: 0x0f is all four.
    static func mask(_ compartments: [Compartment]) -> UInt8 {
        compartments.reduce(0) { $0 | 1 << ($1.rawValue - 1) }
    }
}
