import Casework
import Foundation
import Sealing

/// The two folders of backups: those of the database, kept as long as the operator likes, and apart from them those of the
/// vault and its tombstones, which live seven days (DECISIONS 16).
struct BackupCatalog: Sendable {
    /// How long a copy of the vault lives: an erased case can be opened in no copy after that.
    static let vaultDays = 7

    /// One backup.
    struct Item: Hashable, Sendable {
        let path: String
        let made: Date
        let bytes: Int
    }

    private struct Note: Codable {
        let bytes: Int
    }

    static let databaseEnd = ".sqlite.age"
    static let vaultEnd = ".vault.age"
    static let tombstonesEnd = ".tombstones.age"

    let folder: String
    let vaultFolder: String

    init(_ settings: ServerSettings) {
        folder = settings.backups
        vaultFolder = settings.vaultBackups
    }

    /// Backups of the database, the newest first.
    func databases() -> [Item] { items(in: folder, Self.databaseEnd) }

    /// Copies of the vault, the newest first.
    func vaults() -> [Item] { items(in: vaultFolder, Self.vaultEnd) }

    /// Copies of the tombstones, the newest first.
    func tombstones() -> [Item] { items(in: vaultFolder, Self.tombstonesEnd) }

    /// Names for the three files of one backup.
    func names(at now: Date) -> (database: String, vault: String, tombstones: String) {
        let stamp = Self.stamp(now)
        return (
            "\(folder)/leeward-\(stamp)\(Self.databaseEnd)", "\(vaultFolder)/leeward-\(stamp)\(Self.vaultEnd)",
            "\(vaultFolder)/leeward-\(stamp)\(Self.tombstonesEnd)"
        )
    }

    /// Makes both folders, for their owner alone.
    ///
    /// - Throws: ``InstallationError/refused(_:)``.
    func make() throws(InstallationError) {
        for (path, setting) in [(folder, Setting.backups), (vaultFolder, .vaultBackups)] {
            do {
                try FileManager.default.createDirectory(
                    atPath: path,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw .refused("\(path): the folder cannot be made; write another one in \(setting.key)")
            }
        }
    }

    /// Notes beside a backup how long it is, so that one that was cut short is told from one that was changed.
    func note(_ path: String) throws(InstallationError) {
        do {
            let bytes = try Self.size(of: path)
            try JSONEncoder().encode(Note(bytes: bytes)).write(to: URL(fileURLWithPath: path + ".json"))
        } catch {
            throw .stopped
        }
    }

    /// How long a backup was when it was written; nil where nobody noted it.
    static func noted(_ path: String) -> Int? {
        guard let data = FileManager.default.contents(atPath: path + ".json") else { return nil }
        // A note that cannot be read says nothing; the seal of the file does.
        return try? JSONDecoder().decode(Note.self, from: data).bytes
    }

    /// Deletes the copies of the vault that have lived their time, and gives their names. The newest stays while there is
    /// no other: to lose it would be to lose every case.
    func expire(at now: Date) throws(InstallationError) -> [String] {
        var deleted: [String] = []
        for items in [vaults(), tombstones()] {
            for item in items.dropFirst() where now.timeIntervalSince(item.made) > Double(Self.vaultDays) * 86_400 {
                do {
                    try FileManager.default.removeItem(atPath: item.path)
                } catch {
                    throw .refused("\(item.path) is older than \(Self.vaultDays) days and cannot be deleted: delete it")
                }
                deleted.append(item.path)
            }
        }
        return deleted
    }

    // MARK: - Names

    private func items(in folder: String, _ end: String) -> [Item] {
        // A folder that is not there holds nothing.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { name in
            guard name.hasPrefix("leeward-"), name.hasSuffix(end),
                let made = Self.date(name.dropFirst(8).dropLast(end.count)),
                let bytes = try? Self.size(of: "\(folder)/\(name)")
            else { return nil }
            return Item(path: "\(folder)/\(name)", made: made, bytes: bytes)
        }.sorted { $0.made > $1.made }
    }

    private static func size(of path: String) throws -> Int {
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
        return size?.intValue ?? 0
    }

    private static func form() -> DateFormatter {
        let form = DateFormatter()
        form.locale = Locale(identifier: "en_US_POSIX")
        form.timeZone = TimeZone(identifier: "UTC")
        form.dateFormat = "yyyyMMdd'T'HHmmssSSS'Z'"
        return form
    }

    static func stamp(_ date: Date) -> String { form().string(from: date) }

    private static func date(_ text: Substring) -> Date? { form().date(from: String(text)) }
}
