import Casework
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct HealthRoutesTests {
    @Test func `a server that can work says which parts it has looked at`() async throws {
        try await House.serving { house, client in
            let size = try house.logged
            #expect(try await client.send(.get, "/healthz").status == .noContent)
            let ready = try await client.send(.get, "/readyz")
            #expect(ready.status == .ok)
            #expect(
                ready.text == #"{"checks":{"audit_log":true,"directory":true,"disk":true,"store":true},"ready":true}"#
            )
            #expect(try house.logged == size)
        }
    }

    @Test func `a server whose store is closed lives and is not ready`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            try house.deployment.close()
            #expect(try await client.send(.get, "/healthz").status == .noContent)
            let ready = try await client.send(.get, "/readyz")
            #expect(ready.status == .serviceUnavailable)
            #expect(try ready.json["ready"].flag == false)
            #expect(try ready.json["checks"]["directory"].flag == true)
            try await dinesh.get("/v1/cases").expect(.stopped)
            let page = try await dinesh.get("/v1/countries/LK").json
            #expect(page["recorded"].flag == false)
            #expect(page["emergency"][0]["number"].text == "119")
            #expect(try await dinesh.send(.delete, "/v1/session").status == .noContent)
        }
    }
}
