/// XXH64, a published 64-bit hash: it finds damage and change at more than a byte a nanosecond. It is no defence: whoever
/// can write a file can make one that fits.
struct XXH64 {
    // The primes of the algorithm's specification (xxHash fast digest algorithm, version 0.1.1).
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    private let seed: UInt64
    private var lanes: (UInt64, UInt64, UInt64, UInt64)
    /// What came after the last whole block of 32 bytes.
    private var rest: [UInt8] = []
    private var count: UInt64 = 0

    /// The hash of nothing yet.
    init(seed: UInt64 = 0) {
        self.seed = seed
        lanes = (seed &+ Self.prime1 &+ Self.prime2, seed &+ Self.prime2, seed, seed &- Self.prime1)
    }

    /// The hash of bytes under a seed.
    static func hash(_ bytes: borrowing Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
        var hash = XXH64(seed: seed)
        hash.add(bytes)
        return hash.value
    }

    /// Adds bytes; how they are divided among calls makes no difference.
    mutating func add(_ bytes: borrowing Span<UInt8>) {
        var at = 0
        count &+= UInt64(bytes.count)
        if !rest.isEmpty {
            while rest.count < 32, at < bytes.count {
                rest.append(bytes[at])
                at += 1
            }
            guard rest.count == 32 else { return }
            let block = rest
            rest = []
            addBlocks(block.span)
        }
        let blocks = (bytes.count - at) & ~31
        addBlocks(bytes.extracting(at..<at + blocks))
        at += blocks
        while at < bytes.count {
            rest.append(bytes[at])
            at += 1
        }
    }

    /// The hash of what was added.
    var value: UInt64 {
        var hash = seed &+ Self.prime5
        if count >= 32 {
            hash =
                Self.rotated(lanes.0, 1) &+ Self.rotated(lanes.1, 7) &+ Self.rotated(lanes.2, 12)
                &+ Self.rotated(lanes.3, 18)
            for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
                hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4
            }
        }
        hash &+= count
        var at = 0
        while at + 8 <= rest.count {
            hash = Self.rotated(hash ^ Self.round(0, Self.word(rest.span, at)), 27) &* Self.prime1 &+ Self.prime4
            at += 8
        }
        if at + 4 <= rest.count {
            let half = (0..<4).reduce(UInt64(0)) { $0 | UInt64(rest[at + $1]) << UInt64(8 * $1) }
            hash = Self.rotated(hash ^ (half &* Self.prime1), 23) &* Self.prime2 &+ Self.prime3
            at += 4
        }
        while at < rest.count {
            hash = Self.rotated(hash ^ (UInt64(rest[at]) &* Self.prime5), 11) &* Self.prime1
            at += 1
        }
        hash = (hash ^ (hash >> 33)) &* Self.prime2
        hash = (hash ^ (hash >> 29)) &* Self.prime3
        return hash ^ (hash >> 32)
    }

    private mutating func addBlocks(_ bytes: borrowing Span<UInt8>) {
        var at = 0
        var lanes = lanes
        while at + 32 <= bytes.count {
            lanes.0 = Self.round(lanes.0, Self.word(bytes, at))
            lanes.1 = Self.round(lanes.1, Self.word(bytes, at + 8))
            lanes.2 = Self.round(lanes.2, Self.word(bytes, at + 16))
            lanes.3 = Self.round(lanes.3, Self.word(bytes, at + 24))
            at += 32
        }
        self.lanes = lanes
    }

    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotated(lane &+ word &* prime2, 31) &* prime1
    }

    private static func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 { value << bits | value >> (64 - bits) }

    /// Eight bytes, the least first.
    private static func word(_ bytes: borrowing Span<UInt8>, _ at: Int) -> UInt64 {
        let low =
            UInt64(bytes[at]) | UInt64(bytes[at + 1]) << 8 | UInt64(bytes[at + 2]) << 16 | UInt64(bytes[at + 3]) << 24
        let high =
            UInt64(bytes[at + 4]) | UInt64(bytes[at + 5]) << 8 | UInt64(bytes[at + 6]) << 16
            | UInt64(bytes[at + 7]) << 24
        return low | high << 32
    }
}
