/// How often something is repeated and how large it is made: as published, or just often enough to see that it runs.
struct Effort: Sendable {
    let isQuick: Bool

    /// Repetitions of each side of a comparison.
    var repetitions: Int { isQuick ? 2 : 7 }

    /// The full size, or the one for a look whether the benchmark still runs.
    func size(_ full: Int, quick: Int) -> Int { isQuick ? quick : full }
}

/// Two sides measured turn about, so that what else the machine does meets both.
struct Paired {
    private(set) var ours: [Double] = []
    private(set) var rival: [Double] = []

    /// Runs both sides once unmeasured, then `repetitions` times each; who begins changes with every turn.
    ///
    /// Each closure gives its own figure (a time, a rate).
    init(
        _ repetitions: Int,
        warmUp: Bool = true,
        ours measureOurs: () async throws -> Double,
        rival measureRival: () async throws -> Double
    ) async throws {
        if warmUp {
            _ = try await measureOurs()
            _ = try await measureRival()
        }
        for turn in 0..<repetitions {
            if turn % 2 == 0 {
                ours.append(try await measureOurs())
                rival.append(try await measureRival())
            } else {
                rival.append(try await measureRival())
                ours.append(try await measureOurs())
            }
        }
    }

    /// Ours over the rival's, turn by turn.
    var ratio: Figure { Figure(zip(ours, rival).map { $0 / $1 }, "") }

    /// A row of the report.
    func row(
        _ group: String,
        _ what: String,
        unit: String,
        rival name: String,
        budget: Row.Budget? = nil,
        note: String? = nil
    ) -> Row {
        Row(
            group: group,
            what: what,
            measured: Figure(ours, unit),
            rival: Row.Rival(name: name, measured: Figure(rival, unit)),
            ratio: ratio,
            budget: budget,
            note: note
        )
    }
}

/// The seconds that a block takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try body()
    return (clock.now - start).seconds
}

/// The seconds that a block takes which waits.
func seconds(waiting body: () async throws -> Void) async rethrows -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    try await body()
    return (clock.now - start).seconds
}

extension Duration {
    /// In seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

/// Why a benchmark cannot be run: a sentence for the terminal.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
