import Care
import Store

/// The drop-boxes of cases as they lie in the store.
struct DropBoxes: Sendable {
    let office: Office

    /// How the drop-box of a case stands, for somebody who may read the case.
    func state(
        _ id: CaseID,
        _ row: CaseRow,
        for worker: Worker,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> DropBoxState {
        var waiting = 0
        for text in (row.notes ?? [:]).keys {
            guard let note = NoteID(text) else { throw CaseworkError.damaged(code: "routing_row") }
            if try reading.version(.caseNote, id: note.bytes) == nil { waiting += 1 }
        }
        let isSupervisor = worker.roles.contains(.supervisor) && worker.teams.contains(row.team)
        return DropBoxState(
            isIntakeWaiting: try reading.version(.caseIntake, id: id.bytes) != nil,
            waitingNotes: waiting,
            refused: isSupervisor ? try refused(of: id, in: reading).map(\.drop) : []
        )
    }

    /// What was refused of a case, with its rows.
    func refused(
        of id: CaseID,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> [(row: StoredRow, drop: RefusedDrop)] {
        let owner = try office.rows.blind(.refusedOfCase, id.bytes)
        return try reading.rows(.refusedDrop, owner: owner, limit: Care.Limits.manyEntries)
            .map { ($0, try office.rows.open(RefusedDrop.self, $0)) }
    }

    /// Notes of this case that lie in its drop-box, whether or not its routing row knows of them.
    func waitingNotes(
        of id: CaseID,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> [StoredRow] {
        try reading.rows(
            .droppedNote,
            owner: office.rows.blind(.dropsOfCase, id.bytes),
            limit: Care.Limits.manyEntries
        )
    }
}
