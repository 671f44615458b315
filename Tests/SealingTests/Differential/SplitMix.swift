/// Cases that can be repeated: SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014). Not
/// for keys.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(count + 8)
        while out.count < count {
            let word = next().littleEndian
            unsafe withUnsafeBytes(of: word) { unsafe out.append(contentsOf: $0) }
        }
        out.removeLast(out.count - count)
        return out
    }

    /// Bytes of a random length up to and with `most`.
    mutating func bytes(upTo most: Int) -> [UInt8] { bytes(Int(next() % UInt64(most + 1))) }
}
