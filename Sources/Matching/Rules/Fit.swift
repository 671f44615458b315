/// What of a service suits her, as bits of one word: the grounds of the soft points (M5) and of the sentences (M6).
enum Fit {
    static let sharedLanguage: UInt16 = 1 << 0
    static let knownProvider: UInt16 = 1 << 1
    static let wishedStaff: UInt16 = 1 << 2
    static let wishedMode: UInt16 = 1 << 3
    static let childSpecialised: UInt16 = 1 << 4
    static let withinTravel: UInt16 = 1 << 5
    static let free: UInt16 = 1 << 6
    static let reportsAgainstWish: UInt16 = 1 << 7

    /// The points of M5; only these are summed, and the sum is shown (M4).
    static func softPoints(_ fits: UInt16) -> Int {
        var points = 0
        if fits & wishedStaff != 0 { points += 3 }
        if fits & sharedLanguage != 0 { points += 3 }
        if fits & wishedMode != 0 { points += 2 }
        if fits & childSpecialised != 0 { points += 2 }
        if fits & withinTravel != 0 { points += 2 }
        if fits & knownProvider != 0 { points += 2 }
        if fits & free != 0 { points += 1 }
        if fits & reportsAgainstWish != 0 { points -= 2 }
        return points
    }
}
