/// A set of codes of one closed list, held in one word: no allocation for each service, and always read out in the order
/// of the list, so that the same match gives the same bytes.
public struct CodeSet<Code: CaseIterable & Hashable & Sendable>: Hashable, Sendable, Sequence {
    /// Bit n stands for the nth code of the list.
    let bits: UInt32

    init(bits: UInt32) { self.bits = bits }

    /// The set of the given codes.
    public init(_ codes: some Sequence<Code>) {
        var bits: UInt32 = 0
        for code in codes { bits |= Self.bit(of: code) }
        self.bits = bits
    }

    /// Whether it holds no code.
    public var isEmpty: Bool { bits == 0 }

    /// How many codes it holds.
    public var count: Int { bits.nonzeroBitCount }

    /// Whether it holds `code`.
    public func contains(_ code: Code) -> Bool { bits & Self.bit(of: code) != 0 }

    /// Whether every code of it is in `other`.
    public func isSubset(of other: CodeSet) -> Bool { bits & ~other.bits == 0 }

    /// Whether no code is in both.
    public func isDisjoint(with other: CodeSet) -> Bool { bits & other.bits == 0 }

    /// The codes of either set.
    public func union(_ other: CodeSet) -> CodeSet { CodeSet(bits: bits | other.bits) }

    /// Reads the codes in the order of their list.
    public func makeIterator() -> Array<Code>.Iterator {
        var codes: [Code] = []
        for (index, code) in Code.allCases.enumerated() where bits >> UInt32(index) & 1 == 1 { codes.append(code) }
        return codes.makeIterator()
    }

    private static func bit(of code: Code) -> UInt32 {
        for (index, other) in Code.allCases.enumerated() where other == code { return 1 << UInt32(index) }
        return 0
    }
}
