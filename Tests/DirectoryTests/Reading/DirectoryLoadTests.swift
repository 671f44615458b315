import DataFiles
import Directory
import Foundation
import Testing

/// Loading a folder by its snapshot: fast when it fits, and never anything else than what the files say.
struct DirectoryLoadTests {
    /// A folder of directory files with a place for a snapshot beside it, removed at the end.
    private struct Folder: ~Copyable {
        let root: URL
        var files: String { root.appending(path: "files").path }
        var snapshot: String { root.appending(path: "directory.snapshot").path }

        init() throws {
            root = FileManager.default.temporaryDirectory.appending(path: "leeward-load-\(UUID().uuidString)")
            try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
            for name in ["taxonomy.yaml", "worldwide.yaml"] {
                let text = try String(contentsOfFile: "\(DirectoryFixture.shipped)/\(name)", encoding: .utf8)
                try write(text, to: name)
            }
            try write(DirectoryFixture.country, to: "XA.yaml")
        }

        deinit { try? FileManager.default.removeItem(at: root) }

        borrowing func write(_ text: String, to name: String) throws {
            try Data(text.utf8).write(to: URL(filePath: "\(files)/\(name)"))
        }

        borrowing func load() -> DirectoryReader.Reading { DirectoryReader.load(folder: files, snapshot: snapshot) }
    }

    @Test func `the first load writes the snapshot, the second takes it, and both say the same as the files`() throws {
        let folder = try Folder()
        let first = folder.load()
        #expect(first.snapshot == .written)
        #expect(first.files == 3)
        let second = folder.load()
        #expect(second.snapshot == .taken)
        #expect(second.files == 3)
        #expect(second.problems == [])
        let files = DirectoryReader.read(folder.files)
        #expect(files.snapshot == .none)
        SnapshotFixture.expectAlike(files.directory, first.directory)
        SnapshotFixture.expectAlike(files.directory, second.directory)
    }

    @Test func `one changed digit, a new file or one less is seen at once`() throws {
        let folder = try Folder()
        _ = folder.load()
        try folder.write(DirectoryFixture.country.replacing("0101", with: "0102"), to: "XA.yaml")
        let changed = folder.load()
        #expect(changed.snapshot == .written)
        #expect(changed.directory.services.first?.contacts.first?.value == "+1 202 555 0102")
        let second = DirectoryFixture.country.replacing("XA", with: "XB").replacing("xa-", with: "xb-")
        try folder.write(second, to: "XB.yaml")
        #expect(folder.load().directory.countries.count == 2)
        #expect(folder.load().snapshot == .taken)
        try FileManager.default.removeItem(atPath: "\(folder.files)/XB.yaml")
        let less = folder.load()
        #expect(less.snapshot == .written)
        #expect(less.directory.countries.count == 1)
    }

    @Test func `a file that is not read makes no difference`() throws {
        let folder = try Folder()
        _ = folder.load()
        try folder.write("for editors", to: "README.md")
        #expect(folder.load().snapshot == .taken)
    }

    @Test func `files with a problem leave no snapshot, and the problem is told every time`() throws {
        let folder = try Folder()
        try folder.write(DirectoryFixture.country.replacing("phone:", with: "phnoe:"), to: "XA.yaml")
        for _ in 0..<2 {
            let reading = folder.load()
            #expect(reading.snapshot == .withheld)
            #expect(!reading.problems.isEmpty)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.snapshot))
    }

    @Test func `an older good snapshot is not used while the files have a problem`() throws {
        let folder = try Folder()
        _ = folder.load()
        try folder.write(DirectoryFixture.country.replacing("phone:", with: "phnoe:"), to: "XA.yaml")
        let reading = folder.load()
        #expect(reading.snapshot == .withheld)
        #expect(reading.directory.services.isEmpty)
        try FileManager.default.removeItem(atPath: "\(folder.files)/worldwide.yaml")
        let missing = folder.load()
        #expect(missing.problems.contains { $0.what == "cannot be read" })
        #expect(missing.snapshot == .withheld)
    }

    @Test func `a damaged snapshot is passed over and replaced`() throws {
        let folder = try Folder()
        let files = folder.load().directory
        let whole = try Data(contentsOf: URL(filePath: folder.snapshot))
        let hash = try #require(DirectoryReader.contentHash(of: folder.files))
        for place in [0, 30, 40, 60, whole.count / 2, whole.count - 1] {
            var damaged = whole
            damaged[place] ^= 0x10
            try damaged.write(to: URL(filePath: folder.snapshot))
            if place != 30 {
                #expect(throws: SnapshotError.damaged) { try DirectorySnapshot.read(folder.snapshot, expecting: hash) }
            }
            let reading = folder.load()
            #expect(reading.snapshot == .written)
            #expect(reading.problems == [])
            SnapshotFixture.expectAlike(files, reading.directory)
            #expect(try Data(contentsOf: URL(filePath: folder.snapshot)) == whole)
        }
        for cut in [whole.prefix(0), whole.prefix(43), whole.prefix(whole.count - 1), whole + [0]] {
            try cut.write(to: URL(filePath: folder.snapshot))
            #expect(throws: SnapshotError.damaged) { try DirectorySnapshot.read(folder.snapshot, expecting: hash) }
        }
    }

    @Test func `a place that cannot be written to is no problem of the directory`() throws {
        let folder = try Folder()
        for path in ["/nonexistent/folder/directory.snapshot", folder.files] {
            let reading = DirectoryReader.load(folder: folder.files, snapshot: path)
            #expect(reading.snapshot == .unwritable)
            #expect(reading.problems == [])
            #expect(reading.directory.services.count == 1)
        }
        #expect(throws: SnapshotError.unwritable) {
            try DirectorySnapshot.write(
                try SnapshotFixture.small(),
                contentHash: SnapshotFixture.hash,
                to: folder.files
            )
        }
    }

    @Test func `what is no plain file is refused, and a missing one is none`() throws {
        let folder = try Folder()
        #expect(throws: SnapshotError.unreadable) {
            try DirectorySnapshot.read(folder.files, expecting: SnapshotFixture.hash)
        }
        #expect(throws: SnapshotError.unreadable) {
            try DirectorySnapshot.read("/dev/zero", expecting: SnapshotFixture.hash)
        }
        #expect(try DirectorySnapshot.read(folder.snapshot, expecting: SnapshotFixture.hash) == nil)
    }

    @Test func `nothing but the snapshot is left behind`() throws {
        let folder = try Folder()
        _ = folder.load()
        _ = folder.load()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.root.path)
        #expect(names.sorted() == ["directory.snapshot", "files"])
    }
}
