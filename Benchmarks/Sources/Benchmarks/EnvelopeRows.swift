import Audit
import Sealing

/// What sealing costs by itself, and what a password costs.
enum EnvelopeRows {
    static func measure(_ effort: Effort) throws -> [Row] {
        let key = try SymmetricKey.random()
        let plain = Invented.content(1000, 1)
        let count = effort.size(20_000, quick: 2000)
        let contexts = (0..<64).map { number in
            RecordContext(
                agency: Invented.id(1),
                caseID: Invented.id(number),
                recordID: Invented.id(number),
                recordType: "content",
                recordVersion: 7,
                keyEpoch: 1,
                author: Invented.id(2)
            )
        }
        let sealed = try contexts.map { try Envelope.seal(plain, kind: .record, under: key, context: $0) }
        var sealing: [Double] = []
        var opening: [Double] = []
        for turn in 0...effort.repetitions {
            let seals = try seconds {
                for number in 0..<count {
                    _ = try Envelope.seal(plain, kind: .record, under: key, context: contexts[number & 63])
                }
            }
            let opens = try seconds {
                for number in 0..<count {
                    let bytes = try Envelope.open(
                        sealed[number & 63],
                        expecting: .record,
                        under: key,
                        context: contexts[number & 63]
                    )
                    guard bytes.count == plain.count else { throw BenchmarkFailure("an envelope gave other bytes") }
                }
            }
            guard turn > 0 else { continue }
            sealing.append(seals / Double(count) * 1e6)
            opening.append(opens / Double(count) * 1e6)
        }
        let budget = Row.Budget(side: .atMost, value: 8)
        return [
            Row(group: "envelope", what: "seal 1 kB", measured: Figure(sealing, "µs"), budget: budget),
            Row(group: "envelope", what: "open 1 kB", measured: Figure(opening, "µs"), budget: budget),
        ]
    }
}
