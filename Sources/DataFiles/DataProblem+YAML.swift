import Yams

extension DataProblem {
    /// What the YAML parser could not read, at the line where it gave up. The parser's own words are kept: they are the
    /// only ones that say what it met.
    init(_ error: YamlError, in yaml: String, file: String) {
        func problem(_ line: Int, _ what: String, _ write: String) -> DataProblem {
            DataProblem(at: DataPlace(file: file, line: max(1, line)), what: what, write: write)
        }
        let spaces = "the line as 'key: value', indented with spaces, text with ': ' or ' #' in it in \"quotes\""
        switch error {
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.map { "'\($0)'" }.joined(separator: ", ")
            self = problem(context.mark.line, "the key \(keys) stands twice in one map", "it once")
        case .scanner(_, let what, let mark, _), .parser(_, let what, let mark, _):
            self = problem(mark.line, what, spaces)
        case .composer(_, let what, let mark, _):
            let second = what == "but found another document"
            self =
                second
                ? problem(mark.line, "a second document begins", "one document a file, without '---'")
                : problem(mark.line, what, spaces)
        case .reader(let what, let offset, _, _):
            let line = yaml.utf8.prefix(offset ?? 0).reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
            self = problem(line, what, "plain text without control characters")
        default:
            self = problem(1, "is no YAML", spaces)
        }
    }
}
