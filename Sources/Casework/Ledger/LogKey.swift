public import Audit
public import Sealing

/// The key that signs the checkpoints of the log, with the log's name.
public struct LogKey: Sendable {
    /// The name in the checkpoint's first line: a host and path without a scheme, such as `leeward.example/log`.
    public let origin: String
    let key: SigningKey
    /// What anybody needs to check the signatures.
    public let verifier: LogVerifierKey

    /// A log key under its name.
    ///
    /// - Throws: `AuditError` when the name holds a space, a plus or nothing.
    public init(origin: String, key: SigningKey) throws(AuditError) {
        self.origin = origin
        self.key = key
        self.verifier = try LogVerifierKey(name: origin, key: key.verifyingKey)
    }
}
