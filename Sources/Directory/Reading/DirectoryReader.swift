public import DataFiles
import Foundation

/// Reads a folder of directory files: `taxonomy.yaml`, `worldwide.yaml`, one `<CC>.yaml` a country, and any number of
/// further files of a country, `<CC>.<source>.yaml`.
public enum DirectoryReader {
    /// What a folder holds.
    public struct Reading: Sendable {
        /// Everything that is sound; an entry with a problem is not in it.
        public let directory: ServiceDirectory
        /// Every problem of every file, by file and line; empty when all is well.
        public let problems: [DataProblem]
        /// How many files were read.
        public let files: Int
        /// What was done with a snapshot.
        public let snapshot: SnapshotUse
        /// What just the bytes that were read hold; nil when a file could not be read.
        public let content: ContentHash?
    }

    /// What ``DirectoryReader/load(folder:snapshot:)`` did with the snapshot.
    public enum SnapshotUse: Hashable, Sendable {
        /// None was asked for.
        case none
        /// It held what the files hold, and was read in place of them.
        case taken
        /// There was none that fits; the files were read and a new one was written.
        case written
        /// There was none that fits, and none was written because the files have problems.
        case withheld
        /// There was none that fits, and none could be written there.
        case unwritable
    }

    private static let taxonomyName = "taxonomy.yaml"
    private static let worldwideName = "worldwide.yaml"

    /// Reads the folder at `path` and goes on after each problem, so that an editor sees all of them at once.
    public static func read(_ path: String) -> Reading { parse(path).reading }

    /// Reads the folder by its snapshot when that holds what the files hold now; else reads the files, and when they are
    /// in order puts a new snapshot there for the next time. What comes out is the same either way. That a snapshot is
    /// damaged or cannot be written is no problem of the directory.
    public static func load(folder: String, snapshot path: String) -> Reading {
        if let list = contents(of: folder) {
            // A snapshot that cannot be read is as good as none: the files are the truth and are read instead.
            let directory = try? DirectorySnapshot.read(path, expecting: list.hash)
            if let directory {
                return Reading(
                    directory: directory,
                    problems: [],
                    files: list.files,
                    snapshot: .taken,
                    content: list.hash
                )
            }
        }
        let (reading, hash) = parse(folder)
        var use = SnapshotUse.withheld
        if let hash, reading.problems.isEmpty {
            do throws(SnapshotError) {
                try DirectorySnapshot.write(reading.directory, contentHash: hash, to: path)
                use = .written
            } catch {
                use = .unwritable
            }
        }
        return Reading(
            directory: reading.directory,
            problems: reading.problems,
            files: reading.files,
            snapshot: use,
            content: hash
        )
    }

    /// The problems that a further file of a country would have beside the directory, before it is written.
    ///
    /// - Throws: the ``DataProblem`` that keeps it from being read at all.
    public static func problems(
        of text: String,
        named name: String,
        beside directory: ServiceDirectory
    ) throws(DataProblem) -> [DataProblem] {
        var problems: [DataProblem] = []
        let node = try DataFile.parse(text, file: name)
        let taxonomy = TaxonomyFile(directory)
        let file = CountryFile(
            further: node,
            named: name,
            of: directory.countries,
            taxonomy: taxonomy,
            &problems
        )
        var builder = ServiceDirectory.Builder(taxonomy: taxonomy.taxonomy, kinds: taxonomy.kinds, fallbacks: [])
        builder.add(file, &problems)
        return problems.sorted()
    }

    /// What the directory files of a folder hold, to compare it with what a snapshot was made from; nil when one of them
    /// cannot be read.
    public static func contentHash(of folder: String) -> ContentHash? { contents(of: folder)?.hash }

    private static func contents(of path: String) -> ContentHash.List? {
        var list = ContentHash.List()
        let folder = trimmed(path)
        for name in names(in: folder) {
            // A file that cannot be read is reported by the reading that follows.
            guard let bytes = try? DataFile.bytes("\(folder)/\(name)") else { return nil }
            list.add(name, bytes)
        }
        return list
    }

    private static func trimmed(_ path: String) -> String { path.hasSuffix("/") ? String(path.dropLast()) : path }

    /// The files to read in the order of their names; the two that every folder needs are among them even when they are
    /// not there, so that this is reported.
    private static func names(in folder: String) -> [String] {
        // A folder that cannot be listed gives no names, and then those two are missing.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return Set(names.filter { $0.hasSuffix(".yaml") }).union([taxonomyName, worldwideName]).sorted()
    }

    /// Reads every file once, and gives the hash of just the bytes that were read; nil when one could not be.
    private static func parse(_ path: String) -> (reading: Reading, hash: ContentHash?) {
        var problems: [DataProblem] = []
        let folder = trimmed(path)
        let names = names(in: folder)
        var nodes: [String: DataNode] = [:]
        var list = ContentHash.List()
        for name in names {
            do {
                let bytes = try DataFile.bytes("\(folder)/\(name)")
                list.add(name, bytes)
                nodes[name] = try DataFile.parse(bytes, file: "\(folder)/\(name)")
            } catch {
                problems.append(error)
            }
        }

        let nothing = DataNode(content: .empty, place: DataPlace(file: "\(folder)/\(taxonomyName)", line: 1))
        var ignored: [DataProblem] = []
        let taxonomy: TaxonomyFile
        if let root = nodes[taxonomyName] {
            taxonomy = TaxonomyFile(root, &problems)
        } else {
            taxonomy = TaxonomyFile(nothing, &ignored)
        }
        let fallbacks =
            nodes[worldwideName].map { WorldwideFile.read($0, taxonomy: taxonomy.taxonomy, &problems) } ?? []

        var builder = ServiceDirectory.Builder(taxonomy: taxonomy.taxonomy, kinds: taxonomy.kinds, fallbacks: fallbacks)
        let files = names.filter { $0 != taxonomyName && $0 != worldwideName }
        for name in files where !CountryFile.isFurther(name) {
            guard let root = nodes[name] else { continue }
            builder.add(CountryFile(root, named: name, taxonomy: taxonomy, &problems), &problems)
        }
        let countries = builder.countries
        for name in files where CountryFile.isFurther(name) {
            guard let root = nodes[name] else { continue }
            let file = CountryFile(further: root, named: name, of: countries, taxonomy: taxonomy, &problems)
            builder.add(file, &problems)
        }
        let reading = Reading(
            directory: builder.directory(),
            problems: problems.sorted(),
            files: names.count,
            snapshot: .none,
            content: list.files == names.count ? list.hash : nil
        )
        return (reading, reading.content)
    }
}
