// The secret of an authenticator app, 20 random bytes (RFC 4226, section 4, R6). A code is HOTP (RFC 4226) with HMAC-SHA-1 of
// the number of 30-second steps since 1970 (RFC 6238), 6 digits: what every authenticator app reads.
//
// Stored as an envelope of kind authenticator, unpadded, 112 bytes, under a key of the person's keyring
// (Keyring+authenticator.swift), so that a stolen database with the pepper gives nobody's codes; context: record type
// "authenticator", record id = the person's id, record version = the number of this writing. It is an online check: it opens
// no key.

public import Foundation

/// The secret that a person's authenticator app holds too.
public final class AuthenticatorSecret: Sendable, Redacted {
    /// The length of a code's step in seconds.
    public static let stepSeconds: UInt64 = 30

    let secret: Secret

    private static let count = 20

    /// A new secret.
    ///
    /// - Throws: `SealingError.libcrypto` when the generator has no entropy, `SealingError.outOfMemory`.
    public static func random() throws(SealingError) -> AuthenticatorSecret {
        try AuthenticatorSecret(Secret.random(count))
    }

    init(_ secret: consuming Secret) throws(SealingError) {
        guard secret.count == AuthenticatorSecret.count else { throw .badParameters }
        self.secret = secret
    }

    /// The step a code belongs to that is accepted now: keep it, and give it as `last` the next time, so that no code is
    /// accepted twice (RFC 6238, section 5.2). `drift` steps before and after the present one are accepted too: 1 forgives a
    /// telephone's clock half a minute.
    ///
    /// - Throws: `SealingError.badOneTimeCode` when it is not a code of these steps, or of one not after the last.
    ///   `SealingError.badParameters` for a drift above 2 or a time outside the years 1970 to 9999.
    public func accept(
        _ code: some Collection<UInt8>,
        at now: Date,
        after last: UInt64?,
        drift: UInt64 = 1
    ) throws(SealingError) -> UInt64 {
        guard drift <= 2 else { throw .badParameters }
        let present = try now.wholeSeconds / AuthenticatorSecret.stepSeconds
        let given = Array(code)
        var accepted: UInt64?
        // Every step is computed and compared, whatever fits: the time says nothing about which one did.
        for step in (present - min(drift, present))...(present + drift) {
            let fits = MAC.areEqual(given, try self.code(ofStep: step))
            if fits, last.map({ step > $0 }) ?? true { accepted = step }
        }
        guard let accepted else { throw .badOneTimeCode }
        return accepted
    }

    /// The six digits that the app shows at this time, for a demonstration and for tests of what asks for them.
    ///
    /// - Throws: `SealingError.badParameters` for a time outside the years 1970 to 9999, `SealingError.libcrypto`.
    public func code(at now: Date) throws(SealingError) -> [UInt8] {
        try code(ofStep: now.wholeSeconds / AuthenticatorSecret.stepSeconds)
    }

    /// HOTP of the step, RFC 4226, section 5.3.
    func code(ofStep step: UInt64) throws(SealingError) -> [UInt8] {
        let mac = try MAC.hmacSHA1(key: secret, step.bigEndianBytes)
        let offset = Int(mac[19] & 0x0f)
        var number = UInt32(bigEndian: mac[offset..<offset + 4]) & 0x7fff_ffff
        var digits = [UInt8](repeating: 0, count: 6)
        for place in stride(from: 5, through: 0, by: -1) {
            digits[place] = UInt8(ascii: "0") + UInt8(number % 10)
            number /= 10
        }
        return digits
    }

    /// The stored form; the version counts the writings from 1.
    ///
    /// - Throws: `SealingError.badParameters` unless the owner's id has 16 bytes.
    public func seal(under key: SymmetricKey, owner: [UInt8], version: UInt64) throws(SealingError) -> [UInt8] {
        guard owner.count == 16 else { throw .badParameters }
        return try Envelope.seal(
            secret,
            kind: .authenticator,
            under: key,
            context: AuthenticatorSecret.context(owner, version)
        )
    }

    /// A secret from its stored form.
    ///
    /// - Throws: `SealingError.keyMismatch` for another key, `SealingError.damaged` when the bytes were changed or are of another
    ///   owner or version.
    public static func open(
        _ sealed: [UInt8],
        under key: SymmetricKey,
        owner: [UInt8],
        version: UInt64
    ) throws(SealingError) -> AuthenticatorSecret {
        let secret = try Envelope.openSecret(
            sealed,
            expecting: .authenticator,
            under: key,
            context: context(owner, version)
        )
        guard secret.count == count else { throw .damaged }
        return try AuthenticatorSecret(secret)
    }

    private static func context(_ owner: [UInt8], _ version: UInt64) -> RecordContext {
        RecordContext(recordID: owner, recordType: "authenticator", recordVersion: version)
    }
}
