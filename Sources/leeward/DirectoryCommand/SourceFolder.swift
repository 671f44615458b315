import ArgumentParser
import Foundation
import HSDS

/// Reads the files of a source.
enum SourceFolder {
    /// More than any public directory; what is larger was named by mistake.
    private static let mostBytes = 512 * 1024 * 1024

    /// The file at a path, or the files of the folder there; a `datapackage.json` stands for its folder.
    ///
    /// - Throws: exit code 66 when there is nothing that can be read.
    static func files(_ path: String) throws -> [SourceFile] {
        guard FileManager.default.fileExists(atPath: path) else {
            Terminal.err("\(path): there is no such file or folder")
            throw ExitCode.noInput
        }
        var url = URL(filePath: path)
        if url.lastPathComponent == "datapackage.json" { url.deleteLastPathComponent() }
        guard url.hasDirectoryPath || Self.isFolder(url) else { return [try file(url)] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
        } catch {
            Terminal.err("\(path): the folder cannot be listed")
            throw ExitCode.noInput
        }
        let wanted = names.filter { name in
            ["csv", "json", "ndjson", "jsonl"].contains { name.lowercased().hasSuffix(".\($0)") }
        }
        return try wanted.map { try file(url.appending(path: $0)) }
    }

    private static func isFolder(_ url: URL) -> Bool {
        // What cannot be asked is taken for a file, and reading it then says what is wrong.
        (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
    }

    private static func file(_ url: URL) throws -> SourceFile {
        guard let data = FileManager.default.contents(atPath: url.path), data.count <= mostBytes else {
            Terminal.err("\(url.path): cannot be read, or is larger than \(mostBytes) bytes")
            throw ExitCode.noInput
        }
        return SourceFile(name: url.lastPathComponent, bytes: [UInt8](data))
    }
}
