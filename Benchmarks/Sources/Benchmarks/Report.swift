import Foundation

/// All that one run found, for the terminal and for a program.
struct Report: Encodable {
    let machine: Machine
    let isQuick: Bool
    private(set) var rows: [Row] = []

    init(machine: Machine, isQuick: Bool) {
        self.machine = machine
        self.isQuick = isQuick
    }

    mutating func add(_ more: [Row]) { rows += more }

    /// A row as it is printed.
    static func text(_ row: Row) -> String {
        var lines = ["\(row.what): \(row.measured)"]
        if let rival = row.rival { lines.append("    \(rival.name): \(rival.measured)") }
        if let ratio = row.ratio { lines.append("    ratio \(ratio)") }
        if let budget = row.budget {
            let unit = budget.isRatio ? " of the rival" : " \(row.measured.unit)"
            let verdict = row.isMet.map { $0 ? "met" : "MISSED" } ?? "not measured"
            lines.append("    budget \(budget.side.rawValue) \(Figure.text(budget.value))\(unit): \(verdict)")
        }
        if let note = row.note { lines.append("    \(note)") }
        return lines.joined(separator: "\n")
    }

    /// How many budgets are met and missed.
    var summary: String {
        let verdicts = rows.compactMap(\.isMet)
        return "\(verdicts.count { $0 }) budgets met, \(verdicts.count { !$0 }) missed"
    }

    /// As a table of docs/performance.md.
    var table: String {
        var lines = ["| what | measured | rival | ratio | budget | met |", "| --- | --- | --- | --- | --- | --- |"]
        for row in rows {
            let rival = row.rival.map { "\($0.name): \($0.measured)" } ?? ""
            let budget = row.budget.map { budget in
                let unit = budget.isRatio ? " (ratio)" : " \(row.measured.unit)"
                return "\(budget.side.rawValue) \(Figure.text(budget.value))\(unit)"
            }
            let met = row.isMet.map { $0 ? "yes" : "**no**" } ?? ""
            lines.append(
                "| \(row.what) | \(row.measured) | \(rival) | \(row.ratio?.description ?? "") | \(budget ?? "") | \(met) |"
            )
        }
        return lines.joined(separator: "\n")
    }

    var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }
}
