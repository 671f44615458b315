import Foundation
import TestSupport
import Testing

@testable import HSDS

/// The samples of the standard and of Ohana, which are not part of this repository: `LEEWARD_HSDS` names their folder.
struct PublishedSourceTests {
    private static func files(_ path: String) -> [SourceFile]? {
        guard let root = PublishedSets.folder("LEEWARD_HSDS") else {
            print("not run: the samples of HSDS, because LEEWARD_HSDS names no folder")
            return nil
        }
        let folder = "\(root)/\(path)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".csv") }.sorted().map { name in
            SourceFile(name: name, bytes: [UInt8](FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()))
        }
    }

    @Test func `every row of the 1,1 sample is accounted for, and its shelter is held back`() throws {
        guard let published = Self.files("legacy-1.1-sample") else { return }
        // The invented country of these tests in the place of the sample's.
        let files = published.map { file in
            let text = String(decoding: file.bytes, as: UTF8.self).replacing(",US\n", with: ",XA\n")
            return SourceFile(name: file.name, bytes: Array(text.utf8))
        }
        let plan = try HarbourSource.plan(files)
        #expect(plan.report.lines.count == 71)
        #expect(plan.judged.count { $0 == "quarantined shelter_with_address" } == 1)
        let outcomes = Set(plan.judged)
        #expect(outcomes.isSubset(of: ["taken", "quarantined shelter_with_address", "refused other_country"]))
    }

    @Test func `every row of the Ohana sample is accounted for`() throws {
        guard let files = Self.files("ohana-csv-sample") else { return }
        let harvest = try SourceReader.read(files, source: "ohana")
        #expect(harvest.rows.count == 486)
        #expect(harvest.services.count == 23)
        #expect(
            harvest.services.allSatisfy {
                $0.tree.text("organization_id").map { harvest.organizations[$0] != nil } ?? false
            }
        )
        #expect(harvest.rows.allSatisfy { $0.fault == nil || $0.fault == .unused })
    }

    @Test(arguments: ["examples/csv", "legacy-1.1-sample", "ohana-csv-sample"])
    func `a table is written again cell by cell`(folder: String) throws {
        guard let files = Self.files(folder) else { return }
        for file in files {
            let table = SourceTable(reading: file)
            let again = SourceTable(reading: SourceFile(name: file.name, bytes: table.bytes))
            #expect(again.columns == table.columns)
            #expect(again.rows.map(\.fields) == table.rows.map(\.fields))
        }
    }
}
