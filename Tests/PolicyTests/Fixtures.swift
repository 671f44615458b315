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
