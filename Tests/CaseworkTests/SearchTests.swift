import Audit
import Care
import Directory
import Foundation
import Sealing
import Store
import Testing

@testable import Casework

/// Search before create, by whole values on sealed names (SECURITY section 10, rows 9 and 11).
@Suite struct SearchTests {
    private func search(
        _ sought: SearchDesk.Sought,
        by person: House.Person = .worker,
        in house: House
    ) async throws -> SearchDesk.Matches {
        try await house.deployment.search.cases(
            sought,
            by: house.session(person),
            request: house.deployment.newRequest()
        )
    }

    @Test func `a case is found by name, alias, telephone and paper, and who may read it is told which`() async throws {
        let house = try await House.founded()
        let opening = CaseOpening(
            team: house.founded.team,
            identity: try Survivor(
                currentCountry: Invented.country("LK"),
                name: "Éloïse d’Exemple",
                alias: "Wren",
                identityNumber: "X-12 345/6"
            ),
            contact: try SafeContact(
                permission: .allowed,
                addresses: [
                    SafeContact.Address(channel: .call, value: "0701 555 0164"),
                    SafeContact.Address(channel: .messenger, value: "+1 (202) 555-0199"),
                ]
            ),
            conflicts: try ConflictFacts(),
            intake: try Intake(firstContactAt: house.clock.now),
            needs: []
        )
        let receipt = try await house.openedCase(opening)
        let lk = try Invented.country("LK")
        let sought: [(SearchDesk.Sought, [SearchDesk.Found])] = [
            (.init(name: "d'exemple ELOISE"), [.name]),
            (.init(name: "wren"), [.name]),
            (.init(alias: "WREN"), [.alias]),
            (.init(phone: "+94 701 555 0164"), [.phone]),
            (.init(phone: "0094701-5550164"), [.phone]),
            (.init(phone: "0701 5550164", country: lk), [.phone]),
            (.init(phone: "٠٧٠١٥٥٥٠١٦٤", country: lk), [.phone]),
            (.init(phone: "+12025550199"), [.phone]),
            (.init(identityNumber: "x123456"), [.identityNumber]),
            (.init(name: "Wren", alias: "Nobody", phone: "+12025550199"), [.name, .phone]),
        ]
        for (sought, found) in sought {
            let matches = try await search(sought, in: house)
            #expect(matches.cases == [.init(id: receipt.id, team: house.founded.team, found: found)])
            #expect(matches.ask.isEmpty)
        }
        for sought in [
            SearchDesk.Sought(name: "Eloise"), .init(name: "Exemple"), .init(phone: "+94 701 555 0165"),
            .init(identityNumber: "X12345"), .init(alias: "Wrens"),
        ] {
            #expect(try await search(sought, in: house) == .init(cases: [], ask: [], isCut: false))
        }
    }

