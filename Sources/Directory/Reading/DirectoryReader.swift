public import DataFiles
import Foundation

/// Reads a folder of directory files: `taxonomy.yaml`, `worldwide.yaml` and one `<CC>.yaml` a country.
public enum DirectoryReader {
    /// What a folder holds.
    public struct Reading: Sendable {
        /// Everything that is sound; an entry with a problem is not in it.
        public let directory: ServiceDirectory
        /// Every problem of every file, by file and line; empty when all is well.
        public let problems: [DataProblem]
        /// How many files were read.
        public let files: Int
    }

    private static let taxonomyName = "taxonomy.yaml"
    private static let worldwideName = "worldwide.yaml"

    /// Reads the folder at `path` and goes on after each problem, so that an editor sees all of them at once.
    public static func read(_ path: String) -> Reading {
        var problems: [DataProblem] = []
        let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        // A folder that cannot be listed gives no names, and then the two files below are missing: that is reported.
        var files = 0
        func node(_ name: String) -> DataNode? {
            files += 1
            do {
                return try DataFile.read("\(folder)/\(name)")
            } catch {
                problems.append(error)
                return nil
            }
        }

        let nothing = DataNode(content: .empty, place: DataPlace(file: "\(folder)/\(taxonomyName)", line: 1))
        var ignored: [DataProblem] = []
        let taxonomy: TaxonomyFile
        if let root = node(taxonomyName) {
            taxonomy = TaxonomyFile(root, &problems)
        } else {
            taxonomy = TaxonomyFile(nothing, &ignored)
        }
        let fallbacks = node(worldwideName).map { WorldwideFile.read($0, taxonomy: taxonomy.taxonomy, &problems) } ?? []

        var builder = ServiceDirectory.Builder(taxonomy: taxonomy.taxonomy, kinds: taxonomy.kinds, fallbacks: fallbacks)
        for name in names where name.hasSuffix(".yaml") && name != taxonomyName && name != worldwideName {
            guard let root = node(name) else { continue }
            builder.add(CountryFile(root, named: name, taxonomy: taxonomy, &problems), &problems)
        }
        return Reading(directory: builder.directory(), problems: problems.sorted(), files: files)
    }
}
