import Audit
import Care
import Casework
import Foundation
import HTTPTypes
import HummingbirdTesting
import Sealing
import Testing

@testable import Web

@Suite struct EnrolmentRoutesTests {
    private let path = "/v1/enrolments"
    private let password = "a password zq7marker of her own"

    private func body(_ code: String, name: String = "newcomer", password: String? = nil) -> String {
        #"{"code":"\#(code)","name":"\#(name)","password":"\#(password ?? self.password)"}"#
    }

    private func code(of invitation: Invitation) -> String { String(decoding: invitation.code.text(), as: UTF8.self) }

    /// The sessionless request, with what the log holds of it.
    private func enrol(
        _ house: House,
        _ client: any TestClientProtocol,
        _ body: String
    ) async throws -> (answer: TestResponse, entries: [String]) {
        let size = try house.logged
        let answer = try await client.send(.post, path, body)
        return (answer, try house.entries(from: size).map { "\($0.act) \($0.outcome.rawValue) \($0.rule)" })
    }

    @Test func `an enrolment says who it made, opens no session and tells where to sign in`() async throws {
        try await House.serving { house, client in
            let invitation = try await house.invitation([.caseworker], in: [house.newTeam()])
            let (answer, entries) = try await enrol(house, client, body(code(of: invitation)))
            #expect(answer.status == .created)
            let json = try answer.json
            #expect(json.names == ["agency", "roles", "sign_in_at", "staff"])
            #expect(json["staff"].text == invitation.staff.text)
            #expect(json["roles"] == .list([.text("caseworker")]))
            #expect(json["sign_in_at"].text == "/v1/session")
            #expect(entries == ["person.enrol permitted person.enrol:anyone"])
            let session = try await client.send(
                .post,
                try #require(json["sign_in_at"].text),
                #"{"name":"Newcomer","password":"\#(password)"}"#
            )
            #expect(session.status == .created)
            #expect(try session.json["staff"].text == invitation.staff.text)
        }
    }

    @Test func `used, ended, mistyped and made-up codes are answered with the same bytes`() async throws {
        try await House.serving { house, client in
            let used = try await house.invitation([.caseworker], in: [])
            #expect(try await enrol(house, client, body(code(of: used))).answer.status == .created)
            let ended = try await house.invitation([.caseworker], in: [])
            house.clock.advance(minutes: 7 * 24 * 60)
            var mistyped = code(of: try await house.invitation([.caseworker], in: []))
            mistyped = mistyped.hasSuffix("0") ? mistyped.dropLast() + "1" : mistyped.dropLast() + "0"
            let made = String(decoding: try PrintedCode.random(.invitation).text(), as: UTF8.self)
            var bodies: Set<String> = []
            var headers: Set<[String]> = []
            for code in [code(of: used), code(of: ended), mistyped, made, "zq7marker", "\\u0000"] {
                for password in [password, "short"] {
                    let (answer, entries) = try await enrol(
                        house,
                        client,
                        body(code, name: "dinesh", password: password)
                    )
                    try answer.expect(.enrolmentFailed)
                    #expect(answer.status == .forbidden)
                    #expect(entries == [])
                    bodies.insert(answer.bodyWithoutRequest)
                    headers.insert(answer.headers.filter { $0.name != .requestID }.map(\.description).sorted())
                }
            }
            #expect(bodies.count == 1)
            #expect(headers.count == 1)
        }
    }

    @Test func `a taken name and a short password are told, and the code still works`() async throws {
        try await House.serving { house, client in
            let invitation = try await house.invitation([.caseworker], in: [])
            let code = code(of: invitation)
            for (name, short, pointer) in [("Dinesh", password, "/name"), ("newcomer", "zq7marker", "/password")] {
                let (answer, entries) = try await enrol(house, client, body(code, name: name, password: short))
                #expect(try answer.expect(.invalidValue).errors?.map(\.pointer) == [pointer])
                #expect(entries == ["person.enrol failed invalid"])
            }
            #expect(try await enrol(house, client, body(code)).answer.status == .created)
        }
    }

    @Test func `an enrolment that cannot be read is refused without a word of it and changes nothing`() async throws {
        try await House.serving { house, client in
            let invitation = try await house.invitation([.caseworker], in: [])
            let code = code(of: invitation)
            for (body, kind) in [
                (#"{"code":"\#(code)","name":"zq7marker"}"#, ProblemKind.invalidValue),
                (#"{"code":["zq7marker"],"name":"n","password":"zq7marker"}"#, .invalidValue),
                (#"{"code":"\#(code)","name":"n","password":"\#(password)","role":"administrator"}"#, .unknownField),
                (#"{"code":"\#(code)","code":"\#(code)","name":"n","password":"zq7marker"}"#, .duplicateField),
                (#"{"code":"","name":"n","password":"zq7marker"}"#, .invalidValue),
                ("zq7marker", .malformedJSON),
            ] {
                let (answer, entries) = try await enrol(house, client, body)
                try answer.expect(kind)
                #expect(entries == [])
                #expect(!answer.text.contains(code.prefix(11)))
            }
            try await client.send(.post, path, String(repeating: " ", count: 20_000)).expect(.bodyTooLarge)
            try await client.send(.get, path).expect(.methodNotAllowed)
            #expect(try await enrol(house, client, self.body(code)).answer.status == .created)
        }
    }

    @Test func `an administrator who enrolled reads emergency pages and the proof of the log, and opens no case`()
        async throws
    {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let opened = try await OpenedCase(by: dinesh)
            let invitation = try await house.invitation([.administrator], in: [])
            _ = try await client.send(.post, path, body(code(of: invitation)))
            let session = try await client.send(.post, "/v1/session", #"{"name":"newcomer","password":"\#(password)"}"#)
            let token = try #require(try session.json["token"].text)
            let newcomer = Caller(house: house, client: client, token: token)
            #expect(try await newcomer.get("/v1/countries/LK").status == .ok)
            #expect(try await newcomer.get("/v1/audit/checkpoint").status == .ok)
            #expect(try await newcomer.get("/v1/session").status == .ok)
            for (line, body) in [
                ("GET \(opened.path)", nil), ("GET /v1/cases", nil), ("GET /v1/referrals?box=inbox", nil),
                ("GET /v1/audit/entries", nil), ("GET /v1/audit/extract", nil),
                ("POST /v1/cases", Caseload.opening(in: house)),
                ("POST /v1/lookup", #"{"country":"LK","needs":["PSY-CRISIS"]}"#),
                ("POST \(opened.path)/matches", #"{"need":"\#(opened.need)"}"#),
            ] as [(String, String?)] {
                let parts = line.split(separator: " ").map(String.init)
                let answer =
                    parts[0] == "GET"
                    ? try await newcomer.get(parts[1]) : try await newcomer.post(parts[1], body, key: "k")
                #expect([403, 404].contains(answer.status.code), "\(line): \(answer.status.code)")
                #expect(!answer.text.contains("zq7marker"))
            }
        }
    }
}

extension House {
    /// A team of an agency that the ceremony of this test founded.
    fileprivate func newTeam() async throws -> TeamID {
        try await ceremony.team(
            named: "New team",
            of: agency,
            isDesk: false,
            request: deployment.newRequest()
        )
    }

    fileprivate func invitation(_ roles: Set<Role>, in teams: [TeamID]) async throws -> Invitation {
        try await ceremony.invite(roles: roles, of: agency, in: teams, request: deployment.newRequest())
    }
}
