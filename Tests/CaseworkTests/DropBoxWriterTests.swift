import Audit
import Care
import Foundation
import Sealing
import Store
import Testing

@testable import Casework

/// Somebody who can write to the database, with the pepper and without: what they move, swap, plant or put back into a drop-box
/// is refused and named, loses nothing, and is shown to the team's supervisor.
@Suite struct DropBoxWriterTests {
    /// Folds in and requires that exactly this was refused.
    private func expectRefused(
        _ expected: [(String, RefusedDrop.Reason)],
        of id: CaseID,
        in house: House,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let size = try house.logSize
        let fold = try await house.foldIn(id)
        let refused = fold.refused.map { "\($0.record) \($0.reason.rawValue)" }
        #expect(refused == expected.map { "\($0.0) \($0.1.rawValue)" }, sourceLocation: location)
        // Each is named in an entry of its own, the first time.
        let entries = try house.entries(from: size)
        let named = entries.dropFirst().map { "\($0.outcome.rawValue) \($0.rule)" }
        #expect(named == expected.map { "failed damaged.drop_box_\($0.1.rawValue)" }, sourceLocation: location)
        let again = try house.logSize
        _ = try await house.foldIn(id)
        #expect(try house.logSize == again + 1, sourceLocation: location)
        // The supervisor sees it, the others of the team do not.
        let shown = try await house.summary(of: id, for: .supervisor)?.dropBox.refused.map(\.record)
        #expect(shown == expected.map(\.0), sourceLocation: location)
        #expect(try await house.summary(of: id)?.dropBox.refused == [], sourceLocation: location)
    }

    private func record(_ id: CaseID, in house: House) throws -> (row: StoredRow, record: IntakeRecord) {
        let row = try #require(try house.stored(.caseIntake, id.bytes))
        return (row, try house.deployment.office.rows.open(IntakeRecord.self, row))
    }

    // MARK: - Intakes

    @Test func `an intake that is moved to another case is refused, and folds in where it belongs`() async throws {
        let house = try await House.founded()
        let one = try await house.filedIntake(called: "one")
        let two = try await house.filedIntake(called: "two")
        let own = try #require(try house.stored(.caseIntake, two.bytes))
        let (moved, record) = try record(one, in: house)
        // The row as it is.
        try house.plant(StoredRow(kind: .caseIntake, id: two.bytes, version: moved.version, sealed: moved.sealed))
        try await expectRefused([(two.text, .moved)], of: two, in: house)
        // The same under the server's own key, by somebody who has the pepper.
        try house.forge(record, .caseIntake, id: two.bytes)
        try await expectRefused([(two.text, .signature)], of: two, in: house)
        #expect(try house.stored(.caseSecrets, two.bytes) == nil)
        // Nothing is lost: the right row in its place folds in, and the mark is gone.
        try house.plant(own)
        #expect(try await house.foldIn(two).folded == [two.text])
        #expect(try await house.summary(of: two, for: .supervisor)?.dropBox.refused == [])
        #expect(try await house.foldIn(one).folded == [one.text])
    }

    @Test func `an intake whose author or time was changed is refused`() async throws {
        let house = try await House.founded()
        let id = try await house.filedIntake()
        let (_, record) = try record(id, in: house)
        func changed(author: StaffID? = nil, filedAtSeconds: Int64? = nil, intake: Data? = nil) -> IntakeRecord {
            IntakeRecord(
                team: record.team,
                teamEpoch: record.teamEpoch,
                agency: record.agency,
                author: author ?? record.author,
                authorAgency: record.authorAgency,
                filedAtSeconds: filedAtSeconds ?? record.filedAtSeconds,
                intake: intake ?? record.intake
            )
        }
        // Another author than the case's routing row knows.
        try house.forge(changed(author: house.staff(.outsider)), .caseIntake, id: id.bytes)
        try await expectRefused([(id.text, .moved)], of: id, in: house)
        try house.forge(changed(filedAtSeconds: record.filedAtSeconds - 60), .caseIntake, id: id.bytes)
        try await expectRefused([(id.text, .signature)], of: id, in: house)
        var bytes = record.intake
        bytes[bytes.count / 2] ^= 1
        try house.forge(changed(intake: bytes), .caseIntake, id: id.bytes)
        _ = try await house.foldIn(id)
        #expect(try house.stored(.caseSecrets, id.bytes) == nil)
        try house.forge(record, .caseIntake, id: id.bytes)
        #expect(try await house.foldIn(id).folded == [id.text])
    }

