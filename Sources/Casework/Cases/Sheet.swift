import Care
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

extension CaseRow {
    /// Where the case's secrets are wrapped: under another team, case or epoch they do not open.
    func secretsPlace(_ id: CaseID) -> CaseSecretWrap.Place {
        CaseSecretWrap.Place(
            agency: agency.bytes,
            caseID: id.bytes,
            caseEpoch: epoch,
            compartments: Set(Compartment.allCases),
            granter: openedBy.bytes
        )
    }
}
