import Care
import Foundation
import Sealing
import Store

/// A team's key as it was granted to a member; sealed under the routing key, because the terms are part of what opens it.
struct TeamGrantRecord: Codable, Hashable, Sendable {
    let team: TeamID
    let agency: AgencyID
    let epoch: UInt32
    let granter: StaffID
    let granterAgency: AgencyID
    let expiresAtSeconds: Int64
    let grant: [UInt8]

    var expires: Date { Date(timeIntervalSince1970: Double(expiresAtSeconds)) }
}

/// The key of a team in one epoch, named.
struct TeamEpoch: Hashable, Sendable {
    let team: TeamID
    let epoch: UInt32

    /// Where what belongs to this epoch is stored.
    var rowID: [UInt8] { team.bytes + epoch.bytes }
}

extension Office {
    /// The key of a team that is in use, out of the grant that the person's keyring opens.
    ///
    /// - Throws: ``CaseworkError/notFound`` for somebody who is no member: without the grant there is no key.
    func keys(of team: TeamID, for signedIn: SignedIn) throws(CaseworkError) -> TeamKey {
        let id = try rows.blind(.teamGrant, signedIn.worker.staff.bytes, team.bytes)
        guard let stored = try read({ try $0.row(.teamGrant, id: id) }) else { throw .notFound }
        let record = try rows.teamGrant(stored)
        return try opened(record, trustedTeam(team, of: record.agency, for: signedIn), for: signedIn)
    }

    /// The key of a team in an epoch: the one in use, or an earlier one under which something is still sealed.
    ///
    /// - Throws: ``CaseworkError/notFound`` for somebody who was not granted it.
    func keys(of key: TeamEpoch, for signedIn: SignedIn) throws(CaseworkError) -> TeamKey {
        let current = try keys(of: key.team, for: signedIn)
        if current.epoch == key.epoch { return current }
        let id = try earlierGrantID(key, signedIn.worker.staff)
        guard let stored = try read({ try $0.row(.earlierTeamGrant, id: id) }) else { throw .notFound }
        let record = try rows.teamGrant(stored)
        let bound = try trusted(
            Statement(holder: .team, id: key.team.bytes, agency: record.agency, row: .earlierBinding, at: key.rowID),
            atLeast: key.epoch,
            root: signedIn.keyring.pins.root
        )
        // The row says which epoch it is of; only the signature makes it true.
        guard bound.epoch == key.epoch else { throw .damaged(code: "binding") }
        return try opened(record, bound, for: signedIn)
    }

    /// Where the grant of an earlier key to a person lies.
    func earlierGrantID(_ key: TeamEpoch, _ staff: StaffID) throws(CaseworkError) -> [UInt8] {
        try rows.blind(.teamGrant, staff.bytes, key.team.bytes, key.epoch.bytes)
    }

    /// What is sealed to a team must be sealed to the key in use: one that was renewed meanwhile may be gone before long.
    ///
    /// - Throws: ``CaseworkError/stale``.
    func checkInUse(_ key: TeamEpoch, in transaction: borrowing Transaction) throws {
        guard let stored = try transaction.row(.team, id: key.team.bytes), try rows.team(stored).epoch == key.epoch
        else { throw CaseworkError.stale }
    }

    private func opened(
        _ record: TeamGrantRecord,
        _ bound: TrustedKey,
        for signedIn: SignedIn
    ) throws(CaseworkError) -> TeamKey {
        let granter = try trustedPerson(record.granter, of: record.granterAgency, for: signedIn)
        let question = HeldTeamKeys.Question(
            staff: signedIn.worker.staff,
            record: record,
            granter: granter,
            team: bound
        )
        if let key = teamKeys.key(question, with: signedIn.keyring, at: time.now()) { return key }
        do {
            let key = try TeamSecretWrap.open(
                KeyGrant(bytes: record.grant),
                team: record.team.bytes,
                epoch: record.epoch,
                expires: record.expires,
                with: signedIn.keyring,
                grantedBy: granter,
                at: time.now()
            )
            // Anybody on the staff can sign a grant. Whose key it gives, the binding of the team says: a key that somebody
            // made up would let them read what is sealed under it from then on.
            guard key.id == bound.id, key.dropBox.publicKey == bound.sealingKey, key.epoch == bound.epoch else {
                throw CaseworkError.damaged(code: "team_grant")
            }
            try teamKeys.hold(key, question, for: signedIn.keyring)
            return key
        } catch {
            throw .damaged(code: "team_grant")
        }
    }

    /// A person's public keys, believed because they lead up to the root that the reader's keyring pins (DECISIONS 13).
    func trustedPerson(
        _ id: StaffID,
        of agency: AgencyID,
        for signedIn: SignedIn
    ) throws(CaseworkError) -> TrustedKey {
        try trusted(
            Statement(holder: .person, id: id.bytes, agency: agency, row: .binding, at: id.bytes),
            atLeast: 1,
            root: signedIn.keyring.pins.root
        )
    }

    /// A team's or desk's public key, believed in the same way, and not older than the reader's keyring remembers.
    func trustedTeam(
        _ id: TeamID,
        of agency: AgencyID,
        for signedIn: SignedIn
    ) throws(CaseworkError) -> TrustedKey {
        try trustedTeam(id, of: agency, by: signedIn.keyring.pins)
    }

    /// The same by what a keyring remembers.
    func trustedTeam(_ id: TeamID, of agency: AgencyID, by pins: KeyringPins) throws(CaseworkError) -> TrustedKey {
        try trusted(
            Statement(holder: .team, id: id.bytes, agency: agency, row: .binding, at: id.bytes),
            atLeast: pins.epoch(ofTeam: id.bytes) ?? 1,
            root: pins.root
        )
    }

    /// Which stored statement about keys is asked for.
    private struct Statement {
        let holder: KeyBinding.Holder
        let id: [UInt8]
        let agency: AgencyID
        let row: RowKind
        let at: [UInt8]
    }

    private func trusted(
        _ statement: Statement,
        atLeast pinnedEpoch: UInt32,
        root: VerifyingKey
    ) throws(CaseworkError) -> TrustedKey {
        let (own, agencys, leads) = try read { reading -> (StoredRow?, StoredRow?, [UInt8]?) in
            guard let own = try reading.row(statement.row, id: statement.at) else { return (nil, nil, nil) }
            let agencys = try reading.row(.binding, id: statement.agency.bytes)
            return (own, agencys, try leadsRow(behind: own, statement, in: reading))
        }
        guard let own, let agencys else { throw .damaged(code: "binding") }
        do {
            return try bindings.trusted(
                TrustedBindings.Question(
                    holder: statement.holder,
                    id: statement.id,
                    agency: statement.agency.bytes,
                    pinnedEpoch: pinnedEpoch,
                    root: root,
                    binding: own.sealed,
                    agencyBinding: agencys.sealed,
                    leads: leads
                )
            )
        } catch {
            throw .damaged(code: "binding")
        }
    }

    /// The statement about the leads of the term in which a team's binding was signed; nil where the agency signed it.
    private func leadsRow(
        behind stored: StoredRow,
        _ statement: Statement,
        in reading: borrowing Reading
    ) throws -> [UInt8]? {
        guard statement.holder == .team else { return nil }
        let binding: KeyBinding
        do {
            binding = try KeyBinding(bytes: stored.sealed)
        } catch {
            throw CaseworkError.damaged(code: "binding")
        }
        guard binding.signer != statement.agency.bytes else { return nil }
        return try reading.row(
            .leads,
            id: Self.leadsID(statement.id, term: KeyBinding.term(ofEpoch: binding.epoch))
        )?.sealed
    }
}
