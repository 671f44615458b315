import Audit
import Care
import Foundation
import Policy
import Sealing
import Store
import Testing

@testable import Casework

/// Invitations, and what becomes of them.
@Suite struct EnrolmentTests {
    static let password = "a-password-of-her-own"

    /// A house with a new agency, its ceremony, and an invitation to its team.
    private struct Invited {
        let house: House
        let ceremony: FoundingCeremony
        let agency: AgencyID
        let team: TeamID
        let invitation: Invitation

        init(roles: Set<Role> = [.caseworker], onDisk: Bool = false) async throws {
            house = try await House.founded(onDisk: onDisk)
            ceremony = house.deployment.staff.ceremony(root: try SigningKey.random())
            let request = house.deployment.newRequest()
            agency = try await ceremony.agency(named: "New (invented)", in: Invented.country("LK"), request: request)
            team = try await ceremony.team(named: "New team", of: agency, isDesk: false, request: request)
            invitation = try await ceremony.invite(roles: roles, of: agency, in: [team], request: request)
            house.call(invitation.staff.text, "invited")
        }

        func enrol(
            _ code: [UInt8]? = nil,
            name: String = "Chosen Name",
            password: String = EnrolmentTests.password,
            request: RequestID? = nil
        ) async throws -> EnrolmentDesk.Enrolment {
            try await EnrolmentTests.enrol(house, code ?? invitation.code.text(), name, password, request)
        }

        func signIn(name: String = "chosen name", password: String = EnrolmentTests.password) async throws -> SignedIn {
            var bytes = Array(password.utf8)
            let session = try await house.deployment.signIn.signIn(
                name: name,
                password: &bytes,
                request: house.deployment.newRequest()
            )
            return try house.deployment.signIn.signedIn(bearer: session.token)
        }
    }

    private static func enrol(
        _ house: House,
        _ code: [UInt8],
        _ name: String,
        _ password: String,
        _ request: RequestID? = nil
    ) async throws -> EnrolmentDesk.Enrolment {
        var code = code
        var bytes = Array(password.utf8)
        defer {
            #expect(code.isEmpty, "the code is wiped")
            #expect(bytes.isEmpty, "the password is wiped")
        }
        return try await house.deployment.enrolments.enrol(
            code: &code,
            name: name,
            password: &bytes,
            request: request ?? house.deployment.newRequest()
        )
    }

    /// Every row but those of the log.
    private func rows(_ house: House) throws -> [StoredRow] {
        try house.store.read { reading in
            try (UInt8.min...UInt8.max).flatMap { try reading.rows(RowKind(rawValue: $0), limit: 10_000) }
        }
    }

    // MARK: - What it gives

    @Test func `who types the code, a name and a password can sign in and open the team's cases`() async throws {
        let invited = try await Invited()
        let (enrolment, entry) = try await invited.house.one { _, request in try await invited.enrol(request: request) }
        #expect(enrolment.staff == invited.invitation.staff)
        #expect(enrolment.agency == invited.agency)
        #expect(enrolment.roles == [.caseworker])
        #expect(entry.sentence == "none person.enrol invited permitted person.enrol:anyone none account_access")
        #expect(entry.entry.envelope != nil)
        let signedIn = try await invited.signIn()
        #expect(signedIn.worker.staff == invited.invitation.staff)
        #expect(signedIn.worker.teams == [invited.team])
        let opened = try await invited.house.deployment.cases.open(
            invited.house.opening(team: invited.team),
            by: signedIn,
            request: invited.house.deployment.newRequest(),
            once: invited.house.once()
        )
        #expect(opened.version == 1)
    }

    @Test func `an invitation makes no account, and nobody signs in before it is accepted`() async throws {
        let invited = try await Invited()
        #expect(try invited.house.stored(.account, invited.invitation.staff.bytes) == nil)
        #expect(try invited.house.stored(.passwordSlot, invited.invitation.staff.bytes) == nil)
        let before = try rows(invited.house)
        await #expect(throws: CaseworkError.signInFailed) { _ = try await invited.signIn() }
        // The wrong try is all that is remembered.
        #expect(try rows(invited.house).filter { $0.kind != .wrongTries } == before)
    }

    @Test func `case, spaces and dashes of the code do not matter`() async throws {
        let invited = try await Invited()
        let typed = String(decoding: invited.invitation.code.text(), as: UTF8.self).lowercased()
            .replacing("-", with: " — ")
        #expect(try await invited.enrol(Array(typed.utf8)).staff == invited.invitation.staff)
    }

