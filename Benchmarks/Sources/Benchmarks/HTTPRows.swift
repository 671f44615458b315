import Care
import Casework
import Directory
import Foundation

/// Audited requests over HTTP beside a bare route of the same server. Every answer waits for the durable commit of its
/// entry on a real disk, and after each run the log must have grown by as many entries as there were answers.
enum HTTPRows {
    static func lookUps(_ effort: Effort, in folder: URL, repository: URL) async throws -> [Row] {
        let wrk = try Wrk()
        let house = try await House.found(on: House.Ground(folder: folder, repository: repository))
        let asking = try script(
            "lookup",
            in: folder,
            token: house.token,
            body: #"{"country":"LK","needs":["PSY-CRISIS"],"age":15,"languages":["si"]}"#
        )
        let reading = try script("country", in: folder, token: house.token)
        let rows = try await Servers.running(over: house.deployment, repository: repository) { servers in
            var rows: [Row] = []
            for connections in [64, 256] {
                rows.append(
                    try await compare(
                        "lookup",
                        "audited look-up over HTTP, \(connections) connections",
                        house,
                        wrk,
                        effort,
                        url: servers.leeward + "/v1/lookup",
                        bare: servers.bare,
                        connections: connections,
                        script: asking,
                        budget: Row.Budget(side: .atLeast, value: 0.5, isRatio: true)
                    )
                )
            }
            rows.append(
                try await compare(
                    "lookup",
                    "audited country page over HTTP, 256 connections",
                    house,
                    wrk,
                    effort,
                    url: servers.leeward + "/v1/countries/LK",
                    bare: servers.bare,
                    connections: 256,
                    script: reading,
                    budget: nil
                )
            )
            return rows
        }
        try house.deployment.close()
        return rows
    }

    static func caseReads(_ effort: Effort, in folder: URL, repository: URL) async throws -> [Row] {
        let wrk = try Wrk()
        let house = try await House.found(on: House.Ground(folder: folder, repository: repository))
        let cases = try await house.openCases(effort.size(1000, quick: 50))
        let reading = try script(
            "cases",
            in: folder,
            token: house.token,
            paths: cases.map { "/v1/cases/\($0.id.text)" }
        )
        let rows = try await Servers.running(over: house.deployment, repository: repository) { servers in
            let many = try await compare(
                "case-read",
                "audited case read over HTTP, 64 clients",
                house,
                wrk,
                effort,
                url: servers.leeward,
                bare: servers.bare,
                connections: 64,
                script: reading,
                budget: Row.Budget(side: .atLeast, value: 5000)
            )
            var medians: [Double] = []
            for _ in 0..<effort.repetitions {
                let run = try await wrk.run(servers.leeward, connections: 2, seconds: 1, script: reading)
                medians.append(run.median)
            }
            let alone = Row(
                group: "case-read",
                what: "audited case read over HTTP, 2 clients, p50",
                measured: Figure(medians, "ms"),
                budget: Row.Budget(side: .atMost, value: 8)
            )
            return [many, alone]
        }
        try house.deployment.close()
        return rows
    }

    private static func compare(
        _ group: String,
        _ what: String,
        _ house: House,
        _ wrk: Wrk,
        _ effort: Effort,
        url: String,
        bare: String,
        connections: Int,
        script: URL,
        budget: Row.Budget?
    ) async throws -> Row {
        let time = effort.isQuick ? 1.0 : 4
        var slowest: [Double] = []
        var answerBytes = 0.0
        let pair = try await Paired(
            min(effort.repetitions, 5),
            ours: {
                let before = try house.logged
                let run = try await wrk.run(url, connections: connections, seconds: time, script: script)
                guard try house.logged - before >= run.requests else {
                    throw BenchmarkFailure("an answer has no entry in the log")
                }
                slowest.append(run.p99)
                answerBytes = run.answerBytes
                return run.requestsPerSecond
            },
            rival: { try await wrk.run(bare, connections: connections, seconds: time).requestsPerSecond }
        )
        return pair.row(
            group,
            what,
            unit: "/s",
            rival: "bare hello route of the same server",
            budget: budget,
            note:
                "p99 \(Figure(slowest, "ms")); \(Figure.text(answerBytes)) bytes an answer; every answer has its entry"
        )
    }

    /// What wrk sends: one request over and over, or the paths one after another.
    private static func script(
        _ name: String,
        in folder: URL,
        token: [UInt8],
        body: String? = nil,
        paths: [String] = []
    ) throws -> URL {
        var lines = ["wrk.headers['Authorization'] = 'Bearer \(String(decoding: token, as: UTF8.self))'"]
        if let body {
            lines += [
                "wrk.method = 'POST'", "wrk.headers['Content-Type'] = 'application/json'", "wrk.body = '\(body)'",
            ]
        }
        if !paths.isEmpty {
            lines += [
                "local paths = { \(paths.map { "'\($0)'" }.joined(separator: ", ")) }",
                "local requests = {}",
                "local next = 0",
                "function init() for i, path in ipairs(paths) do requests[i] = wrk.format(nil, path) end end",
                "function request() next = next % #requests + 1; return requests[next] end",
            ]
        }
        let file = folder.appending(path: "\(name).lua")
        try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        return file
    }
}
