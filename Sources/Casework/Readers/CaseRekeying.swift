import Care
import Sealing
import Store

/// Gives a case new secrets, and each reader a grant of them: every sheet and consent is sealed anew in the act itself, the
/// team's wrap and the grants of everybody else go with it. What was read stays read; what is written from now on, nobody else
/// opens (DECISIONS 6).
struct CaseRekeying: Sendable {
    let office: Office

    /// The change of an opened case to these readers and no others.
    func made(
        _ book: inout CaseBook,
        for readers: Set<StaffID>,
        by signedIn: SignedIn
    ) throws(CaseworkError) -> CaseChange.Made {
        let id = book.id
        let desk = CaseReaders(office: office)
        let accounts = try desk.accounts(
            of: readers,
            for: book.row.agency,
            barred: book.file.conflicts.barredStaff
        )
        let secrets = try sealing("case_secrets") { () throws(SealingError) in
            try CaseSecrets.random(for: Set(Compartment.allCases))
        }
        let epoch = book.row.epoch + 1
        let keys = try CaseKeys(secrets, eraseSecret: office.vault.eraseSecret(of: id), of: id, epoch: epoch)
        book.move(to: keys, epoch: epoch)
        book.setReaders(readers)
        var made = CaseChange.Made(ids: [])
        made.isRekeyed = true
        made.puts = try desk.rows(granting: secrets, of: id, epoch: epoch, to: accounts, by: signedIn)
        let kept = Set(made.puts.map(\.row.id))
        let owner = try office.rows.blind(.grantsOfCase, id.bytes)
        let standing = try office.read { try $0.rows(.caseGrant, owner: owner, limit: Limits.page) }
        made.deletions = standing.filter { !kept.contains($0.id) }.map { (.caseGrant, $0.id) }
        made.deletions.append((.caseSecrets, id.bytes))
        return made
    }
}
