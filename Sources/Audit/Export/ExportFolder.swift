import Foundation

/// The files of an export on disk, named by their path inside it.
struct ExportFolder: Sendable {
    private let root: URL

    init(_ path: String) {
        root = URL(fileURLWithPath: path, isDirectory: true)
    }

    /// Makes the folder; one that has something in it already is not written over.
    func makeNew() throws(AuditError) {
        do {
            try FileManager.default.createDirectory(
                at: root,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            guard try FileManager.default.contentsOfDirectory(atPath: root.path).isEmpty else {
                throw AuditError.file(".")
            }
        } catch {
            throw .file(".")
        }
    }

    /// Writes a file whole, and the folders above it.
    func write(_ bytes: [UInt8], to path: String) throws(AuditError) {
        let url = root.appendingPathComponent(path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(bytes).write(to: url)
        } catch {
            throw .file(path)
        }
    }

    /// The bytes of a file; nil when it is missing, cannot be read, or is longer than it may be.
    func read(_ path: String, atMost limit: Int) -> [UInt8]? {
        // Why it cannot be read does not matter here: what an export does not show is missing from it.
        guard let file = try? FileHandle(forReadingFrom: root.appendingPathComponent(path)) else { return nil }
        defer { try? file.close() }
        guard let data = try? file.read(upToCount: limit + 1), data.count <= limit else {
            // An empty file reads as nothing.
            return (try? file.offset()) == 0 ? [] : nil
        }
        return [UInt8](data)
    }

    /// Whether there is something of this name.
    func has(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    /// Every file under a folder of the export, as paths inside the export.
    func files(under folder: String) -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path) else {
            return []
        }
        var files: [String] = []
        while let name = walk.nextObject() as? String {
            if walk.fileAttributes?[.type] as? FileAttributeType != .typeDirectory {
                files.append("\(folder)/\(name)")
            }
        }
        return files
    }
}
