import Care
import Foundation
import Sealing
import Store

/// The keys that lead into cases: stated when a case's secrets are made, believed when somebody adds to it.
struct CaseBoxes: Sendable {
    let office: Office

    /// The box of a new case, or of a new epoch of one, as whoever made its secrets states it.
    func row(of book: CaseBook, madeBy signedIn: SignedIn, version: Int = 1) throws(CaseworkError) -> StoredRow {
        let key = try book.keys.caseKey(.content)
        let box = try sealing("case_box") { () throws(SealingError) in
            try CaseBox.sign(
                key,
                case: book.id.bytes,
                agency: book.row.agency.bytes,
                compartment: .content,
                epoch: book.row.epoch,
                by: signedIn.keyring
            )
        }
        return try office.rows.row(
            CaseBoxRecord(
                signer: signedIn.worker.staff,
                signerAgency: signedIn.worker.agency,
                epoch: book.row.epoch,
                box: Data(box.bytes)
            ),
            .caseBox,
            id: book.id.bytes,
            version: version
        )
    }

    /// The box of a case, once its maker's word was found to lead up to the root.
    ///
    /// - Throws: ``CaseworkError/damaged(code:)`` when it does not; ``CaseworkError/wrongState(code:)`` for a case without one.
    func trusted(_ id: CaseID, _ row: CaseRow, for signedIn: SignedIn) throws(CaseworkError) -> TrustedCaseBox {
        let (stored, isTeams) = try office.read { reading in
            guard let stored = try reading.row(.caseBox, id: id.bytes) else { return (nil as StoredRow?, false) }
            let signer = try office.rows.open(CaseBoxRecord.self, stored).signer
            return (stored, try office.rows.account(of: signer, in: reading)?.teams.contains(row.team) == true)
        }
        guard let stored else { throw .wrongState(code: "no_drop_box") }
        let record = try office.rows.open(CaseBoxRecord.self, stored)
        // Who opened the case made its secrets, or later a member of the team that holds it; nobody else's word counts.
        guard record.signer == row.openedBy || isTeams || row.readers?.contains(record.signer) == true else {
            throw .damaged(code: "case_box")
        }
        let maker = try office.trustedPerson(record.signer, of: record.signerAgency, for: signedIn)
        return try sealing("case_box") { () throws(SealingError) in
            try CaseBox(bytes: Array(record.box)).trusted(
                case: id.bytes,
                agency: row.agency.bytes,
                compartment: .content,
                epoch: row.epoch,
                statedBy: maker
            )
        }
    }
}
