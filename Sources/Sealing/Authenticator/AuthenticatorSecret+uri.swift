// otpauth://totp/ISSUER:ACCOUNT?secret=SECRET&issuer=ISSUER&algorithm=SHA1&digits=6&period=30
//
// as authenticator apps read it ("Key URI Format" of Google Authenticator). SECRET is base32 (RFC 4648, section 6) without "=",
// 32 letters. Issuer and account are UTF-8; whatever is not unreserved in RFC 3986, section 2.3, is written %XX.

extension AuthenticatorSecret {
    /// The URI for an authenticator app, which is shown once as a picture; wipe it with `Secret.wipe` afterwards. It has no
    /// personal value but what the caller gives: the app shows both labels on a telephone that others may see.
    ///
    /// - Throws: `SealingError.badParameters` unless issuer and account have 1 to 64 bytes without a colon or control character.
    public func uri(issuer: String, account: String) throws(SealingError) -> [UInt8] {
        let labels = try (Self.escaped(issuer), Self.escaped(account))
        var uri: [UInt8] = []
        // Room for the longest, so that no outgrown copy of the secret is left.
        uri.reserveCapacity(1_024)
        uri += Array("otpauth://totp/".utf8) + labels.0 + Array(":".utf8) + labels.1 + Array("?secret=".utf8)
        for letter in Self.letters(of: secret) { uri.append(letter) }
        uri += Array("&issuer=".utf8) + labels.0 + Array("&algorithm=SHA1&digits=6&period=30".utf8)
        return uri
    }

    /// The secret in letters, for a person who types it because the picture cannot be read: 32 letters of base32. Wipe them.
    public func letters() -> [UInt8] { Self.letters(of: secret) }

    private static func escaped(_ label: String) throws(SealingError) -> [UInt8] {
        guard (1...64).contains(label.utf8.count) else { throw .badParameters }
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in label.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                out.append(byte)
            case 0..<0x20, 0x7f, UInt8(ascii: ":"): throw .badParameters
            default: out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return out
    }

    /// 5 bits a letter; 20 bytes are 32 letters and nothing is left over.
    private static func letters(of secret: borrowing Secret) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var bytes = secret.publicBytes()
        defer { Secret.wipe(&bytes) }
        var letters: [UInt8] = []
        letters.reserveCapacity(32)
        var (bits, bitCount) = (UInt16(0), UInt16(0))
        for byte in bytes {
            bits = bits << 8 | UInt16(byte)
            bitCount += 8
            while bitCount >= 5 {
                bitCount -= 5
                letters.append(alphabet[Int(bits >> bitCount) & 31])
                bits &= (1 << bitCount) - 1
            }
        }
        return letters
    }
}
