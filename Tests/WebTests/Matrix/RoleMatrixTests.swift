import Audit
import Care
import Foundation
import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import Web

/// Every cell of `docs/role-matrix.md`, asked of the server; SECURITY section 11 calls it the most valuable test.
@Suite struct RoleMatrixTests {
    /// Where the answer turns on whether the session was confirmed.
    private static let confirmation = [PublishedMatrix.Section.confirmed, "in a session that is not confirmed"]

    /// The states of which the answer may turn, by act and route; elsewhere there is one table. The steps of a referral are
    /// taken from the state that allows them: that others do not is not a matter of who asks, and `ReferralTests` of Care
    /// has them all.
    private static let states: [String: [String]] = [
        "POST /v1/session": ["", "with a wrong password"],
        "POST /v1/session/confirmation": ["", "with a wrong password"],
        "GET /v1/audit/extract": confirmation,
        "POST /v1/teams/{team}/members": confirmation,
        "POST /v1/teams/{team}/members/{staff}/removal": confirmation,
        "POST /v1/teams/{team}/key": confirmation,
        "POST /v1/cases/{case}/restriction": confirmation,
        "POST /v1/cases/{case}/readers": confirmation,
        "POST /v1/cases/{case}/readers/{staff}/removal": confirmation,
        "POST /v1/cases/{case}/erasure": confirmation,
        "GET /v1/referrals": ["inbox", "outbox"],
        "POST /v1/cases/{case}/referrals": [
            "her consent covers it", "life in danger and nobody could be asked",
            "life in danger, more than the minimum", "nobody was asked", "more than she agreed to",
            "her consent was taken back",
        ],
        "GET /v1/referrals/{referral}/packet": ["sent", "accepted", "declined", "completed", "revoked"],
    ]

    @Test func `the page has one cell for every route, state, role and standing, and no other`() async throws {
        let page = try PublishedMatrix.read()
        #expect(page.faults.isEmpty, "\(page.faults)")
        let served = Mutex<[MatrixDesk.Served]>([])
        try await MatrixHouse().serving(MatrixHouse.shipped) { desk in
            let routes = await desk.routes
            served.withLock { $0 = routes }
        }
        let routes = served.withLock { $0 }
        var cells: [String: Int] = [:]
        for cell in page.cells { cells[cell.name, default: 0] += 1 }
        for served in routes {
            let (act, route) = (served.act, served.route)
            for state in Self.states[route] ?? [""] {
                let section = PublishedMatrix.Section(act: act, route: route, state: state)
                #expect(
                    page.sections.contains(section),
                    """
                    docs/role-matrix.md says nothing of '\(act)': add a table under "\(section.heading)" with a line \
                    for each of the ten roles and, where it takes a session, for 'not signed in', and its request to \
                    Tests/WebTests/Matrix/Errand.swift
                    """
                )
                let roles = Role.allCases.map(Optional.some) + (served.takesSession ? [nil] : [])
                for role in roles {
                    for standing in Standing.columns(of: act, at: section.path) {
                        let cell = PublishedMatrix.Cell(section: section, role: role, standing: standing, says: "")
                        #expect(cells.removeValue(forKey: cell.name) == 1, "\(cell.name) stands there not once")
                    }
                }
            }
        }
        #expect(cells.isEmpty, "cells of no route: \(cells.keys.sorted())")
        for act in Act.allCases {
            let hasRoute = routes.contains { $0.act == act.rawValue }
            #expect(
                hasRoute != (page.withoutAddress[act.rawValue] != nil),
                """
                '\(act.rawValue)' is a new act: give it a route and a table in docs/role-matrix.md, or a line under \
                "Acts without an address" that says who does it
                """
            )
        }
        #expect(Set(page.withoutAddress.keys).isSubset(of: Act.allCases.map(\.rawValue)))
        #expect(Set(page.held.keys) == Set(Standing.allCases.map(\.rawValue)))
    }

    @Test func `every cell is answered and recorded as the page says`() async throws {
        let page = try PublishedMatrix.read()
        let cells = page.cells.filter { $0.role != nil }
        try await MatrixHouse().serving(MatrixHouse.shipped) { desk in
            // Lists first: more than fifty referrals would be more than one page, and so more than one entry.
            for cell in cells.filter({ !$0.section.path.contains("{") })
                + cells.filter({ $0.section.path.contains("{") })
            {
                let differences = try await desk.differences(cell, on: page)
                #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
            }
        }
        #expect(cells.count > 1_500)
        print("role matrix: \(cells.count) cells of people in a role driven over HTTP, each with its entry")
    }

    @Test func `whoever is not signed in is refused everywhere, and counted where a session has ended`() async throws {
        let page = try PublishedMatrix.read()
        let cells = page.cells.filter { $0.role == nil }
        try await MatrixHouse().serving(MatrixHouse.shipped) { desk in
            let start = try desk.house.logged
            let ended = try await desk.signIn(.colleague).token
            try await desk.end(ended)
            var asked = 0
            for cell in cells {
                let errand = try #require(try await Errand.of(cell, at: desk))
                let size = try desk.house.logged
                let without = try await desk.send(errand, token: nil)
                let late = try await desk.send(errand, token: ended)
                asked += 1
                let isSignOut = cell.says == "401, ended 204"
                #expect(isSignOut || cell.says == "401", "\(cell.name)")
                #expect(without.status.code == 401, "\(cell.name)")
                #expect(late.status.code == (isSignOut ? 204 : 401), "\(cell.name)")
                for answer in [without, late] where answer.status.code == 401 {
                    #expect(try answer.problem().type == "/problems/not-signed-in", "\(cell.name)")
                }
                #expect(try desk.house.logged == size, "\(cell.name)")
            }
            let counted = try await desk.counted(from: start)
            #expect(counted == asked, "requests of ended sessions")
        }
        #expect(cells.count > 150)
        print("role matrix: \(cells.count) cells of nobody signed in, each without a token and with one that has ended")
    }

    @Test func `whoever sent a referral and left the team with its keys still stops it`() async throws {
        try await MatrixHouse().serving(MatrixHouse.shipped) { desk in
            let section = PublishedMatrix.Section(
                act: "consent.withdraw",
                route: "POST /v1/cases/{case}/consents/{consent}/withdrawal",
                state: ""
            )
            let file = try await desk.file(
                MatrixDesk.Recipe(sender: .mover, step: "accepted"),
                for: section,
                isFresh: true
            )
            try await desk.takeKeys(of: .mover)
            try await desk.appoint(.mover, .caseworker)
            let errand = Errand(method: .post, path: file.path(section.path), object: file.id)
            let size = try desk.house.logged
            let answer = try await desk.send(errand, token: try await desk.session(of: .mover).token)
            #expect(answer.status == .ok, "\(answer.text)")
            #expect(
                try desk.house.entries(from: size).map(\.rule).last == "consent.withdraw:sending_worker"
            )
            try await desk.appoint(.desk, .intake)
            let packet = Errand(method: .get, path: "/v1/referrals/\(file.referral)/packet", object: "")
            try await desk.send(packet, token: try await desk.session(of: .desk).token).expect(.wrongState)
            try await desk.appoint(.holder, .caseworker)
            let reading = Errand(method: .get, path: "/v1/cases/\(file.id)", object: "")
            let read = try await desk.send(reading, token: try await desk.session(of: .holder).token)
            #expect(try read.json["consents"][0]["withdrawn_at"].text != nil)
        }
    }
}
