import DataFiles
import Directory
import Foundation

/// The directory as it was read from its files, with what its log entry says of it.
struct DirectoryOnFile: Sendable {
    let directory: ServiceDirectory
    /// What the files hold, as the entry of the log states it.
    let content: ContentHash
    let snapshot: DirectoryReader.SnapshotUse

    /// Reads the files, or the snapshot that was made of them.
    ///
    /// - Throws: ``InstallationError/data(_:)`` with every problem; nothing of a directory with problems is used.
    static func read(_ settings: ServerSettings) throws(InstallationError) -> DirectoryOnFile {
        let before = DirectoryReader.contentHash(of: settings.directory)
        let reading = DirectoryReader.load(folder: settings.directory, snapshot: settings.data.snapshot)
        guard reading.problems.isEmpty, let before else { throw .data(reading.problems) }
        return DirectoryOnFile(directory: reading.directory, content: before, snapshot: reading.snapshot)
    }
}