    @Test func `an intake whose author's binding was swapped is refused`() async throws {
        let house = try await House.founded()
        let id = try await house.filedIntake()
        let helpline = try house.staff(.helpline)
        let own = try #require(try house.stored(.binding, helpline.bytes))
        // Somebody else's, who was bound like everybody on the staff.
        let other = try #require(try house.stored(.binding, house.staff(.outsider).bytes))
        try house.plant(StoredRow(kind: .binding, id: helpline.bytes, version: own.version, sealed: other.sealed))
        try await expectRefused([(id.text, .author)], of: id, in: house)
        // One that no agency signed.
        let ring = try Keyring.create(
            owner: helpline.bytes,
            agency: house.founded.home.bytes,
            root: house.founded.root.verifyingKey
        )
        let made = try KeyBinding.person(
            helpline.bytes,
            epoch: 1,
            verifyingKey: ring.signing.verifyingKey,
            sealingKey: ring.sealing.publicKey,
            agency: house.founded.home.bytes,
            signedBy: SigningKey.random()
        )
        try house.plant(StoredRow(kind: .binding, id: helpline.bytes, version: own.version, sealed: made.bytes))
        let fold = try await house.foldIn(id)
        #expect(fold.refused.map(\.reason) == [.author])
        try house.plant(own)
        #expect(try await house.foldIn(id).folded == [id.text])
    }

    @Test func `a sheet that is put in place of one that was filed is refused with the intake`() async throws {
        let house = try await House.founded()
        let one = try await house.filedIntake(called: "one")
        let two = try await house.filedIntake(called: "two")
        let own = try #require(try house.stored(.caseConflicts, one.bytes))
        let other = try #require(try house.stored(.caseConflicts, two.bytes))
        try house.plant(StoredRow(kind: .caseConflicts, id: one.bytes, version: own.version, sealed: other.sealed))
        try await expectRefused([(one.text, .signature)], of: one, in: house)
        try house.plant(own)
        #expect(try await house.foldIn(one).folded == [one.text])
    }

    @Test func `an intake that is put back after it was folded in is refused, and the case stays as it is`()
        async throws
    {
        let house = try await House.founded()
        let id = try await house.filedIntake()
        let old = try #require(try house.stored(.caseIntake, id.bytes))
        _ = try await house.foldIn(id)
        let secrets = try #require(try house.stored(.caseSecrets, id.bytes))
        try house.plant(old)
        try await expectRefused([(id.text, .replayed)], of: id, in: house)
        #expect(try house.stored(.caseSecrets, id.bytes) == secrets)
        #expect(try await house.read(id).version == 1)
    }

    @Test func `an intake that somebody makes up with keys of their own is refused`() async throws {
        let house = try await House.founded()
        let id = try await house.filedIntake()
        let (_, record) = try record(id, in: house)
        let office = house.deployment.office
        // A colleague outside the team, who may sign and knows the pepper, seals secrets that they know.
        let outsider = try house.session(.outsider)
        let secrets = try CaseSecrets.random(for: Set(Compartment.allCases))
        let sheets = try Compartment.allCases.map {
            try #require(try house.stored(Sheet.kind(of: $0), id.bytes)).sealed
        }
        let planted = try SealedIntake.seal(
            secrets,
            sheets: sheets,
            terms: record.terms(id, epoch: 1),
            to: office.trustedTeam(record.team, of: record.agency, for: outsider),
            by: outsider.keyring
        )
        let forged = IntakeRecord(
            team: record.team,
            teamEpoch: record.teamEpoch,
            agency: record.agency,
            author: record.author,
            authorAgency: record.authorAgency,
            filedAtSeconds: record.filedAtSeconds,
            intake: Data(planted.bytes)
        )
        try house.forge(forged, .caseIntake, id: id.bytes)
        try await expectRefused([(id.text, .signature)], of: id, in: house)
    }

    // MARK: - Notes

    @Test func `a note that is moved, made up or put back is refused and named, and the others are folded in`()
        async throws
    {
        let house = try await House.founded()
        let one = try await house.openedCase(called: "one").id
        let two = try await house.openedCase(called: "two").id
        let office = house.deployment.office
        let good = try await house.droppedNote(in: one, called: "good")
        let moved = try await house.droppedNote(in: two, called: "moved")
        let row = try #require(try house.stored(.droppedNote, moved.bytes))
        // Moved into the drop-box of another case, which knows nothing of it.
        let owner = try office.rows.blind(.dropsOfCase, one.bytes)
        try house.plant(
            StoredRow(kind: .droppedNote, id: row.id, owner: owner, version: row.version, sealed: row.sealed)
        )
        let fold = try await house.foldIn(one)
        #expect(fold.folded == [good.text])
        #expect(fold.refused.map(\.record) == [moved.text])
        #expect(fold.refused.map(\.reason) == [.moved])
        // Where it belongs it is found by the case's own list, whatever the column says.
        let home = try await house.foldIn(two)
        #expect(home.folded == [moved.text])
        // Put back after it was folded in.
        try house.plant(row)
        let replayed = try await house.foldIn(two)
        #expect(replayed.folded.isEmpty)
        #expect(replayed.refused.map(\.reason) == [.replayed])
        #expect(try await house.read(two).droppedNotes.count == 1)
    }

