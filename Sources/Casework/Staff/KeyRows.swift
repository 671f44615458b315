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

extension Office {
    /// The key of a team, out of the grant that the person's keyring opens.
    ///
    /// - Throws: ``CaseworkError/notFound`` for somebody who is no member: without the grant there is no key.
    func keys(of team: TeamID, for signedIn: SignedIn) throws(CaseworkError) -> TeamKey {
        let id = try rows.blind(.teamGrant, signedIn.worker.staff.bytes, team.bytes)
        guard let stored = try read({ try $0.row(.teamGrant, id: id) }) else { throw .notFound }
        let record = try rows.teamGrant(stored)
        let granter = try trustedPerson(record.granter, of: record.granterAgency, for: signedIn)
        let bound = try trustedTeam(team, of: record.agency, for: signedIn)
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
                team: team.bytes,
                epoch: record.epoch,
                expires: record.expires,
                with: signedIn.keyring,
                grantedBy: granter,
                at: time.now()
            )
            // Anybody on the staff can sign a grant. Whose key it gives, the agency's own word on the team says: a key that
            // somebody made up would let them read what is sealed under it from then on.
            guard key.dropBox.publicKey == bound.sealingKey, key.epoch == bound.epoch else {
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
        try trusted(.person, id.bytes, of: agency, for: signedIn)
    }

    /// A team's or desk's public key, believed in the same way.
    func trustedTeam(
        _ id: TeamID,
        of agency: AgencyID,
        for signedIn: SignedIn
    ) throws(CaseworkError) -> TrustedKey {
        try trusted(.team, id.bytes, of: agency, for: signedIn)
    }

    private func trusted(
        _ holder: KeyBinding.Holder,
        _ id: [UInt8],
        of agency: AgencyID,
        for signedIn: SignedIn
    ) throws(CaseworkError) -> TrustedKey {
        let (own, agencys) = try read { reading in
            (try reading.row(.binding, id: id), try reading.row(.binding, id: agency.bytes))
        }
        guard let own, let agencys else { throw .damaged(code: "binding") }
        do {
            let pins = signedIn.keyring.pins
            return try bindings.trusted(
                TrustedBindings.Question(
                    holder: holder,
                    id: id,
                    agency: agency.bytes,
                    pinnedEpoch: pins.epoch(ofTeam: id) ?? 1,
                    root: pins.root,
                    binding: own.sealed,
                    agencyBinding: agencys.sealed
                )
            )
        } catch {
            throw .damaged(code: "binding")
        }
    }
}
