import Audit
import Care
import Directory
import Foundation
import HTTPTypes
import HummingbirdTesting
import Sealing
import Store
import Testing

@testable import Casework
@testable import Web

/// The house while it is served: signs people in, makes the cases and referrals that are asked about, and asks.
actor MatrixDesk {
    typealias Person = MatrixHouse.Person

    /// What a case or referral must be like before it is asked about.
    struct Recipe: Hashable {
        var opener = Person.holder
        /// Who filed the referral; nil where there is none.
        var sender: Person?
        var isLifeInDanger = false
        var isConsentTakenBack = false
        /// Whether she asked to keep two people out, so that it is restricted.
        var keepsOut = false
        /// Whether somebody restricted it by choice.
        var isRestricted = false
        /// The steps of the referral after it was sent.
        var step = ""
    }

    /// A case with its need and consent, and its referral.
    struct File {
        let id: String
        let need: String
        let consent: String
        var referral = ""

        /// The request's path with the ids of this file in it.
        func path(_ template: String) -> String {
            template.replacing("{case}", with: id).replacing("{consent}", with: consent)
                .replacing("{referral}", with: referral)
        }
    }

    /// A live session.
    struct Session {
        let token: String
        let id: String
    }

    nonisolated let house: MatrixHouse
    private let deployment: Deployment
    private let client: any TestClientProtocol
    private var sessions: [Person: Session] = [:]
    private var confirmed: [Person: Session] = [:]
    private var files: [String: File] = [:]
    var missingBody: String?

    init(house: MatrixHouse, deployment: Deployment, client: any TestClientProtocol) {
        self.house = house
        self.deployment = deployment
        self.client = client
    }

    /// Invites somebody in a role: the code on their paper, and their handle.
    func invite(_ role: Role) async throws -> (code: String, staff: String) {
        let ceremony = deployment.staff.ceremony(root: try SigningKey.random())
        let agency = try await ceremony.agency(
            named: "Shore House (invented)",
            in: try #require(CountryCode("LK")),
            request: deployment.newRequest()
        )
        let invitation = try await ceremony.invite(
            roles: [role],
            of: agency,
            in: [],
            request: deployment.newRequest()
        )
        return (String(decoding: invitation.code.text(), as: UTF8.self), invitation.staff.text)
    }

    /// Somebody whom the agency invited for the team whose people change, and who has enrolled.
    func newcomer() async throws -> StaffID {
        let invitation = try await house.ceremony(at: deployment).invite(
            roles: [.caseworker],
            of: house.home,
            in: [],
            waitingFor: [house.teams.changing],
            request: deployment.newRequest()
        )
        var password = Array("a long enough password of \(invitation.staff)".utf8)
        return try await deployment.enrolments.enrol(
            invitation.code,
            name: invitation.staff.text,
            PasswordAttempt(password: Secret(moving: &password)),
            request: deployment.newRequest()
        ).staff
    }

    /// The same, let in by the lead.
    func member() async throws -> StaffID {
        let newcomer = try await newcomer()
        try appoint(.lead, .supervisor)
        let errand = Errand(
            method: .post,
            path: "/v1/teams/\(house.teams.changing)/members",
            body: #"{"staff":"\#(newcomer)"}"#,
            object: ""
        )
        #expect(try await send(errand, token: try await confirmedSession(of: .lead).token).status == .ok)
        return newcomer
    }

    /// A route of the table that does an act, as the page writes it.
    struct Served: Sendable {
        let act: String
        let route: String
        let takesSession: Bool
    }

    /// The routes of the table that do an act.
    var routes: [Served] {
        Routes.table(of: deployment).routes.compactMap { route in
            route.act.map { act in
                Served(
                    act: act.rawValue,
                    route: "\(route.method.rawValue) \(route.path)",
                    takesSession: route.demands.contains(.session)
                )
            }
        }
    }

    /// Whether the route of a table takes a session; whoever signs in has none yet.
    func takesSession(_ section: PublishedMatrix.Section) -> Bool {
        routes.contains { $0.route == section.route && $0.takesSession }
    }

    func appoint(_ person: Person, _ role: Role) throws {
        try house.appoint(person, role, in: house.team(of: person), deployment.office.rows)
    }

    /// A new session of somebody.
    func signIn(_ person: Person) async throws -> Session {
        let answer = try await client.send(.post, "/v1/session", Errand.credentials(of: person))
        #expect(answer.status == .created, "\(person.rawValue): \(answer.text)")
        let json = try answer.json
        return Session(token: try #require(json["token"].text), id: try #require(json["session"].text))
    }

    /// The session of somebody, who is signed in once.
    func session(of person: Person) async throws -> Session {
        if let session = sessions[person] { return session }
        let session = try await signIn(person)
        sessions[person] = session
        return session
    }

    /// The session of somebody who has confirmed it. The clock of the house stands, so it stays confirmed.
    func confirmedSession(of person: Person) async throws -> Session {
        if let session = confirmed[person] { return session }
        let session = try await signIn(person)
        let errand = Errand(
            method: .post,
            path: "/v1/session/confirmation",
            body: Errand.confirmation(of: person),
            object: ""
        )
        #expect(try await send(errand, token: session.token).status == .ok)
        confirmed[person] = session
        return session
    }

    func send(_ errand: Errand, token: String?) async throws -> TestResponse {
        var headers = errand.headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        return try await client.send(errand.method, errand.path, errand.body, headers)
    }

    /// The version that a case is at.
    func version(ofCase id: String) throws -> Int {
        let id = try #require(CaseID(id))
        return try #require(try house.store.read { try $0.version(.caseRouting, id: id.bytes) })
    }

    /// Ends a session by its token.
    func end(_ token: String) async throws {
        let errand = Errand(method: .delete, path: "/v1/session", object: "")
        #expect(try await send(errand, token: token).status == .noContent)
    }

    /// How many requests of sessions that have ended stand in the log from an entry on. The counts go into it with the next
    /// entry, whoever leaves that.
    func counted(from first: Int) async throws -> Int {
        _ = try await signIn(.colleague)
        return try house.entries(from: first).filter { $0.rule == "no_session" }.reduce(0) { count, entry in
            #expect(entry.act == "session.open")
            #expect(entry.outcome == .denied)
            #expect(entry.actor == "none")
            return count + (entry.count ?? 0)
        }
    }

    /// Takes the key of the team that holds the cases from somebody, as it goes with whoever leaves.
    func takeKeys(of person: Person) throws {
        let grant = try deployment.office.rows.blind(.teamGrant, house.id(person).bytes, house.teams.holding.bytes)
        try house.store.write { try $0.delete(.teamGrant, id: grant) }
    }

    // MARK: - Cases and referrals

    /// A file after a recipe: a new one for an act that changes it, else one for all cells of a table.
    func file(_ recipe: Recipe, for section: PublishedMatrix.Section, isFresh: Bool) async throws -> File {
        let name = "\(section.heading) \(recipe)"
        if !isFresh, let file = files[name] { return file }
        let file = try await make(recipe)
        if !isFresh { files[name] = file }
        return file
    }

    private func make(_ recipe: Recipe) async throws -> File {
        let rows = deployment.office.rows
        let holding = house.teams.holding
        for person in Set([recipe.opener, .holder]) { try house.appoint(person, .caseworker, in: holding, rows) }
        let opener = recipe.opener
        let opened = try await made(
            opener,
            "/v1/cases",
            try Errand.opening(
                in: house,
                for: holding,
                isLifeInDanger: recipe.isLifeInDanger,
                keepsOut: recipe.keepsOut
            )
        )
        let id = try #require(opened["id"].text)
        let need = try #require(opened["needs"][0]["id"].text)
        let consent = try await made(opener, "/v1/cases/\(id)/consents", Errand.consent(house), of: id)["id"].text
        var file = File(id: id, need: need, consent: try #require(consent))
        if recipe.isRestricted {
            let readers = try [house.id(.reader), house.id(.mover)].map { #""\#($0.text)""# }.joined(separator: ", ")
            let body = #"{"readers":[\#(readers)]}"#
            _ = try await made(opener, "/v1/cases/\(id)/restriction", body, of: id, isConfirmed: true)
        }
        if recipe.isConsentTakenBack {
            _ = try await made(opener, file.path("/v1/cases/{case}/consents/{consent}/withdrawal"))
        }
        if let sender = recipe.sender {
            try house.appoint(sender, sender == .mover ? .supervisor : .caseworker, in: holding, rows)
            let body = Errand.referral(file, consent: file.consent)
            file.referral = try #require(try await made(sender, "/v1/cases/\(id)/referrals", body, of: id)["id"].text)
        }
        try await take(recipe.step, of: file, openedBy: opener)
        return file
    }

    private func take(_ step: String, of file: File, openedBy opener: Person) async throws {
        guard !step.isEmpty else { return }
        try appoint(.desk, .intake)
        let path = "/v1/referrals/\(file.referral)"
        switch step {
        case "declined": _ = try await made(.desk, "\(path)/decline", #"{"reason":"no_capacity"}"#)
        case "revoked": _ = try await made(opener, "\(path)/revoke")
        default: _ = try await made(.desk, "\(path)/accept")
        }
        if step == "completed" { _ = try await made(.desk, "\(path)/complete", #"{"word_of":"receiver"}"#) }
    }

    private func made(
        _ person: Person,
        _ path: String,
        _ body: String? = nil,
        of id: String? = nil,
        isConfirmed: Bool = false
    ) async throws -> SeenJSON {
        var errand = Errand(method: .post, path: path, body: body, object: "")
        errand.headers[.idempotencyKey] = UUID().uuidString
        if let id { errand.headers[.ifMatch] = "\"\(try version(ofCase: id))\"" }
        let session = isConfirmed ? try await confirmedSession(of: person) : try await session(of: person)
        let answer = try await send(errand, token: session.token)
        #expect(answer.status.code < 300, "\(path): \(answer.text)")
        return try answer.json
    }
}