    @Test(arguments: [House.Person.outsider, .helpline, .focalPoint])
    func `whoever may not read it learns at most which team to ask`(person: House.Person) async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        _ = try await house.openedCase(called: "another")
        let (matches, entry) = try await house.one {
            try await $0.search.cases(.init(name: Invented.name), by: house.session(person), request: $1)
        }
        #expect(matches.cases.isEmpty)
        #expect(matches.ask == [.init(team: house.founded.team, name: "Team")])
        #expect(entry.entry.handles.contains(receipt.id.text))
        #expect(entry.entry.count == 2)
    }

    @Test(arguments: [House.Person.intake, .auditor, .administrator, .secretariat])
    func `others do not search`(person: House.Person) async throws {
        let house = try await House.founded()
        _ = try await house.openedCase()
        let (error, _) = try await house.refused {
            try await $0.search.cases(.init(name: Invented.name), by: house.session(person), request: $1)
        }
        #expect(error == .refused(code: "wrong_role"))
    }

    @Test func `an agency finds nothing of another's`() async throws {
        let house = try await House.founded()
        _ = try await house.openedCase()
        // Somebody of the other agency, given a role that may search.
        let intake = try house.staff(.intake)
        let stored = try #require(try house.stored(.account, intake.bytes))
        var account = try house.deployment.office.rows.open(Account.self, stored)
        account.roles = [.caseworker]
        let row = try house.deployment.office.rows.row(
            account,
            .account,
            id: stored.id,
            index: stored.index,
            version: stored.version + 1
        )
        try house.store.write { try $0.put(row, expecting: stored.version) }
        #expect(
            try await search(.init(name: Invented.name, phone: Invented.phone), by: .intake, in: house).cases.isEmpty
        )
        #expect(try await search(.init(name: Invented.name), by: .intake, in: house).ask.isEmpty)
        #expect(try await search(.init(name: Invented.name), in: house).cases.count == 1)
    }

    @Test func `somebody whom she asked to keep out is answered and recorded as if nothing were there`() async throws {
        let house = try await House.founded()
        let empty = try await House.founded()
        _ = try await house.openedCase(
            house.opening(conflicts: ConflictFacts(avoidedStaff: [house.staff(.colleague), house.staff(.outsider)]))
        )
        for person in [House.Person.colleague, .outsider] {
            let sought = SearchDesk.Sought(name: Invented.name, alias: Invented.alias, phone: Invented.phone)
            let (here, entry) = try await house.one {
                try await $0.search.cases(sought, by: house.session(person), request: $1)
            }
            let (there, control) = try await empty.one {
                try await $0.search.cases(sought, by: empty.session(person), request: $1)
            }
            #expect(here == there)
            #expect(here == .init(cases: [], ask: [], isCut: false))
            #expect(entry.sentence == control.sentence)
            #expect(
                entry.sentence
                    == "\(person.rawValue) case.search - permitted case.search:caseworker none case_management count=0"
            )
        }
        #expect(try await search(.init(name: Invented.name), in: house).cases.count == 1)
    }

    @Test func `an intake is found before it is folded in`() async throws {
        let house = try await House.founded()
        let id = try await house.filedIntake()
        #expect(try await search(.init(phone: Invented.phone), in: house).cases.map(\.id) == [id])
        let asked = try await search(.init(alias: Invented.alias), by: .helpline, in: house)
        #expect(asked.cases.isEmpty)
        #expect(asked.ask.map(\.team) == [house.founded.team])
    }

    @Test func `a value that holds nothing to search for is named and not repeated`() async throws {
        let house = try await House.founded()
        for (sought, field) in [
            (SearchDesk.Sought(), ""), (.init(name: "--- ..."), "/name"), (.init(phone: "077 123 4567"), "/phone"),
            (.init(phone: "call me"), "/phone"), (.init(phone: "+999 555 0100"), "/phone"),
            (.init(identityNumber: "/-"), "/identity_number"),
        ] {
            let (error, entry) = try await house.refused {
                try await $0.search.cases(sought, by: house.session(.worker), request: $1)
            }
            guard case .invalid(field, let what) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(!what.contains("123 4567"))
            #expect(entry.entry.rule == "invalid")
        }
    }

    // MARK: - How often

    @Test func `twenty searches an hour, then a refusal that says how long`() async throws {
        let house = try await House.founded()
        for _ in 0..<20 {
            _ = try await search(.init(alias: "nobody"), in: house)
            house.clock.advance(seconds: 60)
        }
        let (error, entry) = try await house.refused {
            try await $0.search.cases(.init(alias: "nobody"), by: house.session(.worker), request: $1)
        }
        #expect(error == .tooMany(retryAfterSeconds: 2400))
        #expect(entry.entry.outcome == .denied)
        #expect(entry.entry.rule == "too_many")
        // Another person's hour is their own, and the first search's hour ends.
        _ = try await search(.init(alias: "nobody"), by: .colleague, in: house)
        house.clock.advance(seconds: 2399)
        await #expect(throws: CaseworkError.tooMany(retryAfterSeconds: 1)) {
            try await search(.init(alias: "nobody"), in: house)
        }
        house.clock.advance(seconds: 1)
        _ = try await search(.init(alias: "nobody"), in: house)
        await #expect(throws: CaseworkError.self) { try await search(.init(alias: "nobody"), in: house) }
    }

    // MARK: - Kept true

    @Test func `a name or number that changes is found by the new value and no longer by the old one`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let made = try await CaseChange(office: house.deployment.office).make(
            .recordNeed,
            in: receipt.id,
            at: receipt.version,
            purpose: .caseManagement,
            by: house.session(.worker),
            request: house.deployment.newRequest(),
            once: house.once(),
            writing: [.identity, .contact]
        ) { book throws(CaseworkError) in
            try care { () throws(CareError) in
                book.file = CaseFile(
                    id: book.id,
                    identity: try Survivor(currentCountry: book.file.identity.currentCountry, name: "Another Name"),
                    contact: try SafeContact(
                        permission: .allowed,
                        addresses: [
                            SafeContact.Address(channel: .call, value: "+1 202 555 0111"),
                            SafeContact.Address(channel: .text, value: "+1 202 555 0112"),
                        ]
                    ),
                    conflicts: book.file.conflicts,
                    content: book.file.content
                )
            }
            return CaseChange.Made(ids: [])
        }
        #expect(made.version == 2)
        for sought in [
            SearchDesk.Sought(name: Invented.name), .init(alias: Invented.alias), .init(phone: Invented.phone),
        ] {
            #expect(try await search(sought, in: house).cases.isEmpty)
        }
        for sought in [
            SearchDesk.Sought(name: "another name"), .init(phone: "+12025550111"), .init(phone: "+12025550112"),
        ] {
            #expect(try await search(sought, in: house).cases.map(\.id) == [receipt.id])
        }
        #expect(try house.store.read { try $0.count(.indexToken) } == 3)
    }

    // MARK: - Somebody who can write to the database

    @Test func `an index row that is moved, changed, put back or made up is refused with the search that meets it`()
        async throws
    {
        let house = try await House.founded()
        let office = house.deployment.office
        let one = try await house.openedCase(called: "one")
        let two = try await house.openedCase(
            house.opening(team: house.founded.otherTeam, age: 30, conflicts: ConflictFacts(), needs: []),
            by: .outsider,
            called: "two"
        )
        let index = CaseIndex(office: office)
        let first = try #require(
            try house.store.read { try index.rows(of: one.id, in: $0) }.first { $0.place.field == .name }
        )
        let second = try #require(
            try house.store.read { try index.rows(of: two.id, in: $0) }.first { $0.place.field == .name }
        )
        let sought = SearchDesk.Sought(name: Invented.name)
        func expectRefused(_ what: String) async throws {
            let (error, entry) = try await house.refused {
                try await $0.search.cases(sought, by: house.session(.worker), request: $1)
            }
            #expect(error == .damaged(code: "index_row"), "\(what)")
            #expect(entry.entry.outcome == .failed, "\(what)")
            #expect(entry.entry.handles.isEmpty, "\(what)")
        }
        #expect(try await search(sought, in: house).cases.map(\.id) == [one.id])
        // One's token in the other's row.
        func plant(_ sealed: [UInt8], over row: StoredRow) throws {
            try house.plant(
                StoredRow(kind: row.kind, id: row.id, index: row.index, version: row.version, sealed: sealed)
            )
        }
        try plant(first.row.sealed, over: second.row)
        try await expectRefused("moved")
        // The same value sealed once more by somebody who has the pepper: the case's own row says another digest.
        let keyID = try office.rows.blind(.indexKey, house.founded.home.bytes, [IndexedField.name.rawValue])
        let key = try IndexKey.open(
            #require(try house.stored(.indexKey, keyID)).sealed,
            under: office.rows.keys.routing,
            agency: house.founded.home.bytes,
            field: .name,
            version: 1
        )
        let value = try key.look(for: #require(IndexedText.name(Invented.name)))
        let routing = office.rows.keys.routing
        // It must be met by the search, so it lies in the value's own bucket.
        let met = StoredRow(
            kind: .indexToken,
            id: second.row.id,
            index: first.row.index,
            version: second.row.version,
            sealed: second.row.sealed
        )
        try plant(value.seal(for: two.id.bytes, row: met.id, under: routing), over: met)
        try await expectRefused("made up")
        // For a case that does not exist.
        try plant(value.seal(for: [UInt8](repeating: 9, count: 16), row: met.id, under: routing), over: met)
        try await expectRefused("of no case")
        try house.plant(second.row)
        // Changed bytes.
        var changed = first.row.sealed
        changed[changed.count - 1] ^= 1
        try plant(changed, over: first.row)
        try await expectRefused("changed")
        try house.plant(first.row)
        #expect(try await search(sought, in: house).cases.map(\.id) == [one.id])
    }

    @Test func `an old index row that is put back after a change is refused`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let index = CaseIndex(office: house.deployment.office)
        let old = try house.store.read { try index.rows(of: receipt.id, in: $0) }.map(\.row)
        _ = try await CaseChange(office: house.deployment.office).make(
            .recordNeed,
            in: receipt.id,
            at: receipt.version,
            purpose: .caseManagement,
            by: house.session(.worker),
            request: house.deployment.newRequest(),
            once: house.once(),
            writing: [.identity]
        ) { book throws(CaseworkError) in
            try care { () throws(CareError) in
                book.file = CaseFile(
                    id: book.id,
                    identity: try Survivor(currentCountry: book.file.identity.currentCountry, name: "Another Name"),
                    contact: book.file.contact,
                    conflicts: book.file.conflicts,
                    content: book.file.content
                )
            }
            return CaseChange.Made(ids: [])
        }
        for row in old {
            let now = try house.stored(.indexToken, row.id)
            try house.plant(row)
            // At the version of the new one, too: the column is not sealed.
            if let now {
                try house.plant(
                    StoredRow(kind: row.kind, id: row.id, index: row.index, version: now.version, sealed: row.sealed)
                )
            }
        }
        await #expect(throws: CaseworkError.damaged(code: "index_row")) {
            try await search(.init(name: Invented.name), in: house)
        }
    }

    // MARK: - Texts

    @Test func `words are found in any script and case, in the cases that one may read alone`() async throws {
        let house = try await House.founded()
        let own = try await house.openedCase()
        _ = try await house.openedCase(
            house.opening(team: house.founded.otherTeam),
            by: .outsider,
            called: "other"
        )
        _ = try await house.openedCase(
            house.opening(conflicts: ConflictFacts(avoidedStaff: [house.staff(.colleague)])),
            called: "kept"
        )
        let waiting = try await house.filedIntake(called: "waiting")
        let note = try await house.droppedNote(in: own.id)
        _ = try await house.foldIn(own.id)
        #expect(note.text.hasPrefix("w"))
        func places(_ words: String, _ person: House.Person = .colleague) async throws -> [SearchDesk.TextMatch] {
            try await house.deployment.search.texts(
                words,
                after: nil,
                by: house.session(person),
                request: house.deployment.newRequest()
            ).cases
        }
        for (words, place) in [
            ("GINÁSIO", SearchDesk.Place.notes), ("gina\u{0301}sio", .notes), ("ligou OUTRA", .notes),
            ("අමාලි", .name), ("wren-of", .alias), ("คลองสมมติ", .area), ("БИБЛИОТЕКА", .safeContact),
            ("سنونو", .safeContact), ("PUBLISH the", .needs), ("ｗｒｅｎ", .alias),
        ] {
            #expect(try await places(words) == [.init(id: own.id, places: [place])], "\(place)")
        }
        #expect(try await places("words that nobody wrote").isEmpty)
        #expect(try await places("GINÁSIO", .worker).count == 2)
        let (page, entry) = try await house.one {
            try await $0.search.texts("ginásio", after: nil, by: house.session(.colleague), request: $1)
        }
        #expect(page.opened == 1)
        #expect(page.passedOver == [waiting])
        #expect(page.next == nil)
        #expect(
            entry.sentence
                == "colleague case.search_texts - permitted case.search_texts:caseworker none case_management "
                + "count=1 handles=case"
        )
    }

    @Test func `a search in many cases opens fifty at a time, each in an entry`() async throws {
        let house = try await House.founded()
        var opened: Set<CaseID> = []
        for number in 0..<53 {
            let opening = CaseOpening(
                team: house.founded.team,
                identity: try Survivor(currentCountry: Invented.country("LK"), area: Invented.area),
                contact: try SafeContact(),
                conflicts: try ConflictFacts(),
                intake: try Intake(firstContactAt: house.clock.now),
                needs: []
            )
            opened.insert(try await house.openedCase(opening, called: "case\(number)").id)
        }
        let size = try house.logSize
        var found: Set<CaseID> = []
        var after: CaseID?
        repeat {
            let page = try await house.deployment.search.texts(
                Invented.area,
                after: after,
                by: house.session(.worker),
                request: house.deployment.newRequest()
            )
            #expect(page.opened <= 50)
            found.formUnion(page.cases.map(\.id))
            after = page.next
        } while after != nil
        #expect(found == opened)
        let entries = try house.entries(from: size)
        #expect(entries.map(\.count) == [50, 3])
        #expect(Set(entries.flatMap(\.handles)) == Set(opened.map(\.text)))
    }

    @Test(arguments: ["", " ", "a", "\u{200D}\u{200D}", String(repeating: "a", count: 101)])
    func `words that are too short or too long are refused`(words: String) async throws {
        let house = try await House.founded()
        let (error, _) = try await house.refused {
            try await $0.search.texts(words, after: nil, by: house.session(.worker), request: $1)
        }
        #expect(error == .invalid(field: "/words", what: "write 2 to 100 characters"))
    }

    @Test func `pages of searches in texts are counted too`() async throws {
        let house = try await House.founded()
        for _ in 0..<60 {
            _ = try await house.deployment.search.texts(
                "words",
                after: nil,
                by: house.session(.worker),
                request: house.deployment.newRequest()
            )
        }
        let (error, _) = try await house.refused {
            try await $0.search.texts("words", after: nil, by: house.session(.worker), request: $1)
        }
        #expect(error == .tooMany(retryAfterSeconds: 3600))
        // Apart from searches by value.
        _ = try await search(.init(alias: "nobody"), in: house)
    }
}
