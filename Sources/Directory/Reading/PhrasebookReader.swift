public import DataFiles
import Foundation

/// Reads the message files of a directory folder: `messages/<language>.yaml`.
public enum PhrasebookReader {
    /// What the files hold.
    public struct Reading: Sendable {
        /// Everything that is sound; words with a problem are not in it, and English is said in their place.
        public let phrasebook: Phrasebook
        /// Every problem of every file, by file and line; empty when each language is complete.
        public let problems: [DataProblem]
    }

    private static let folderName = "messages"

    /// Reads the messages of the directory folder at `path`, which are to hold words for just these phrases, in every
    /// language of ``Phrasebook/shipped`` and any other that there is a file for. It goes on after each problem.
    public static func read(_ path: String, saying phrases: [Phrase]) -> Reading {
        let folder = "\(path.hasSuffix("/") ? String(path.dropLast()) : path)/\(folderName)"
        // A folder that cannot be listed gives no names, and then the languages that ship are missing.
        let there = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let names = Set(there.filter { $0.hasSuffix(".yaml") }).union(Phrasebook.shipped.map { "\($0).yaml" }).sorted()
        let known = MessageTree([Phrases.unreviewed] + phrases)
        var problems: [DataProblem] = []
        var words: [Words] = []
        for name in names {
            do {
                let root = try DataFile.read("\(folder)/\(name)")
                if let read = MessageFile.read(root, named: name, known, &problems) { words.append(read) }
            } catch {
                problems.append(error)
            }
        }
        return Reading(phrasebook: Phrasebook(words), problems: problems.sorted())
    }
}
