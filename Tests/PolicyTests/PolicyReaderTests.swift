import DataFiles
import Foundation
import Policy
import Testing

@Suite struct PolicyReaderTests {
    private func folder(_ files: [String: String]) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "leeward-policy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        return folder
    }

    @Test func `both files of a folder are read`() throws {
        let folder = try folder(["access.yaml": accessFile(), "consent.yaml": ConsentFileTests.file])
        defer { try? FileManager.default.removeItem(at: folder) }
        let policies = try PolicyReader.read(folder: folder.path)
        #expect(policies.access.rules.isEmpty)
        #expect(policies.consent.defaultDays == 30)
        #expect(try PolicyReader.read(folder: folder.path + "/") == policies)
    }

    @Test func `the problems of both files are told together, and a missing file is one`() throws {
        let folder = try folder(["access.yaml": accessFile(edition: "edition: x")])
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            _ = try PolicyReader.read(folder: folder.path)
            Issue.record("read")
        } catch {
            #expect(error.problems.count == 2)
            #expect(error.problems.first?.description.contains("access.yaml:1: 'x' is no edition") == true)
            #expect(error.problems.last?.description.contains("consent.yaml:1: cannot be read") == true)
        }
    }
}
