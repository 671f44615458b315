import Testing

@testable import HSDS

struct CSVReaderTests {
    private func read(_ text: String) -> [[String]] {
        CSVReader.read(Array(text.utf8), file: "t.csv").rows.map(\.fields)
    }

    @Test(arguments: [
        ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
        ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
        ("\u{FEFF}a,b\n", [["a", "b"]]),
        ("\"a\",\"b,\"\"c\"\"\"\n", [["a", "b,\"c\""]]),
        ("\"a\nb\",c\n", [["a\nb", "c"]]),
        ("5\" pipe,x\n", [["5\" pipe", "x"]]),
        ("\"a\" b,c\n", [["a b", "c"]]),
        ("a,\n\n,\n", [["a", ""], ["", ""]]),
        ("\"\"\n", [[""]]),
    ])
    func `every kind of line end and quote is read`(text: String, rows: [[String]]) {
        #expect(read(text) == rows)
    }

    @Test(arguments: ["\u{0E31}", "\u{0301}", "\u{200D}", "\u{FE0F}", "\u{0DCA}"])
    func `a mark after a comma or a quote joins no fields`(mark: String) {
        #expect(read("a,\(mark)b,c\n") == [["a", "\(mark)b", "c"]])
        #expect(read("\"a\"\(mark),b\n") == [["a\(mark)", "b"]])
        #expect(read("\"\(mark)a\",b\n") == [["\(mark)a", "b"]])
    }

    @Test func `latin 1, NUL and an open quote are refused with their line, and the rows around them are read`() {
        let bytes =
            Array("name\nfirst\n".utf8) + [0x63, 0xE9, 0x0A] + Array("a\0b\nlast\n\"open,never closed\nend\n".utf8)
        let (rows, problems) = CSVReader.read(bytes, file: "t.csv")
        #expect(rows.map(\.fields) == [["name"], ["first"], ["last"], ["end"]])
        #expect(problems.map(\.place.line) == [3, 4, 6])
        #expect(problems.map(\.kind) == [.notUTF8, .nulByte, .openQuote])
        #expect(rows.map(\.line) == [1, 2, 5, 7])
    }

    @Test func `a ragged row is refused with its line and no cell moves to another column`() {
        let table = SourceTable(
            reading: SourceFile(name: "t.csv", bytes: Array("id,name\n1,one\n2\n3,three,more\n4,four\n".utf8))
        )
        #expect(table.rows.map { $0.fields.text("name") } == ["one", "four"])
        #expect(table.problems.map(\.kind) == [.ragged(fields: 1, columns: 2), .ragged(fields: 3, columns: 2)])
        #expect(table.problems.map(\.place.line) == [3, 4])
    }

    @Test func `what is written is read again, whatever stands in it`() {
        var generator = SystemRandomNumberGenerator()
        let pieces = ["a", ",", "\"", "\n", "\r", "\r\n", " ", "é", "\u{0E31}", "ไทย", "\u{0301}", "'", ";", "0"]
        for _ in 0..<500 {
            let rows = (0..<3).map { _ in
                (0..<4).map { _ in
                    (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                        pieces.randomElement(using: &generator) ?? ""
                    }
                    .joined()
                }
            }
            let bytes = rows.flatMap { CSVWriter.row(["x"] + $0) }
            let read = CSVReader.read(bytes, file: "t.csv")
            #expect(read.problems.isEmpty)
            #expect(read.rows.map(\.fields) == rows.map { ["x"] + $0 })
        }
    }
}
