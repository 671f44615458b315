import Audit
import Care
import Foundation
import Sealing
import Store
import Testing

@testable import Casework

/// The helpline opens a case for a team that it does not belong to, and cannot read it back; the team's first reader folds it in.
@Suite struct DropBoxTests {
    @Test func `an intake is filed for a team, folded in by its first reader, and read as it was filed`() async throws {
        let house = try await House.founded()
        let (receipt, filing) = try await house.one {
            try await $0.dropBoxes.file(house.opening(), by: house.session(.helpline), request: $1, once: house.once())
        }
        house.call(receipt.id.text, "case")
        #expect(
            filing.sentence
                == "helpline intake.file team permitted intake.file:helpline none helpline handles=case"
        )

        let waiting = try #require(try await house.summary(of: receipt.id))
        #expect(waiting.dropBox.isIntakeWaiting)
        #expect(waiting.version == 1)
        let (error, _) = try await house.refused {
            try await $0.cases.read(receipt.id, by: house.session(.worker), request: $1)
        }
        #expect(error == .wrongState(code: "intake_waits"))

        let (fold, entry) = try await house.one {
            try await $0.dropBoxes.foldIn(receipt.id, by: house.session(.colleague), request: $1)
        }
        #expect(fold.folded == [receipt.id.text])
        #expect(fold.refused.isEmpty)
        #expect(
            entry.sentence
                == "colleague intake.fold_in case permitted intake.fold_in:same_team same_team case_management "
                + "count=1 handles=case"
        )
        let reading = try await house.read(receipt.id)
        #expect(reading.version == 1)
        #expect(reading.version == fold.version)
        #expect(reading.file.identity.name == Invented.name)
        #expect(reading.file.content.notes.map(\.text) == [Invented.note])
        #expect(try reading.file.content.notes.map(\.writtenBy) == [house.staff(.helpline)])
        #expect(try reading.file.content.lifecycle.history.map(\.by) == [house.staff(.helpline)])
        #expect(reading.file.content.assigned.isEmpty)
        #expect(try await house.summary(of: receipt.id)?.dropBox.isIntakeWaiting == false)
    }

    @Test func `an intake that waits while its team gets another key is folded in under the new one`() async throws {
        let house = try await House.founded()
        let id = try await house.filedIntake()
        _ = try await house.deployment.teams.renewKey(
            of: house.founded.team,
            by: house.confirmed(.supervisor),
            request: house.deployment.newRequest()
        )
        _ = try await house.deployment.teams.reseal(
            house.founded.team,
            by: house.confirmed(.supervisor),
            request: house.deployment.newRequest()
        )
        let fold = try await house.foldIn(id)
        #expect(fold.folded == [id.text] && fold.refused.isEmpty, "\(fold)")
        #expect(try await house.read(id).file.identity.name == Invented.name)
        // Nothing lies under the earlier key any more, so that the next one ends it.
        _ = try await house.deployment.teams.reseal(
            house.founded.team,
            by: house.confirmed(.supervisor),
            request: house.deployment.newRequest()
        )
        #expect(try house.store.read { try $0.count(.earlierTeamGrant) } == 0)
        #expect(try await house.read(id).file.identity.name == Invented.name)
    }

    @Test(arguments: [House.Person.worker, .supervisor, .outsider, .intake, .auditor, .administrator, .focalPoint])
    func `nobody but the helpline files through a drop-box`(person: House.Person) async throws {
        let house = try await House.founded()
        let (error, entry) = try await house.refused {
            try await $0.dropBoxes.file(house.opening(), by: house.session(person), request: $1, once: house.once())
        }
        #expect(error == .refused(code: "wrong_role"))
        #expect(entry.entry.outcome == .denied)
        #expect(try house.store.read { try $0.count(.caseRouting) } == 0)
    }

    @Test func `an intake for a team of another agency, for a desk or for nobody is refused`() async throws {
        let house = try await House.founded()
        for team in [house.founded.desk, try house.deployment.office.newID(TeamID.self)] {
            let (error, _) = try await house.refused {
                try await $0.dropBoxes.file(
                    house.opening(team: team),
                    by: house.session(.helpline),
                    request: $1,
                    once: house.once()
                )
            }
            #expect(error == .notFound)
        }
        let desk = try house.deployment.office.newID(TeamID.self)
        try house.forge(
            TeamRecord(
                id: desk,
                agency: house.founded.home,
                name: "Desk",
                isDesk: true,
                services: [],
                epoch: 1,
                keyMadeAtMilliseconds: 0
            ),
            .team,
            id: desk.bytes
        )
        let (error, _) = try await house.refused {
            try await $0.dropBoxes.file(
                house.opening(team: desk),
                by: house.session(.helpline),
                request: $1,
                once: house.once()
            )
        }
        guard case .invalid("/team", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try house.store.read { try $0.count(.caseRouting) } == 0)
    }

    @Test func `an intake is refused for a team of somebody whom she asked to keep out, and for her own worker`()
        async throws
    {
        let house = try await House.founded()
        for (person, field) in [(House.Person.colleague, "/team"), (.helpline, "/conflicts/avoided_staff")] {
            let conflicts = try ConflictFacts(avoidedStaff: [house.staff(person)])
            let (error, _) = try await house.refused {
                try await $0.dropBoxes.file(
                    house.opening(conflicts: conflicts),
                    by: house.session(.helpline),
                    request: $1,
                    once: house.once()
                )
            }
            guard case .invalid(field, _) = error else {
                Issue.record("\(person.rawValue): \(String(describing: error))")
                continue
            }
        }
        // For a team without that person it is filed.
        let conflicts = try ConflictFacts(avoidedStaff: [house.staff(.colleague)])
        _ = try await house.filedIntake(house.opening(team: house.founded.otherTeam, conflicts: conflicts))
        #expect(try house.store.read { try $0.count(.caseRouting) } == 1)
    }

    @Test func `whoever filed an intake cannot list, read, fold in or search it back`() async throws {
        let house = try await House.founded()
        let id = try await house.filedIntake()
        let helpline = try house.session(.helpline)
        for isFolded in [false, true] {
            if isFolded { _ = try await house.foldIn(id) }
            let acts: [@Sendable (Deployment, RequestID) async throws -> Void] = [
                { _ = try await $0.cases.list(for: helpline, request: $1) },
                { _ = try await $0.cases.read(id, by: helpline, request: $1) },
                { _ = try await $0.dropBoxes.foldIn(id, by: helpline, request: $1) },
                { _ = try await $0.search.texts(Invented.alias, after: nil, by: helpline, request: $1) },
            ]
            for act in acts {
                let (error, _) = try await house.refused(act)
                #expect(error == .refused(code: "wrong_role"))
            }
        }
    }

    @Test func `after the request neither the server's keys nor the author's keyring open the intake`() async throws {
        let house = try await House.founded()
        let id = try await house.filedIntake()
        let office = house.deployment.office
        let helpline = try house.session(.helpline)
        // No policy is asked: everything that the store and the vault hold, with the keyring of who filed it.
        #expect(throws: CaseworkError.notFound) { try CaseShelf(office: office).open(id, for: helpline) }
        #expect(throws: CaseworkError.notFound) { try office.keys(of: house.founded.team, for: helpline) }
        let row = try #require(try office.read { try CaseShelf(office: office).row(id, in: $0) }).row
        let stored = try #require(try house.stored(.caseIntake, id.bytes))
        let record = try office.rows.open(IntakeRecord.self, stored)
        let sheets = try Compartment.allCases.map {
            try #require(try house.stored(Sheet.kind(of: $0), id.bytes)).sealed
        }
        let intake = try SealedIntake(bytes: Array(record.intake))
        let author = try office.trustedPerson(record.author, of: record.authorAgency, for: helpline)
        for team in [house.founded.otherTeam] {
            let other = try office.keys(of: team, for: house.session(.outsider))
            #expect(throws: SealingError.badSignature) {
                try intake.open(
                    sheets: sheets,
                    terms: record.terms(id, epoch: row.epoch),
                    with: other,
                    writtenBy: author
                )
            }
        }
        // And with a member's key it opens, so the same attempt can succeed.
        let own = try office.keys(of: house.founded.team, for: house.session(.worker))
        _ = try intake.open(sheets: sheets, terms: record.terms(id, epoch: row.epoch), with: own, writtenBy: author)
        #expect(try house.stored(.caseSecrets, id.bytes) == nil)
    }

    @Test(arguments: [House.Person.outsider, .intake, .auditor, .administrator, .helpline])
    func `nobody outside the team folds an intake in`(person: House.Person) async throws {
        let house = try await House.founded()
        let id = try await house.filedIntake()
        let (error, _) = try await house.refused {
            try await $0.dropBoxes.foldIn(id, by: house.session(person), request: $1)
        }
        #expect(error == (person == .outsider ? .notFound : .refused(code: "wrong_role")))
        #expect(try house.stored(.caseIntake, id.bytes) != nil)
    }

    @Test func `the same request twice files one intake and one note`() async throws {
        let house = try await House.founded()
        let once = try house.once("a key")
        var ids: Set<CaseID> = []
        for _ in 0..<2 {
            ids.insert(
                try await house.deployment.dropBoxes.file(
                    house.opening(),
                    by: house.session(.helpline),
                    request: house.deployment.newRequest(),
                    once: once
                ).id
            )
        }
        #expect(ids.count == 1)
        let id = try #require(ids.first)
        var notes: Set<NoteID> = []
        for _ in 0..<2 {
            notes.insert(
                try await house.deployment.dropBoxes.addNote(
                    Dropped.note,
                    to: id,
                    by: house.session(.helpline),
                    request: house.deployment.newRequest(),
                    once: once
                )
            )
        }
        #expect(notes.count == 1)
        #expect(try house.store.read { try $0.count(.droppedNote) } == 1)
        let (error, _) = try await house.refused {
            try await $0.dropBoxes.file(
                house.opening(),
                by: house.session(.helpline),
                request: $1,
                once: house.once("a key", "another request")
            )
        }
        #expect(error == .keyReused)
    }

    @Test func `folding in twice, and by two at once, is done once`() async throws {
        let house = try await House.founded()
        let id = try await house.filedIntake()
        _ = try await house.droppedNote(in: id)
        let folds = try await withThrowingTaskGroup(of: FoldIn.self) { group in
            for person in [House.Person.worker, .colleague, .supervisor] {
                group.addTask { try await house.foldIn(id, by: person) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(folds.flatMap(\.folded).count == 2)
        #expect(folds.allSatisfy { $0.refused.isEmpty && $0.version == 2 })
        let again = try await house.foldIn(id)
        #expect(again.folded.isEmpty && again.refused.isEmpty)
        #expect(try house.store.read { try $0.count(.caseIntake) + $0.count(.droppedNote) } == 0)
        #expect(try await house.read(id).droppedNotes.map(\.text) == [Dropped.note])
    }

    // MARK: - Notes

    @Test func `a note that was dropped in is folded in with its author and its time, and the ETag stays`() async throws
    {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        house.clock.advance(hours: 2)
        let dropped = house.clock.now
        let (note, entry) = try await house.one {
            try await $0.dropBoxes.addNote(
                Dropped.note,
                to: receipt.id,
                by: house.session(.helpline),
                request: $1,
                once: house.once()
            )
        }
        house.call(note.text, "note")
        #expect(entry.sentence == "helpline note.drop case permitted note.drop:helpline none helpline handles=note")
        let waiting = try await house.read(receipt.id)
        #expect(waiting.version == receipt.version + 1)
        #expect(waiting.dropBox.waitingNotes == 1)
        #expect(waiting.droppedNotes.isEmpty)

        house.clock.advance(hours: 5)
        let fold = try await house.foldIn(receipt.id)
        #expect(fold.folded == [note.text])
        let reading = try await house.read(receipt.id)
        #expect(reading.version == waiting.version)
        #expect(reading.dropBox.waitingNotes == 0)
        let folded = try #require(reading.droppedNotes.first)
        #expect(folded.text == Dropped.note)
        #expect(folded.writtenBy == (try house.staff(.helpline)))
        #expect(folded.writtenAt == dropped)
        let row = try #require(try house.stored(.caseNote, note.bytes))
        #expect(row.version == 1)
    }

    @Test func `a note for a case that waits is folded in together with it`() async throws {
        let house = try await House.founded()
        let id = try await house.filedIntake()
        let note = try await house.droppedNote(in: id)
        let fold = try await house.foldIn(id)
        #expect(fold.folded == [id.text, note.text])
        let reading = try await house.read(id)
        #expect(reading.droppedNotes.map(\.text) == [Dropped.note])
    }

    @Test(arguments: [House.Person.worker, .supervisor, .outsider, .intake, .auditor])
    func `nobody but the helpline drops a note`(person: House.Person) async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (error, _) = try await house.refused {
            try await $0.dropBoxes.addNote(
                Dropped.note,
                to: receipt.id,
                by: house.session(person),
                request: $1,
                once: house.once()
            )
        }
        #expect(error == .refused(code: "wrong_role"))
        #expect(try house.store.read { try $0.count(.droppedNote) } == 0)
    }

    @Test func `a note for a case that is not there or that keeps its author out is answered alike`() async throws {
        let house = try await House.founded()
        let kept = try await house.openedCase(
            house.opening(conflicts: ConflictFacts(avoidedStaff: [house.staff(.helpline)]))
        )
        for id in [kept.id, try house.deployment.office.newID(CaseID.self)] {
            let (error, _) = try await house.refused {
                try await $0.dropBoxes.addNote(
                    Dropped.note,
                    to: id,
                    by: house.session(.helpline),
                    request: $1,
                    once: house.once()
                )
            }
            #expect(error == .notFound)
        }
        #expect(try house.store.read { try $0.count(.droppedNote) } == 0)
    }

    // MARK: - Taking on

    @Test func `a case from the drop-box is taken on once, by the team, and then worked with`() async throws {
        let house = try await House.founded()
        let id = try await house.filedIntake()
        func take(_ person: House.Person, at version: Int) async throws -> CaseReceipt {
            try await house.deployment.cases.takeOn(
                id,
                at: version,
                by: house.session(person),
                request: house.deployment.newRequest(),
                once: house.once()
            )
        }
        await #expect(throws: CaseworkError.wrongState(code: "intake_waits")) { try await take(.worker, at: 1) }
        _ = try await house.foldIn(id)
        await #expect(throws: CaseworkError.notFound) { try await take(.outsider, at: 1) }
        await #expect(throws: CaseworkError.refused(code: "wrong_role")) { try await take(.helpline, at: 1) }
        let taken = try await take(.worker, at: 1)
        #expect(taken.version == 2)
        #expect(try await house.read(id).file.content.assigned == [house.staff(.worker)])
        await #expect(throws: CaseworkError.wrongState(code: "case_is_assigned")) {
            try await take(.supervisor, at: 2)
        }
        let need = try await house.deployment.cases.record(
            house.need("MED-EMERG"),
            in: id,
            at: 2,
            by: house.session(.worker),
            request: house.deployment.newRequest(),
            once: house.once()
        )
        #expect(need.version == 3)
    }

    // MARK: - Erasure

    @Test func `erasing a case leaves no intake, note, mark or index row of it`() async throws {
        let house = try await House.founded()
        func rows() throws -> [StoredRow] {
            try house.store.read { reading in
                try (UInt8.min...UInt8.max).flatMap { try reading.rows(RowKind(rawValue: $0), limit: 10_000) }
            }.filter { $0.kind != .idempotency }
        }
        let before = try rows()
        let waiting = try await house.filedIntake(called: "waiting")
        _ = try await house.droppedNote(in: waiting)
        let folded = try await house.filedIntake(called: "folded")
        let kept = try await house.droppedNote(in: folded, called: "kept")
        _ = try await house.foldIn(folded)
        let lost = try await house.droppedNote(in: folded, called: "lost")
        try house.delete(.droppedNote, lost.bytes)
        _ = try await house.foldIn(folded)
        #expect(try await house.droppedNote(in: folded) != kept)
        let kinds = Set(try rows().map(\.kind))
        #expect(
            kinds.isSuperset(of: [
                .caseIntake, .droppedNote, .caseNote, .caseBox, .refusedDrop, .indexToken, .caseSecrets,
            ])
        )
        for id in [waiting, folded] {
            _ = try house.deployment.erasures.eraseByOrder(
                id,
                because: .survivorAsked,
                request: house.deployment.newRequest()
            )
        }
        #expect(try rows() == before)
        let found = try await house.deployment.search.cases(
            .init(name: Invented.name, phone: Invented.phone),
            by: house.session(.worker),
            request: house.deployment.newRequest()
        )
        #expect(found == .init(cases: [], ask: [], isCut: false))
    }
}
