import Care
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

/// One's own account over HTTP: codes, devices, passwords, recovery.
@Suite struct AccountRoutesTests {
    private let newPassword = "another sentence of tests"

    private func signIn(
        _ house: House,
        _ client: any TestClientProtocol,
        _ name: String = "dinesh",
        _ more: String = ""
    ) async throws -> TestResponse {
        let password = try house.person("dinesh").password
        return try await client.send(.post, "/v1/session", #"{"name":"\#(name)","password":"\#(password)"\#(more)}"#)
    }

    /// Gives the caller an authenticator.
    private func enrol(_ caller: Caller) async throws -> AuthenticatorApp {
        let offer = try await caller.post("/v1/account/authenticator")
        #expect(offer.status == .created)
        #expect(try offer.json.names == ["ends_at", "secret", "uri"])
        let letters = try #require(try offer.json["secret"].text)
        #expect(try offer.json["uri"].text?.contains("secret=\(letters)&") == true)
        let app = try AuthenticatorApp(letters: letters)
        let code = try app.code(at: caller.house.clock.now)
        let taken = try await caller.post("/v1/account/authenticator/confirmation", #"{"code":"\#(code)"}"#)
        #expect(taken.status == .noContent)
        return app
    }

    @Test func `an authenticator is asked for at the door, and every refusal there has the same bytes`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            try await dinesh.post("/v1/account/authenticator").expect(.confirmationNeeded)
            try await dinesh.confirm()
            let app = try await enrol(dinesh)
            house.clock.advance(minutes: 1)
            let used = try app.code(at: house.clock.now)
            let spaced = used.prefix(3) + " " + used.suffix(3)
            #expect(try await signIn(house, client, "dinesh", #","code":"\#(spaced)""#).status == .created)
            var seen: Set<String> = []
            for (name, more) in [
                ("dinesh", ""), ("dinesh", #","code":"000000""#), ("dinesh", #","code":"\#(used)""#), ("nobody", ""),
                ("nobody", #","code":"\#(used)""#), ("nobody", #","code":"000000","device":"zq7marker""#),
            ] {
                house.clock.advance(minutes: 1)
                let answer = try await signIn(house, client, name, more)
                try answer.expect(.signInFailed)
                let headers = answer.headers.filter { $0.name != .requestID && $0.name != .date }
                    .map { "\($0.name): \($0.value)" }.sorted()
                seen.insert(answer.bodyWithoutRequest + headers.joined())
            }
            #expect(seen.count == 1)
        }
    }

    @Test func `a session is confirmed with a code by whoever has an authenticator`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            try await dinesh.confirm()
            let app = try await enrol(dinesh)
            house.clock.advance(minutes: 6)
            let path = "/v1/session/confirmation"
            try await dinesh.delete("/v1/account/authenticator").expect(.confirmationNeeded)
            let password = try house.person("dinesh").password
            try await dinesh.leaves("session.confirm denied confirmation_failed") {
                try await $0.post(path, #"{"password":"\#(password)"}"#)
            }.expect(.confirmationFailed)
            try await dinesh.post(path, #"{"password":"\#(password)"}"#).expect(.tooManyFailures)
            try await dinesh.post(path, #"{"password":"\#(password)","more":1}"#).expect(.unknownField)
            house.clock.advance(minutes: 1)
            let code = try app.code(at: house.clock.now)
            let confirmed = try await dinesh.post(path, #"{"code":"\#(code)"}"#)
            #expect(try confirmed.json["confirmed_until"].text == house.clock.text(minutes: 5))
            #expect(try await dinesh.get("/v1/session").json["confirmed_until"].text == house.clock.text(minutes: 5))
            #expect(try await dinesh.get("/v1/account").json["authenticator"].flag == true)
            #expect(try await dinesh.delete("/v1/account/authenticator").status == .noContent)
            #expect(try await dinesh.get("/v1/account").json["authenticator"].flag == false)
            #expect(try await signIn(house, client).status == .created)
        }
    }

    @Test func `wrong tries are told when to come back, and a device that was used before is counted apart`()
        async throws
    {
        try await House.serving { house, client in
            let remembered = try await signIn(house, client, "dinesh", #","remember_device":true"#)
            let device = try #require(try remembered.json["device"].text)
            #expect(try await signIn(house, client).json["device"] == .missing)
            for name in ["dinesh", "nobody"] {
                for wait in [1, 2, 4] {
                    let wrong = #"{"name":"\#(name)","password":"zq7marker zq7marker"}"#
                    try await client.send(.post, "/v1/session", wrong).expect(.signInFailed)
                    let size = try house.logged
                    let late = try await client.send(.post, "/v1/session", wrong)
                    try late.expect(.tooManyFailures)
                    #expect(late.headers[.retryAfter] == "\(wait)")
                    #expect(try house.logged == size)
                    house.clock.advance(minutes: Double(wait) / 60)
                }
                let wrong = #"{"name":"\#(name)","password":"zq7marker zq7marker"}"#
                try await client.send(.post, "/v1/session", wrong).expect(.signInFailed)
            }
            try await signIn(house, client).expect(.tooManyFailures)
            let known = try await signIn(house, client, "dinesh", #","device":"\#(device)","remember_device":true"#)
            #expect(known.status == .created)
            #expect(try known.json["device"] == .missing)
            let token = try #require(try known.json["token"].text)
            let dinesh = Caller(house: house, client: client, token: token)
            let listed = try await dinesh.get("/v1/account").json["devices"].list
            #expect(listed.count == 1)
            let id = try #require(listed.first?["device"].text)
            try await dinesh.delete("/v1/account/devices/\(String(repeating: "0", count: 32))").expect(.notFound)
            let tara = try await house.caller("tara", client)
            try await tara.delete("/v1/account/devices/\(id)").expect(.notFound)
            #expect(try await dinesh.delete("/v1/account/devices/\(id)").status == .noContent)
            try await signIn(house, client, "dinesh", #","device":"\#(device)""#).expect(.tooManyFailures)
        }
    }

    @Test func `a lost password is set anew with the code on paper, which comes once`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let password = try house.person("dinesh").password
            let asking = #"{"password":"\#(password)"}"#
            try await dinesh.post("/v1/account/recovery-code", asking).expect(.confirmationNeeded)
            try await dinesh.confirm()
            let made = try await dinesh.post("/v1/account/recovery-code", asking)
            #expect(made.status == .created)
            let code = try #require(try made.json["recovery_code"].text)
            #expect(code.hasPrefix("RC"))
            #expect(try await dinesh.get("/v1/account").json["recovery_code_made_at"].text == house.clock.text())
            func recover(_ code: String, _ password: String) async throws -> TestResponse {
                try await client.send(
                    .post,
                    "/v1/recoveries",
                    #"{"recovery_code":"\#(code)","password":"\#(password)"}"#
                )
            }
            try await recover("zq7marker", newPassword).expect(.recoveryFailed)
            try await recover(code, "zq7marker").expect(.invalidValue)
            let recovered = try await recover(code.lowercased().replacing("-", with: " "), newPassword)
            #expect(recovered.status == .ok)
            #expect(try recovered.json["staff"].text == (try house.person("dinesh").staff.text))
            #expect(try recovered.json["recovery_code"].text != code)
            try await recover(code, newPassword).expect(.recoveryFailed)
            try await dinesh.get("/v1/session").expect(.notSignedIn)
            try await signIn(house, client).expect(.signInFailed)
            house.clock.advance(minutes: 1)
            let right = #"{"name":"dinesh","password":"\#(newPassword)"}"#
            #expect(try await client.send(.post, "/v1/session", right).status == .created)
        }
    }

    @Test func `a password is changed, and what may be known to someone is made anew`() async throws {
        try await House.serving { house, client in
            let other = try await house.caller("dinesh", client)
            let dinesh = try await house.caller("dinesh", client)
            let password = try house.person("dinesh").password
            let change = #"{"old_password":"\#(password)","new_password":"\#(newPassword)"}"#
            for path in ["/v1/account/password", "/v1/account/exposure"] {
                try await dinesh.post(path, change).expect(.confirmationNeeded)
            }
            try await dinesh.confirm()
            try await dinesh.post(
                "/v1/account/password",
                #"{"old_password":"\#(password)","new_password":"zq7marker"}"#
            )
            .expect(.invalidValue)
            #expect(try await dinesh.post("/v1/account/password", change).status == .ok)
            try await other.get("/v1/session").expect(.notSignedIn)
            #expect(try await dinesh.get("/v1/session").status == .ok)
            let back = #"{"old_password":"\#(newPassword)","new_password":"\#(password)"}"#
            #expect(try await dinesh.post("/v1/account/exposure", back).status == .noContent)
            try await dinesh.get("/v1/session").expect(.notSignedIn)
            let again = try await house.caller("dinesh", client)
            #expect(try await again.get("/v1/account").json["pair_due_at"].text == house.clock.text())
            #expect(try await again.delete("/v1/account/sessions").status == .noContent)
            try await again.get("/v1/session").expect(.notSignedIn)
        }
    }

    @Test func `what is lacking or unknown in a request about secrets is refused without a word of it`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            for (path, body) in [
                ("/v1/account/password", #"{"old_password":"zq7marker"}"#),
                ("/v1/account/exposure", #"{"new_password":"zq7marker"}"#),
                ("/v1/account/recovery-code", #"{"password":["zq7marker"]}"#),
                ("/v1/account/authenticator/confirmation", #"{"code":"zq7marker zq7marker zq7marker"}"#),
                ("/v1/recoveries", #"{"recovery_code":"zq7marker"}"#),
            ] {
                try await dinesh.leavesNothing { try await $0.post(path, body) }.expect(.invalidValue)
            }
        }
    }
}

extension Caller {
    fileprivate func delete(_ path: String) async throws -> TestResponse { try await send(.delete, path) }
}
