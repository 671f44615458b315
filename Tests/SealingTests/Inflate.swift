/// Decompression of a zlib stream (RFC 1950, RFC 1951), for one published set whose ciphertexts are stored so. Test code:
/// it trusts its input and does not check the checksum.
struct Inflate {
    private let bytes: [UInt8]
    private var place = 2
    private var bits = 0
    private var bitCount = 0
    private var out: [UInt8] = []

    static func decompress(_ bytes: [UInt8]) -> [UInt8] {
        var stream = Inflate(bytes: bytes)
        while true {
            let isLast = stream.take(1) == 1
            switch stream.take(2) {
            case 0: stream.stored()
            case 1: stream.block(.fixedLiterals, .fixedDistances)
            case 2: stream.dynamic()
            default: preconditionFailure("no such block in RFC 1951")
            }
            if isLast { return stream.out }
        }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func take(_ count: Int) -> Int {
        while bitCount < count {
            bits |= Int(bytes[place]) << bitCount
            place += 1
            bitCount += 8
        }
        defer {
            bits >>= count
            bitCount -= count
        }
        return bits & ((1 << count) - 1)
    }

    private mutating func stored() {
        bits = 0
        bitCount = 0
        let count = Int(bytes[place]) | Int(bytes[place + 1]) << 8
        out += bytes[place + 4..<place + 4 + count]
        place += 4 + count
    }

    private mutating func symbol(_ code: Code) -> Int {
        var value = 0
        var first = 0
        var index = 0
        for length in 1..<16 {
            value |= take(1)
            let count = code.counts[length]
            if value - count < first { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        preconditionFailure("no such code")
    }

    private mutating func dynamic() {
        let (literals, distances, lengths) = (take(5) + 257, take(5) + 1, take(4) + 4)
        var sizes = [Int](repeating: 0, count: 19)
        for place in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15].prefix(lengths) {
            sizes[place] = take(3)
        }
        let code = Code(sizes)
        var all: [Int] = []
        while all.count < literals + distances {
            switch symbol(code) {
            case 16: all += [Int](repeating: all[all.count - 1], count: 3 + take(2))
            case 17: all += [Int](repeating: 0, count: 3 + take(3))
            case 18: all += [Int](repeating: 0, count: 11 + take(7))
            case let size: all.append(size)
            }
        }
        block(Code(Array(all[..<literals])), Code(Array(all[literals...])))
    }

    private mutating func block(_ literals: Code, _ distances: Code) {
        let lengthBase = [
            3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
            227,
            258,
        ]
        let lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
        while true {
            let code = symbol(literals)
            if code < 256 {
                out.append(UInt8(code))
                continue
            }
            if code == 256 { return }
            let length = lengthBase[code - 257] + take(lengthBits[code - 257])
            let far = symbol(distances)
            let extra = max(0, far / 2 - 1)
            let distance = (far < 2 ? far : (2 + far % 2) << extra) + 1 + take(extra)
            for _ in 0..<length { out.append(out[out.count - distance]) }
        }
    }

    /// A Huffman code in the form of RFC 1951, section 3.2.2.
    private struct Code {
        static let fixedLiterals = Code(
            [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
                + [Int](repeating: 8, count: 8)
        )
        static let fixedDistances = Code([Int](repeating: 5, count: 30))

        let counts: [Int]
        let symbols: [Int]

        init(_ sizes: [Int]) {
            var counts = [Int](repeating: 0, count: 16)
            for size in sizes where size > 0 { counts[size] += 1 }
            self.counts = counts
            self.symbols = (1..<16).flatMap { size in sizes.indices.filter { sizes[$0] == size } }
        }
    }
}