    @Test func `the keyring has another key afterwards, and the code opens none of it`() async throws {
        let invited = try await Invited()
        let staff = invited.invitation.staff
        let before = try #require(try invited.house.stored(.keyring, staff.bytes))
        let waiting = try #require(try invited.house.stored(.invitation, invited.invitation.code.digest))
        let slot = try invited.house.deployment.staff.office.rows.open(InvitationRecord.self, waiting).slot
        let key = try CodeSlot(bytes: slot).open(
            code: invited.invitation.code,
            server: House.keys(invited.house.template.pepper),
            owner: staff.bytes
        )
        let ring = try Keyring.open(
            before.sealed,
            under: key,
            owner: staff.bytes,
            agency: invited.agency.bytes,
            version: 1
        )
        _ = try await invited.enrol()
        let after = try #require(try invited.house.stored(.keyring, staff.bytes))
        #expect(after.version == 2)
        #expect(try invited.house.stored(.invitation, invited.invitation.code.digest) == nil)
        #expect(throws: SealingError.keyMismatch) {
            _ = try Keyring.open(
                after.sealed,
                under: key,
                owner: staff.bytes,
                agency: invited.agency.bytes,
                version: 2
            )
        }
        // They are still the person's own keys.
        #expect(try await invited.signIn().keyring.signing.verifyingKey == ring.signing.verifyingKey)
    }

    // MARK: - What is refused

    @Test func `a code that was used, that was mistyped, that never was or is another's is refused alike`() async throws
    {
        let invited = try await Invited()
        _ = try await invited.enrol()
        let text = invited.invitation.code.text()
        var mistyped = text
        mistyped[10] = mistyped[10] == UInt8(ascii: "7") ? UInt8(ascii: "8") : UInt8(ascii: "7")
        let wrong: [[UInt8]] = [
            text, mistyped, try PrintedCode.random(.invitation).text(), try PrintedCode.random(.recovery).text(),
            Array("anything".utf8), [], [0xFF, 0x00], [UInt8](repeating: UInt8(ascii: "0"), count: 5_000),
        ]
        let before = try rows(invited.house)
        let size = try invited.house.logSize
        for code in wrong {
            await #expect(throws: CaseworkError.enrolmentFailed) { _ = try await invited.enrol(code, name: "Another") }
        }
        #expect(try rows(invited.house) == before)
        // Counted, so that a stranger does not fill the log one entry at a time.
        #expect(try invited.house.logSize == size)
        _ = try await invited.signIn()
        #expect(
            try invited.house.sentences(from: size).contains(
                "none person.enrol - denied no_invitation none account_access count=\(wrong.count)"
            )
        )
    }

    @Test func `a wrong code is refused alike whatever name and password come with it`() async throws {
        let invited = try await Invited()
        let code = try PrintedCode.random(.invitation).text()
        for (name, password) in [
            ("Chosen", Self.password), (House.Person.worker.signInName, Self.password), ("", Self.password),
            ("Chosen", "short"), ("Chosen", ""),
        ] {
            await #expect(throws: CaseworkError.enrolmentFailed) {
                _ = try await invited.enrol(code, name: name, password: password)
            }
        }
    }

    @Test func `an invitation opens until its seven days are over, and not from then on`() async throws {
        let invited = try await Invited()
        #expect(invited.invitation.endsAt == invited.house.clock.now.addingTimeInterval(7 * 24 * 3600))
        let late = try await invited.ceremony.invite(
            roles: [.caseworker],
            of: invited.agency,
            in: [invited.team],
            request: invited.house.deployment.newRequest()
        )
        invited.house.clock.advance(seconds: 7 * 24 * 3600 - 1)
        #expect(try await invited.enrol().staff == invited.invitation.staff)
        invited.house.clock.advance(seconds: 1)
        let before = try rows(invited.house)
        await #expect(throws: CaseworkError.enrolmentFailed) {
            _ = try await invited.enrol(late.code.text(), name: "Late")
        }
        #expect(try rows(invited.house) == before)
    }

    @Test func `an invitation that has ended goes with its keyring and grants, and those it vouched for stay`()
        async throws
    {
        let invited = try await Invited(onDisk: true)
        let second = try await invited.ceremony.invite(
            roles: [.supervisor],
            of: invited.agency,
            in: [invited.team],
            request: invited.house.deployment.newRequest()
        )
        // The first of the team made the grant of the second, who accepts; the first never does.
        _ = try await invited.enrol(second.code.text(), name: "Second")
        let staff = invited.invitation.staff
        invited.house.clock.advance(days: 7)
        try invited.house.deployment.close()
        let reopened = try invited.house.reopened()
        #expect(try reopened.stored(.invitation, invited.invitation.code.digest) == nil)
        #expect(try reopened.stored(.keyring, staff.bytes) == nil)
        let owner = try reopened.deployment.staff.office.rows.blind(.grantsOfStaff, staff.bytes)
        #expect(try reopened.store.read { try $0.count(.teamGrant, owner: owner) } == 0)
        let size = try reopened.logSize
        var password = Array(Self.password.utf8)
        let session = try await reopened.deployment.signIn.signIn(
            name: "second",
            password: &password,
            request: reopened.deployment.newRequest()
        )
        let opened = try await reopened.deployment.cases.open(
            reopened.opening(team: invited.team),
            by: reopened.deployment.signIn.signedIn(bearer: session.token),
            request: reopened.deployment.newRequest(),
            once: reopened.once()
        )
        #expect(opened.version == 1)
        #expect(
            try reopened.sentences(from: size).contains(
                "none person.invite invited failed invitation_ended none account_access count=1"
            )
        )
    }

    @Test func `a name that somebody has and a password that is too short are told, and the invitation stands`()
        async throws
    {
        let invited = try await Invited()
        let before = try rows(invited.house)
        let taken = "write a sign-in name that nobody has yet"
        let short = "write at least 15 characters"
        for (name, password, field, what) in [
            (House.Person.worker.signInName, Self.password, "/name", taken),
            (House.Person.administrator.signInName.uppercased(), Self.password, "/name", taken),
            ("", Self.password, "/name", "write a sign-in name of at most 254 bytes"),
            (String(repeating: "n", count: 255), Self.password, "/name", "write a sign-in name of at most 254 bytes"),
            ("Chosen Name", "fourteen chars", "/password", short), ("Chosen Name", "", "/password", short),
            ("Chosen Name", "密碼密碼密碼密碼密碼密碼密碼", "/password", short),
        ] {
            let (error, entry) = try await invited.house.refused { _, request in
                try await invited.enrol(name: name, password: password, request: request)
            }
            #expect(error == .invalid(field: field, what: what))
            #expect(entry.sentence == "none person.enrol invited failed invalid none account_access")
            #expect(try rows(invited.house) == before)
        }
        #expect(try await invited.enrol(password: "fifteen charact").staff == invited.invitation.staff)
    }

    @Test func `of two who use one code at once, one is enrolled`() async throws {
        let invited = try await Invited()
        let enrolled = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<4 {
                group.addTask { (try? await invited.enrol(name: "Number \(number)")) != nil }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(enrolled == 1)
        #expect(try invited.house.store.read { try $0.count(.account) } == House.Person.allCases.count + 1)
    }

    @Test func `of two who choose one name at once, one has it, and the other's invitation stands`() async throws {
        let invited = try await Invited()
        let second = try await invited.ceremony.invite(
            roles: [.caseworker],
            of: invited.agency,
            in: [invited.team],
            request: invited.house.deployment.newRequest()
        )
        let codes = [invited.invitation.code, second.code]
        let enrolled = await withTaskGroup(of: StaffID?.self) { group in
            for code in codes {
                group.addTask { try? await invited.enrol(code.text(), name: "Twin").staff }
            }
            return await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        #expect(enrolled.count == 1)
        let other = try #require(enrolled.first) == second.staff ? codes[0] : codes[1]
        _ = try await invited.enrol(other.text(), name: "Other")
    }

    @Test func `a slot that somebody put under another invitation opens nothing and is reported as damage`()
        async throws
    {
        let invited = try await Invited()
        let other = try await invited.ceremony.invite(
            roles: [.administrator],
            of: invited.agency,
            in: [],
            request: invited.house.deployment.newRequest()
        )
        // Somebody with the database and the server's key gives a caseworker's code the roles of another invitation.
        let rows = invited.house.deployment.staff.office.rows
        let stored = try #require(try invited.house.stored(.invitation, other.code.digest))
        let record = try rows.open(InvitationRecord.self, stored)
        try invited.house.plant(rows.row(record, .invitation, id: invited.invitation.code.digest))
        let (error, _) = try await invited.house.refused { _, request in try await invited.enrol(request: request) }
        #expect(error == .damaged(code: "invitation"))
        #expect(try invited.house.stored(.account, other.staff.bytes) == nil)
    }

    @Test func `neither the code nor the name nor the password lies on the disk`() async throws {
        let invited = try await Invited(onDisk: true)
        let scratch = try #require(invited.house.scratch)
        let code = String(decoding: invited.invitation.code.text(), as: UTF8.self)
        let texts = [
            ("code", code), ("code without dashes", code.replacing("-", with: "")),
            ("half a code", String(code.suffix(35))), ("code in small letters", code.lowercased()),
            ("name", "Chosen Name"), ("name as it is compared", "chosen name"), ("password", Self.password),
            ("short password", "fourteen chars"), ("wrong name", "Typed Elsewhere"),
        ]
        func scan() throws { #expect(try AtRestTests.hits(of: texts, in: AtRestTests.files(in: scratch.folder)) == []) }
        try scan()
        _ = try? await invited.enrol(name: "Chosen Name", password: "fourteen chars")
        _ = try? await invited.enrol(PrintedCode.random(.invitation).text(), name: "Typed Elsewhere")
        try scan()
        _ = try await invited.enrol()
        _ = try await invited.signIn()
        try scan()
        try invited.house.deployment.close()
        try scan()
        for (label, text) in texts {
            try Data(("x" + text + "y").utf8).write(to: URL(fileURLWithPath: scratch.path("planted")))
            #expect(
                try AtRestTests.hits(of: [(label, text)], in: AtRestTests.files(in: scratch.folder))
                    .contains("\(label) in planted as UTF-8")
            )
        }
    }

    // MARK: - The ceremony taken up again

    private func resumed(_ invited: Invited) throws -> FoundingCeremony {
        let code = try PrintedCode.random(.founding)
        let file = try FoundingFile.open(invited.ceremony.foundingFile(under: code), with: code)
        return try invited.house.deployment.staff.ceremony(resuming: file)
    }

    @Test func `the founding file founds new teams and invites their people, later`() async throws {
        let invited = try await Invited()
        let later = try resumed(invited)
        let standing = try later.standingAgencies()
        #expect(standing.filter(\.isHeld).map(\.id) == [invited.agency])
        #expect(standing.count == 3)
        #expect(try later.standingTeams().contains { $0.id == invited.team && $0.name == "New team" })
        let request = invited.house.deployment.newRequest()
        let team = try await later.team(named: "Later team", of: invited.agency, isDesk: false, request: request)
        let invitation = try await later.invite(
            roles: [.caseworker],
            of: invited.agency,
            in: [team],
            request: request
        )
        #expect(try await invited.enrol(invitation.code.text()).staff == invitation.staff)
        let signedIn = try await invited.signIn()
        let opened = try await invited.house.deployment.cases.open(
            invited.house.opening(team: team),
            by: signedIn,
            request: invited.house.deployment.newRequest(),
            once: invited.house.once()
        )
        #expect(opened.version == 1)
    }

    @Test func `the founding file holds no key of a team, so it brings nobody into one that stands`() async throws {
        let invited = try await Invited()
        let later = try resumed(invited)
        let before = try rows(invited.house)
        await #expect(throws: CaseworkError.notFound) {
            _ = try await later.invite(
                roles: [.caseworker],
                of: invited.agency,
                in: [invited.team],
                request: invited.house.deployment.newRequest()
            )
        }
        // Nor to an agency of another root.
        await #expect(throws: CaseworkError.notFound) {
            _ = try await later.invite(
                roles: [.administrator],
                of: invited.house.founded.home,
                in: [],
                request: invited.house.deployment.newRequest()
            )
        }
        #expect(try rows(invited.house) == before)
    }

    @Test func `a founding file of another deployment, another root or other agency keys is refused`() async throws {
        let invited = try await Invited()
        let agency = invited.agency.bytes
        let code = try PrintedCode.random(.founding)
        let own = try FoundingFile.open(invited.ceremony.foundingFile(under: code), with: code)
        let key = try #require(own.agencies.first).key
        let (root, other) = (own.root, try SigningKey.random())
        let foreign = try AgencyID(bytes: Randomness.bytes(16)).map { $0.bytes } ?? []
        for file in [
            try FoundingFile(root: other, agencies: [.init(id: agency, key: key)]),
            try FoundingFile(root: root, agencies: [.init(id: agency, key: other)]),
            try FoundingFile(root: root, agencies: [.init(id: foreign, key: key)]),
            try FoundingFile(root: root, agencies: [.init(id: agency, key: key), .init(id: foreign, key: key)]),
            try FoundingFile(root: root, agencies: []),
        ] {
            #expect(throws: CaseworkError.notFound) {
                _ = try invited.house.deployment.staff.ceremony(resuming: file)
            }
        }
        _ = try invited.house.deployment.staff.ceremony(resuming: own)
    }
}
