import DataFiles
import Directory
import Dispatch
import Foundation

/// The directory as it was read from its files, with what its log entry says of it.
struct DirectoryOnFile: Sendable {
    let directory: ServiceDirectory
    /// What the files hold, as the entry of the log states it.
    let content: ContentHash
    /// What is wrong with the files now; the directory is then the last one that was in order.
    let problems: [DataProblem]

    /// Reads the files, or the snapshot that was made of them.
    ///
    /// - Throws: ``InstallationError/data(_:)`` with every problem; nothing of a directory with problems is used.
    static func read(_ settings: ServerSettings) throws(InstallationError) -> DirectoryOnFile {
        let reading = DirectoryReader.load(folder: settings.directory, snapshot: settings.data.snapshot)
        guard reading.problems.isEmpty, let content = reading.content else { throw .data(reading.problems) }
        return DirectoryOnFile(directory: reading.directory, content: content, problems: [])
    }

    /// The same for a server that starts: somebody's slip in a country file must not keep it from starting while there is
    /// a snapshot of the last directory that was in order.
    ///
    /// - Throws: ``InstallationError/data(_:)`` when there is no such snapshot.
    static func atStart(_ settings: ServerSettings) throws(InstallationError) -> DirectoryOnFile {
        do throws(InstallationError) {
            return try read(settings)
        } catch {
            // A snapshot that cannot be read is as good as none.
            guard case .data(let problems) = error, let last = try? DirectorySnapshot.last(settings.data.snapshot)
            else {
                throw error
            }
            return DirectoryOnFile(directory: last.directory, content: last.content, problems: problems)
        }
    }

    /// Reads beside the requests: parsing takes seconds when everything has changed, and their threads are few.
    static func reread(_ settings: ServerSettings) async -> Result<DirectoryOnFile, InstallationError> {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "leeward.directory", qos: .utility).async {
                continuation.resume(
                    returning: Result { () throws(InstallationError) in try read(settings) }
                )
            }
        }
    }
}
