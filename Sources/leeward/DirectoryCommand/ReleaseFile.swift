import DataFiles
import HSDS

/// What a person decided about services in quarantine: `id: without_place` or `id: as_it_is`, a line each.
enum ReleaseFile {
    static func read(_ node: DataNode, _ problems: inout [DataProblem]) -> [String: ImportRules.Release] {
        guard case .map(let entries) = node.content else {
            problems.append(
                DataProblem(at: node.place, what: "the file is no map", write: "lines of 'id: without_place'")
            )
            return [:]
        }
        var releases: [String: ImportRules.Release] = [:]
        for entry in entries {
            guard let text = entry.value.text("'\(entry.key)'", &problems) else { continue }
            guard let release = ImportRules.Release(rawValue: text) else {
                let known = ImportRules.Release.allCases.map(\.rawValue).joined(separator: " or ")
                problems.append(DataProblem(at: entry.value.place, what: "'\(text)' is no decision", write: known))
                continue
            }
            releases[entry.key.lowercased()] = release
        }
        return releases
    }
}
