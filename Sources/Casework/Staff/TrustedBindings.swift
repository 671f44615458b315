import Sealing
import Synchronization

/// Bindings that were found to lead up to a root, so that the same signatures are not checked anew for each act. The rows
/// are read from the store each time; what is remembered is the answer for exactly these bytes under exactly this root and
/// pin, which never changes. A refusal is not remembered.
final class TrustedBindings: Sendable {
    /// All that the answer depends on.
    struct Question: Hashable {
        let holder: KeyBinding.Holder
        let id: [UInt8]
        let agency: [UInt8]
        let pinnedEpoch: UInt32
        let root: VerifyingKey
        let binding: [UInt8]
        let agencyBinding: [UInt8]
        /// The statement about the team's leads, where one of them signed the binding.
        let leads: [UInt8]?
    }

    private let known = Mutex<[Question: TrustedKey]>([:])

    /// The keys of a binding, verified now or before.
    func trusted(_ question: Question) throws(SealingError) -> TrustedKey {
        if let key = known.withLock({ $0[question] }) { return key }
        let agency = try KeyBinding(bytes: question.agencyBinding)
            .trustedAgency(question.agency, root: question.root, atLeast: 1)
        let binding = try KeyBinding(bytes: question.binding)
        let key =
            if let leads = question.leads {
                try binding.trustedTeam(
                    question.id,
                    through: TeamLeads(bytes: leads).trusted(of: question.id, through: agency),
                    atLeast: question.pinnedEpoch
                )
            } else {
                try binding.trusted(question.holder, question.id, through: agency, atLeast: question.pinnedEpoch)
            }
        known.withLock { known in
            if known.count >= Limits.trustedBindings { known.removeAll() }
            known[question] = key
        }
        return key
    }
}
