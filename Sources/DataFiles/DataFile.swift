import Foundation
import Yams

/// Reads data files: YAML without its traps. Duplicate keys, anchors, aliases, tags and second documents are problems,
/// and no scalar is ever turned into anything but text.
public enum DataFile {
    /// Reads the file at `path`, UTF-8 with or without a byte order mark.
    ///
    /// - Throws: the first ``DataProblem`` that keeps it from being read at all.
    public static func read(_ path: String) throws(DataProblem) -> DataNode {
        try parse(try bytes(path), file: path)
    }

    /// The bytes of the file at `path`, as they are.
    ///
    /// - Throws: a ``DataProblem`` when there is no such file, when it cannot be read, or when it is too large.
    public static func bytes(_ path: String) throws(DataProblem) -> [UInt8] {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw DataProblem(at: DataPlace(file: path, line: 1), what: "cannot be read", write: "the file there")
        }
        guard bytes.count <= Limits.fileBytes else {
            throw DataProblem(
                at: DataPlace(file: path, line: 1),
                what: "is larger than \(Limits.fileBytes) bytes",
                write: "several smaller files"
            )
        }
        return [UInt8](bytes)
    }

    /// Reads bytes that came from the file named `file`.
    ///
    /// - Throws: the first ``DataProblem`` that keeps them from being read at all.
    public static func parse(_ bytes: [UInt8], file: String) throws(DataProblem) -> DataNode {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DataProblem(at: DataPlace(file: file, line: 1), what: "is not UTF-8 text", write: "it as UTF-8")
        }
        return try parse(text, file: file)
    }

    /// Reads text that came from the file named `file`.
    ///
    /// - Throws: the first ``DataProblem`` that keeps it from being read at all.
    public static func parse(_ text: String, file: String) throws(DataProblem) -> DataNode {
        let yaml = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        do {
            // The parser stays alive while the nodes are walked: it alone holds the anchors that the nodes point to.
            let parser = try Parser(yaml: yaml, resolver: .basic, encoding: .utf8)
            return try withExtendedLifetime(parser) {
                guard let root = try parser.singleRoot() else {
                    return DataNode(content: .empty, place: DataPlace(file: file, line: 1))
                }
                return try YAMLTree(file: file).node(root)
            }
        } catch let problem as DataProblem {
            throw problem
        } catch let error as YamlError {
            throw DataProblem(error, in: yaml, file: file)
        } catch {
            throw DataProblem(at: DataPlace(file: file, line: 1), what: "is no YAML", write: "'key: value' lines")
        }
    }
}
