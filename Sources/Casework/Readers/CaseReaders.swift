import Care
import Foundation
import Sealing
import Store

/// A grant of a restricted case's secrets to one person, with its terms; sealed under the routing key, because the terms are
/// part of what opens it.
struct CaseGrantRecord: Codable, Hashable, Sendable {
    let caseID: CaseID
    let epoch: UInt32
    let granter: StaffID
    let granterAgency: AgencyID
    let expiresAtSeconds: Int64
    let grant: [UInt8]

    /// What was signed beside the secrets.
    var terms: GrantTerms {
        .ofCase(
            caseID.bytes,
            compartments: Set(Compartment.allCases),
            epoch: epoch,
            purpose: .caseWork,
            expires: Date(timeIntervalSince1970: Double(expiresAtSeconds))
        )
    }

    enum CodingKeys: String, CodingKey {
        case caseID = "case"
        case epoch, granter
        case granterAgency = "granter_agency"
        case expiresAtSeconds = "expires_at"
        case grant
    }
}

/// Who reads a restricted case: persons instead of the team, each by a grant of their own (DECISIONS 6).
struct CaseReaders: Sendable {
    let office: Office

    /// Where a person's grant of a case lies: with the case's id in front, so that a person's cases come in the order of the
    /// ids; whose it is, nobody can tell.
    func grantID(_ id: CaseID, _ staff: StaffID) throws(CaseworkError) -> [UInt8] {
        id.bytes + (try office.rows.blind(.caseGrant, id.bytes, staff.bytes).prefix(16))
    }

    /// The accounts of people who can be given a case: of the agency that holds it, and not barred from it.
    ///
    /// - Throws: ``CaseworkError/invalid(field:what:)`` for anybody else.
    func accounts(
        of staff: Set<StaffID>,
        for agency: AgencyID,
        barred: Set<StaffID>
    ) throws(CaseworkError) -> [Account] {
        let found = try office.read { reading in
            try staff.sorted().compactMap { try office.rows.account(of: $0, in: reading) }
        }
        guard found.count == staff.count, found.allSatisfy({ $0.agency == agency }) else {
            throw .invalid(field: "/staff", what: "write handles of people of the agency that holds the case")
        }
        guard found.allSatisfy({ !barred.contains($0.staff) }) else {
            throw .invalid(field: "/staff", what: "somebody whom she asked to keep out does not get her case")
        }
        return found
    }

    /// Who reads a case that becomes restricted, whoever else is named: those it is assigned to and who restricts it, the
    /// supervisors of the team, and the agency's safeguarding focal points outside the line of the barred and outside
    /// administration; the barred never.
    func readers(
        of row: CaseRow,
        _ file: CaseFile,
        named: Set<StaffID>,
        by worker: Worker
    ) throws(CaseworkError) -> Set<StaffID> {
        let barred = file.conflicts.barredStaff
        let accounts = try accounts()
        let chosen = accounts.filter { account in
            guard account.agency == row.agency else { return false }
            return named.contains(account.staff) || account.staff == worker.staff
                || file.content.assigned.contains(account.staff)
                || (account.roles.contains(.supervisor) && account.teams.contains(row.team))
        }
        return Set(chosen.map(\.staff)).union(focalPoints(of: row.agency, outsideTheLineOf: barred, among: accounts))
            .subtracting(barred)
    }

    /// Who goes on reading a restricted case from which more people are barred: those who did and are not barred, and the focal
    /// points outside the line of all who are.
    func remaining(of row: CaseRow, _ file: CaseFile) throws(CaseworkError) -> Set<StaffID> {
        let barred = file.conflicts.barredStaff
        let focalPoints = focalPoints(of: row.agency, outsideTheLineOf: barred, among: try accounts())
        return Set(row.readers ?? []).union(focalPoints).subtracting(barred)
    }

