import Sealing

/// A password on its way to the thread that tries it or makes a slot for it; wiped when it is let go.
final class PasswordAttempt: Sendable {
    let password: Secret

    init(password: consuming Secret) {
        self.password = password
    }

    /// How many characters it has, without making a text of it: every byte of UTF-8 that does not go on a character.
    var characters: Int {
        unsafe password.withBytes { bytes in unsafe bytes.count { $0 & 0xC0 != 0x80 } }
    }
}
