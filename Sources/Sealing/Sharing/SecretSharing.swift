/// Shamir's sharing ("How to share a secret", 1979) of a 32-byte secret over GF(256), byte by byte, as Vault and others have
/// it: share x is the value at x of a polynomial whose value at 0 is the secret and whose other coefficients are random.
///
/// Fewer shares than the threshold say nothing about the secret, whoever holds them and however long they compute.
public enum SecretSharing {
    /// Splits a secret of 32 random bytes so that any `threshold` of `total` shares give it back.
    ///
    /// The secret has to be random: its commitment stands in every share, and a secret that can be guessed could be tried.
    ///
    /// - Throws: `SealingError.badParameters` unless the secret has 32 bytes and 2 <= threshold <= total <= 16,
    ///   `SealingError.libcrypto` without entropy.
    public static func split(
        _ secret: borrowing Secret,
        threshold: Int,
        total: Int
    ) throws(SealingError) -> [SecretShare] {
        guard (2...Limits.shares).contains(total), (2...total).contains(threshold) else { throw .badParameters }
        return try split(
            secret,
            total: total,
            setID: Randomness.bytes(Header.keyIDCount),
            coefficients: Secret.random(32 * (threshold - 1))
        )
    }

    /// The secret of these shares. All of them have to agree, also those beyond the threshold.
    ///
    /// - Throws: `SealingError.mixedShares` when they are of different sets or one is there twice,
    ///   `SealingError.tooFewShares`, `SealingError.damaged` when what they give is not the secret that was split.
    public static func join(_ shares: [SecretShare]) throws(SealingError) -> Secret {
        guard let first = shares.first else { throw .tooFewShares }
        guard shares.allSatisfy({ $0.splitting == first.splitting }), Set(shares.map(\.index)).count == shares.count
        else {
            throw .mixedShares
        }
        guard shares.count >= first.threshold else { throw .tooFewShares }
        var secret = try Secret(copying: [UInt8](repeating: 0, count: 32))
        for share in shares {
            secret = try share.value.times(weight(of: share, among: shares), plus: secret)
        }
        guard MAC.areEqual(try first.splitting.commitment(to: secret), first.splitting.commitment) else {
            throw .damaged
        }
        return secret
    }

    static func split(
        _ secret: borrowing Secret,
        total: Int,
        setID: [UInt8],
        coefficients: borrowing Secret
    ) throws(SealingError) -> [SecretShare] {
        guard secret.count == 32 else { throw .badParameters }
        let degree = coefficients.count / 32
        let splitting = try SecretShare.Splitting(id: setID, threshold: degree + 1, total: total, secret: secret)
        var shares: [SecretShare] = []
        for index in 1...total {
            // Horner's rule, from the highest coefficient down to the secret.
            var value = try coefficients.slice(32 * (degree - 1)..<32 * degree)
            for place in stride(from: degree - 2, through: 0, by: -1) {
                value = try value.times(UInt8(index), plus: coefficients.slice(32 * place..<32 * place + 32))
            }
            value = try value.times(UInt8(index), plus: secret)
            shares.append(SecretShare(splitting: splitting, index: index, value: value))
        }
        return shares
    }

    /// Lagrange's coefficient at 0: the product of x / (x - own x) over the other shares; minus is XOR here.
    private static func weight(of share: SecretShare, among shares: [SecretShare]) -> UInt8 {
        let own = UInt8(share.index)
        return shares.reduce(1) { product, other in
            guard other.index != share.index else { return product }
            let x = UInt8(other.index)
            return ByteField.multiply(product, ByteField.multiply(x, ByteField.inverse(x ^ own)))
        }
    }
}
