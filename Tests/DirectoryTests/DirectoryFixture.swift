import DataFiles
import Directory
import Foundation
import Testing

/// Directory folders made for a test: the shipped taxonomy and fallbacks beside invented countries. XA, XB are
/// user-assigned codes; the numbers are of ranges that are reserved for fiction.
enum DirectoryFixture {
    /// The folder that ships.
    static let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Directory").path

    static let head = """
        country: XA
        name: Examplia
        zones: [Asia/Colombo]
        emergency:
          lines:
            - number: 119
              reaches: police
          source: invented for tests
          confidence: high
        organizations:
          xa-harbour: Harbour
          xa-beacon: Beacon

        """

    static let service = """
          - id: xa-line
            organization: xa-harbour
            name: Harbour line
            kind: child_helpline
            status: active
            offers: [PSY-CRISIS]
            contacts:
              - phone: +1 202 555 0101
            source: invented for tests
            confidence: high

        """

    static let country = head + "services:\n" + service

    /// Reads the countries, each by its file name, beside the shipped taxonomy; problems without the folder's name.
    static func read(
        _ files: [String: String],
        taxonomy: String? = nil,
        worldwide: String? = nil
    ) throws -> (directory: ServiceDirectory, problems: [String]) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "leeward-directory-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let shipped = URL(filePath: Self.shipped)
        for (name, given) in [("taxonomy.yaml", taxonomy), ("worldwide.yaml", worldwide)] {
            let text = try given ?? String(contentsOf: shipped.appending(path: name), encoding: .utf8)
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        let reading = DirectoryReader.read(folder.path)
        return (reading.directory, reading.problems.map { $0.description.replacing(folder.path + "/", with: "") })
    }

    /// An entry with lines of its own in place of the given ones.
    static func entry(_ id: String, _ changes: [String: String?] = [:], offers: String = "[PSY-CRISIS]") -> String {
        var fields: [(String, String)] = [
            ("organization", "xa-harbour"), ("name", "Service \(id)"), ("kind", "child_helpline"), ("status", "active"),
            ("offers", offers), ("contacts", "[{phone: +1 202 555 0101}]"), ("source", "invented for tests"),
            ("confidence", "high"),
        ]
        for (key, value) in changes {
            fields.removeAll { $0.0 == key }
            if let value { fields.append((key, value)) }
        }
        return "  - id: xa-\(id)\n" + fields.map { "    \($0.0): \($0.1)\n" }.joined()
    }

    /// The directory of one country with these entries; a problem fails the test.
    static func directory(_ entries: [String], more: [String: String] = [:]) throws -> ServiceDirectory {
        var files = more
        files["XA.yaml"] = head + (entries.isEmpty ? "" : "services:\n" + entries.joined(separator: "\n"))
        let read = try read(files)
        #expect(read.problems == [])
        return read.directory
    }
}
