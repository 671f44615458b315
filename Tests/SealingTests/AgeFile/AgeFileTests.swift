import Foundation
import Testing

@testable import Sealing

@Suite struct AgeFileTests {
    private let identity: AgeIdentity
    private let other: AgeIdentity

    init() throws {
        identity = try AgeIdentity.random()
        other = try AgeIdentity.random()
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 200_000])
    func `content of any length comes back, whatever the pieces`(count: Int) throws {
        var cases = SplitMix(seed: UInt64(count))
        let content = cases.bytes(count)
        for most in [1 << 20, 65_536, 40_000] {
            var writer = try AgeWriter(to: [identity.recipient])
            var file: [UInt8] = []
            for piece in pieces(of: content, upTo: most, &cases) { file += try writer.seal(piece) }
            file += try writer.finish()
            var reader = try AgeReader(fileCount: file.count, identities: [identity])
            var opened: [UInt8] = []
            for piece in pieces(of: file, upTo: most, &cases) { opened += try reader.open(piece) }
            #expect(reader.contentCount == count)
            try reader.finish()
            #expect(opened == content)
        }
    }

    @Test func `a file read byte by byte gives the same content`() throws {
        let content = Array("Ein Beispiel.".utf8)
        let file = try AgeWriter.file(content, to: [identity.recipient])
        var reader = try AgeReader(fileCount: file.count, identities: [identity])
        var opened: [UInt8] = []
        for byte in file { opened += try reader.open([byte]) }
        try reader.finish()
        #expect(opened == content)
    }

    @Test func `any of the recipients opens a file, and nobody else`() throws {
        let partners = try (0..<3).map { _ in try AgeIdentity.random() }
        let file = try AgeWriter.file([1, 2, 3], to: partners.map(\.recipient))
        for partner in partners {
            #expect(try AgeReader.content(of: file, identities: [other, partner]) == [1, 2, 3])
        }
        #expect(throws: SealingError.keyMismatch) {
            _ = try AgeReader.content(of: file, identities: [other, identity])
        }
        #expect(throws: SealingError.badParameters) { _ = try AgeReader.content(of: file, identities: []) }
        #expect(throws: SealingError.badParameters) { _ = try AgeWriter.file([], to: []) }
        let many = [AgeRecipient](repeating: identity.recipient, count: 17)
        #expect(throws: SealingError.badParameters) { _ = try AgeWriter.file([], to: many) }
    }

    @Test func `every single-bit flip of a file is refused`() throws {
        let file = try AgeWriter.file(Array("An example of a backup.".utf8), to: [identity.recipient])
        var opened = 0
        for bit in 0..<file.count * 8
        where (try? AgeReader.content(of: file.flipping(bit), identities: [identity])) != nil {
            opened += 1
        }
        #expect(opened == 0)
    }

    @Test func `a file cut short, made longer or with chunks changed about is refused`() throws {
        var cases = SplitMix(seed: 7)
        let content = cases.bytes(3 * 65_536)
        let file = try AgeWriter.file(content, to: [identity.recipient])
        let front = file.count - 3 * 65_552
        func expectRefused(_ bytes: [UInt8], _ comment: Comment) {
            #expect(throws: SealingError.damaged, comment) {
                _ = try AgeReader.content(of: bytes, identities: [identity])
            }
        }
        // At the seams of the chunks and just beside them; then everywhere in the header.
        for chunks in 0...3 {
            for beside in [-17, -16, -1, 0, 1, 15, 16, 17] where chunks < 3 || beside < 0 {
                let count = front + chunks * 65_552 + beside
                expectRefused(Array(file.prefix(count)), "cut to \(count)")
            }
        }
        for count in 23..<front { expectRefused(Array(file.prefix(count)), "cut to \(count)") }
        expectRefused(file + [0], "one byte more")
        expectRefused(file + [UInt8](repeating: 0, count: 65_552), "one chunk more")
        let chunks = (0..<3).map { Array(file[front + $0 * 65_552..<front + ($0 + 1) * 65_552]) }
        for order in [[1, 0, 2], [0, 2, 1], [0, 0, 2], [0, 1, 1], [0, 2], [1, 2], [2]] {
            expectRefused(Array(file[..<front]) + order.flatMap { chunks[$0] }, "chunks \(order)")
        }
    }

    @Test func `a length that no file has is refused before anything is opened`() throws {
        let file = try AgeWriter.file([1, 2, 3], to: [identity.recipient])
        // Room for a chunk and an empty one after it: no writer makes that.
        let impossible = file.count - 3 - 16 + 65_552 + 16
        var reader = try AgeReader(fileCount: impossible, identities: [identity])
        #expect(throws: SealingError.damaged) { _ = try reader.open(file) }
        #expect(AgePayload.contentCount(ofChunks: 15) == nil)
        #expect(AgePayload.contentCount(ofChunks: 16) == 0)
        #expect(AgePayload.contentCount(ofChunks: 65_552) == 65_536)
        for count in 65_553...65_568 { #expect(AgePayload.contentCount(ofChunks: count) == nil) }
        #expect(AgePayload.contentCount(ofChunks: 65_569) == 65_537)
        // More bytes than the file was said to have, and fewer.
        var short = try AgeReader(fileCount: file.count - 1, identities: [identity])
        #expect(throws: SealingError.damaged) { _ = try short.open(file) }
        var long = try AgeReader(fileCount: file.count, identities: [identity])
        _ = try long.open(Array(file.dropLast()))
        do throws(SealingError) {
            try long.finish()
            Issue.record("a file with a byte missing was taken for whole")
        } catch {
            #expect(error == .damaged)
        }
    }

    @Test func `stanzas of other types are skipped, and what is no age file is said to be none`() throws {
        for bytes in ["", "age-encryption.org/v1", "age-encryption.org/v2\n", "-----BEGIN AGE ENCRYPTED FILE-----\n"] {
            #expect(throws: SealingError.self) {
                _ = try AgeReader.content(of: Array(bytes.utf8), identities: [identity])
            }
        }
        #expect(throws: SealingError.unknownFormat) {
            _ = try AgeReader.content(of: Array("SQLite format 3\0".utf8), identities: [identity])
        }
        // A header that never ends.
        let endless = AgeHeader.firstLine + [UInt8](repeating: UInt8(ascii: "a"), count: Limits.ageHeaderBytes)
        #expect(throws: SealingError.tooLarge) { _ = try AgeReader.content(of: endless, identities: [identity]) }
        let lines = AgeHeader.firstLine + Array(repeatElement(Array("-> x\n\n".utf8), count: 11_000).joined())
        #expect(throws: SealingError.tooLarge) { _ = try AgeReader.content(of: lines, identities: [identity]) }
    }

    @Test func `keys come back from their text`() throws {
        // The identity of C2SP/CCTV's set, whose recipient it does not print; and BIP 173's own rule on mixed letters.
        let text = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0"
        let known = try AgeIdentity(text: Array(text.utf8))
        #expect(known.text() == Array(text.utf8))
        #expect(try AgeIdentity(text: Array(text.lowercased().utf8)).recipient == known.recipient)
        #expect(try AgeRecipient("\(known.recipient)") == known.recipient)
        #expect("\(known.recipient)".hasPrefix("age1") && "\(known.recipient)".count == 62)
        #expect("\(known)" == "[redacted]")
        #expect(throws: SealingError.badParameters) { _ = try AgeRecipient(text) }
        for place in text.indices {
            var changed = text
            changed.replaceSubrange(place...place, with: text[place] == "Q" ? "P" : "Q")
            #expect(throws: SealingError.badParameters) { _ = try AgeIdentity(text: Array(changed.utf8)) }
        }
        for bad in [text + "Q", String(text.dropLast()), text.replacing("KEY", with: "key"), "", "1", "age1"] {
            #expect(throws: SealingError.badParameters) { _ = try AgeIdentity(text: Array(bad.utf8)) }
        }
    }

    /// The command of the Debian package `age`, a program by the format's own author.
    @Test(arguments: [1, 65_536, 200_000])  // Version 1.1 of the command writes no file at all for no content.
    func `the age command opens our files and we open its`(count: Int) throws {
        guard let (age, keygen) = command("age").flatMap({ age in command("age-keygen").map { (age, $0) } }) else {
            print("age command: not run, it is not installed")
            return
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("age-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
        func read(_ name: String) throws -> [UInt8] {
            Array(try Data(contentsOf: folder.appendingPathComponent(name)))
        }
        var cases = SplitMix(seed: 11)
        let content = cases.bytes(count)
        // Its key, our file.
        try run(keygen, ["-o", path("key")])
        let line = try #require(try read("key").split(separator: 0x0a).last { $0.starts(with: Array("AGE".utf8)) })
        let theirs = try AgeIdentity(text: Array(line))
        try Data(try AgeWriter.file(content, to: [other.recipient, theirs.recipient]))
            .write(to: folder.appendingPathComponent("ours.age"))
        try run(age, ["-d", "-i", path("key"), "-o", path("ours"), path("ours.age")])
        #expect(try read("ours") == content)
        // Our key, its file, with an armour of its own left out.
        try Data(content).write(to: folder.appendingPathComponent("plain"))
        let recipients = ["-r", "\(identity.recipient)", "-r", "\(theirs.recipient)"]
        try run(age, recipients + ["-o", path("theirs.age"), path("plain")])
        #expect(try AgeReader.content(of: read("theirs.age"), identities: [identity]) == content)
    }

    private func command(_ name: String) -> String? {
        let folders = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(program)")
    }

    private func pieces(of bytes: [UInt8], upTo most: Int, _ cases: inout SplitMix) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int(cases.next() % UInt64(most)))
            pieces.append(Array(bytes[start..<end]))
            start = end
        }
        return pieces
    }
}
