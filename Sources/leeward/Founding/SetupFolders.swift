import Foundation
import Sealing
import Store

/// Where a setup works until it is sure, and how the result gets to its place. Everything is made in folders of this name
/// inside the real ones, which no other command looks into. At the end the files are moved, the store last: without it
/// there is no installation.
struct SetupFolders: Sendable {
    /// Where unfinished things lie.
    static let staging = ".setup-unfinished"

    let settings: ServerSettings
    let config: String
    let offline: String

    var data: String { "\(settings.data.path)/\(Self.staging)" }
    var credentials: String { "\(settings.credentials)/\(Self.staging)" }
    var foundingFile: String { "\(offline)/leeward.founding" }

    /// The settings of the unfinished installation: the same, in the folders where it is made.
    var staged: ServerSettings {
        ServerSettings(
            data: DataFolder(data),
            directory: settings.directory,
            policies: settings.policies,
            listen: settings.listen,
            tls: settings.tls,
            logOrigin: settings.logOrigin,
            credentials: credentials,
            pepperFile: "\(credentials)/pepper",
            logKeyFile: "\(credentials)/log-key",
            cores: settings.cores,
            diskReserve: settings.diskReserve,
            backups: settings.backups,
            vaultBackups: settings.vaultBackups,
            backupRecipient: settings.backupRecipient,
            systemdCredentials: nil
        )
    }

    /// Looks whether everything is free, and makes nothing.
    ///
    /// - Throws: ``FoundingRefusal/place(_:)`` for the first thing that stands there already.
    func check() throws(FoundingRefusal) {
        let files = FileManager.default
        guard !files.fileExists(atPath: config) else {
            guard files.fileExists(atPath: settings.data.store) else {
                throw .place(
                    "\(config) is there already, and there is no installation in \(settings.data.path): if a setup was "
                        + "killed, delete \(config), what is in \(settings.data.path) and \(settings.credentials), and its "
                        + "founding file, and run it again"
                )
            }
            throw .place(
                "\(config) is there already: an installation is set up once. For later people: leeward staff invite"
            )
        }
        let allowed: Set<String> = [Self.staging, "leeward.lock"]
        let found = Set(contents(settings.data.path)).subtracting(allowed).sorted()
        guard found.isEmpty else {
            throw .place("\(settings.data.path) is not empty (\(found[0])): name a new folder with --data")
        }
        for name in ["pepper", "log-key"] where files.fileExists(atPath: "\(settings.credentials)/\(name)") {
            throw .place(
                "\(settings.credentials)/\(name) is there already, and whatever was sealed with it needs it: name a new "
                    + "folder with --credentials"
            )
        }
        guard settings.pepperFile == "\(settings.credentials)/pepper",
            settings.logKeyFile == "\(settings.credentials)/log-key"
        else {
            throw .unanswered("leeward setup puts pepper and log-key into the credentials folder: name only that one")
        }
        for other in [settings.data.path, settings.credentials] where Self.isInside(offline, other) {
            throw .place("\(offline) lies in \(other): the founding file must not stay on this server")
        }
        guard !files.fileExists(atPath: foundingFile) else {
            throw .place("\(foundingFile) is there already, and it may open another installation: name another folder")
        }
    }

    /// Makes the folders, empty.
    ///
    /// - Throws: ``FoundingRefusal/place(_:)``.
    func make(_ unfinished: Unfinished) throws(FoundingRefusal) {
        for folder in [settings.data.path, settings.credentials, offline] { try makeFolder(folder, 0o700, unfinished) }
        try makeFolder((config as NSString).deletingLastPathComponent, 0o755, unfinished)
    }

