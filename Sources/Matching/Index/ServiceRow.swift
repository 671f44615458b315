import Directory

/// What a match reads of one service, flat: numbers into the tables of ``ServiceIndex`` and bits of closed lists.
struct ServiceRow {
    /// Stands for "no source states it" in ``hours`` and ``verifiedDay``.
    static let none = Int32.max

    let offers: UInt32
    let organization: UInt32
    let country: UInt32
    let coverage: UInt32
    let jurisdictions: UInt32
    let languages: UInt32
    let accessible: UInt32
    let places: UInt32
    let parties: UInt32
    let consulate: UInt32
    let hours: Int32
    /// Whether those hours open at all; nil when none are stated.
    let prospect: OpeningTable.Prospect?
    /// Days since 1970.
    let verifiedDay: Int32
    /// Milliseconds; -1 when not stated.
    let lead: Int
    let youngest: Int16
    let oldest: Int16
    let genders: ListedCodes
    let staffGenders: ListedCodes
    let modes: ListedCodes
    let firstMode: ContactMode?
    let intake: ListedCodes
    let requires: ListedCodes
    let status: ServiceStatus
    let capacity: Capacity
    let cost: Cost?
    let interpreter: Bool?
    let childSpecialised: Bool?
    let mandatedReporter: Bool?
    let confidentialLocation: Bool
    let statesAges: Bool
}

/// Which codes of a short closed list a service states, or that it states none of it.
struct ListedCodes: Hashable {
    private static let unstated: UInt8 = 1 << 7

    let bits: UInt8

    init<Code: CaseIterable & Equatable>(_ codes: (some Sequence<Code>)?) {
        guard let codes else {
            bits = Self.unstated
            return
        }
        var bits: UInt8 = 0
        for code in codes { bits |= Self.bit(of: code) }
        self.bits = bits
    }

    var isStated: Bool { bits & Self.unstated == 0 }

    func overlaps(_ other: ListedCodes) -> Bool { bits & other.bits != 0 }

    func isSubset(of other: ListedCodes) -> Bool { bits & ~other.bits == 0 }

    /// The bit of one code; the longest list has five.
    static func bit<Code: CaseIterable & Equatable>(of code: Code) -> UInt8 {
        var bit: UInt8 = 1
        for other in Code.allCases {
            if other == code { return bit }
            bit <<= 1
        }
        return 0
    }
}
