import Care
import Sealing
import Store

/// Gives a case new secrets, and each reader a grant of them: every sheet and consent is sealed anew in the act itself, the
/// team's wrap and the grants of everybody else go with it. What was read stays read; what is written from now on, nobody else
/// opens (DECISIONS 6).
struct CaseRekeying: Sendable {
    let office: Office

    /// The change of an opened case to these readers and no others.
    func made(
        _ book: inout CaseBook,
        for readers: Set<StaffID>,
        by signedIn: SignedIn
    ) throws(CaseworkError) -> CaseChange.Made {
        let id = book.id
        let desk = CaseReaders(office: office)
        let accounts = try desk.accounts(
            of: readers,
            for: book.row.agency,
            barred: book.file.conflicts.barredStaff
        )
        let secrets = try sealing("case_secrets") { () throws(SealingError) in
            try CaseSecrets.random(for: Set(Compartment.allCases))
        }
        let dropped = try takeInDroppedNotes(&book, by: signedIn)
        let epoch = book.row.epoch + 1
        let keys = try CaseKeys(secrets, eraseSecret: office.vault.eraseSecret(of: id), of: id, epoch: epoch)
        book.move(to: keys, epoch: epoch)
        book.setReaders(readers)
        var made = CaseChange.Made(ids: [])
        made.isRekeyed = true
        made.puts = try desk.rows(granting: secrets, of: id, epoch: epoch, to: accounts, by: signedIn)
        let kept = Set(made.puts.map(\.row.id))
        let owner = try office.rows.blind(.grantsOfCase, id.bytes)
        let standing = try office.read { try $0.rows(.caseGrant, owner: owner, limit: Limits.page) }
        made.deletions = standing.filter { !kept.contains($0.id) }.map { (.caseGrant, $0.id) }
        made.deletions.append((.caseSecrets, id.bytes))
        made.deletions += dropped
        let box = try office.read { try $0.version(.caseBox, id: id.bytes) }
        made.puts.append(
            (try CaseBoxes(office: office).row(of: book, madeBy: signedIn, version: (box ?? 0) + 1), box)
        )
        return made
    }

    /// What came through the drop-box becomes part of the file, which is sealed anew; what is not believed stays where it lies.
    private func takeInDroppedNotes(
        _ book: inout CaseBook,
        by signedIn: SignedIn
    ) throws(CaseworkError) -> [(kind: RowKind, id: [UInt8])] {
        var deletions: [(kind: RowKind, id: [UInt8])] = []
        var notes: [Note] = []
        var kept: Set<String> = []
        for text in (book.row.notes ?? [:]).keys.sorted() {
            guard let id = NoteID(text) else { throw .damaged(code: "routing_row") }
            let (folded, waiting) = try office.read { reading in
                (try reading.version(.caseNote, id: id.bytes), try reading.row(.droppedNote, id: id.bytes))
            }
            if folded != nil {
                deletions.append((.caseNote, id.bytes))
                continue
            }
            do {
                guard let waiting else { throw DropBoxOpening.Refused(reason: .missing) }
                notes.append(try DropBoxOpening(office: office).note(id, waiting, of: book, for: signedIn))
                deletions.append((.droppedNote, id.bytes))
            } catch is DropBoxOpening.Refused {
                kept.insert(text)
            } catch let error as CaseworkError {
                throw error
            } catch {
                throw .damaged(code: "drop_box")
            }
        }
        try book.takeIn(notes, keeping: kept)
        return deletions
    }
}