    @Test func `a note that somebody signs in another's name is refused`() async throws {
        let house = try await House.founded()
        let id = try await house.openedCase().id
        let office = house.deployment.office
        let note = try await house.droppedNote(in: id)
        let row = try #require(try house.stored(.droppedNote, note.bytes))
        let record = try office.rows.open(DroppedNoteRecord.self, row)
        let outsider = try house.session(.outsider)
        let caseRow = try #require(try office.read { try CaseShelf(office: office).row(id, in: $0) }).row
        let box = try CaseBoxes(office: office).trusted(id, caseRow, for: outsider)
        let text = try Stored.bytes(
            of: Note(text: "made up", writtenBy: record.author, writtenAt: house.clock.now)
        )
        let planted = try DropBoxRecord.seal(text, terms: record.terms(note), to: box, by: outsider.keyring)
        let forged = DroppedNoteRecord(
            caseID: id,
            agency: record.agency,
            epoch: record.epoch,
            author: record.author,
            authorAgency: record.authorAgency,
            writtenAtSeconds: record.writtenAtSeconds,
            note: Data(planted.bytes)
        )
        let version = row.version + 1
        let sealed = try office.rows.row(forged, .droppedNote, id: note.bytes, owner: row.owner, version: version)
        try house.plant(sealed)
        let fold = try await house.foldIn(id)
        #expect(fold.folded.isEmpty)
        #expect(fold.refused.map(\.reason) == [.moved])
        // At the version that the case knows, too.
        try house.plant(try office.rows.row(forged, .droppedNote, id: note.bytes, owner: row.owner, version: 1))
        try await expectRefused([(note.text, .signature)], of: id, in: house)
        try house.plant(row)
        #expect(try await house.foldIn(id).folded == [note.text])
    }

    @Test func `a note that is taken away is missed, before and after it was folded in`() async throws {
        let house = try await House.founded()
        let id = try await house.openedCase().id
        let note = try await house.droppedNote(in: id)
        let row = try #require(try house.stored(.droppedNote, note.bytes))
        try house.delete(.droppedNote, note.bytes)
        try await expectRefused([(note.text, .missing)], of: id, in: house)
        try house.plant(row)
        #expect(try await house.foldIn(id).folded == [note.text])
        try house.delete(.caseNote, note.bytes)
        try await expectRefused([(note.text, .missing)], of: id, in: house)
    }

    @Test func `a note is sealed to no key that somebody wrote into the database`() async throws {
        let house = try await House.founded()
        let id = try await house.openedCase().id
        let office = house.deployment.office
        let outsider = try house.session(.outsider)
        let own = try #require(try house.stored(.caseBox, id.bytes))
        let record = try office.rows.open(CaseBoxRecord.self, own)
        // A key whose private half they have, stated by themself in the name of who opened the case.
        let secrets = try CaseSecrets.random(for: Set(Compartment.allCases))
        let key = try CaseKey.derive(
            caseSecret: secrets.secret(of: .content),
            eraseSecret: Secret.random(32),
            case: id.bytes,
            compartment: .content,
            epoch: 1
        )
        let planted = try CaseBox.sign(
            key,
            case: id.bytes,
            agency: house.founded.home.bytes,
            compartment: .content,
            epoch: 1,
            by: outsider.keyring
        )
        for signer in [record.signer, outsider.worker.staff] {
            let forged = CaseBoxRecord(
                signer: signer,
                signerAgency: record.signerAgency,
                epoch: 1,
                box: Data(planted.bytes)
            )
            try house.forge(forged, .caseBox, id: id.bytes)
            let (error, entry) = try await house.refused {
                try await $0.dropBoxes.addNote(
                    Dropped.note,
                    to: id,
                    by: house.session(.helpline),
                    request: $1,
                    once: house.once()
                )
            }
            #expect(error == .damaged(code: "case_box"))
            #expect(entry.entry.outcome == .failed)
        }
        try house.plant(own)
        _ = try await house.droppedNote(in: id)
    }

    @Test func `a folded note that is moved to another case does not open there`() async throws {
        let house = try await House.founded()
        let one = try await house.openedCase(called: "one").id
        let two = try await house.openedCase(called: "two").id
        let first = try await house.droppedNote(in: one)
        let second = try await house.droppedNote("another note", in: two)
        _ = try await house.foldIn(one)
        _ = try await house.foldIn(two)
        let row = try #require(try house.stored(.caseNote, first.bytes))
        try house.plant(StoredRow(kind: .caseNote, id: second.bytes, version: row.version, sealed: row.sealed))
        await #expect(throws: CaseworkError.damaged(code: "case_sheet")) { try await house.read(two) }
        #expect(try await house.read(one).droppedNotes.count == 1)
    }
}
