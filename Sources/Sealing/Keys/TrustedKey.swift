/// Keys whose binding leads up to the deployment's root. Only verifying a `KeyBinding` makes one, so a function that asks
/// for it cannot be handed a key out of the database as it stands.
public struct TrustedKey: Hashable, Sendable {
    /// Whose keys these are.
    public var holder: KeyBinding.Holder { binding.holder }
    /// The holder's id, 16 bytes.
    public var id: [UInt8] { binding.id }
    /// The epoch of the keys.
    public var epoch: UInt32 { binding.epoch }
    /// Checks what the holder signed; nil for a team.
    public var verifyingKey: VerifyingKey? { binding.verifyingKey }
    /// Seals to the holder; nil for an agency.
    public var sealingKey: SealingPublicKey? { binding.sealingKey }
    /// The agency the holder belongs to; its own id for an agency.
    public let agency: [UInt8]

    private let binding: KeyBinding

    init(binding: KeyBinding, agency: [UInt8]) {
        self.binding = binding
        self.agency = agency
    }
}
