import Care
import Foundation
import Policy
import Sealing
import Store

/// Makes the rows of a case for a team that its author does not belong to: secrets that live for this request, sealed to the
/// team's drop-box, whose key must lead up to the pinned root.
struct IntakeFiling: Sendable {
    let office: Office

    /// The rows of a new intake.
    func rows(of opening: CaseOpening, by signedIn: SignedIn) async throws(CaseworkError) -> DropBoxDesk.Filing {
        let worker = signedIn.worker
        let now = office.time.now()
        let team = try team(opening, for: worker)
        let bound = try office.trustedTeam(team.id, of: team.agency, for: signedIn)
        let id = try office.newID(CaseID.self)
        let file = CaseFile(
            id: id,
            identity: opening.identity,
            contact: opening.contact,
            conflicts: opening.conflicts,
            content: try CaseDesk(office: office)
                .content(opening, of: worker, at: now, agency: team.agency, assigned: [])
        )
        let row = CaseRow(
            team: team.id,
            agency: team.agency,
            openedBy: worker.staff,
            routing: CaseRouting(of: file, referrals: [], consents: [], rules: office.consentPolicy.rules),
            epoch: 1,
            barred: []
        )
        let secrets = try sealing("case_secrets") { () throws(SealingError) in
            try CaseSecrets.random(for: Set(Compartment.allCases))
        }
        // The erase secret is on the disk before any row names the case (ADR 0006); a crash in between leaves an orphan.
        try office.vault.add(id, at: now)
        let keys = try CaseKeys(secrets, eraseSecret: office.vault.eraseSecret(of: id), of: id, epoch: row.epoch)
        var book = CaseBook(new: file, row: row, keys: keys)
        let sheets = try book.sheets().map(\.0)
        let index = try await CaseIndex(office: office).change(&book).rows.map(\.row)
        let box = try CaseBoxes(office: office).row(of: book, madeBy: signedIn)
        let intake = try intake(secrets, sheets, row, bound, now, of: id, by: signedIn)
        let routing = try CaseShelf(office: office).routingRow(of: book, referrals: [])
        return DropBoxDesk.Filing(
            made: [id.text],
            rows: [intake, routing, box] + sheets + index,
            expired: try office.expiredTraces()
        )
    }

    /// The team that it is for. Whoever she asked to keep out must not hold its key (DECISIONS 6).
    private func team(_ opening: CaseOpening, for worker: Worker) throws(CaseworkError) -> TeamRecord {
        let barred = opening.conflicts.barredStaff
        guard !barred.contains(worker.staff) else {
            throw .invalid(field: "/conflicts/avoided_staff", what: "somebody else must file this intake")
        }
        let (team, isBarredInside) = try office.read { reading in
            guard let stored = try reading.row(.team, id: opening.team.bytes) else { throw CaseworkError.notFound }
            let team = try office.rows.open(TeamRecord.self, stored)
            let isBarredInside = try barred.contains { staff in
                try office.rows.account(of: staff, in: reading)?.teams.contains(team.id) == true
            }
            return (team, isBarredInside)
        }
        guard !team.isDesk else {
            throw .invalid(field: "/team", what: "write a team that keeps cases; a desk takes referrals")
        }
        guard !isBarredInside else {
            throw .invalid(
                field: "/team",
                what: "write another team: somebody whom she asked to keep out belongs to this one"
            )
        }
        return team
    }

    private func intake(
        _ secrets: CaseSecrets,
        _ sheets: [StoredRow],
        _ row: CaseRow,
        _ team: TrustedKey,
        _ now: Date,
        of id: CaseID,
        by signedIn: SignedIn
    ) throws(CaseworkError) -> StoredRow {
        func record(_ bytes: [UInt8]) -> IntakeRecord {
            IntakeRecord(
                team: row.team,
                teamEpoch: team.epoch,
                agency: row.agency,
                author: signedIn.worker.staff,
                authorAgency: signedIn.worker.agency,
                filedAtSeconds: Int64(now.timeIntervalSince1970.rounded(.down)),
                intake: Data(bytes)
            )
        }
        let sealed = try sealing("intake") { () throws(SealingError) in
            try SealedIntake.seal(
                secrets,
                sheets: sheets.map(\.sealed),
                terms: record([]).terms(id, epoch: row.epoch),
                to: team,
                by: signedIn.keyring
            )
        }
        return try office.rows.row(record(sealed.bytes), .caseIntake, id: id.bytes)
    }
}
