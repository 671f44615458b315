import Foundation
import Testing

/// `leeward directory import` as a person runs it, on a copy of the directory that ships.
struct DirectoryImportCommandTests {
    /// A copy of a few country files, and an invented source of two services.
    private func folders(_ body: (_ directory: URL, _ source: URL) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "leeward-import-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let (directory, source) = (root.appending(path: "Directory"), root.appending(path: "source"))
        for folder in [directory, source] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        for name in ["taxonomy.yaml", "worldwide.yaml", "LK.yaml"] {
            let shipped = URL(filePath: ShippedDirectory.folder).appending(path: name)
            try FileManager.default.copyItem(at: shipped, to: directory.appending(path: name))
        }
        let tables = [
            "organizations.csv": "id,name,description\n1,Harbour Help,Helps.\n",
            "services.csv": "id,organization_id,name,status\n7,1,Classes,active\n8,1,Women's shelter,active\n",
            "locations.csv": "id,name\n3,Office\n", "services_at_location.csv": "id,service_id,location_id\n4,8,3\n",
            "physical_addresses.csv": "id,location_id,address_1,city,country\n5,3,12 CANARY Street,Harbour,LK\n",
        ]
        for (name, text) in tables { try Data(text.utf8).write(to: source.appending(path: name)) }
        try body(directory, source)
    }

    @Test func `nothing is written before it is asked for, and the check accepts what is`() throws {
        try folders { directory, source in
            let command = [
                "directory", "import", source.path, "--country", "LK", "--source", "harbour", "--directory",
                directory.path,
            ]
            let before = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
            let dry = try CommandRun(command)
            #expect(dry.status == 0)
            #expect(dry.output.contains("form: HSDS 1.1 or 2.0 tabular; rows 6\n"))
            #expect(dry.output.contains("  1 service  shelter_with_address\n"))
            let after = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
            #expect(after == before)
            let report = source.appending(path: "report.csv")
            let run = try CommandRun(command + ["--apply", "--report", report.path])
            #expect(run.status == 0)
            #expect(run.error.isEmpty)
            let written = try String(contentsOf: directory.appending(path: "LK.harbour.yaml"), encoding: .utf8)
            #expect(written.contains("name: Classes"))
            for name in ["LK.harbour.yaml", "LK.harbour.hsds.ndjson"] {
                let text = try String(contentsOf: directory.appending(path: name), encoding: .utf8)
                #expect(!text.contains("CANARY"))
            }
            #expect(!run.output.contains("CANARY"))
            let rows = try String(contentsOf: report, encoding: .utf8).split(whereSeparator: \.isNewline)
            #expect(rows.count == 7)
            let check = try CommandRun(["check", "--directory", directory.path])
            #expect(check.output.contains("files 4, countries 1"))
            #expect(!check.output.contains("LK.harbour.yaml"))
            let again = try CommandRun(command)
            #expect(again.output.contains("unchanged: 2\n"))
        }
    }

    @Test func `a source that is not there, a wrong name and a country without a file are refused`() throws {
        try folders { directory, source in
            func run(_ path: String, _ country: String, _ name: String) throws -> Int32 {
                try CommandRun([
                    "directory", "import", path, "--country", country, "--source", name, "--directory", directory.path,
                ]).status
            }
            let statuses = [
                try run("/nowhere", "LK", "harbour"), try run(source.path, "LK", "Harbour City"),
                try run(source.path, "XA", "harbour"), try run(directory.path, "LK", "harbour"),
            ]
            #expect(statuses == [66, 64, 64, 65])
        }
    }
}
