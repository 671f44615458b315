import Sealing

extension PasswordAttempt {
    /// Whether hardly anything is left of it once common words, runs and repeats are taken away: what a guesser tries first,
    /// however long it is (NIST SP 800-63B-4, section 3.1.1.2, "blocklist").
    var isCommon: Bool {
        var bytes = unsafe password.withBytes { bytes in unsafe Array(bytes) }
        defer { Secret.wipe(&bytes) }
        for index in bytes.indices where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[index]) {
            bytes[index] += 32
        }
        for word in Self.words { Self.remove(word, from: &bytes) }
        Self.removeRuns(from: &bytes)
        return Self.unrepeated(bytes) < Self.leastLeft
    }

    /// What must be left: the least length of a password beside a second factor in the same standard.
    private static let leastLeft = 8

    /// Words and keyboard rows that lead the published lists of common passwords (our own choice of them, by judgement), the
    /// longest first, and this product's name.
    private static let words: [[UInt8]] = [
        "correcthorsebatterystaple", "correct horse battery staple", "administrator", "qwertyuiop", "1qaz2wsx3edc",
        "asdfghjkl", "password", "passwort", "contrasena", "motdepasse", "iloveyou", "trustno1", "superman", "princess",
        "sunshine", "football", "baseball", "starwars", "whatever", "p@ssw0rd", "passw0rd", "letmein", "welcome",
        "leeward", "zxcvbnm", "1q2w3e4r5t6y", "1q2w3e4r", "monkey", "dragon", "master", "shadow", "secret", "qwerty",
        "azerty", "qwertz", "admin", "login", "hello", "пароль", "йцукен",
    ].map { Array($0.utf8) }

    private static func remove(_ word: [UInt8], from bytes: inout [UInt8]) {
        var start = 0
        while start + word.count <= bytes.count {
            if bytes[start..<start + word.count].elementsEqual(word) {
                bytes.removeSubrange(start..<start + word.count)
            } else {
                start += 1
            }
        }
    }

    /// Takes away three and more in a row that are equal, or each one more or one less than the one before.
    private static func removeRuns(from bytes: inout [UInt8]) {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var start = 0
        while start < bytes.count {
            var end = start + 1
            if end < bytes.count {
                let step = Int(bytes[end]) - Int(bytes[start])
                if (-1...1).contains(step) {
                    while end < bytes.count, Int(bytes[end]) - Int(bytes[end - 1]) == step { end += 1 }
                }
            }
            if end - start >= 3 {
                start = end
            } else {
                kept.append(bytes[start])
                start += 1
            }
        }
        Secret.wipe(&bytes)
        bytes = kept
    }

    /// The length of the piece that the bytes repeat; their number where they repeat nothing.
    private static func unrepeated(_ bytes: [UInt8]) -> Int {
        guard bytes.count > 1 else { return bytes.count }
        for period in 1...bytes.count / 2 where zip(bytes, bytes.dropFirst(period)).allSatisfy({ $0 == $1 }) {
            return period
        }
        return bytes.count
    }
}
