import Foundation
import Sealing
import Store
import Testing

/// An installation with a key for its backups and the folders they go to.
struct BackupPlace {
    let place: Place
    let folder: URL
    var key: URL { folder.appending(path: "backup.key") }
    var backups: URL { folder.appending(path: "backups") }
    var vaults: URL { folder.appending(path: "vaults") }
    let recipient: String

    static func make(in folder: URL, origin: String = "leeward.example/setup") async throws -> BackupPlace {
        let place = try Place(in: folder.appending(path: "house"))
        let setup = try await place.setUp(["--log-origin", origin])
        try #require(setup.code == 0, "\(setup.printed)")
        let key = folder.appending(path: "backup.key")
        let made = try await Self.run(["backup", "key", key.path])
        try #require(made.code == 0, "\(made.printed)")
        let recipient = try #require(made.printed.split(separator: "=").last).trimmingCharacters(in: .newlines)
        return BackupPlace(place: place, folder: folder, recipient: recipient)
    }

    private static func run(_ arguments: [String]) async throws -> (code: Int32, printed: String) {
        let process = try LeewardProcess(arguments, temporaryFolder: FileManager.default.temporaryDirectory)
        let code = try await process.exitCode(within: 120)
        return (code, process.printed)
    }

    /// Runs a command of this installation.
    func leeward(_ arguments: [String]) async throws -> (code: Int32, printed: String) {
        try await Self.run(
            arguments + [
                "--config", place.config.path, "--backups", backups.path, "--vault-backups", vaults.path,
                "--backup-recipient", recipient,
            ]
        )
    }

    /// Makes a backup and gives the three files.
    func create() async throws -> (database: URL, vault: URL, tombstones: URL) {
        let made = try await leeward(["backup", "create", "--json"])
        try #require(made.code == 0, "\(made.printed)")
        let answer = try JSONAnswer(made.printed)
        func file(_ name: String) throws -> URL { URL(fileURLWithPath: try #require(answer[name].text)) }
        return (try file("database"), try file("vault"), try file("tombstones"))
    }

    func identity() throws -> AgeIdentity {
        let text = try Data(contentsOf: key).split(separator: UInt8(ascii: "\n")).first
        return try AgeIdentity(text: Array(try #require(text)))
    }

    /// Seals a file as `backup create` does.
    func seal(_ bytes: [UInt8], to recipient: AgeRecipient? = nil, as name: String) throws -> URL {
        let file = folder.appending(path: name)
        let recipient = try recipient ?? identity().recipient
        try Data(AgeWriter.file(bytes, to: [recipient])).write(to: file)
        return file
    }
}
