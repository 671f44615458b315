import Foundation
import Glibc
import Sealing
import Testing

@Suite struct SecretFileTests {
    private let folder = NSTemporaryDirectory() + "leeward-secret-" + UUID().uuidString

    private func file(_ bytes: [UInt8], mode: Int) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/secret"
        _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    private func remove() { try? FileManager.default.removeItem(atPath: folder) }

    @Test(arguments: [0o600, 0o400, 0o700])
    func `a file that its owner alone can read is taken whole`(mode: Int) throws {
        defer { remove() }
        let bytes = (0..<32).map { UInt8($0) }
        let secret = try SecretFile.read(try file(bytes, mode: mode), atMost: 33)
        let expected = try Secret(copying: bytes)
        let isSame = secret.matches(expected)
        #expect(isSame)
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o602, 0o644, 0o610])
    func `a file that others can read or write is refused`(mode: Int) throws {
        defer { remove() }
        let path = try file([1, 2, 3], mode: mode)
        #expect(throws: SecretFile.Refusal.readableByOthers(mode: UInt32(mode))) {
            _ = try SecretFile.read(path, atMost: 33)
        }
    }

    @Test func `what systemd made for the service may show its access list as the group's bit, nowhere else`() throws {
        defer { remove() }
        let path = try file([1, 2, 3], mode: 0o440)
        guard geteuid() == 0 else {
            print("not run: the file must be root's")
            return
        }
        let count = try SecretFile.read(path, inSystemdFolder: folder, atMost: 33).count
        #expect(count == 3)
        #expect(throws: SecretFile.Refusal.readableByOthers(mode: 0o440)) {
            _ = try SecretFile.read(path, inSystemdFolder: folder + "-other", atMost: 33)
        }
        #expect(throws: SecretFile.Refusal.readableByOthers(mode: 0o440)) {
            _ = try SecretFile.read(path, inSystemdFolder: String(folder.dropLast()), atMost: 33)
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
        #expect(throws: SecretFile.Refusal.readableByOthers(mode: 0o444)) {
            _ = try SecretFile.read(path, inSystemdFolder: folder, atMost: 33)
        }
    }

    @Test func `what is missing, a folder, a link or too long is refused by its kind`() throws {
        defer { remove() }
        let path = try file([UInt8](repeating: 7, count: 34), mode: 0o600)
        #expect(throws: SecretFile.Refusal.tooLong) { _ = try SecretFile.read(path, atMost: 33) }
        #expect(throws: SecretFile.Refusal.missing) { _ = try SecretFile.read(path + "-not", atMost: 33) }
        #expect(throws: SecretFile.Refusal.notAFile) { _ = try SecretFile.read(folder, atMost: 1 << 20) }
        try FileManager.default.createSymbolicLink(atPath: path + "-link", withDestinationPath: path)
        #expect(throws: SecretFile.Refusal.notAFile) { _ = try SecretFile.read(path + "-link", atMost: 64) }
    }
}
