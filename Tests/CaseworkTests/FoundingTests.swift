import Audit
import Care
import Directory
import Foundation
import Sealing
import Store
import Testing

@testable import Casework

/// The founding of agencies, teams and people.
@Suite struct FoundingTests {
    private func person(
        _ house: House,
        _ ceremony: FoundingCeremony,
        _ name: String,
        of agency: AgencyID,
        in teams: [TeamID],
        password: String = "an-invented-password",
        roles: Set<Role> = [.caseworker]
    ) async throws -> StaffID {
        var bytes = Array(password.utf8)
        return try await ceremony.person(
            signInName: name,
            password: Secret(moving: &bytes),
            roles: roles,
            of: agency,
            in: teams,
            request: house.deployment.newRequest()
        )
    }

    private func agencyAndTeam(_ house: House, _ ceremony: FoundingCeremony) async throws -> (AgencyID, TeamID) {
        let request = house.deployment.newRequest()
        let agency = try await ceremony.agency(named: "New (invented)", in: Invented.country("LK"), request: request)
        house.call(agency.text, "agency")
        let team = try await ceremony.team(named: "New team", of: agency, isDesk: false, request: request)
        house.call(team.text, "newTeam")
        return (agency, team)
    }

    private func signIn(_ house: House, _ name: String) async throws -> SignedIn {
        var password = Array("an-invented-password".utf8)
        let session = try await house.deployment.signIn.signIn(
            name: name,
            password: &password,
            request: house.deployment.newRequest()
        )
        return try house.deployment.signIn.signedIn(bearer: session.token)
    }

    @Test func `each act of founding is one entry, and everybody of the team opens its cases`() async throws {
        let house = try await House.founded()
        let size = try house.logSize
        let ceremony = house.deployment.staff.ceremony(root: try SigningKey.random())
        let (agency, team) = try await agencyAndTeam(house, ceremony)
        let first = try await person(house, ceremony, "first", of: agency, in: [team])
        let second = try await person(house, ceremony, "second", of: agency, in: [team])
        house.call(first.text, "first")
        house.call(second.text, "second")
        #expect(
            try house.sentences(from: size) == [
                "none agency.found agency permitted founding_ceremony none account_access",
                "none team.found newTeam permitted founding_ceremony none account_access",
                "none person.invite first permitted founding_ceremony none account_access",
                "none person.enrol first permitted person.enrol:anyone none account_access",
                "none person.invite second permitted founding_ceremony none account_access",
                "none person.enrol second permitted person.enrol:anyone none account_access",
            ]
        )
        #expect(try house.entries(from: size).allSatisfy { $0.envelope != nil })
        let opened = try await house.deployment.cases.open(
            house.opening(team: team),
            by: signIn(house, "first"),
            request: house.deployment.newRequest(),
            once: house.once()
        )
        let reading = try await house.deployment.cases.read(
            opened.id,
            by: signIn(house, "second"),
            request: house.deployment.newRequest()
        )
        #expect(reading.file.identity.name == Invented.name)
        let worker = try await signIn(house, "first").worker
        #expect(try house.deployment.staff.teams(of: worker).map(\.name) == ["New team"])
    }

    @Test func `a person who was invited and never enrolled leaves the team open to the next`() async throws {
        let house = try await House.founded()
        let ceremony = house.deployment.staff.ceremony(root: try SigningKey.random())
        let (agency, team) = try await agencyAndTeam(house, ceremony)
        let size = try house.logSize
        // The name is taken, so this first member of the team is invited and not enrolled.
        await #expect(throws: CaseworkError.invalid(field: "/name", what: "write a sign-in name that nobody has yet")) {
            try await person(house, ceremony, House.Person.worker.signInName, of: agency, in: [team])
        }
        let failed = try #require(try house.entries(from: size).last)
        #expect(failed.act == "person.enrol")
        #expect(failed.outcome == .failed)
        #expect(failed.rule == "invalid")
        _ = try await person(house, ceremony, "second", of: agency, in: [team])
        let opened = try await house.deployment.cases.open(
            house.opening(team: team),
            by: signIn(house, "second"),
            request: house.deployment.newRequest(),
            once: house.once()
        )
        #expect(opened.version == 1)
    }

    @Test func `two people are not enrolled under one name at once`() async throws {
        let house = try await House.founded()
        let ceremony = house.deployment.staff.ceremony(root: try SigningKey.random())
        let (agency, team) = try await agencyAndTeam(house, ceremony)
        let enrolled = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask { (try? await person(house, ceremony, "Twin", of: agency, in: [team])) != nil }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(enrolled == 1)
    }

    @Test func `nobody is enrolled into another agency's team`() async throws {
        let house = try await House.founded()
        let ceremony = house.deployment.staff.ceremony(root: try SigningKey.random())
        let (_, team) = try await agencyAndTeam(house, ceremony)
        let (other, _) = try await agencyAndTeam(house, ceremony)
        await #expect(throws: CaseworkError.notFound) {
            try await person(house, ceremony, "stray", of: other, in: [team])
        }
        await #expect(throws: CaseworkError.notFound) {
            try await person(house, ceremony, "stray", of: other, in: [house.founded.team])
        }
    }

    @Test(arguments: [
        ("fourteen chars", false), ("fifteen charact", true), ("密碼密碼密", false), ("密碼海岸燈塔夜雨山風石橋月影舟", true),
    ])
    func `a password has fifteen characters, in whatever script`(password: String, isTaken: Bool) async throws {
        let house = try await House.founded()
        let ceremony = house.deployment.staff.ceremony(root: try SigningKey.random())
        let (agency, _) = try await agencyAndTeam(house, ceremony)
        do {
            _ = try await person(house, ceremony, "new", of: agency, in: [], password: password)
            #expect(isTaken)
        } catch let error as CaseworkError {
            #expect(!isTaken)
            #expect(error == .invalid(field: "/password", what: "write at least 15 characters"))
        }
    }

    @Test func `a service has one desk, and a second ceremony cannot take it over`() async throws {
        let house = try await House.founded()
        let ceremony = house.deployment.staff.ceremony(root: try SigningKey.random())
        let (agency, _) = try await agencyAndTeam(house, ceremony)
        await #expect(throws: CaseworkError.stale) {
            try await ceremony.team(
                named: "Rival desk",
                of: agency,
                isDesk: true,
                services: [Invented.counselling],
                request: house.deployment.newRequest()
            )
        }
        _ = try await house.sentReferral()
    }

    @Test func `a desk of another root is sent nothing`() async throws {
        let house = try await House.founded()
        let ceremony = house.deployment.staff.ceremony(root: try SigningKey.random())
        let (agency, _) = try await agencyAndTeam(house, ceremony)
        _ = try await ceremony.team(
            named: "Rival desk",
            of: agency,
            isDesk: true,
            services: [Invented.faraway],
            request: house.deployment.newRequest()
        )
        let receipt = try await house.openedCase()
        let (consent, version) = try await house.recordedConsent(house.stated(recipient: Invented.dunes), in: receipt)
        let (error, _) = try await house.refused {
            try await $0.referrals.file(
                house.filing(receipt, consent, service: Invented.faraway),
                in: receipt.id,
                at: version,
                by: house.session(.worker),
                request: $1,
                once: house.once()
            )
        }
        #expect(error == .damaged(code: "binding"))
        #expect(try house.store.read { try $0.count(.packet) } == 0)
    }
}
