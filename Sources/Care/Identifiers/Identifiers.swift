// The ten kinds of random identifier. The letters are stored and printed: never reuse or change one.

/// A survivor's case; the survivor code that appears in logs and addresses (D3).
public struct CaseID: RandomIdentifier {
    /// Always `c`.
    public static var prefix: Character { "c" }

    private let bits: SixteenBytes

    /// Takes 16 random bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard let bits = SixteenBytes(bytes) else { return nil }
        self.bits = bits
    }

    /// The 16 random bytes.
    public var bytes: [UInt8] { bits.bytes }
}

/// One referral to one recipient; never derived from the case's identifier (D3).
public struct ReferralID: RandomIdentifier {
    /// Always `r`.
    public static var prefix: Character { "r" }

    private let bits: SixteenBytes

    /// Takes 16 random bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard let bits = SixteenBytes(bytes) else { return nil }
        self.bits = bits
    }

    /// The 16 random bytes.
    public var bytes: [UInt8] { bits.bytes }
}

/// One consent: one service code, one recipient (N1).
public struct ConsentID: RandomIdentifier {
    /// Always `n`.
    public static var prefix: Character { "n" }

    private let bits: SixteenBytes

    /// Takes 16 random bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard let bits = SixteenBytes(bytes) else { return nil }
        self.bits = bits
    }

    /// The 16 random bytes.
    public var bytes: [UInt8] { bits.bytes }
}

/// One note that somebody put into the drop-box of a case.
public struct NoteID: RandomIdentifier {
    /// Always `w`.
    public static var prefix: Character { "w" }

    private let bits: SixteenBytes

    /// Takes 16 random bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard let bits = SixteenBytes(bytes) else { return nil }
        self.bits = bits
    }

    /// The 16 random bytes.
    public var bytes: [UInt8] { bits.bytes }
}

/// One need of a case.
public struct NeedID: RandomIdentifier {
    /// Always `d`.
    public static var prefix: Character { "d" }

    private let bits: SixteenBytes

    /// Takes 16 random bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard let bits = SixteenBytes(bytes) else { return nil }
        self.bits = bits
    }

    /// The 16 random bytes.
    public var bytes: [UInt8] { bits.bytes }
}

/// A person on the staff of a member organisation.
public struct StaffID: RandomIdentifier {
    /// Always `s`.
    public static var prefix: Character { "s" }

    private let bits: SixteenBytes

    /// Takes 16 random bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard let bits = SixteenBytes(bytes) else { return nil }
        self.bits = bits
    }

    /// The 16 random bytes.
    public var bytes: [UInt8] { bits.bytes }
}

/// A team; a desk is a team that receives referrals.
public struct TeamID: RandomIdentifier {
    /// Always `t`.
    public static var prefix: Character { "t" }

    private let bits: SixteenBytes

    /// Takes 16 random bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard let bits = SixteenBytes(bytes) else { return nil }
        self.bits = bits
    }

    /// The 16 random bytes.
    public var bytes: [UInt8] { bits.bytes }
}

/// A member organisation with accounts here, as opposed to an organisation of the directory.
public struct AgencyID: RandomIdentifier {
    /// Always `a`.
    public static var prefix: Character { "a" }

    private let bits: SixteenBytes

    /// Takes 16 random bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard let bits = SixteenBytes(bytes) else { return nil }
        self.bits = bits
    }

    /// The 16 random bytes.
    public var bytes: [UInt8] { bits.bytes }
}

/// One request to the server, as it appears in the answer and in the audit entry.
public struct RequestID: RandomIdentifier {
    /// Always `q`.
    public static var prefix: Character { "q" }

    private let bits: SixteenBytes

    /// Takes 16 random bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard let bits = SixteenBytes(bytes) else { return nil }
        self.bits = bits
    }

    /// The 16 random bytes.
    public var bytes: [UInt8] { bits.bytes }
}

/// One sign-in session.
public struct SessionID: RandomIdentifier {
    /// Always `e`.
    public static var prefix: Character { "e" }

    private let bits: SixteenBytes

    /// Takes 16 random bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard let bits = SixteenBytes(bytes) else { return nil }
        self.bits = bits
    }

    /// The 16 random bytes.
    public var bytes: [UInt8] { bits.bytes }
}
