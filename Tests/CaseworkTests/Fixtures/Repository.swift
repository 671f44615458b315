import Directory
import Foundation
import Policy

/// What ships with this repository, read once for all tests.
enum Repository {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// A text of the repository.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static let directory = DirectoryReader.read(root.appending(path: "Directory").path).directory
    static let policies: Result<Policies, PolicyError> = {
        do throws(PolicyError) {
            return .success(try PolicyReader.read(folder: root.appending(path: "Policies").path))
        } catch {
            return .failure(error)
        }
    }()
}
