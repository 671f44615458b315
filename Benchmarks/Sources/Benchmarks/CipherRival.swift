import Foundation

/// SQLCipher 4 from the Python package index, measured by a script of its own against plain SQLite of the same build, so
/// that Python's share is the same on both sides and falls out of the difference.
struct CipherRival: Sendable {
    let python: String
    let script: String

    private struct Found: Decodable {
        let version: String
        let plainWrite: [Double]
        let cipherWrite: [Double]
        let plainRead: [Double]
        let cipherRead: [Double]
    }

    /// The rows about SQLCipher; one that says why there are none where it is not installed.
    static func rows(
        _ rival: CipherRival?,
        _ effort: Effort,
        in folder: URL,
        write: Paired,
        read: Paired
    ) throws -> [Row] {
        guard let rival else { return [] }
        let found = try rival.run(effort, in: folder)
        return [
            row("sealed write of 1 kB, 1,000 a commit", found.version, write, found.plainWrite, found.cipherWrite),
            row("sealed point read of 1 kB", found.version, read, found.plainRead, found.cipherRead),
        ]
    }

    /// SQLCipher's cost is what it adds to plain SQLite in Python, on top of what plain SQLite costs here.
    private static func row(
        _ what: String,
        _ version: String,
        _ paired: Paired,
        _ plain: [Double],
        _ cipher: [Double]
    ) -> Row {
        let base = Figure(paired.rival, "µs").median
        let rival = zip(plain, cipher).map { base + ($1 - $0) }
        let within = Figure(zip(plain, cipher).map { $1 / $0 }, "").median
        let typical = Figure(rival, "µs")
        return Row(
            group: "sealed-rows",
            what: what + " against SQLCipher",
            measured: Figure(paired.ours, "µs"),
            rival: Row.Rival(name: "SQLCipher \(version), added to plain SQLite", measured: typical),
            ratio: Figure(paired.ours.map { $0 / typical.median }, ""),
            budget: Row.Budget(side: .atMost, value: 1.15, isRatio: true),
            note: "in Python SQLCipher costs \(Figure.text(within)) times plain SQLite of the same build"
        )
    }

    private func run(_ effort: Effort, in folder: URL) throws -> Found {
        let arguments = [
            script, folder.path, String(effort.repetitions), String(effort.size(10_000, quick: 2000)),
            String(effort.size(20_000, quick: 2000)),
        ]
        guard let text = Machine.output(python, arguments) else {
            throw BenchmarkFailure("\(python) \(script) failed: run it by itself to see why")
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Found.self, from: Data(text.utf8))
    }
}