    /// Makes the folders in them where a setup works. The data folder is locked: what lies there is of no setup that runs.
    ///
    /// - Throws: ``FoundingRefusal/place(_:)``.
    func makeStaging(_ unfinished: Unfinished) throws(FoundingRefusal) {
        unfinished.note(settings.data.lockFile)
        for folder in [data, credentials] {
            unfinished.note(folder)
            do {
                // What an earlier setup left that was killed; it opens nothing.
                if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
                try FileManager.default.createDirectory(
                    atPath: folder,
                    withIntermediateDirectories: false,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw .place("\(folder) cannot be made: check the owner of the folder and the disk")
            }
        }
    }

    /// Puts everything in its place.
    ///
    /// - Throws: ``FoundingRefusal/place(_:)``; what was moved is noted, and taken back by the caller.
    func place(
        foundingFile bytes: [UInt8],
        config lines: [String],
        _ note: (String) -> Void
    ) throws(FoundingRefusal) {
        try write(bytes, to: foundingFile, note)
        try sync(offline)
        for name in ["pepper", "log-key"] {
            try move("\(credentials)/\(name)", to: "\(settings.credentials)/\(name)", note)
        }
        try remove(credentials)
        try sync(settings.credentials)
        try write(Array((lines.joined(separator: "\n") + "\n").utf8), to: config, note)
        try sync((config as NSString).deletingLastPathComponent)
        let last = (settings.data.store as NSString).lastPathComponent
        // The locks are this process's own; whoever opens the place makes them anew.
        let names = contents(data).filter { $0 != last && !$0.hasSuffix(".lock") }.sorted()
        for name in names + [last] { try move("\(data)/\(name)", to: "\(settings.data.path)/\(name)", note) }
        try remove(data)
        try sync(settings.data.path)
    }

    // MARK: - Steps

    private func makeFolder(_ path: String, _ mode: Int, _ unfinished: Unfinished) throws(FoundingRefusal) {
        guard !FileManager.default.fileExists(atPath: path) else {
            guard FileManager.default.isWritableFile(atPath: path) else {
                throw .place("\(path) cannot be written to by this user")
            }
            return
        }
        var missing: [String] = []
        var parent = path
        while !parent.isEmpty, parent != "/", !FileManager.default.fileExists(atPath: parent) {
            missing.append(parent)
            parent = (parent as NSString).deletingLastPathComponent
        }
        for folder in missing.reversed() {
            unfinished.note(folder)
            do {
                try FileManager.default.createDirectory(
                    atPath: folder,
                    withIntermediateDirectories: false,
                    attributes: [.posixPermissions: folder == path ? mode : 0o755]
                )
            } catch {
                throw .place("\(folder) cannot be made: check the owner of the folder above it and the disk")
            }
        }
    }

    private func contents(_ folder: String) -> [String] {
        // A folder that is not there holds nothing.
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private func move(_ path: String, to other: String, _ note: (String) -> Void) throws(FoundingRefusal) {
        guard !FileManager.default.fileExists(atPath: other) else { throw .place("\(other) is there already") }
        note(other)
        do {
            try FileManager.default.moveItem(atPath: path, toPath: other)
        } catch {
            throw .place("\(other) cannot be made: check the folder, its owner and the disk")
        }
    }

    private func write(_ bytes: [UInt8], to path: String, _ note: (String) -> Void) throws(FoundingRefusal) {
        do {
            try SecretFile.create(path, holding: Secret(copying: bytes))
            note(path)
        } catch {
            throw .place("\(path) cannot be written: check the folder, its owner and the disk")
        }
    }

    /// Removes a staging folder, and what is left in it: locks of files that were moved.
    private func remove(_ folder: String) throws(FoundingRefusal) {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            throw .place("\(folder) cannot be removed")
        }
    }

    private func sync(_ folder: String) throws(FoundingRefusal) {
        do {
            try FolderSync.sync(folder)
        } catch {
            throw .place("\(folder): the disk failed")
        }
    }

    /// Whether a folder is, or lies in, another one.
    static func isInside(_ path: String, _ folder: String) -> Bool {
        let (path, folder) = (real(path), real(folder))
        return path == folder || path.hasPrefix(folder + "/")
    }

    private static func real(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }
}
