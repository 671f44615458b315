import Testing

@testable import Sealing

@Suite struct ByteFieldTests {
    @Test func `products agree with FIPS 197, section 4.2`() {
        #expect(ByteField.multiply(0x57, 0x83) == 0xc1)
        #expect(ByteField.multiply(0x57, 0x13) == 0xfe)
        #expect(ByteField.inverse(0x53) == 0xca)
    }

    @Test func `all products agree with those by powers of a generator`() {
        // 3 generates the field: every element but 0 is one power of it (the other way to compute a product).
        var powers: [UInt8] = [1]
        while powers.count < 255 {
            let last = powers[powers.count - 1]
            let doubled = last << 1 ^ (last & 0x80 == 0 ? 0 : 0x1b)
            powers.append(doubled ^ last)
        }
        var logarithms = [Int](repeating: 0, count: 256)
        for (power, element) in powers.enumerated() { logarithms[Int(element)] = power }
        var differing = 0
        for one in UInt8.min...UInt8.max {
            for other in UInt8.min...UInt8.max {
                let expected =
                    one == 0 || other == 0
                    ? 0 : powers[(logarithms[Int(one)] + logarithms[Int(other)]) % 255]
                if ByteField.multiply(one, other) != expected { differing += 1 }
            }
        }
        #expect(Set(powers).count == 255 && differing == 0)
    }

    @Test func `an element times its inverse is 1`() {
        for element in UInt8(1)...255 {
            #expect(ByteField.multiply(element, ByteField.inverse(element)) == 1)
        }
        #expect(ByteField.inverse(0) == 0)
    }
}

@Suite struct SecretSharingTests {
    @Test func `the shares of the format page are made again and give the secret back`() throws {
        let shares = try SecretSharing.split(
            Fixtures.seed(0x2a),
            total: 5,
            setID: Fixtures.keyID,
            coefficients: Secret(copying: Array(0..<64))
        )
        #expect(shares.count == 5 && shares[0].threshold == 3)
        #expect(try shares[0].bytes().publicBytes() == FormatExamples.firstShare)
        #expect(try shares[4].bytes().publicBytes() == FormatExamples.fifthShare)
        let read = try [FormatExamples.fifthShare, FormatExamples.firstShare].map { bytes in
            try SecretShare(bytes: Secret(copying: bytes))
        }
        #expect(try SecretSharing.join(read + [shares[1]]).publicBytes() == [UInt8](repeating: 0x2a, count: 32))
    }

    @Test func `any shares to the number of the threshold give the secret, and no fewer`() throws {
        for total in 2...6 {
            for threshold in 2...total {
                let secret = try Secret.random(32)
                let shares = try SecretSharing.split(secret, threshold: threshold, total: total)
                #expect(shares.map(\.index) == Array(1...total))
                for chosen in 1..<(1 << total) {
                    let some = shares.filter { chosen >> ($0.index - 1) & 1 == 1 }.shuffled()
                    if some.count >= threshold {
                        #expect(try SecretSharing.join(some).publicBytes() == secret.publicBytes())
                    } else {
                        #expect(throws: SealingError.tooFewShares) { _ = try SecretSharing.join(some) }
                    }
                }
            }
        }
        #expect(throws: SealingError.tooFewShares) { _ = try SecretSharing.join([]) }
    }

    @Test func `one share fewer than the threshold fits every secret`() throws {
        // For each value at 1 and each secret there is one polynomial of degree 1: the share says nothing.
        for value in [UInt8(0), 1, 0x80, 0xff] {
            let coefficients = Set((UInt8.min...UInt8.max).map { secret in secret ^ value })
            #expect(coefficients.count == 256)
        }
        // And the same secret is split another way each time.
        let secret = try Secret.random(32)
        let splittings = try (0..<50).map { _ in
            try SecretSharing.split(secret, threshold: 2, total: 2).map { $0.value.publicBytes() }
        }
        #expect(Set(splittings.map { $0[0] }).count == 50 && Set(splittings.map { $0[1] }).count == 50)
    }

    @Test func `shares of two splittings, or one share twice, are refused`() throws {
        let secret = try Secret.random(32)
        let (one, other) = (
            try SecretSharing.split(secret, threshold: 2, total: 3),
            try SecretSharing.split(secret, threshold: 2, total: 3)
        )
        #expect(throws: SealingError.mixedShares) { _ = try SecretSharing.join([one[0], other[1]]) }
        #expect(throws: SealingError.mixedShares) { _ = try SecretSharing.join([one[0], one[0]]) }
        #expect(throws: SealingError.mixedShares) { _ = try SecretSharing.join([one[0], one[1], one[1]]) }
    }

    @Test func `every single-bit flip of a share is refused`() throws {
        let share = try SecretSharing.split(Secret.random(32), threshold: 2, total: 3)[1].bytes().publicBytes()
        #expect(share.count == 88)
        for bit in 0..<share.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try SecretShare(bytes: Secret(copying: share.flipping(bit)))
            }
        }
        for count in [0, 87, 89] {
            #expect(throws: SealingError.damaged) {
                _ = try SecretShare(bytes: Secret(copying: Array((share + share).prefix(count))))
            }
        }
    }

    @Test func `a share changed together with its check does not give a wrong secret`() throws {
        let shares = try SecretSharing.split(Secret.random(32), threshold: 2, total: 3)
        for bit in 0..<256 {
            let value = shares[0].value.publicBytes().flipping(bit)
            let forged = SecretShare(splitting: shares[0].splitting, index: 1, value: try Secret(copying: value))
            // It reads as a share: its check was made for it.
            let read = try SecretShare(bytes: forged.bytes())
            #expect(throws: SealingError.damaged) { _ = try SecretSharing.join([read, shares[1]]) }
            // One bad share among more than enough is found too.
            #expect(throws: SealingError.damaged) { _ = try SecretSharing.join([shares[1], shares[2], read]) }
        }
        // A share that claims another index of the same set.
        let renamed = SecretShare(splitting: shares[0].splitting, index: 3, value: try shares[0].value.copy())
        #expect(throws: SealingError.damaged) { _ = try SecretSharing.join([renamed, shares[1]]) }
    }

    @Test func `numbers that are no plan are refused`() throws {
        for (threshold, total) in [(0, 3), (1, 3), (4, 3), (2, 1), (2, 17), (-1, -1), (300, 300)] {
            #expect(throws: SealingError.badParameters) {
                _ = try SecretSharing.split(Secret.random(32), threshold: threshold, total: total)
            }
        }
        for count in [0, 16, 31, 33, 64] {
            #expect(throws: SealingError.badParameters) {
                _ = try SecretSharing.split(Secret.random(count), threshold: 2, total: 3)
            }
        }
        #expect(try SecretSharing.split(Secret.random(32), threshold: 16, total: 16).count == 16)
    }

    @Test func `a share prints nothing`() throws {
        let share = try SecretSharing.split(Secret.random(32), threshold: 2, total: 2)[0]
        #expect("\(share)" == "[redacted]" && String(reflecting: share) == "[redacted]")
    }
}
