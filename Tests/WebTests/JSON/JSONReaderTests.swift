import Testing

@testable import Web

@Suite struct JSONReaderTests {
    private func read(_ text: String) throws -> JSONValue {
        try JSONReader.read(Array(text.utf8))
    }

    /// A tree as text, with the kind of each value, so that two trees can be compared.
    private func shown(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .flag(let flag): "flag(\(flag))"
        case .whole(let whole): "whole(\(whole))"
        case .decimal(let decimal): "decimal(\(decimal))"
        case .text(let text): "text(\(text))"
        case .secret(let secret): "secret(\(secret.count))"
        case .list(let elements): "[" + elements.map(shown).joined(separator: " ") + "]"
        case .object(let members): "{" + members.map { "\($0.name)=\(shown($0.value))" }.joined(separator: " ") + "}"
        }
    }

    @Test(arguments: [
        ("{}", "{}"),
        (" [ ] \n", "[]"),
        (#"{"b":1,"a":[true,false,null,"x"]}"#, "{b=whole(1) a=[flag(true) flag(false) null text(x)]}"),
        (
            "[0,-0,-12,9223372036854775807,-9223372036854775808]",
            "[whole(0) whole(0) whole(-12) whole(9223372036854775807) whole(-9223372036854775808)]"
        ),
        (
            "[1.5,1e3,-2.5E-1,9223372036854775808]",
            "[decimal(1.5) decimal(1000.0) decimal(-0.25) decimal(9.223372036854776e+18)]"
        ),
        (#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00""#, "text(\"\\/\u{8}\u{c}\n\r\tAé😀)"),
        (#""මට උදව් ඕනේ""#, "text(මට උදව් ඕනේ)"),
        (#""\u0000""#, "text(\0)"),
    ])
    func `a text of RFC 8259 is read as it was written`(text: String, expected: String) throws {
        #expect(shown(try read(text)) == expected)
    }

    @Test(arguments: [
        ("", 0), ("   ", 3), ("{", 1), ("[1,]", 3), ("[1 2]", 3), (#"{"a"}"#, 4), (#"{"a":}"#, 5), (#"{"a":1,}"#, 7),
        (#"{a:1}"#, 1), (#"{'a':1}"#, 1), ("[01]", 2), ("[1.]", 3), ("[.5]", 1), ("[+1]", 1), ("[-]", 2), ("[1e]", 3),
        ("[1e+]", 4), ("[1e999]", 1), ("[0x1]", 2), ("[NaN]", 1), ("[Infinity]", 1), ("tru", 3), ("TRUE", 0),
        ("nul1", 3), ("{} {}", 3), ("[1]]", 3), (#""a"#, 2), ("\"a\nb\"", 2), (#""\x""#, 1), (#""\u12g4""#, 5),
        (#""\ud83d""#, 1), (#""\ud83dx""#, 1), (#""\ud83d\u0041""#, 1), (#""\ude00""#, 1), ("// c\n1", 0),
        ("\u{FEFF}1", 0),
        (#""abc\"#, 5),
    ])
    func `what is not JSON is refused by the offset of the byte`(text: String, offset: Int) {
        #expect(throws: JSONReader.Refusal.malformed(offset: offset)) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test(arguments: [
        [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0x80], [0xFF],
    ])
    func `bytes that are not UTF-8 are refused in a text, a name and a secret`(bad: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let text: [UInt8] = [quote] + bad + [quote]
        #expect(throws: JSONReader.Refusal.notUTF8(offset: 0)) { try JSONReader.read(text) }
        let escaped: [UInt8] = [quote, UInt8(ascii: "\\"), UInt8(ascii: "n")] + bad + [quote]
        #expect(throws: JSONReader.Refusal.notUTF8(offset: 0)) { try JSONReader.read(escaped) }
        let name = [UInt8(ascii: "{")] + text + Array(":1}".utf8)
        #expect(throws: JSONReader.Refusal.notUTF8(offset: 1)) { try JSONReader.read(name) }
        let secret = Array(#"{"password":"#.utf8) + text + [UInt8(ascii: "}")]
        #expect(throws: JSONReader.Refusal.notUTF8(offset: 12)) { try JSONReader.read(secret, secrets: ["password"]) }
    }

    @Test(arguments: [(#"{"a":1,"a":2}"#, 7), (#"{"a":1,"\u0061":2}"#, 7), (#"[{"b":{"c":1,"c":1}}]"#, 13)])
    func `a field that stands twice in its object is refused`(text: String, offset: Int) {
        #expect(throws: JSONReader.Refusal.duplicateField(offset: offset)) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test func `the same name in two objects is no duplicate`() throws {
        #expect(shown(try read(#"[{"a":1},{"a":2}]"#)) == "[{a=whole(1)} {a=whole(2)}]")
    }

    @Test func `thirty-two levels are read and thirty-three are not`() throws {
        let deepest = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        _ = try read(deepest)
        #expect(throws: JSONReader.Refusal.tooDeep(offset: 32)) { try JSONReader.read(Array("[\(deepest)]".utf8)) }
        let objects = String(repeating: #"{"a":"#, count: 33) + "1" + String(repeating: "}", count: 33)
        #expect(throws: JSONReader.Refusal.tooDeep(offset: 160)) { try JSONReader.read(Array(objects.utf8)) }
    }

    @Test func `a megabyte of open brackets is refused at the thirty-third`() {
        let brackets = [UInt8](repeating: UInt8(ascii: "["), count: 1_048_576)
        #expect(throws: JSONReader.Refusal.tooDeep(offset: 32)) { try JSONReader.read(brackets) }
    }

    @Test func `an object has at most two hundred fields and a body twenty thousand values`() throws {
        func object(_ count: Int) -> String { "{" + (0..<count).map { "\"f\($0)\":1" }.joined(separator: ",") + "}" }
        _ = try read(object(200))
        #expect(throws: JSONReader.Refusal.self) { try read(object(201)) }
        func list(_ count: Int) -> String { "[" + Array(repeating: "1", count: count).joined(separator: ",") + "]" }
        _ = try read(list(19_999))
        #expect(throws: JSONReader.Refusal.tooMany(offset: 40_000 - 1)) {
            try JSONReader.read(Array(list(20_000).utf8))
        }
    }

    @Test func `a secret comes out as bytes with its escapes resolved`() throws {
        let text = #"{"name":"amara","password":"p\u00e4\"ß\ud83d\ude00"}"#
        guard case .object(let members) = try JSONReader.read(Array(text.utf8), secrets: ["password"]),
            case .secret(let secret) = members[1].value
        else {
            Issue.record("the password is not a secret")
            return
        }
        #expect(secret.take() == Array("pä\"ß😀".utf8))
        #expect(secret.take().isEmpty)
        #expect(shown(members[0].value) == "text(amara)")
    }

    @Test func `a field is secret in the outermost object alone, and only as a text`() throws {
        let inner = try JSONReader.read(Array(#"{"a":{"password":"x"}}"#.utf8), secrets: ["password"])
        #expect(shown(inner) == "{a={password=text(x)}}")
        let number = try JSONReader.read(Array(#"{"password":1}"#.utf8), secrets: ["password"])
        #expect(shown(number) == "{password=whole(1)}")
    }

    @Test func `ten thousand damaged bodies are read or refused, and never crash`() throws {
        let whole = Array(#"{"a":[1,-2.5e3,"\u00e9\\x",{"b":null}],"password":"s\u0065cret","é":true}"#.utf8)
        // A fixed xorshift sequence: the same damage on every run.
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        var refused = 0
        for _ in 0..<10_000 {
            var bytes = whole
            for _ in 0...next(3) {
                switch next(3) {
                case 0: bytes[next(bytes.count)] = UInt8(next(256))
                case 1: bytes.remove(at: next(bytes.count))
                default: bytes.insert(bytes[next(bytes.count)], at: next(bytes.count))
                }
            }
            do {
                _ = try JSONReader.read(bytes, secrets: ["password"])
            } catch {
                refused += 1
            }
        }
        #expect(refused > 5_000 && refused < 10_000)
    }
}
