import Audit
import Care
import Directory
import Foundation
import Sealing
import Store
import Testing

@testable import Casework

/// What opens is decided by keys: here the access policy is not asked, and somebody writes to the database directly.
@Suite struct KeysDecideTests {
    private func shelf(_ house: House) -> CaseShelf { CaseShelf(office: house.deployment.office) }

    @Test(arguments: [House.Person.outsider, .helpline, .auditor, .administrator, .intake])
    func `somebody outside the team has no key to its cases`(person: House.Person) async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        #expect(throws: CaseworkError.notFound) { try shelf(house).open(receipt.id, for: house.session(person)) }
        _ = try shelf(house).open(receipt.id, for: house.session(.worker))
    }

    @Test func `another team's key does not open the secrets of a case`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let office = house.deployment.office
        let other = try office.keys(of: house.founded.otherTeam, for: house.session(.outsider))
        let own = try office.keys(of: house.founded.team, for: house.session(.worker))
        let secrets = try #require(try house.stored(.caseSecrets, receipt.id.bytes))
        let row = try #require(try office.read { try shelf(house).row(receipt.id, in: $0) }).row
        #expect(throws: SealingError.self) {
            try CaseSecretWrap.open(secrets.sealed, at: row.secretsPlace(receipt.id), with: other)
        }
        _ = try CaseSecretWrap.open(secrets.sealed, at: row.secretsPlace(receipt.id), with: own)
    }

    @Test func `the server's own keys without a person's open no sheet`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let rows = house.deployment.office.rows
        for kind in [RowKind.caseIdentity, .caseContact, .caseConflicts, .caseContent, .caseSecrets] {
            let row = try #require(try house.stored(kind, receipt.id.bytes))
            #expect(throws: CaseworkError.damaged(code: "routing_row")) { try rows.open(Survivor.self, row) }
        }
    }

    @Test func `without the pepper not even the routing rows open`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let other = ServerRows(keys: try House.keys([UInt8](repeating: 5, count: 32)))
        let row = try #require(try house.stored(.caseRouting, receipt.id.bytes))
        #expect(throws: CaseworkError.damaged(code: "routing_row")) { try other.open(CaseRow.self, row) }
        _ = try house.deployment.office.rows.open(CaseRow.self, row)
    }

    @Test func `a case whose erase secret is gone is gone`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        // The same store and keys with an empty vault.
        let deployment = try House.open(
            house.store,
            nil,
            house.template.pepper,
            house.template.logSeed,
            house.directory,
            house.clock
        )
        #expect(throws: CaseworkError.notFound) {
            try CaseShelf(office: deployment.office).open(receipt.id, for: house.session(.worker))
        }
    }

    // MARK: - Sheets

    @Test(arguments: [RowKind.caseIdentity, .caseContact, .caseConflicts, .caseContent, .caseSecrets])
    func `a sheet that is moved to another case does not open there`(kind: RowKind) async throws {
        let house = try await House.founded()
        let one = try await house.openedCase(called: "one")
        let two = try await house.openedCase(called: "two")
        let moved = try #require(try house.stored(kind, one.id.bytes))
        try house.plant(StoredRow(kind: kind, id: two.id.bytes, version: moved.version, sealed: moved.sealed))
        #expect(throws: CaseworkError.damaged(code: kind == .caseSecrets ? "case_secrets" : "case_sheet")) {
            try shelf(house).open(two.id, for: house.session(.worker))
        }
        let (error, entry) = try await house.refused {
            try await $0.matches.matches(
                for: #require(two.needs.first).id,
                in: two.id,
                by: house.session(.worker),
                request: $1
            )
        }
        #expect(error == .damaged(code: kind == .caseSecrets ? "case_secrets" : "case_sheet"))
        #expect(entry.entry.outcome == .failed)
        _ = try shelf(house).open(one.id, for: house.session(.worker))
    }

    @Test func `a sheet does not open as another sheet`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let contact = try #require(try house.stored(.caseContact, receipt.id.bytes))
        try house.plant(
            StoredRow(kind: .caseIdentity, id: receipt.id.bytes, version: contact.version, sealed: contact.sealed)
        )
        #expect(throws: CaseworkError.damaged(code: "case_sheet")) {
            try shelf(house).open(receipt.id, for: house.session(.worker))
        }
    }

    @Test func `an old version of a sheet does not come back`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let old = try #require(try house.stored(.caseConflicts, receipt.id.bytes))
        // She names whom to keep away; somebody puts the sheet from before back.
        try await house.change(receipt.id) { book in
            book.file.conflicts = try ConflictFacts(avoidedOrganizations: [Invented.lantern])
        }
        let new = try #require(try house.stored(.caseConflicts, receipt.id.bytes))
        #expect(new.version == old.version + 1)
        for version in [old.version, new.version] {
            try house.plant(StoredRow(kind: .caseConflicts, id: old.id, version: version, sealed: old.sealed))
            #expect(throws: CaseworkError.damaged(code: "case_sheet")) {
                try shelf(house).open(receipt.id, for: house.session(.worker))
            }
        }
        try house.plant(new)
        _ = try shelf(house).open(receipt.id, for: house.session(.worker))
    }

    @Test func `a withdrawn consent does not come back to life`() async throws {
        let house = try await House.founded()
        let sent = try await house.sentReferral()
        let live = try #require(try house.stored(.consent, sent.consent.bytes))
        _ = try await house.deployment.consents.withdraw(
            sent.consent,
            in: sent.id,
            by: house.session(.worker),
            request: house.deployment.newRequest()
        )
        try house.plant(live)
        #expect(throws: CaseworkError.damaged(code: "case_sheet")) {
            try shelf(house).open(sent.id, for: house.session(.worker))
        }
        let (error, entry) = try await house.refused { deployment, request in
            try await deployment.referrals.file(
                house.filing(sent.receipt, sent.consent),
                in: sent.id,
                at: sent.version + 1,
                by: house.session(.worker),
                request: request,
                once: house.once()
            )
        }
        #expect(error == .damaged(code: "case_sheet"))
        #expect(entry.sentence == "worker referral.file case failed damaged.case_sheet assigned referral")
    }

    @Test func `a consent that is taken out of the database is missed`() async throws {
        let house = try await House.founded()
        let sent = try await house.sentReferral()
        try house.store.write { try $0.delete(.consent, id: sent.consent.bytes) }
        #expect(throws: CaseworkError.damaged(code: "case_sheet")) {
            try shelf(house).open(sent.id, for: house.session(.worker))
        }
        // And what rests on it stops all the same.
        let (_, entry) = try await house.one { deployment, request in
            try await deployment.consents.withdraw(
                sent.consent,
                in: sent.id,
                by: house.session(.worker),
                request: request
            )
        }
        #expect(
            entry.sentence
                == "worker consent.withdraw case permitted consent.withdraw:assigned assigned case_management "
                + "count=1 handles=referral consent=consent"
        )
        #expect(try !house.hasPacket(sent.referral))
    }

    @Test func `a case that is put into another team's list is not shown there`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let row = try #require(try house.stored(.caseRouting, receipt.id.bytes))
        let other = try house.deployment.office.rows.blind(.casesOfTeam, house.founded.otherTeam.bytes)
        try house.plant(
            StoredRow(kind: row.kind, id: row.id, owner: other, version: row.version, sealed: row.sealed)
        )
        let (cases, entry) = try await house.one { try await $0.cases.list(for: house.session(.outsider), request: $1) }
        #expect(cases.isEmpty)
        #expect(
            entry.sentence == "outsider case.list - permitted case.list:caseworker none case_management count=0"
        )
    }

    @Test func `a referral that is put into another desk's inbox is not shown there`() async throws {
        let house = try await House.founded()
        let sent = try await house.sentReferral()
        let row = try #require(try house.stored(.referralRouting, sent.referral.bytes))
        let other = try house.deployment.office.rows.blind(.inboxOfDesk, house.founded.otherDesk.bytes)
        try house.plant(
            StoredRow(
                kind: row.kind,
                id: row.id,
                owner: other,
                index: row.index,
                version: row.version,
                sealed: row.sealed
            )
        )
        let (inbox, _) = try await house.one {
            try await $0.intake.list(.inbox, for: house.session(.otherIntake), request: $1)
        }
        #expect(inbox.isEmpty)
    }

    // MARK: - Bindings and grants

    /// What an attacker may put in the place of a team's binding, all of them well formed.
    enum Binding: String, CaseIterable, Sendable {
        case ofAnotherTeam, byAnotherAgency, ofAnotherRoot
    }

    @Test(arguments: Binding.allCases)
    func `a desk whose binding was swapped gets no packet`(binding: Binding) async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (consent, version) = try await house.recordedConsent(in: receipt)
        let desk = house.founded.desk
        let box = try TeamKey.random(id: desk.bytes, epoch: 1).dropBox.publicKey
        let swapped: [UInt8]
        switch binding {
        case .ofAnotherTeam:
            swapped = try #require(try house.stored(.binding, house.founded.otherDesk.bytes)).sealed
        case .byAnotherAgency:
            // An agency of the same deployment speaks for a team that is not its own.
            swapped = try KeyBinding.team(
                desk.bytes,
                epoch: 1,
                sealingKey: box,
                agency: house.founded.home.bytes,
                signedBy: SigningKey.random()
            ).bytes
        case .ofAnotherRoot:
            let key = try SigningKey.random()
            swapped = try KeyBinding.team(
                desk.bytes,
                epoch: 1,
                sealingKey: box,
                agency: house.founded.away.bytes,
                signedBy: key
            ).bytes
            try house.plant(
                StoredRow(
                    kind: .binding,
                    id: house.founded.away.bytes,
                    version: 1,
                    sealed: KeyBinding.agency(
                        house.founded.away.bytes,
                        epoch: 1,
                        key: key.verifyingKey,
                        signedBy: SigningKey.random()
                    ).bytes
                )
            )
        }
        try house.plant(StoredRow(kind: .binding, id: desk.bytes, version: 1, sealed: swapped))
        let (error, entry) = try await house.refused { deployment, request in
            try await deployment.referrals.file(
                house.filing(receipt, consent),
                in: receipt.id,
                at: version,
                by: house.session(.worker),
                request: request,
                once: house.once()
            )
        }
        #expect(error == .damaged(code: "binding"))
        #expect(entry.sentence == "worker referral.file case failed damaged.binding assigned referral")
        #expect(try house.store.read { try $0.count(.packet) } == 0)
    }

    @Test func `a packet whose sender's binding was swapped does not open`() async throws {
        let house = try await House.founded()
        let sent = try await house.acceptedReferral()
        let other = try #require(try house.stored(.binding, house.staff(.colleague).bytes))
        try house.plant(
            StoredRow(kind: .binding, id: house.staff(.worker).bytes, version: 1, sealed: other.sealed)
        )
        await #expect(throws: CaseworkError.damaged(code: "binding")) {
            try await house.deployment.intake.packet(
                of: sent.referral,
                by: house.session(.intake),
                request: house.deployment.newRequest()
            )
        }
    }

    @Test func `a packet of one referral does not open under another, nor with another desk's key`() async throws {
        let house = try await House.founded()
        let one = try await house.acceptedReferral()
        let two = try await house.acceptedReferral()
        let office = house.deployment.office
        let packet = try #require(try house.stored(.packet, one.referral.bytes))
        let row = try #require(try house.stored(.referralRouting, one.referral.bytes))
        let referral = try office.rows.open(ReferralRow.self, row)
        let author = try office.trustedPerson(
            house.staff(.worker),
            of: house.founded.home,
            for: house.session(.otherIntake)
        )
        let other = try office.keys(of: house.founded.otherDesk, for: house.session(.otherIntake))
        #expect(throws: SealingError.self) {
            try SealedPacket(bytes: packet.sealed).open(
                terms: referral.packetTerms,
                with: other,
                writtenBy: author,
                at: house.clock.now
            )
        }
        try house.plant(StoredRow(kind: .packet, id: two.referral.bytes, version: 1, sealed: packet.sealed))
        await #expect(throws: CaseworkError.damaged(code: "packet")) {
            try await house.deployment.intake.packet(
                of: two.referral,
                by: house.session(.intake),
                request: house.deployment.newRequest()
            )
        }
    }

    @Test(arguments: [House.Person.outsider, .intake, .colleague])
    func `a team key that somebody made up and signed is not taken for the team's`(granter: House.Person) async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let office = house.deployment.office
        let worker = try house.staff(.worker)
        let attacker = try house.session(granter)
        let expires = house.clock.now.addingTimeInterval(86_400)
        // The attacker knows this key, and would read every case that is opened under it.
        let planted = try TeamKey.random(id: house.founded.team.bytes, epoch: 1)
        let grant = try TeamSecretWrap.seal(
            planted,
            to: office.trustedPerson(worker, of: house.founded.home, for: attacker),
            by: attacker.keyring,
            expires: expires
        )
        try house.plant(
            office.rows.row(
                TeamGrantRecord(
                    team: house.founded.team,
                    agency: house.founded.home,
                    epoch: 1,
                    granter: house.staff(granter),
                    granterAgency: granter == .intake ? house.founded.away : house.founded.home,
                    expiresAtSeconds: Int64(expires.timeIntervalSince1970),
                    grant: grant.bytes
                ),
                .teamGrant,
                id: office.rows.blind(.teamGrant, worker.bytes, house.founded.team.bytes)
            )
        )
        #expect(throws: CaseworkError.damaged(code: "team_grant")) {
            try shelf(house).open(receipt.id, for: house.session(.worker))
        }
        let (error, entry) = try await house.refused { deployment, request in
            try await deployment.cases.open(
                house.opening(),
                by: house.session(.worker),
                request: request,
                once: house.once()
            )
        }
        #expect(error == .damaged(code: "team_grant"))
        #expect(entry.sentence == "worker case.open team failed damaged.team_grant same_team case_management")
        #expect(try house.store.read { try $0.count(.caseRouting) } == 1)
    }

    @Test func `a grant to a colleague opens for the colleague alone, and not after its end`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let office = house.deployment.office
        let id = try office.rows.blind(.teamGrant, house.staff(.worker).bytes, house.founded.team.bytes)
        let grant = try office.rows.open(TeamGrantRecord.self, #require(try house.stored(.teamGrant, id)))
        try house.plant(
            office.rows.row(
                grant,
                .teamGrant,
                id: office.rows.blind(.teamGrant, house.staff(.outsider).bytes, house.founded.team.bytes)
            )
        )
        #expect(throws: CaseworkError.damaged(code: "team_grant")) {
            try shelf(house).open(receipt.id, for: house.session(.outsider))
        }
        house.clock.advance(days: 366)
        #expect(throws: CaseworkError.damaged(code: "team_grant")) {
            try shelf(house).open(receipt.id, for: house.session(.worker))
        }
    }

    @Test func `a grant that is taken away closes the cases at the next act, however lately the key was used`()
        async throws
    {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let office = house.deployment.office
        let id = try office.rows.blind(.teamGrant, house.staff(.worker).bytes, house.founded.team.bytes)
        _ = try shelf(house).open(receipt.id, for: house.session(.worker))
        try house.store.write { try $0.delete(.teamGrant, id: id) }
        #expect(throws: CaseworkError.notFound) { try shelf(house).open(receipt.id, for: house.session(.worker)) }
    }
}