    private func focalPoints(
        of agency: AgencyID,
        outsideTheLineOf barred: Set<StaffID>,
        among accounts: [Account]
    ) -> Set<StaffID> {
        let keptOut = accounts.filter { barred.contains($0.staff) }
        return Set(
            accounts.filter { $0.agency == agency && $0.isFocalPoint(outsideTheLineOf: keptOut) }.map(\.staff)
        )
    }

    private func accounts() throws(CaseworkError) -> [Account] {
        try office.read { reading in
            var accounts: [Account] = []
            try office.each(.account, in: reading) { accounts.append(try office.rows.account($0)) }
            return accounts
        }
    }

    /// The rows of grants of a case's secrets to people whose keys lead up to the pinned root.
    func rows(
        granting secrets: CaseSecrets,
        of id: CaseID,
        epoch: UInt32,
        to accounts: [Account],
        by signedIn: SignedIn
    ) throws(CaseworkError) -> [(row: StoredRow, expecting: Int?)] {
        let ends = Int64((office.time.now().timeIntervalSince1970 + Limits.caseGrantSeconds).rounded())
        var rows: [(row: StoredRow, expecting: Int?)] = []
        for account in accounts {
            let recipient = try office.trustedPerson(account.staff, of: account.agency, for: signedIn)
            let place = try grantID(id, account.staff)
            let version = try office.read { try $0.version(.caseGrant, id: place) }
            let unsigned = CaseGrantRecord(
                caseID: id,
                epoch: epoch,
                granter: signedIn.worker.staff,
                granterAgency: signedIn.worker.agency,
                expiresAtSeconds: ends,
                grant: []
            )
            let grant = try sealing("case_grant") { () throws(SealingError) in
                try KeyGrant.seal(secrets, terms: unsigned.terms, to: recipient, by: signedIn.keyring)
            }
            let record = CaseGrantRecord(
                caseID: id,
                epoch: epoch,
                granter: unsigned.granter,
                granterAgency: unsigned.granterAgency,
                expiresAtSeconds: ends,
                grant: grant.bytes
            )
            rows.append(
                (
                    try office.rows.row(
                        record,
                        .caseGrant,
                        id: place,
                        owner: office.rows.blind(.grantsOfCase, id.bytes),
                        index: office.rows.blind(.caseGrantsOfStaff, account.staff.bytes),
                        version: (version ?? 0) + 1
                    ), version
                )
            )
        }
        return rows
    }

    /// The secrets of a restricted case out of a person's grant. Who granted must be somebody of the agency's; a grant of
    /// another epoch than the case's opens nothing.
    func secrets(
        of id: CaseID,
        _ row: CaseRow,
        in stored: StoredRow,
        for signedIn: SignedIn
    ) throws(CaseworkError) -> CaseSecrets {
        let record = try office.rows.open(CaseGrantRecord.self, stored)
        guard record.caseID == id, record.epoch == row.epoch, record.granterAgency == row.agency else {
            throw .damaged(code: "case_grant")
        }
        let granter = try office.trustedPerson(record.granter, of: record.granterAgency, for: signedIn)
        return try sealing("case_grant") { () throws(SealingError) in
            try KeyGrant(bytes: record.grant).openCase(
                terms: record.terms,
                with: signedIn.keyring,
                grantedBy: granter,
                at: office.time.now()
            )
        }
    }
}

extension Account {
    /// Whether this is a safeguarding focal point to whom a case may go from which others are barred: no administrator, and
    /// neither supervises one of them nor is supervised by one (DECISIONS 6).
    func isFocalPoint(outsideTheLineOf barred: [Account]) -> Bool {
        guard roles.contains(.safeguardingFocalPoint), !roles.contains(.administrator) else { return false }
        return barred.allSatisfy { other in
            let isOverOrUnder = roles.contains(.supervisor) || other.roles.contains(.supervisor)
            return !(isOverOrUnder && !teams.isDisjoint(with: other.teams))
        }
    }
}
