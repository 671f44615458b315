import DataFiles
import Directory
import Foundation
import Testing

@testable import HSDS

/// An invented directory of an invented city. Its numbers are reserved for fiction.
enum HarbourSource {
    static let organization =
        "id,name,description,website\n1,Harbour Help,Helps people in the harbour.,https://help.example\n"

    /// A service of `columns` beside the organisation, with a place and a number.
    static func files(
        service: String,
        columns: String = "id,organization_id,name,description,status",
        address: String? = nil
    ) -> [SourceFile] {
        var files = [
            ("organizations.csv", organization), ("services.csv", "\(columns)\n\(service)\n"),
            ("phones.csv", "id,service_id,number,type\n1,7,(202) 555-0101,voice\n"),
        ]
        if let address {
            files += [
                ("locations.csv", "id,name\n3,Office\n"),
                ("services_at_location.csv", "id,service_id,location_id\n4,7,3\n"),
                ("physical_addresses.csv", "id,location_id,address_1,city,country\n5,3,\(address),Harbour,XA\n"),
            ]
        }
        return files.map { SourceFile(name: $0.0, bytes: Array($0.1.utf8)) }
    }

    /// The shipped taxonomy beside an invented country, XA, which is a user-assigned code.
    static let directory: ServiceDirectory = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Directory")
        let folder = FileManager.default.temporaryDirectory.appending(path: "leeward-hsds-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for name in ["taxonomy.yaml", "worldwide.yaml"] {
                try FileManager.default.copyItem(at: root.appending(path: name), to: folder.appending(path: name))
            }
            try Data(country.utf8).write(to: folder.appending(path: "XA.yaml"))
        } catch {
            Issue.record("the directory of the tests cannot be made")
        }
        let reading = DirectoryReader.read(folder.path)
        #expect(reading.problems == [])
        return reading.directory
    }()

    static let country = """
        country: XA
        name: Examplia
        zones: [Asia/Colombo]
        emergency:
          lines:
            - number: 119
              reaches: police
          source: invented for tests
          confidence: high
        """

    static func rules(
        releases: [String: ImportRules.Release] = [:],
        mapping: ColumnMapping? = nil,
        zones: [String] = ["UTC"],
        zone: String? = nil
    ) throws -> ImportRules {
        ImportRules(
            source: "harbour",
            country: try #require(CountryCode("XA")),
            zones: zones,
            zone: zone,
            citation: "Harbour directory",
            confidence: .medium,
            mapping: mapping,
            releases: releases,
            directory: directory
        )
    }

    static func plan(
        _ files: [SourceFile],
        releases: [String: ImportRules.Release] = [:],
        after earlier: DirectoryImport? = nil,
        editing edit: (String) -> String = { $0 }
    ) throws -> DirectoryImport {
        DirectoryImport(
            try SourceReader.read(files, source: "harbour"),
            rules: try rules(releases: releases),
            file: try earlier.map { try DataFile.parse(edit($0.countryFile), file: "XA.harbour.yaml") },
            before: earlier?.kept ?? KeptRecords()
        )
    }

    static let serviceID = NamedUUID.id(source: "harbour", table: "service", id: "7")
}

extension DirectoryImport {
    /// The outcome and reasons of the services, in their order.
    var judged: [String] {
        report.lines.filter { $0.table == "service" }.map {
            ([$0.outcome.rawValue] + $0.reasons).joined(separator: " ")
        }
    }
}
