public import Care
public import Foundation
import Sealing
import Store

/// An intake that waits for its team: sealed under the routing key, because the terms are part of what opens it.
struct IntakeRecord: Codable, Sendable {
    let team: TeamID
    /// The epoch of the team's key that it was sealed to.
    let teamEpoch: UInt32
    let agency: AgencyID
    let author: StaffID
    let authorAgency: AgencyID
    let filedAtSeconds: Int64
    let intake: Data

    func terms(_ id: CaseID, epoch: UInt32) -> SealedIntake.Terms {
        SealedIntake.Terms(
            caseID: id.bytes,
            caseEpoch: epoch,
            agency: agency.bytes,
            authorAgency: authorAgency.bytes,
            filed: Date(timeIntervalSince1970: Double(filedAtSeconds))
        )
    }
}

/// A note in the drop-box of a case; sealed under the routing key for the same reason.
struct DroppedNoteRecord: Codable, Sendable {
    let caseID: CaseID
    let agency: AgencyID
    /// The epoch of the case whose drop-box it was sealed to.
    let epoch: UInt32
    let author: StaffID
    let authorAgency: AgencyID
    let writtenAtSeconds: Int64
    let note: Data

    var writtenAt: Date { Date(timeIntervalSince1970: Double(writtenAtSeconds)) }

    func terms(_ id: NoteID) -> DropBoxRecord.Terms {
        DropBoxRecord.Terms(
            caseID: caseID.bytes,
            record: id.bytes,
            type: "note",
            agency: agency.bytes,
            compartment: .content,
            epoch: epoch,
            schemaVersion: 1,
            authorAgency: authorAgency.bytes,
            written: writtenAt
        )
    }
}

/// The key that leads into a case, and whose word it is.
struct CaseBoxRecord: Codable, Sendable {
    let signer: StaffID
    let signerAgency: AgencyID
    let epoch: UInt32
    let box: Data
}

/// What was found wrong with something in a drop-box. It stays where it lies; the team's supervisor sees this.
public struct RefusedDrop: Codable, Hashable, Sendable {
    /// Why, in a word that may stand in the log.
    public enum Reason: String, Codable, Sendable, CaseIterable {
        /// Its row was changed, or lies at the place of another.
        case moved
        /// The author did not sign it like this, for this case.
        case signature
        /// The author's key does not lead up to the root.
        case author
        /// It was folded in before, and somebody put it back.
        case replayed
        /// It was sealed to a key of the team or case that is no longer in use.
        case epoch
        /// It was there, and is gone.
        case missing
        /// The sheets do not open with the secrets that came with them.
        case sheets
    }

    /// The id of the note, or of the case for an intake.
    public let record: String
    /// What is wrong.
    public let reason: Reason
    /// When it was found.
    public let foundAt: Date
}

/// How the drop-box of a case stands, for those who may read the case.
public struct DropBoxState: Hashable, Sendable {
    /// Whether the whole case is an intake that nobody has folded in.
    public let isIntakeWaiting: Bool
    /// Notes that nobody has folded in.
    public let waitingNotes: Int
    /// What was refused; for supervisors alone.
    public let refused: [RefusedDrop]
}

/// What a worker who cannot read a case back keeps of it.
public struct IntakeReceipt: Hashable, Sendable {
    /// The code of the case: for the next call, and for the team.
    public let id: CaseID
}

/// What became of what lay in a drop-box.
public struct FoldIn: Hashable, Sendable {
    /// The ids of what this act folded in: the case's own for an intake, those of notes.
    public let folded: [String]
    /// What was refused, with the reason; it stays where it lies.
    public let refused: [RefusedDrop]
    /// Whether more waits than one act folds in.
    public let isMoreWaiting: Bool
    /// The version of the case; folding in does not move it.
    public let version: Int
}
