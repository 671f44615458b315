/// The case secrets of some compartments: one half of the keys of a case. The other half, the erase secret, lies in the
/// vault alone.
public final class CaseSecrets: Sendable, Redacted {
    /// The compartments in the order of their numbers, each once, at least one.
    public let compartments: [Compartment]

    /// 32 bytes for each compartment, in that order.
    let joined: Secret

    /// New secrets for a new case, or for a new epoch of one.
    ///
    /// - Throws: `SealingError.badParameters` without a compartment, `SealingError.libcrypto` without entropy.
    public static func random(for compartments: Set<Compartment>) throws(SealingError) -> CaseSecrets {
        try CaseSecrets(for: compartments, joined: Secret.random(32 * compartments.count))
    }

    init(for compartments: Set<Compartment>, joined: consuming Secret) throws(SealingError) {
        guard !compartments.isEmpty, joined.count == 32 * compartments.count else { throw .badParameters }
        self.compartments = compartments.sorted()
        self.joined = joined
    }

    /// The secret of one compartment.
    ///
    /// - Throws: `SealingError.badParameters` when it is not among these.
    public func secret(of compartment: Compartment) throws(SealingError) -> Secret {
        guard let place = compartments.firstIndex(of: compartment) else { throw .badParameters }
        return try joined.slice(32 * place..<32 * place + 32)
    }

    /// The secrets of fewer compartments, for a reader who may see less.
    ///
    /// - Throws: `SealingError.badParameters` when one is not among these, or none is asked for.
    public func narrowed(to fewer: Set<Compartment>) throws(SealingError) -> CaseSecrets {
        var part = try Secret(copying: [])
        for compartment in fewer.sorted() {
            part = try part.followed(by: secret(of: compartment))
        }
        return try CaseSecrets(for: fewer, joined: part)
    }
}
