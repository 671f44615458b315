import Audit
import Care
import Foundation
import Sealing
import Store
import Testing

@testable import Casework

/// Restricted cases, and colleagues whom she named. Where a case is opened here, no policy is asked: keys decide.
@Suite struct ReaderDeskTests {
    private func opens(_ id: CaseID, _ person: SignedIn, _ house: House) throws -> CaseBook {
        try CaseShelf(office: house.deployment.office).open(id, for: person)
    }

    private func lockOut(
        _ people: [House.Person],
        from receipt: CaseReceipt,
        by person: House.Person = .worker,
        in house: House
    ) async throws -> CaseReceipt {
        try await house.deployment.readers.lockOut(
            Set(people.map { try house.staff($0) }),
            from: receipt.id,
            at: receipt.version,
            by: house.session(person),
            request: house.deployment.newRequest(),
            once: house.once()
        )
    }

    private func restrict(_ receipt: CaseReceipt, to people: [House.Person], in house: House) async throws
        -> CaseReceipt
    {
        try await house.deployment.readers.restrict(
            receipt.id,
            to: Set(people.map { try house.staff($0) }),
            at: receipt.version,
            by: house.confirmed(.worker),
            request: house.deployment.newRequest(),
            once: house.once()
        )
    }

    private static let readers: [House.Person] = [.worker, .supervisor, .focalPoint]

    // MARK: - A colleague whom she named

