import Care
import Foundation
import Sealing
import Store

/// Opens what lies in a drop-box, and says what is wrong with it where it does not open. The author's signature is checked
/// against the signed directory before anything is opened.
struct DropBoxOpening: Sendable {
    let office: Office

    /// Something in a drop-box that is not believed.
    struct Refused: Error, Sendable {
        let reason: RefusedDrop.Reason
    }

    /// The secrets of a case that waits as an intake, with the key of the team that it was filed under: the team may have
    /// another one by now, and the earlier one is kept while something waits under it.
    func secrets(
        of id: CaseID,
        _ row: CaseRow,
        intake stored: StoredRow,
        sheets: [StoredRow],
        for signedIn: SignedIn
    ) throws -> CaseSecrets {
        guard let record = office.rows.readable(IntakeRecord.self, stored), record.team == row.team,
            record.agency == row.agency, record.author == row.openedBy
        else { throw Refused(reason: .moved) }
        let team = try teamKey(TeamEpoch(team: row.team, epoch: record.teamEpoch), for: signedIn)
        let author = try author(record.author, of: record.authorAgency, for: signedIn)
        let sealedSheets = Compartment.allCases.compactMap { compartment in
            sheets.first { $0.kind == Sheet.kind(of: compartment) }?.sealed
        }
        do {
            let intake = try SealedIntake(bytes: Array(record.intake))
            return try intake.open(
                sheets: sealedSheets,
                terms: record.terms(id, epoch: row.epoch),
                with: team,
                writtenBy: author
            )
        } catch {
            throw Refused(reason: .signature)
        }
    }

    /// A note, with the key of the case.
    func note(
        _ id: NoteID,
        _ stored: StoredRow,
        of book: CaseBook,
        for signedIn: SignedIn
    ) throws -> Note {
        guard let record = office.rows.readable(DroppedNoteRecord.self, stored), record.caseID == book.id,
            record.agency == book.row.agency, book.row.notes?[id.text] == stored.version
        else { throw Refused(reason: .moved) }
        guard record.epoch == book.row.epoch else { throw Refused(reason: .epoch) }
        let author = try author(record.author, of: record.authorAgency, for: signedIn)
        do {
            let plain = try DropBoxRecord(bytes: Array(record.note)).open(
                terms: record.terms(id),
                with: book.keys.caseKey(.content),
                writtenBy: author
            )
            let note = try Stored.value(Note.self, from: plain)
            // The note says who wrote it and when; that is what was signed.
            guard note.writtenBy == record.author,
                Int64(note.writtenAt.timeIntervalSince1970.rounded(.down)) == record.writtenAtSeconds
            else { throw Refused(reason: .signature) }
            return note
        } catch {
            throw Refused(reason: .signature)
        }
    }

    private func teamKey(_ key: TeamEpoch, for signedIn: SignedIn) throws -> TeamKey {
        do {
            return try office.keys(of: key, for: signedIn)
        } catch .notFound {
            throw Refused(reason: .epoch)
        }
    }

    private func author(_ id: StaffID, of agency: AgencyID, for signedIn: SignedIn) throws -> TrustedKey {
        do {
            return try office.trustedPerson(id, of: agency, for: signedIn)
        } catch .damaged {
            throw Refused(reason: .author)
        }
    }
}
