import Audit
import Care
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct SessionRoutesTests {
    @Test func `a session says who is signed in, for how long and in which teams`() async throws {
        try await House.serving { house, client in
            let dinesh = try house.person("dinesh")
            let size = try house.logged
            let opened = try await client.send(
                .post,
                "/v1/session",
                #"{"name":"Dinesh","password":"\#(dinesh.password)"}"#
            )
            #expect(opened.status == .created)
            let session = try opened.json
            #expect(session["staff"].text == dinesh.staff.text)
            #expect(session["roles"] == .list([.text("caseworker")]))
            #expect(session["teams"][0]["id"].text == house.team.text)
            #expect(session["teams"][0]["desk"].flag == false)
            #expect(session["expires_at"].text == house.clock.text(minutes: 600))
            let token = try #require(session["token"].text)
            #expect(token.hasPrefix("lw1_") && token.utf8.count == 60)
            #expect(try house.entries(from: size).map(\.rule) == ["session.open:anyone"])

            let caller = Caller(house: house, client: client, token: token)
            let read = try await caller.leavesNothing { try await $0.get("/v1/session") }
            #expect(try read.json.names == session.names.filter { $0 != "token" })
            #expect(try read.json["expires_at"] == session["expires_at"])
        }
    }

    @Test func `a wrong password and a name that nobody has look alike`() async throws {
        try await House.serving { house, client in
            var bodies: Set<String> = []
            for (name, password) in [
                ("dinesh", "a long enough password of tara"), ("nobody", "a long enough password of dinesh"),
                ("dinesh", "zq7marker"), ("zq7marker", "zq7marker"),
            ] {
                house.clock.advance(minutes: 1)
                let size = try house.logged
                let answer = try await client.send(
                    .post,
                    "/v1/session",
                    #"{"name":"\#(name)","password":"\#(password)"}"#
                )
                try answer.expect(.signInFailed)
                bodies.insert(answer.bodyWithoutRequest)
                let entry = try #require(try house.entries(from: size).last)
                #expect("\(entry.act) \(entry.outcome) \(entry.rule)" == "session.open denied sign_in_failed")
            }
            #expect(bodies.count == 1)
        }
    }

    @Test func `a session ends after 15 idle minutes, and after ten hours however busy it is`() async throws {
        try await House.serving { house, client in
            let idle = try await house.caller("dinesh", client)
            house.clock.advance(minutes: 14)
            #expect(try await idle.get("/v1/cases").status == .ok)
            house.clock.advance(minutes: 15)
            try await idle.leavesNothing { try await $0.get("/v1/cases") }.expect(.notSignedIn)

            let busy = try await house.caller("dinesh", client)
            for _ in 0..<59 {
                house.clock.advance(minutes: 10)
                #expect(try await busy.get("/v1/session").status == .ok)
            }
            house.clock.advance(minutes: 10)
            try await busy.get("/v1/session").expect(.notSignedIn)

            // Attempts without a live session are counted, one entry for all of them with the next one recorded.
            let size = try house.logged
            _ = try await house.caller("dinesh", client)
            let counted = try house.entries(from: size).filter { $0.rule == "no_session" }
            #expect(counted.map(\.count) == [1])
            #expect(counted.map(\.outcome.rawValue) == ["denied"])
        }
    }

    @Test func `signing out ends the session at once, and a second time changes nothing`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let other = try await house.caller("dinesh", client)
            let out = try await dinesh.leaves("session.close permitted session.close:staff") { dinesh in
                try await dinesh.send(.delete, "/v1/session")
            }
            #expect(out.status == .noContent)
            try await dinesh.leavesNothing { try await $0.get("/v1/cases") }.expect(.notSignedIn)
            let again = try await dinesh.leavesNothing { try await $0.send(.delete, "/v1/session") }
            #expect(again.status == .noContent)
            #expect(try await other.get("/v1/cases").status == .ok)
        }
    }

    @Test func `a sign-in that cannot be read is refused without a word of it`() async throws {
        try await House.serving { house, client in
            for (body, kind) in [
                (#"{"name":"dinesh"}"#, ProblemKind.invalidValue),
                (#"{"name":1,"password":"zq7marker"}"#, .invalidValue),
                (#"{"name":"dinesh","password":["zq7marker"]}"#, .invalidValue),
                (#"{"name":"dinesh","password":"zq7marker","remember":true}"#, .unknownField),
            ] {
                let size = try house.logged
                try await client.send(.post, "/v1/session", body).expect(kind)
                #expect(try house.logged == size)
            }
        }
    }
}
