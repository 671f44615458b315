import Care
import Directory
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct RouteTableTests {
    private func edge(_ table: RouteTable) -> Edge {
        Edge(
            table: table,
            phrasebook: .empty,
            headers: SecurityHeaders.fields(isSecured: false),
            newRequest: { TestDesk.request(1) },
            milliseconds: { 0 },
            record: { _ in }
        )
    }

    private func served() async throws -> RouteTable { Routes.table(of: try await House.found().deployment) }

    @Test func `the router has the routes of the table and no others`() async throws {
        let table = try await served()
        let routed = table.router(behind: edge(table)).routes.map { "\($0.method.rawValue) \($0.path)" }
        let listed = table.routes.map { "\($0.method.rawValue) \($0.path)" }
        #expect(!listed.isEmpty)
        #expect(routed.sorted() == listed.sorted())
        #expect(Set(listed).count == listed.count)
    }

    @Test func `an address holds ids and codes in braces and fixed words, nothing else`() async throws {
        for route in try await served().routes {
            for part in route.path.split(separator: "/") {
                let isPlain = part.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
                let isNamed =
                    part.hasPrefix("{") && part.hasSuffix("}") && part.dropFirst().dropLast().allSatisfy(\.isLowercase)
                #expect(isPlain || isNamed, "\(route.path)")
            }
            #expect(RouteTable.knownMethods.contains(route.method))
        }
    }

    @Test func `the methods of an address are those of its lines, with HEAD and OPTIONS`() {
        let table = TestDesk().table
        #expect(table.methods(at: "/notes").map(\.rawValue) == ["GET", "HEAD", "OPTIONS", "POST"])
        #expect(table.methods(at: "/notes/7").map(\.rawValue) == ["GET", "HEAD", "OPTIONS"])
        #expect(table.methods(at: "/lookup").map(\.rawValue) == ["OPTIONS", "QUERY"])
        #expect(table.methods(at: "/notes/7/8").isEmpty)
        #expect(table.methods(at: "/").isEmpty)
    }

    @Test func `whoever needs a session asks for an act, and every act that a person does has its route`() async throws
    {
        let routes = try await served().routes
        for route in routes where route.demands.contains(.session) { #expect(route.act != nil, "\(route.path)") }
        // Agencies and teams are founded and people invited by a ceremony on the machine that holds the root key; the operator
        // loads the directory, goes on with a restored log and moves to a new pepper there. That an erasure is done, the
        // server says itself.
        let ceremonies: Set<Act> = [
            .foundAgency, .foundTeam, .invitePerson, .loadDirectory, .completeErasure, .continueLog, .rotatePepper,
        ]
        #expect(Set(routes.compactMap(\.act)) == Set(Act.allCases).subtracting(ceremonies))
    }

    @Test func `the page about the interface names every route`() async throws {
        let page = try String(contentsOfFile: Repository.folder("docs/http-api.md"), encoding: .utf8)
        for route in try await served().routes where route.method != .query {
            #expect(page.contains("`\(route.method.rawValue) \(route.path)"), "\(route.method.rawValue) \(route.path)")
        }
    }

    @Test func `only sign-in, enrolment, health and the help pages can be had without a session`() async throws {
        let open = try await served().routes.filter { !$0.demands.contains(.session) }
        #expect(
            open.map { "\($0.method.rawValue) \($0.path)" }.sorted() == [
                "GET /healthz", "GET /problems", "GET /problems/{code}", "GET /readyz", "POST /v1/enrolments",
                "POST /v1/session",
            ]
        )
    }

    @Test func `whatever makes something asks for a key, and whatever changes a case for its version`() async throws {
        let routes = try await served().routes
        let makes: Set<Act> = [.openCase, .recordNeed, .recordConsent, .fileReferral]
        for route in routes {
            #expect(route.demands.contains(.idempotencyKey) == route.act.map { makes.contains($0) } ?? false)
            let changes = makes.subtracting([.openCase]).union([.eraseCase])
            #expect(route.demands.contains(.version) == route.act.map { changes.contains($0) } ?? false)
        }
    }

    @Test func `no route that demands a session answers without one`() async throws {
        try await House.serving { house, client in
            let before = try house.logged
            for route in Routes.table(of: house.deployment).routes where route.demands.contains(.session) {
                let path = route.path.replacing("{case}", with: "c\(String(repeating: "0", count: 26))")
                    .replacing("{country}", with: "LK")
                    .replacing("{referral}", with: "r\(String(repeating: "0", count: 26))")
                    .replacing("{consent}", with: "n\(String(repeating: "0", count: 26))")
                let headers: HTTPFields = [.idempotencyKey: "k", .ifMatch: "\"1\""]
                let body = route.body == .none ? nil : "{}"
                let without = try await client.send(route.method, path, body, headers)
                try without.expect(.notSignedIn)
                guard route.method != .delete else { continue }
                for token in ["zq7marker", "lw1_" + String(repeating: "0", count: 56)] {
                    var headers = headers
                    headers[.authorization] = "Bearer \(token)"
                    try await client.send(route.method, path, body, headers).expect(.notSignedIn)
                }
            }
            #expect(try house.logged == before)
        }
    }
}
