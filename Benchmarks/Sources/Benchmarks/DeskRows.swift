import Care
import Casework
import Directory
import Foundation

/// The same acts as over HTTP, asked of the desks directly: it tells the ledger's share of a request from that of HTTP and
/// JSON.
enum DeskRows {
    static func measure(_ effort: Effort, in folder: URL, repository: URL) async throws -> [Row] {
        let house = try await House.found(on: House.Ground(folder: folder, repository: repository))
        let cases = try await house.openCases(effort.size(500, quick: 50)).map(\.id)
        let query = LookupQuery(
            country: try Invented.country("LK"),
            needs: [try Invented.code("PSY-CRISIS")],
            age: 15,
            languages: ["si"].compactMap { LanguageTag($0) },
            at: Date()
        )
        let lookUps = try await rate("look-up at the desk, without HTTP", effort, effort.size(10_000, quick: 1000)) {
            _ in
            _ = try await house.deployment.lookups.services(
                for: query,
                by: house.worker,
                request: house.deployment.newRequest()
            )
        }
        let reads = try await rate("case read at the desk, without HTTP", effort, effort.size(5000, quick: 500)) {
            number in
            _ = try await house.deployment.cases.read(
                cases[number % cases.count],
                by: house.worker,
                request: house.deployment.newRequest()
            )
        }
        try house.deployment.close()
        return [lookUps, reads]
    }

    private static func rate(
        _ what: String,
        _ effort: Effort,
        _ count: Int,
        _ act: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> Row {
        var rates: [Double] = []
        for turn in 0...effort.repetitions {
            let time = try await seconds(waiting: { _ = try await Crowd.each(0..<count, atOnce: 256, act) })
            if turn > 0 { rates.append(Double(count) / time) }
        }
        return Row(group: "desk", what: what + ", 256 at once", measured: Figure(rates, "/s"))
    }
}
