import Foundation

/// One line of the report: what was measured, beside what, and whether the budget is met.
struct Row: Encodable, Sendable {
    /// The group that `--only` names.
    let group: String
    /// What was measured, in the words of the budget.
    let what: String
    let measured: Figure
    /// What it was measured against in the same run, nil where nothing compares.
    var rival: Rival?
    /// The median of the ratios of neighbouring repetitions, so that noise which lasts longer than one hits both sides.
    var ratio: Figure?
    var budget: Budget?
    /// What a reader has to know to read the figure.
    var note: String?

    /// Something to compare with.
    struct Rival: Encodable, Sendable {
        let name: String
        let measured: Figure
    }

    /// What the design page asks for.
    struct Budget: Encodable, Sendable {
        enum Side: String, Encodable, Sendable {
            case atLeast = "at least"
            case atMost = "at most"
        }

        let side: Side
        let value: Double
        /// Whether the ratio is budgeted rather than the figure itself.
        var isRatio = false
    }

    /// Whether the budget is met; nil without one, or without the ratio that it is about.
    var isMet: Bool? {
        guard let budget else { return nil }
        guard let value = budget.isRatio ? ratio?.median : measured.median else { return nil }
        return budget.side == .atLeast ? value >= budget.value : value <= budget.value
    }

    private enum Field: String, CodingKey {
        case group, what, measured, rival, ratio, budget, met, note
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(group, forKey: .group)
        try fields.encode(what, forKey: .what)
        try fields.encode(measured, forKey: .measured)
        try fields.encodeIfPresent(rival, forKey: .rival)
        try fields.encodeIfPresent(ratio, forKey: .ratio)
        try fields.encodeIfPresent(budget, forKey: .budget)
        try fields.encodeIfPresent(isMet, forKey: .met)
        try fields.encodeIfPresent(note, forKey: .note)
    }
}

/// The median of several repetitions with the lowest and the highest of them.
struct Figure: Encodable, Sendable {
    let median: Double
    let lowest: Double
    let highest: Double
    let repetitions: Int
    let unit: String

    /// The figure of these values, of which there is at least one.
    init(_ values: [Double], _ unit: String) {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        median =
            if sorted.isEmpty {
                .nan
            } else if sorted.count % 2 == 1 {
                sorted[middle]
            } else {
                (sorted[middle - 1] + sorted[middle]) / 2
            }
        lowest = sorted.first ?? .nan
        highest = sorted.last ?? .nan
        repetitions = sorted.count
        self.unit = unit
    }
}

extension Figure: CustomStringConvertible {
    /// The median with its unit, and the range behind it where there is one.
    var description: String {
        let range =
            repetitions > 1 && lowest != highest ? " (\(Self.text(lowest)) to \(Self.text(highest)))" : ""
        return (unit.isEmpty ? Self.text(median) : "\(Self.text(median)) \(unit)") + range
    }

    /// Three significant digits; whole numbers in groups of three from a thousand on.
    static func text(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        switch value.magnitude {
        case 1000...: return Int(value.rounded()).formatted(.number.locale(.init(identifier: "en_US")))
        case 100..<1000: return String(Int(value.rounded()))
        case 10..<100: return value.formatted(.number.precision(.fractionLength(1)).locale(.init(identifier: "en_US")))
        default: return value.formatted(.number.precision(.fractionLength(2)).locale(.init(identifier: "en_US")))
        }
    }
}