    @Test func `a named colleague opens nothing of the case, with the team's key, all rows and no policy in the way`()
        async throws
    {
        let house = try await House.founded()
        let office = house.deployment.office
        let receipt = try await house.openedCase()
        let (consent, version) = try await house.recordedConsent(in: receipt)
        let colleague = try house.session(.colleague)
        let before = try opens(receipt.id, colleague, house)
        let oldSecrets = try #require(try house.stored(.caseSecrets, receipt.id.bytes))

        let (after, entry) = try await house.one { deployment, request in
            try await deployment.readers.lockOut(
                [house.staff(.colleague)],
                from: receipt.id,
                at: version,
                by: house.session(.worker),
                request: request,
                once: house.once()
            )
        }
        #expect(
            entry.sentence == "worker case.lock_out case permitted case.lock_out:assigned assigned case_management"
        )
        #expect(Set(after.readers ?? []) == Set(try Self.readers.map { try house.staff($0) }))
        #expect(try house.stored(.caseSecrets, receipt.id.bytes) == nil)
        #expect(throws: CaseworkError.notFound) { try opens(receipt.id, colleague, house) }
        for person in Self.readers {
            let book = try opens(receipt.id, house.session(person), house)
            #expect(book.file.conflicts.barredStaff == [try house.staff(.colleague)])
            #expect(book.consents.map(\.id) == [consent])
        }
        // The old wrap put back beside the new routing row: nobody looks for it.
        try house.plant(oldSecrets)
        #expect(throws: CaseworkError.notFound) { try opens(receipt.id, colleague, house) }
        // Somebody else's grant, moved to where the colleague's would lie, is not for that key.
        let desk = CaseReaders(office: office)
        let grant = try #require(
            try house.stored(.caseGrant, desk.grantID(receipt.id, house.staff(.worker)))
        )
        let record = try office.rows.open(CaseGrantRecord.self, grant)
        try house.plant(
            office.rows.row(record, .caseGrant, id: desk.grantID(receipt.id, house.staff(.colleague)))
        )
        #expect(throws: CaseworkError.damaged(code: "case_grant")) { try opens(receipt.id, colleague, house) }
        // The keys that the colleague had open no sheet and no consent as they are now.
        let row = try #require(try office.read { try CaseShelf(office: office).row(receipt.id, in: $0) }).row
        for compartment in Compartment.allCases {
            let sheet = try #require(try house.stored(Sheet.kind(of: compartment), receipt.id.bytes))
            #expect(throws: SealingError.keyMismatch) {
                try Envelope.open(
                    sheet.sealed,
                    expecting: .record,
                    under: before.keys.key(compartment),
                    context: RecordContext(
                        agency: row.agency.bytes,
                        caseID: receipt.id.bytes,
                        recordID: receipt.id.bytes,
                        recordType: "case-\(compartment)",
                        recordVersion: UInt64(sheet.version),
                        keyEpoch: row.epoch
                    )
                )
            }
        }
        // And by the rules they are told what a stranger is told.
        let (error, denied) = try await house.refused {
            try await $0.cases.read(receipt.id, by: colleague, request: $1)
        }
        #expect(error == .notFound)
        #expect(denied.sentence == "colleague case.read case denied barred none case_management")
    }

    @Test func `a case that is opened with a colleague named is never the team's`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase(
            house.opening(conflicts: ConflictFacts(avoidedStaff: [house.staff(.colleague)]))
        )
        #expect(Set(receipt.readers ?? []) == Set(try Self.readers.map { try house.staff($0) }))
        #expect(try house.stored(.caseSecrets, receipt.id.bytes) == nil)
        #expect(throws: CaseworkError.notFound) { try opens(receipt.id, house.session(.colleague), house) }
        for person in Self.readers { _ = try opens(receipt.id, house.session(person), house) }
        // A new key of the team is nothing to it.
        _ = try await house.deployment.teams.renewKey(
            of: house.founded.team,
            by: house.confirmed(.supervisor),
            request: house.deployment.newRequest()
        )
        #expect(try await house.reseal(by: house.session(.supervisor)) == 1)
        for person in Self.readers { _ = try opens(receipt.id, house.session(person), house) }
    }

    @Test func `a named supervisor is out, and the focal point whom they supervise is not asked in`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let after = try await lockOut([.supervisor], from: receipt, in: house)
        // The focal point of the house is of the supervisor's team; one of another team stands outside that line.
        #expect(after.readers == [try house.staff(.worker)])
        for person in [House.Person.supervisor, .focalPoint] {
            #expect(throws: CaseworkError.notFound) { try opens(receipt.id, house.session(person), house) }
        }
        let outside = try await house.newcomer(
            [.safeguardingFocalPoint],
            waitingFor: [house.founded.otherTeam],
            called: "outside"
        )
        let other = try await house.openedCase(called: "other")
        let next = try await lockOut([.supervisor], from: other, in: house)
        #expect(Set(next.readers ?? []) == [try house.staff(.worker), outside.worker.staff])
        let reading = try await house.deployment.cases.read(
            other.id,
            by: outside,
            request: house.deployment.newRequest()
        )
        #expect(reading.readers == next.readers)
        let listed = try await house.deployment.cases.list(for: outside, request: house.deployment.newRequest())
        #expect(listed.map(\.id) == [other.id])
    }

    @Test func `a focal point who administers is not asked in`() async throws {
        let house = try await House.founded()
        try house.appoint(.focalPoint, [.safeguardingFocalPoint, .administrator])
        let after = try await lockOut([.colleague], from: house.openedCase(), in: house)
        #expect(!(after.readers ?? []).contains(try house.staff(.focalPoint)))
    }

    @Test func `locking a colleague out loses no note of the drop-box, folded in or waiting, and new notes still come`()
        async throws
    {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let folded = try await house.droppedNote(in: receipt.id)
        _ = try await house.foldIn(receipt.id)
        let waiting = try await house.droppedNote(in: receipt.id)
        let before = try await house.read(receipt.id)
        #expect(before.droppedNotes.count == 1 && before.dropBox.waitingNotes == 1)

        let after = try await house.deployment.readers.lockOut(
            [house.staff(.colleague)],
            from: receipt.id,
            at: before.version,
            by: house.session(.worker),
            request: house.deployment.newRequest(),
            once: house.once()
        )
        let read = try await house.read(receipt.id)
        #expect(read.version == after.version)
        #expect(read.dropBox.waitingNotes == 0)
        let helpline = try house.staff(.helpline)
        #expect(
            read.file.content.notes.filter { $0.writtenBy == helpline }.map(\.text) == [Dropped.note, Dropped.note]
        )
        for note in [folded, waiting] {
            #expect(try house.stored(.caseNote, note.bytes) == nil)
            #expect(try house.stored(.droppedNote, note.bytes) == nil)
        }

        // The drop-box leads to the new keys.
        let later = try await house.droppedNote(in: receipt.id)
        let fold = try await house.foldIn(receipt.id)
        #expect(fold.folded == [later.text] && fold.refused.isEmpty, "\(fold)")
        #expect(try await house.read(receipt.id).droppedNotes.map(\.text) == [Dropped.note])
        #expect(throws: CaseworkError.notFound) { try opens(receipt.id, house.session(.colleague), house) }
    }

    @Test func `a second colleague is locked out of a case that is restricted already`() async throws {
        let house = try await House.founded()
        let first = try await lockOut([.colleague], from: house.openedCase(), in: house)
        let second = try await lockOut([.supervisor], from: first, in: house)
        #expect(throws: CaseworkError.notFound) { try opens(first.id, house.session(.supervisor), house) }
        #expect(throws: CaseworkError.notFound) { try opens(first.id, house.session(.colleague), house) }
        #expect(try opens(first.id, house.session(.worker), house).row.epoch == 3)
        #expect((second.readers ?? []).contains(try house.staff(.worker)))
    }

    @Test func `whoever was assigned and is named is assigned no more`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        _ = try await lockOut([.worker], from: receipt, by: .supervisor, in: house)
        let book = try opens(receipt.id, house.session(.supervisor), house)
        #expect(book.file.content.assigned == [try house.staff(.supervisor)])
        #expect(throws: CaseworkError.notFound) { try opens(receipt.id, house.session(.worker), house) }
    }

    @Test func `oneself and a handle that nobody has are not locked out`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let nobody = try #require(StaffID(bytes: [UInt8](repeating: 8, count: 16)))
        for staff in [try house.staff(.worker), nobody] {
            let (error, _) = try await house.refused {
                try await $0.readers.lockOut(
                    [staff],
                    from: receipt.id,
                    at: receipt.version,
                    by: house.session(.worker),
                    request: $1,
                    once: house.once()
                )
            }
            #expect(error?.code == "invalid")
        }
        _ = try opens(receipt.id, house.session(.colleague), house)
    }

    @Test(arguments: [House.Person.colleague, .outsider, .focalPoint, .auditor, .administrator])
    func `who has nothing to do with a case locks nobody out of it`(person: House.Person) async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (error, entry) = try await house.refused {
            try await $0.readers.lockOut(
                [house.staff(.worker)],
                from: receipt.id,
                at: receipt.version,
                by: house.session(person),
                request: $1,
                once: house.once()
            )
        }
        #expect(error == .notFound || error == .refused(code: "wrong_role"))
        #expect(entry.entry.outcome == .denied)
        _ = try opens(receipt.id, house.session(.worker), house)
    }

    // MARK: - Restricted by choice

    @Test func `a case is restricted to people of one's choice, who find and read it wherever they work`() async throws
    {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let after = try await restrict(receipt, to: [.outsider], in: house)
        let expected = Set(try (Self.readers + [.outsider]).map { try house.staff($0) })
        #expect(Set(after.readers ?? []) == expected)
        #expect(throws: CaseworkError.notFound) { try opens(receipt.id, house.session(.colleague), house) }
        let (reading, entry) = try await house.one {
            try await $0.cases.read(receipt.id, by: house.session(.outsider), request: $1)
        }
        #expect(reading.file.identity.name == Invented.name)
        #expect(entry.sentence == "outsider case.read case permitted case.read:reader reader case_management")
        for person in [House.Person.worker, .outsider, .supervisor] {
            let list = try await house.deployment.cases.list(
                for: house.session(person),
                request: house.deployment.newRequest()
            )
            #expect(list.map(\.id) == [receipt.id])
        }
        let hidden = try await house.deployment.cases.list(
            for: house.session(.colleague),
            request: house.deployment.newRequest()
        )
        #expect(hidden.isEmpty)
        let (twice, _) = try await house.refused {
            try await $0.readers.restrict(
                receipt.id,
                to: [],
                at: after.version,
                by: house.confirmed(.worker),
                request: $1,
                once: house.once()
            )
        }
        #expect(twice == .wrongState(code: "restricted"))
    }

    @Test func `a reader comes without new keys and goes with them`() async throws {
        let house = try await House.founded()
        let receipt = try await restrict(house.openedCase(), to: [], in: house)
        let outsider = try house.session(.outsider)
        #expect(throws: CaseworkError.notFound) { try opens(receipt.id, outsider, house) }
        let more = try await house.deployment.readers.add(
            house.staff(.outsider),
            to: receipt.id,
            at: receipt.version,
            by: house.confirmed(.worker),
            request: house.deployment.newRequest(),
            once: house.once()
        )
        let held = try opens(receipt.id, outsider, house)
        #expect(held.row.epoch == 2)
        let desk = CaseReaders(office: house.deployment.office)
        let kept = try #require(try house.stored(.caseGrant, desk.grantID(receipt.id, house.staff(.outsider))))
        _ = try await house.deployment.readers.remove(
            house.staff(.outsider),
            from: receipt.id,
            at: more.version,
            by: house.confirmed(.worker),
            request: house.deployment.newRequest(),
            once: house.once()
        )
        #expect(throws: CaseworkError.notFound) { try opens(receipt.id, outsider, house) }
        // The grant that was taken away, put back, is of keys that the case has no more.
        try house.plant(kept)
        #expect(throws: CaseworkError.damaged(code: "case_grant")) { try opens(receipt.id, outsider, house) }
        for person in Self.readers {
            #expect(try opens(receipt.id, house.session(person), house).row.epoch == 3)
        }
    }

    @Test func `a reader is not taken out who is oneself, no reader, or the only one it is assigned to`() async throws {
        let house = try await House.founded()
        let receipt = try await restrict(house.openedCase(), to: [], in: house)
        for (person, by) in [(House.Person.worker, House.Person.worker), (.colleague, .worker), (.worker, .supervisor)]
        {
            let (error, _) = try await house.refused {
                try await $0.readers.remove(
                    house.staff(person),
                    from: receipt.id,
                    at: receipt.version,
                    by: house.confirmed(by),
                    request: $1,
                    once: house.once()
                )
            }
            #expect(error?.code == "invalid", "\(person) by \(by)")
        }
    }

    @Test func `whom she keeps out and people of another agency are given nothing`() async throws {
        let house = try await House.founded()
        let receipt = try await lockOut([.colleague], from: house.openedCase(), in: house)
        for person in [House.Person.colleague, .intake] {
            let (error, _) = try await house.refused {
                try await $0.readers.add(
                    house.staff(person),
                    to: receipt.id,
                    at: receipt.version,
                    by: house.confirmed(.worker),
                    request: $1,
                    once: house.once()
                )
            }
            #expect(error?.code == "invalid")
            #expect(throws: CaseworkError.notFound) { try opens(receipt.id, house.session(person), house) }
        }
    }

    @Test func `a session that was left open restricts nothing and gives a case to nobody`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (error, _) = try await house.refused {
            try await $0.readers.restrict(
                receipt.id,
                to: [],
                at: receipt.version,
                by: house.session(.worker),
                request: $1,
                once: house.once()
            )
        }
        #expect(error == .confirmationNeeded)
        let restricted = try await restrict(receipt, to: [], in: house)
        let (adding, _) = try await house.refused {
            try await $0.readers.add(
                house.staff(.outsider),
                to: receipt.id,
                at: restricted.version,
                by: house.session(.worker),
                request: $1,
                once: house.once()
            )
        }
        #expect(adding == .confirmationNeeded)
    }

    // MARK: - Whose case it is

    @Test func `a supervisor gives a case to another of the team, and to nobody who cannot open it`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        func assign(_ people: [House.Person], at version: Int, by person: House.Person = .supervisor) async throws
            -> CaseworkError?
        {
            do {
                _ = try await house.deployment.readers.assign(
                    receipt.id,
                    to: people.map { try house.staff($0) },
                    at: version,
                    by: house.session(person),
                    request: house.deployment.newRequest(),
                    once: house.once()
                )
                return nil
            } catch let error as CaseworkError {
                return error
            }
        }
        #expect(try await assign([.outsider], at: receipt.version)?.code == "invalid")
        #expect(try await assign([], at: receipt.version)?.code == "invalid")
        #expect(try await assign([.colleague], at: receipt.version, by: .worker) == .refused(code: "wrong_role"))
        #expect(try await assign([.colleague], at: receipt.version) == nil)
        let need = try house.need()
        let (_, entry) = try await house.one {
            try await $0.cases.record(
                need,
                in: receipt.id,
                at: receipt.version + 1,
                by: house.session(.colleague),
                request: $1,
                once: house.once()
            )
        }
        #expect(entry.sentence == "colleague need.record case permitted need.record:assigned assigned case_management")
        // Restricted, it goes to readers only.
        let restricted = try await house.deployment.readers.restrict(
            receipt.id,
            to: [],
            at: receipt.version + 2,
            by: house.confirmed(.colleague),
            request: house.deployment.newRequest(),
            once: house.once()
        )
        #expect(try await assign([.worker], at: restricted.version)?.code == "invalid")
        #expect(try await assign([.supervisor, .colleague], at: restricted.version) == nil)
    }
}
