import Care
import DataFiles
import Policy

/// An access file where nobody may do anything, with lines put in for some acts.
func accessFile(_ rules: [Act: String] = [:], edition: String = "edition: 1") -> String {
    let acts = Act.allCases.map { "  \($0.rawValue):\(rules[$0] ?? " []")" }
    return ([edition, "acts:"] + acts).joined(separator: "\n") + "\n"
}

/// One rule of the name `rule`.
func one(_ conditions: String...) -> String { "\n    rule: [\(conditions.joined(separator: ", "))]" }

func access(_ text: String) throws -> AccessPolicy {
    try AccessPolicy(reading: DataFile.parse(text, file: "access.yaml"))
}

/// The problems of an access file as an editor sees them.
func accessProblems(_ text: String) throws -> [String] {
    do throws(PolicyError) {
        _ = try AccessPolicy(reading: try parsed(text, "access.yaml"))
        return []
    } catch { return error.problems.map(\.description) }
}

func parsed(_ text: String, _ file: String) throws(PolicyError) -> DataNode {
    do throws(DataProblem) { return try DataFile.parse(text, file: file) } catch { throw .problems([error]) }
}

/// The problems that reading a piece of a policy meets, as an editor sees them.
func problems<Value>(
    _ text: String,
    _ file: String,
    _ make: (DataNode) throws(PolicyError) -> Value
) -> [String] {
    do throws(PolicyError) {
        _ = try make(try parsed(text, file))
        return []
    } catch { return error.problems.map(\.description) }
}

/// A window file with the clinical windows and one wish.
let windowFile = """
    edition: 3
    windows:
      MED-HIVPEP: {hours: 72, ideal_hours: 24, fallback: [MED-CMR, MED-FUP], source: test}
      MED-EC: {hours: 120, fallback: [MED-PREG], source: test, owner: the clinic, reviewed_on: 2026-02-01}
      MED-HEPB: {hours: 336, fallback: [MED-FUP], source: test}
      MED-FORENSIC: {hours: 120, younger: {under: 13, hours: 72}, fallback: [MED-CMR], source: test}
      MED-TOX: {hours: 120, fallback: [MED-CMR], source: test}
      PSY-SUIC: {ideal_hours: 24, source: test}

    """

/// A risk file whose numbers all differ.
let riskFile = """
    edition: 2
    response:
      emergency: {hours: 12, tell: [supervisor], source: test}
      urgent: {hours: 48, tell: [caseworker, supervisor], source: test}
      routine: {hours: 200, tell: [caseworker], source: test}
    levels:
      high: {first_response_hours: 6, plan_days: 2, follow_up_days: 3, tell: [supervisor], source: test}
      medium: {first_response_hours: 60, plan_days: 6, follow_up_days: 7, tell: [caseworker], source: test}
      low: {first_response_hours: 100, plan_days: 10, follow_up_days: 14, tell: [caseworker], source: test}

    """

/// A country file of XA with one value, of which lines can be changed, left out or added.
func countryFile(
    _ field: String = "forensic_window",
    _ value: String = "168",
    unit: String = "hours",
    confidence: String = "high",
    confirmed: Bool = false,
    _ more: String...
) -> String {
    let confirmation =
        confirmed ? ["confirmed: yes", "owner: the clinic", "reviewed_on: 2026-02-01"] : ["confirmed: no"]
    let lines = ["unit: \(unit)", "source: https://law.example/1", "confidence: \(confidence)"] + confirmation + more
    return "country: XA\nedition: 1\nfields:\n  \(field):\n    - value: \(value)\n"
        + lines.map { "      \($0)\n" }.joined()
}
