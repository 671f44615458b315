import Care
import Sealing
import Store

extension Office {
    /// Where the statement about a team's leads in a term lies.
    static func leadsID(_ team: [UInt8], term: UInt16) -> [UInt8] { team + term.bytes }

    /// The newest statement about the leads of a team, as it is stored; nil for a team without a lead.
    func storedLeads(of team: TeamID) throws(CaseworkError) -> StoredRow? {
        let owner = try rows.blind(.leadsOfTeam, team.bytes)
        // A term is for a team whose lead has left: nobody lives to see a page of them.
        return try read { try $0.rows(.leads, owner: owner, limit: Limits.page).last }
    }

    /// The leads of a team in its newest term, believed because their statement leads up to the pinned root; nil where the team
    /// has none.
    func leads(of team: TeamID, agency: AgencyID, for signedIn: SignedIn) throws(CaseworkError) -> TrustedLeads? {
        guard let stored = try storedLeads(of: team) else { return nil }
        guard let binding = try read({ try $0.row(.binding, id: agency.bytes) }) else {
            throw .damaged(code: "binding")
        }
        return try sealing("leads") { () throws(SealingError) in
            try TeamLeads(bytes: stored.sealed).trusted(
                of: team.bytes,
                through: KeyBinding(bytes: binding.sealed)
                    .trustedAgency(agency.bytes, root: signedIn.keyring.pins.root, atLeast: 1)
            )
        }
    }

    /// The statement about a team's leads with one more, in the term that stands, as a row to write; with the version that it
    /// takes the place of, nil for the first.
    func leads(
        of team: TeamID,
        adding lead: TeamLeads.Lead,
        of agency: AgencyID,
        signedBy key: SigningKey
    ) throws(CaseworkError) -> (row: StoredRow, expecting: Int?) {
        let stored = try storedLeads(of: team)
        let owner = try rows.blind(.leadsOfTeam, team.bytes)
        let statement = try sealing("leads") { () throws(SealingError) -> TeamLeads in
            guard let stored else {
                return try TeamLeads.sign([lead], of: team.bytes, term: 0, agency: agency.bytes, signedBy: key)
            }
            let standing = try TeamLeads(bytes: stored.sealed)
            return try TeamLeads.sign(
                standing.leads.filter { $0.id != lead.id } + [lead],
                of: team.bytes,
                term: standing.term,
                agency: agency.bytes,
                signedBy: key
            )
        }
        let row = StoredRow(
            kind: .leads,
            id: Self.leadsID(team.bytes, term: statement.term),
            owner: owner,
            version: (stored?.version ?? 0) + 1,
            sealed: statement.bytes
        )
        return (row, stored?.version)
    }
}

extension FixedWidthInteger where Self: UnsignedInteger {
    /// The bytes of the number, most significant first, so that stored ids sort as the numbers do.
    var bytes: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) }
    }
}
