import Directory
import Foundation
import Matching

/// Matching one need in a country with 10,000 services, every reason worked out and named.
enum MatchRows {
    static func measure(_ effort: Effort) async throws -> [Row] {
        let country = try DrawnCountry(services: effort.size(10_000, quick: 1000), seed: 11)
        let windows = try DrawnCountry.windows()
        let parameters = try DrawnCountry.parameters()
        func match(_ context: CaseContext) -> MatchResult {
            Matcher.match(
                context,
                among: country.index,
                profile: DrawnCountry.profile,
                windows: windows,
                parameters: parameters,
                now: DrawnCountry.now
            )
        }
        let all = (0..<200).map { country.context($0, lastingNeeds: false) }
        guard !all.map(match).contains(where: { $0.outcome == .blocked }) else {
            throw BenchmarkFailure("a gate kept a list back: nothing would be measured")
        }
        var p99: [Double] = []
        var medians: [Double] = []
        for turn in 0...effort.repetitions {
            var times: [Double] = []
            for _ in 0..<effort.size(5, quick: 1) {
                for context in all {
                    var judged = 0
                    times.append(
                        seconds {
                            let result = match(context)
                            judged = result.options.count + result.excluded.count
                        } * 1000
                    )
                    guard judged == country.services.count else { throw BenchmarkFailure("a service has no verdict") }
                }
            }
            times.sort()
            guard turn > 0 else { continue }
            p99.append(times[times.count * 99 / 100])
            medians.append(times[times.count / 2])
        }
        let count = country.services.count.formatted()
        let own = Row(
            group: "match",
            what: "match one need among \(count) services of a country, all reasons, p99",
            measured: Figure(p99, "ms"),
            budget: Row.Budget(side: .atMost, value: 1),
            note: "median of a match \(Figure(medians, "ms"))"
        )
        return [own] + (try await rivals(effort, country, match))
    }

    private static func rivals(
        _ effort: Effort,
        _ country: DrawnCountry,
        _ match: (CaseContext) -> MatchResult
    ) async throws -> [Row] {
        let sql = try SQLMatcher(country.services)
        let contexts = (0..<20).map { country.context($0, lastingNeeds: true) }
        for context in contexts {
            let wrong = try sql.differences(context, from: match(context))
            guard wrong == 0 else { throw BenchmarkFailure("the SQL rival judges \(wrong) services in another way") }
        }
        let each = Double(contexts.count) / 1000
        let reasons = try await Paired(
            effort.repetitions,
            ours: { try seconds { for context in contexts { _ = try sql.reasons(context) } } / each },
            rival: { seconds { for context in contexts { _ = match(context) } } / each }
        )
        let filters = try await Paired(
            effort.repetitions,
            ours: { try seconds { for context in contexts { _ = try sql.fitting(context) } } / each },
            rival: { seconds { for context in contexts { _ = match(context) } } / each }
        )
        return [
            reasons.row(
                "match",
                "SQL over an indexed SQLite table, all reasons but those of time and way",
                unit: "ms",
                rival: "the matcher with everything",
                budget: Row.Budget(side: .atLeast, value: 20, isRatio: true),
                note: "the ratio is SQL's time over the matcher's; both give the same reasons for the same needs"
            ),
            filters.row(
                "match",
                "SQL filters alone, no reasons",
                unit: "ms",
                rival: "the matcher with everything",
                note: "the ratio is SQL's time over the matcher's"
            ),
        ]
    }
}
