import Care
import Sealing

/// Somebody who is signed in, for the length of one request: who it is, and the keyring that the bearer token opened.
public final class SignedIn: Sendable {
    /// Ids and roles, as the account stands now.
    public let worker: Worker
    let keyring: Keyring

    init(worker: Worker, keyring: Keyring) {
        self.worker = worker
        self.keyring = keyring
    }
}
