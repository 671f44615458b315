/// XXH64 once more, written from its specification in another way than the module's: over a list of bytes, without
/// blocks kept between calls. The tests seal altered snapshots with it.
enum ReferenceHash {
    private static let primes: [UInt64] = [
        11_400_714_785_074_694_791, 14_029_467_366_897_019_727, 1_609_587_929_392_839_161, 9_650_029_242_287_828_579,
        2_870_177_450_012_600_261,
    ]

    static func hash(_ bytes: ArraySlice<UInt8>, seed: UInt64 = 0) -> UInt64 {
        var rest = bytes
        func take(_ count: Int) -> UInt64 {
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        var value = seed &+ primes[4]
        if rest.count >= 32 {
            var lanes = [seed &+ primes[0] &+ primes[1], seed &+ primes[1], seed, seed &- primes[0]]
            while rest.count >= 32 { for lane in 0..<4 { lanes[lane] = mixed(lanes[lane], take(8)) } }
            value = zip(lanes, [1, 7, 12, 18]).reduce(0) { $0 &+ turned($1.0, $1.1) }
            for lane in lanes { value = (value ^ mixed(0, lane)) &* primes[0] &+ primes[3] }
        }
        value = value &+ UInt64(bytes.count)
        while rest.count >= 8 { value = turned(value ^ mixed(0, take(8)), 27) &* primes[0] &+ primes[3] }
        if rest.count >= 4 { value = turned(value ^ (take(4) &* primes[0]), 23) &* primes[1] &+ primes[2] }
        while !rest.isEmpty { value = turned(value ^ (take(1) &* primes[4]), 11) &* primes[0] }
        value = (value ^ value >> 33) &* primes[1]
        value = (value ^ value >> 29) &* primes[2]
        return value ^ value >> 32
    }

    private static func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        turned(lane &+ word &* primes[1], 31) &* primes[0]
    }

    private static func turned(_ value: UInt64, _ bits: Int) -> UInt64 {
        value << UInt64(bits) | value >> UInt64(64 - bits)
    }

    /// A number as 8 bytes, big-endian.
    static func bytes(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * $0)) }
    }
}
