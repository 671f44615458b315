import DataFiles
import Foundation
import Testing

struct DataFileTests {
    private func parse(_ text: String) throws -> DataNode { try DataFile.parse(text, file: "LK.yaml") }

    private func problem(_ text: String) -> String? {
        do {
            _ = try parse(text)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        "NO", "on", "yes", "true", "1_000", "2026-03-01", "1e3", "~", "null", "0x1F", "017", "1929", "+94112000000",
        ".inf",
        "12:30:45", "<<", "=", "'~'", "\"NO\"", "'1_000'",
    ])
    func `a scalar stays the text that was written`(written: String) throws {
        let map = try parse("value: \(written)\n")
        let bare = written.trimmingCharacters(in: CharacterSet(charactersIn: "'\""))
        guard case .map(let entries) = map.content else {
            Issue.record("not a map")
            return
        }
        #expect(entries.map(\.key) == ["value"])
        #expect(entries.map(\.value.content) == [.text(bare)])
        let list = try parse("- \(written)\n")
        #expect(list.content == .list([DataNode(content: .text(bare), place: DataPlace(file: "LK.yaml", line: 1))]))
    }

    @Test(arguments: ["NO", "on", "1_000", "2026-03-01", "1e3", "~"])
    func `a key stays the text that was written`(written: String) throws {
        guard case .map(let entries) = try parse("\(written): x\n").content else {
            Issue.record("not a map")
            return
        }
        #expect(entries.map(\.key) == [written])
    }

    @Test func `each piece knows its line`() throws {
        let root = try parse("# a remark\ncountry: LK\n\nservices:\n  - id: a\n    phones:\n      - 1929\n  - id: b\n")
        guard case .map(let entries) = root.content, case .list(let services) = entries[1].value.content,
            case .map(let service) = services[0].content, case .list(let phones) = service[1].value.content
        else {
            Issue.record("another shape")
            return
        }
        #expect(entries.map(\.keyPlace.line) == [2, 4])
        #expect(services.map(\.place.line) == [5, 8])
        #expect(service.map(\.keyPlace.line) == [5, 6])
        #expect(phones.map(\.place.line) == [7])
    }

    @Test func `nothing after a colon is empty and quotes around nothing are a text`() throws {
        guard case .map(let entries) = try parse("a:\nb: ''\nc: \"\"\n").content else {
            Issue.record("not a map")
            return
        }
        #expect(entries.map(\.value.content) == [.empty, .text(""), .text("")])
    }

    @Test func `an empty file is empty and a byte order mark is no text`() throws {
        #expect(try parse("# nothing\n").content == .empty)
        #expect(try parse("\u{FEFF}- a\r\n- b\r\n").content == parse("- a\n- b\n").content)
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3\n", "LK.yaml:1: the key 'a' stands twice in one map, write it once"),
        ("a: 1\n'a': 3\n", "LK.yaml:1: the key 'a' stands twice in one map, write it once"),
        (
            "x: 1\na: &n 1929\nb: *n\n",
            "LK.yaml:2: an anchor (&n) makes other lines depend on this one, write the value at each place"
        ),
        (
            "a: &l [x]\nb: &m [*l, *l]\nc: [*m, *m]\n",
            "LK.yaml:1: an anchor (&l) makes other lines depend on this one, write the value at each place"
        ),
        (
            "a: &l {x: y}\n",
            "LK.yaml:1: an anchor (&l) makes other lines depend on this one, write the value at each place"
        ),
        (
            "a: 1\nb: !!int 5\n",
            "LK.yaml:2: a tag (tag:yaml.org,2002:int) gives the value a type, write the value alone"
        ),
        ("b: !!str NO\n", "LK.yaml:1: a tag (tag:yaml.org,2002:str) gives the value a type, write the value alone"),
        ("b: !thing {a: b}\n", "LK.yaml:1: a tag (!thing) gives the value a type, write the value alone"),
        ("b: !!set [a]\n", "LK.yaml:1: a tag (tag:yaml.org,2002:set) gives the value a type, write the value alone"),
        ("a: 1\n---\nb: 2\n", "LK.yaml:2: a second document begins, write one document a file, without '---'"),
        ("? [a]\n: b\n", "LK.yaml:1: a key is not a text, write a plain word before the colon"),
        ("a: b\u{1}c\n", "LK.yaml:1: control characters are not allowed, write plain text without control characters"),
        (
            "a: 1\nb: police: 119\n",
            "LK.yaml:2: mapping values are not allowed in this context, write the line as 'key: value', indented "
                + "with spaces, text with ': ' or ' #' in it in \"quotes\""
        ),
    ])
    func `a trap of the format is a problem with its line`(text: String, expected: String) {
        #expect(problem(text) == expected)
    }

    @Test func `an alias to nothing is a problem`() {
        #expect(problem("a: 1\nb: *gone\n")?.hasPrefix("LK.yaml:2: found undefined alias, write") == true)
    }

    @Test func `deep nesting is a problem and no crash`() {
        #expect(problem(String(repeating: "[", count: 100_000)) != nil)
    }

    @Test func `a file is read from disk and each way to fail says why`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "leeward-datafiles-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "XA.yaml").path
        func failure() -> String? {
            do {
                _ = try DataFile.read(path)
                return nil
            } catch {
                return error.what
            }
        }
        #expect(failure() == "cannot be read")
        try Data([0x61, 0x3A, 0x20, 0xFF, 0xFE]).write(to: URL(filePath: path))
        #expect(failure() == "is not UTF-8 text")
        try Data(repeating: 0x23, count: 16 * 1024 * 1024 + 1).write(to: URL(filePath: path))
        #expect(failure() == "is larger than 16777216 bytes")
        try Data("a: b\n".utf8).write(to: URL(filePath: path))
        #expect(try DataFile.read(path) == DataFile.parse("a: b\n", file: path))
    }
}
