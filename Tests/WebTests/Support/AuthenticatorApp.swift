import Foundation

@testable import Sealing

/// An authenticator app: takes the letters that are shown once, and shows six digits.
struct AuthenticatorApp {
    private let secret: AuthenticatorSecret

    /// Reads base32 of RFC 4648, section 6.
    init(letters: String) throws {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var bytes: [UInt8] = []
        var (bits, count) = (0, 0)
        for letter in letters {
            guard let value = alphabet.firstIndex(of: letter) else { throw SealingError.badParameters }
            bits = bits << 5 | value
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count))
                bits &= (1 << count) - 1
            }
        }
        secret = try AuthenticatorSecret(Secret(copying: bytes))
    }

    func code(at now: Date) throws -> String { String(decoding: try secret.code(at: now), as: UTF8.self) }
}
