import HSDS

/// The report of an import for a terminal.
enum ImportText {
    /// How many unreadable rows and quarantined services are named one by one; the CSV report names every row.
    static let shownProblems = 20

    static func lines(_ report: ImportReport) -> [String] {
        var lines = ["form: \(report.form); rows \(report.lines.count)"]
        for outcome in ImportReport.Outcome.allCases {
            let count = report.lines.count { $0.outcome == outcome }
            lines.append("\(outcome.rawValue): \(count)")
            for entry in report.counts where entry.outcome == outcome {
                let reason = entry.reason.isEmpty ? "" : "  \(entry.reason)"
                lines.append("  \(entry.count) \(entry.table)\(reason)")
            }
        }
        if !report.remarks.isEmpty {
            lines.append("services taken with something left in words or beside:")
            for (remark, count) in report.remarks.sorted(by: { $0.key < $1.key }) {
                lines.append("  \(count) \(remark)")
            }
        }
        let held = report.lines.filter { $0.outcome == .quarantined && $0.table == "service" }
        if !held.isEmpty {
            lines.append("services to look at:")
            lines += held.prefix(shownProblems).map {
                "  \($0.place) \($0.id ?? "") \($0.reasons.joined(separator: " "))"
            }
            if held.count > shownProblems { lines.append("  and \(held.count - shownProblems) more: --report FILE") }
        }
        lines += report.conflicts.map { "edited here and changed in the source, the edit stays: \($0.id) \($0.field)" }
        lines += report.withdrawn.map { "taken out of the directory: \($0)" }
        lines += report.missing.map { "not in the source any more, still in the directory: \($0)" }
        return lines
    }
}
