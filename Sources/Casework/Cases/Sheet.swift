import Sealing
import Store

/// Where the compartments of a case lie.
enum Sheet {
    static func kind(of compartment: Compartment) -> RowKind {
        switch compartment {
        case .identity: .caseIdentity
        case .contact: .caseContact
        case .conflicts: .caseConflicts
        case .content: .caseContent
        }
    }
}
