import Audit
import Care
import Foundation
import Sealing
import Store
import Testing

@testable import Casework

/// Members of a team come and go, and what they can open is decided by keys: where a case is opened here, no policy is asked.
@Suite struct TeamDeskTests {
    private func opens(_ id: CaseID, _ person: SignedIn, _ house: House) throws -> CaseBook {
        try CaseShelf(office: house.deployment.office).open(id, for: person)
    }

    // MARK: - Coming

    @Test func `whoever is invited for a standing team waits, opens nothing, and reads its cases once let in`()
        async throws
    {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let newcomer = try await house.newcomer(waitingFor: [house.founded.team])
        let before = try await house.deployment.teams.roster(
            of: house.founded.team,
            by: house.confirmed(.supervisor),
            request: house.deployment.newRequest()
        )
        #expect(before.waiting.map(\.staff) == [newcomer.worker.staff])
        #expect(before.members.filter(\.isLead).map(\.staff) == [try house.staff(.supervisor)])
        #expect(throws: CaseworkError.notFound) { try opens(receipt.id, newcomer, house) }
        let (early, entry) = try await house.refused {
            try await $0.cases.read(receipt.id, by: newcomer, request: $1)
        }
        #expect(early == .notFound)
        #expect(entry.sentence == "newcomer case.read case denied not_assigned none case_management")

        let (roster, added) = try await house.one {
            try await $0.teams.add(
                newcomer.worker.staff,
                to: house.founded.team,
                by: house.confirmed(.supervisor),
                request: $1
            )
        }
        #expect(roster.waiting.isEmpty)
        #expect(roster.members.map(\.staff).contains(newcomer.worker.staff))
        #expect(
            added.sentence
                == "supervisor member.add team permitted member.add:supervisor supervisor account_access handles=newcomer"
        )
        let reading = try await house.deployment.cases.read(
            receipt.id,
            by: newcomer,
            request: house.deployment.newRequest()
        )
        #expect(reading.file.identity.name == Invented.name)
    }

    @Test func `a member lets in whom the agency invited, and a supervisor alone lets in others`() async throws {
        let house = try await House.founded()
        let invited = try await house.newcomer(waitingFor: [house.founded.team])
        let outsider = try house.staff(.outsider)
        let (error, entry) = try await house.refused {
            try await $0.teams.add(outsider, to: house.founded.team, by: house.confirmed(.worker), request: $1)
        }
        #expect(error == .refused(code: "not_invited"))
        #expect(
            entry.sentence == "worker member.add team denied not_invited same_team account_access"
        )
        try await house.letIn(invited, by: .worker)
        let roster = try await house.deployment.teams.add(
            outsider,
            to: house.founded.team,
            by: house.confirmed(.supervisor),
            request: house.deployment.newRequest()
        )
        #expect(roster.members.map(\.staff).contains(outsider))
        // Twice is once.
        let again = try await house.deployment.teams.add(
            outsider,
            to: house.founded.team,
            by: house.confirmed(.supervisor),
            request: house.deployment.newRequest()
        )
        #expect(again.members.map(\.staff) == roster.members.map(\.staff))
    }

    @Test(arguments: [House.Person.outsider, .administrator, .intake, .helpline, .auditor])
    func `nobody outside a team lets anybody in, whatever their role`(person: House.Person) async throws {
        let house = try await House.founded()
        let newcomer = try await house.newcomer(waitingFor: [house.founded.team])
        let (error, entry) = try await house.refused {
            try await $0.teams.add(
                newcomer.worker.staff,
                to: house.founded.team,
                by: house.confirmed(person),
                request: $1
            )
        }
        #expect(error == .notFound || error == .refused(code: "wrong_role"))
        #expect(entry.entry.outcome == .denied)
        #expect(try house.store.read { try $0.count(.teamGrant) } == House.grants)
    }

    @Test func `people of another agency, of no account and with planted keys are not let in`() async throws {
        let house = try await House.founded()
        func add(_ staff: StaffID) async throws -> CaseworkError? {
            try await house.refused {
                try await $0.teams.add(staff, to: house.founded.team, by: house.confirmed(.supervisor), request: $1)
            }.error
        }
        let foreign = try await add(house.staff(.intake))
        #expect(foreign == .invalid(field: "/staff", what: "write the handle of somebody of the team's agency"))
        let nobody = try await add(#require(StaffID(bytes: [UInt8](repeating: 7, count: 16))))
        #expect(nobody?.code == "invalid")
        // Somebody with write access to the database puts a key of his in the place of the newcomer's.
        let newcomer = try await house.newcomer(waitingFor: [house.founded.team])
        let planted = try KeyBinding.person(
            newcomer.worker.staff.bytes,
            epoch: 1,
            verifyingKey: SigningKey.random().verifyingKey,
            sealingKey: SealingPrivateKey.random().publicKey,
            agency: house.founded.home.bytes,
            signedBy: SigningKey.random()
        )
        try house.plant(
            StoredRow(kind: .binding, id: newcomer.worker.staff.bytes, version: 1, sealed: planted.bytes)
        )
        #expect(try await add(newcomer.worker.staff) == .damaged(code: "binding"))
    }

    // MARK: - Going

    @Test func `who is taken out opens nothing from then on, and who stays opens everything all the time`() async throws
    {
        let house = try await House.founded()
        let office = house.deployment.office
        let old = try await house.openedCase()
        let newcomer = try await house.newcomer(waitingFor: [house.founded.team])
        try await house.letIn(newcomer)
        _ = try opens(old.id, newcomer, house)
        let grantID = try office.rows.blind(.teamGrant, newcomer.worker.staff.bytes, house.founded.team.bytes)
        let kept = try #require(try house.stored(.teamGrant, grantID))
        let oldSecrets = try #require(try house.stored(.caseSecrets, old.id.bytes))

        let (roster, entry) = try await house.one {
            try await $0.teams.remove(
                newcomer.worker.staff,
                from: house.founded.team,
                by: house.confirmed(.supervisor),
                request: $1
            )
        }
        #expect(
            entry.sentence
                == "supervisor member.remove team permitted member.remove:supervisor supervisor account_access handles=newcomer"
        )
        #expect(roster.epoch == 2)
        #expect(roster.resealing?.done == 0)
        #expect(!roster.members.map(\.staff).contains(newcomer.worker.staff))
        // The case is under the key that the newcomer had, and the newcomer has no grant of it.
        #expect(throws: CaseworkError.notFound) { try opens(old.id, newcomer, house) }
        for person in [House.Person.worker, .colleague, .supervisor, .focalPoint] {
            _ = try opens(old.id, try house.session(person), house)
        }
        let new = try await house.openedCase(called: "new")
        _ = try opens(new.id, try house.session(.colleague), house)

        let (done, sealed) = try await house.one {
            try await $0.teams.reseal(house.founded.team, by: house.confirmed(.worker), request: $1)
        }
        #expect(done.resealing == nil)
        #expect(
            sealed.sentence
                == "worker team.reseal team permitted team.reseal:caseworker same_team account_access count=1"
        )
        for id in [old.id, new.id] { _ = try opens(id, try house.session(.colleague), house) }
        #expect(try house.store.read { try $0.count(.earlierTeamGrant) } == 0)

        // Somebody with write access to the database gives the grant back: it is of a key that opens nothing any more.
        try house.plant(kept)
        for id in [old.id, new.id] {
            #expect(throws: CaseworkError.damaged(code: "team_grant")) { try opens(id, newcomer, house) }
        }
        // And the key itself, which the newcomer may have kept, opens what was sealed then and nothing that is stored now.
        let grant = try office.rows.open(TeamGrantRecord.self, kept)
        let key = try TeamSecretWrap.open(
            KeyGrant(bytes: grant.grant),
            team: house.founded.team.bytes,
            epoch: 1,
            expires: grant.expires,
            with: newcomer.keyring,
            grantedBy: office.trustedPerson(house.staff(.supervisor), of: house.founded.home, for: newcomer),
            at: house.clock.now
        )
        let row = try #require(try office.read { try CaseShelf(office: office).row(old.id, in: $0) }).row
        _ = try CaseSecretWrap.open(oldSecrets.sealed, at: row.secretsPlace(old.id), with: key)
        for id in [old.id, new.id] {
            let secrets = try #require(try house.stored(.caseSecrets, id.bytes))
            #expect(throws: SealingError.keyMismatch) {
                try CaseSecretWrap.open(secrets.sealed, at: row.secretsPlace(id), with: key)
            }
        }
    }

    @Test func `a supervisor whom the agency has not named a lead takes nobody out and makes no key`() async throws {
        let house = try await House.founded()
        // Somebody who can write accounts makes a supervisor; the agency's key he does not have.
        try house.appoint(.worker, [.supervisor])
        for act in ["remove", "renew"] {
            let (error, entry) = try await house.refused { deployment, request in
                act == "remove"
                    ? try await deployment.teams.remove(
                        house.staff(.colleague),
                        from: house.founded.team,
                        by: house.confirmed(.worker).again(in: house),
                        request: request
                    )
                    : try await deployment.teams.renewKey(
                        of: house.founded.team,
                        by: house.confirmed(.worker).again(in: house),
                        request: request
                    )
            }
            #expect(error == .refused(code: "not_a_lead"))
            #expect(entry.entry.outcome == .denied)
        }
        _ = try await house.openedCase(by: .colleague)
    }

    @Test func `a session that was left open lets nobody in and takes nobody out`() async throws {
        let house = try await House.founded()
        let newcomer = try await house.newcomer(waitingFor: [house.founded.team])
        let team = house.founded.team
        let acts: [(String, (Deployment, SignedIn, RequestID) async throws -> TeamDesk.Roster)] = [
            ("member.add", { try await $0.teams.add(newcomer.worker.staff, to: team, by: $1, request: $2) }),
            ("member.remove", { try await $0.teams.remove(house.staff(.worker), from: team, by: $1, request: $2) }),
            ("team.renew_key", { try await $0.teams.renewKey(of: team, by: $1, request: $2) }),
        ]
        for (act, ask) in acts {
            let (error, entry) = try await house.refused { try await ask($0, house.session(.supervisor), $1) }
            #expect(error == .confirmationNeeded, "\(act)")
            #expect(
                entry.sentence == "supervisor \(act) team denied confirmation_needed same_team account_access"
            )
        }
        // Going on with what was begun needs none.
        _ = try await house.deployment.teams.reseal(
            team,
            by: house.session(.supervisor),
            request: house.deployment.newRequest()
        )
    }

    @Test func `nobody takes themself out, and who is no member cannot be taken out`() async throws {
        let house = try await House.founded()
        for person in [House.Person.supervisor, .outsider] {
            let (error, _) = try await house.refused {
                try await $0.teams.remove(
                    house.staff(person),
                    from: house.founded.team,
                    by: house.confirmed(.supervisor),
                    request: $1
                )
            }
            #expect(error?.code == "invalid")
        }
    }

    // MARK: - Sealing anew

    @Test func `sealing anew goes on where it was cut short, in another session and after a restart`() async throws {
        let house = try await House.founded(onDisk: true)
        let count = Casework.Limits.resealed + 3
        var cases: [CaseID] = []
        for _ in 0..<count { cases.append(try await house.openedCase(house.opening(needs: [])).id) }
        _ = try await house.deployment.teams.renewKey(
            of: house.founded.team,
            by: house.confirmed(.supervisor),
            request: house.deployment.newRequest()
        )
        let first = try await house.deployment.teams.reseal(
            house.founded.team,
            by: house.confirmed(.supervisor),
            request: house.deployment.newRequest()
        )
        #expect(first.resealing?.done == Casework.Limits.resealed)
        #expect(first.resealing?.cases == count)
        try house.deployment.close()
        let again = try house.reopened()
        for id in cases.shuffled().prefix(20) { _ = try opens(id, try again.session(.colleague), again) }
        #expect(try await again.reseal(by: again.session(.worker)) == 1)
        for id in cases { _ = try opens(id, try again.session(.colleague), again) }
        #expect(try again.store.read { try $0.count(.earlierTeamGrant) } == 0)
        // Nothing is left to do, and saying so is an act like any other.
        #expect(try await again.reseal(by: again.session(.worker)) == 1)
        try again.deployment.close()
    }

    @Test func `two keys one after the other leave no case behind`() async throws {
        let house = try await House.founded()
        let one = try await house.openedCase()
        let lead = try house.confirmed(.supervisor)
        func renew() async throws {
            _ = try await house.deployment.teams.renewKey(
                of: house.founded.team,
                by: lead,
                request: house.deployment.newRequest()
            )
        }
        try await renew()
        let two = try await house.openedCase(called: "two")
        try await renew()
        let three = try await house.openedCase(called: "three")
        for id in [one.id, two.id, three.id] { _ = try opens(id, try house.session(.worker), house) }
        // Somebody who comes meanwhile reads all of them too.
        let newcomer = try await house.newcomer(waitingFor: [house.founded.team])
        try await house.letIn(newcomer)
        for id in [one.id, two.id, three.id] { _ = try opens(id, newcomer, house) }
        #expect(try await house.reseal(by: lead) == 1)
        for id in [one.id, two.id, three.id] {
            _ = try opens(id, newcomer, house)
            _ = try opens(id, try house.session(.worker), house)
        }
    }

    @Test func `a case that opens under no key keeps the earlier one until it does`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let sound = try #require(try house.stored(.caseSecrets, receipt.id.bytes))
        var broken = sound.sealed
        broken[broken.count - 1] ^= 1
        let lead = try house.confirmed(.supervisor)
        _ = try await house.deployment.teams.renewKey(
            of: house.founded.team,
            by: lead,
            request: house.deployment.newRequest()
        )
        try house.plant(StoredRow(kind: .caseSecrets, id: sound.id, version: 1, sealed: broken))
        let roster = try await house.deployment.teams.reseal(
            house.founded.team,
            by: lead,
            request: house.deployment.newRequest()
        )
        #expect(roster.resealing != nil)
        try house.plant(sound)
        #expect(try await house.reseal(by: lead) == 1)
        _ = try opens(receipt.id, try house.session(.worker), house)
    }

    @Test func `a packet that was sealed to a desk's earlier key opens until its referral ends, and holds that key`()
        async throws
    {
        let house = try await House.founded()
        let sent = try await house.acceptedReferral()
        let desk = house.founded.desk
        let lead = try await house.newcomer([.supervisor], of: house.founded.away, waitingFor: [desk])
        try await house.letIn(lead, to: desk, by: .intake)
        let lead2 = try await house.again(lead).confirmed(in: house)
        _ = try await house.deployment.teams.renewKey(of: desk, by: lead2, request: house.deployment.newRequest())
        func packet() async throws -> ReferralPacket {
            try await house.deployment.intake.packet(
                of: sent.referral,
                by: house.confirmed(.intake),
                request: house.deployment.newRequest()
            )
        }
        func reseal() async throws -> TeamDesk.Roster {
            try await house.deployment.teams.reseal(desk, by: lead2, request: house.deployment.newRequest())
        }
        #expect(try await reseal().resealing != nil)
        _ = try await packet()
        // The next one is sealed to the new key.
        let next = try await house.acceptedReferral()
        let row = try #require(try house.stored(.referralRouting, next.referral.bytes))
        #expect(try house.deployment.office.rows.open(ReferralRow.self, row).deskEpoch == 2)
        _ = try await house.deployment.intake.complete(
            sent.referral,
            onWordOf: .receiver,
            at: nil,
            by: house.confirmed(.intake),
            request: house.deployment.newRequest()
        )
        #expect(try await reseal().resealing == nil)
        #expect(try house.store.read { try $0.count(.earlierTeamGrant) } == 0)
        _ = try await house.deployment.intake.packet(
            of: next.referral,
            by: house.confirmed(.intake),
            request: house.deployment.newRequest()
        )
    }

    // MARK: - What somebody with write access to the database can do

    @Test func `a key that was put back is refused by whoever has seen the next one`() async throws {
        let house = try await House.founded()
        let newcomer = try await house.newcomer(waitingFor: [house.founded.team])
        try await house.letIn(newcomer)
        let kinds: [RowKind] = [.binding, .teamGrant, .team, .leads]
        let before = try house.store.read { reading in try kinds.flatMap { try reading.rows($0, limit: 1000) } }
        _ = try await house.deployment.teams.renewKey(
            of: house.founded.team,
            by: house.confirmed(.supervisor),
            request: house.deployment.newRequest()
        )
        let later = try await house.again(newcomer)
        #expect(later.keyring.pins.epoch(ofTeam: house.founded.team.bytes) == 2)
        for row in before { try house.plant(row) }
        let (error, entry) = try await house.refused {
            try await $0.cases.open(house.opening(), by: later, request: $1, once: house.once())
        }
        #expect(error == .damaged(code: "binding"))
        #expect(entry.sentence == "newcomer case.open team failed damaged.binding same_team case_management")
        // Signing in again does not make the keyring forget.
        #expect(try await house.again(newcomer).keyring.pins.epoch(ofTeam: house.founded.team.bytes) == 2)
    }

    @Test(arguments: [House.Person.worker, .outsider, .intake])
    func `a key that somebody signed who leads no team is not taken for the team's`(signer: House.Person) async throws {
        let house = try await House.founded()
        let attacker = try house.session(signer)
        let planted = try TeamKey.random(id: house.founded.team.bytes, epoch: 2)
        let binding = try KeyBinding.team(
            house.founded.team.bytes,
            epoch: 2,
            sealingKey: planted.dropBox.publicKey,
            signedBy: attacker.keyring
        )
        try house.plant(StoredRow(kind: .binding, id: house.founded.team.bytes, version: 2, sealed: binding.bytes))
        let (error, _) = try await house.refused {
            try await $0.cases.open(house.opening(), by: house.confirmed(.colleague), request: $1, once: house.once())
        }
        #expect(error == .damaged(code: "binding"))
        // Nor with a statement of his own about who leads it.
        let leads = try TeamLeads.sign(
            [TeamLeads.Lead(id: attacker.worker.staff.bytes, key: attacker.keyring.signing.verifyingKey)],
            of: house.founded.team.bytes,
            term: 0,
            agency: house.founded.home.bytes,
            signedBy: attacker.keyring.signing
        )
        try house.plant(
            StoredRow(
                kind: .leads,
                id: Office.leadsID(house.founded.team.bytes, term: 0),
                owner: house.deployment.office.rows.blind(.leadsOfTeam, house.founded.team.bytes),
                version: 9,
                sealed: leads.bytes
            )
        )
        let (again, _) = try await house.refused {
            try await $0.cases.open(house.opening(), by: house.confirmed(.colleague), request: $1, once: house.once())
        }
        #expect(again == .damaged(code: "binding"))
    }
}

extension House {
    /// How many grants the founding leaves.
    static let grants = 7

    /// Gives somebody other roles, as whoever holds the server's keys could.
    func appoint(_ person: Person, _ roles: Set<Role>) throws {
        let rows = deployment.office.rows
        let stored = try #require(try stored(.account, staff(person).bytes))
        var account = try rows.open(Account.self, stored)
        account.roles = roles
        try plant(rows.row(account, .account, id: stored.id, index: stored.index, version: stored.version + 1))
    }
}

extension SignedIn {
    /// The same session with the account as it stands now.
    func again(in house: House) throws -> SignedIn {
        let office = house.deployment.office
        let account = try #require(try office.read { try office.rows.account(of: worker.staff, in: $0) })
        return SignedIn(
            worker: account.worker(in: worker.session, confirmedAt: worker.confirmedAt),
            endsAt: endsAt,
            keyring: keyring,
            digest: digest
        )
    }

    /// The same session, confirmed just now.
    func confirmed(in house: House) -> SignedIn {
        SignedIn(worker: worker.confirmed(at: house.clock.now), endsAt: endsAt, keyring: keyring, digest: digest)
    }
}
