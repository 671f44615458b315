/// What becomes of every row of a source. It names rows by place, table and id, and never repeats what they say.
public struct ImportReport: Sendable {
    /// What becomes of a row.
    public enum Outcome: String, Sendable, CaseIterable {
        /// It is new, or belongs to a service that is.
        case taken
        /// It is in the directory and says something else now.
        case changed
        /// It is in the directory just so.
        case unchanged
        /// A person has to look at it first.
        case quarantined
        /// It cannot be taken.
        case refused
    }

    /// The account of one row.
    public struct Line: Sendable {
        /// Where it stands.
        public let place: SourcePlace
        /// The table or file: `service`, `phone`, `holiday_schedules`.
        public let table: String
        /// Its stable id, where it has one.
        public let id: String?
        /// What becomes of it.
        public let outcome: Outcome
        /// Why, as codes in one order; empty for what is taken.
        public let reasons: [String]
    }

    /// Every row of the source, in the order it was read.
    public var lines: [Line] = []
    /// What the form was taken for.
    public var form = ""
    /// How many services were taken although something of them could not be carried into the entry, by code.
    public var remarks: [String: Int] = [:]
    /// Services of the last import that the source does not hold any more; they stay until a person takes them out.
    public var missing: [String] = []
    /// Fields that were edited here and changed in the source; the edit stays.
    public var conflicts: [(id: String, field: String)] = []
    /// Services that were in the directory and are taken out, because they are quarantined now.
    public var withdrawn: [String] = []

    /// How many rows had an outcome, by table and reason; the sums are the rows of the source.
    public var counts: [(table: String, outcome: Outcome, reason: String, count: Int)] {
        var counts: [String: (String, Outcome, String, Int)] = [:]
        for line in lines {
            let reason = line.reasons.joined(separator: "+")
            let key = "\(line.table)\u{1F}\(line.outcome.rawValue)\u{1F}\(reason)"
            counts[key] = (line.table, line.outcome, reason, (counts[key]?.3 ?? 0) + 1)
        }
        return counts.sorted { $0.key < $1.key }.map { ($0.value.0, $0.value.1, $0.value.2, $0.value.3) }
    }

    /// The report as CSV, a row a line.
    public var csv: [UInt8] {
        var bytes = CSVWriter.row(["file", "line", "table", "id", "outcome", "reasons"])
        for line in lines {
            bytes += CSVWriter.row([
                line.place.file, String(line.place.line), line.table, line.id ?? "", line.outcome.rawValue,
                line.reasons.joined(separator: " "),
            ])
        }
        return bytes
    }
}
