import Care
public import Foundation
import Sealing

/// Somebody who is signed in, for the length of one request: who it is, and the keyring that the bearer token opened.
public final class SignedIn: Sendable {
    /// Ids and roles, as the account stands now.
    public let worker: Worker
    /// When the session ends at the latest.
    public let endsAt: Date
    let keyring: Keyring
    /// The digest of the bearer token, under which the session is kept.
    let digest: [UInt8]

    init(worker: Worker, endsAt: Date, keyring: Keyring, digest: [UInt8]) {
        self.worker = worker
        self.endsAt = endsAt
        self.keyring = keyring
        self.digest = digest
    }
}
