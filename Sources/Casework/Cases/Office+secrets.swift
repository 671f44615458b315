import Care
import Sealing
import Store

extension Office {
    /// Where the secrets of a case lie for somebody: under the team's key, or, where it is restricted, in a grant of their own.
    func storedSecrets(
        of id: CaseID,
        _ row: CaseRow,
        for worker: Worker,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> StoredRow? {
        guard row.readers != nil else { return try reading.row(.caseSecrets, id: id.bytes) }
        return try reading.row(.caseGrant, id: CaseReaders(office: self).grantID(id, worker.staff))
    }

    /// The secrets of a case, with the key of the team that holds it: the key in use, or, while the team's cases are being
    /// sealed anew, the earlier one that this case still lies under.
    ///
    /// - Throws: ``CaseworkError/notFound`` for somebody who has no key; ``CaseworkError/damaged(code:)``.
    func secrets(
        of id: CaseID,
        _ row: CaseRow,
        in stored: StoredRow,
        for signedIn: SignedIn
    ) throws(CaseworkError) -> CaseSecrets {
        guard row.readers == nil else {
            return try CaseReaders(office: self).secrets(of: id, row, in: stored, for: signedIn)
        }
        let place = row.secretsPlace(id)
        let key = try keys(of: row.team, for: signedIn)
        do {
            return try CaseSecretWrap.open(stored.sealed, at: place, with: key)
        } catch .keyMismatch {
            for epoch in try earlierEpochs(of: row.team) {
                let earlier = try keys(of: TeamEpoch(team: row.team, epoch: epoch), for: signedIn)
                do {
                    return try CaseSecretWrap.open(stored.sealed, at: place, with: earlier)
                } catch .keyMismatch {
                    continue
                } catch {
                    throw .damaged(code: "case_secrets")
                }
            }
            throw .damaged(code: "case_secrets")
        } catch {
            throw .damaged(code: "case_secrets")
        }
    }

    /// The earlier epochs of a team under which something may still be sealed.
    private func earlierEpochs(of team: TeamID) throws(CaseworkError) -> [UInt32] {
        guard let stored = try read({ try $0.row(.team, id: team.bytes) }) else { return [] }
        return try rows.team(stored).resealing?.earlier ?? []
    }
}
