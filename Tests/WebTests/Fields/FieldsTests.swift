import Foundation
import Testing

@testable import Web

@Suite struct FieldsTests {
    private struct Seen: Equatable, CustomStringConvertible {
        let description: String
        init(_ finding: Problem.Finding) {
            let place =
                switch finding.place {
                case .body(let pointer): pointer
                case .parameter(let name): "?\(name)"
                case .query: "?"
                case .header(let name): name
                case .byte(let offset): "@\(offset)"
                }
            description = "\(place) \(finding.code.rawValue)"
        }
        init(_ text: String) { description = text }
    }

    /// Reads a body and says what was noted.
    private func noted<Value>(_ body: String, _ read: @escaping @Sendable (Fields) throws -> Value) throws -> [Problem
        .Finding]
    {
        let findings = Findings()
        let value = try JSONReader.read(Array(body.utf8))
        let result = Shape<Value>.object(read).read(value, at: .body(""), noting: findings)
        if case .value = result {
            #expect(findings.all.isEmpty || findings.all.allSatisfy { $0.code == .unknownField })
        }
        return findings.all
    }

    private enum Mode: String, CaseIterable { case phone, visit }

    @Sendable private static func survivor(_ fields: Fields) throws -> Int {
        let (age, _, _, _, _) = try fields.all(
            fields.required("age", .whole(0...120)),
            fields.optional("name", .text(1...10)),
            fields.required("languages", .list(of: .text(2...3), count: 1...3)),
            fields.optional("mode", Shape<Mode>.word),
            fields.optional(
                "contact",
                .object { contact in
                    try contact.all(
                        contact.required("safe", .flag),
                        contact.optional("at", .instant),
                        contact.optional(
                            "routes",
                            .list(of: .object { try $0.all($0.required("to", .text(1...5))) }, count: 0...2)
                        )
                    )
                }
            )
        )
        return age
    }

    @Test func `a body that fits is read`() throws {
        let body =
            #"{"age":14,"name":null,"languages":["si"],"mode":"phone","contact":{"safe":true,"at":"2026-03-01T08:30:00Z","routes":[{"to":"x"}]}}"#
        #expect(try noted(body, Self.survivor).isEmpty)
    }

    @Test(arguments: [
        (#"{}"#, ["/age missing", "/languages missing"]),
        (#"{"age":"14","languages":["si"]}"#, ["/age wrong_type"]),
        (#"{"age":14.0,"languages":["si"]}"#, ["/age wrong_type"]),
        (#"{"age":null,"languages":["si"]}"#, ["/age wrong_type"]),
        (#"{"age":-1,"languages":["si"]}"#, ["/age invalid"]),
        (#"{"age":14,"languages":[]}"#, ["/languages invalid"]),
        (#"{"age":14,"languages":"si"}"#, ["/languages wrong_type"]),
        (#"{"age":14,"languages":["si",7,"x"]}"#, ["/languages/1 wrong_type", "/languages/2 invalid"]),
        (#"{"age":14,"languages":["si"],"name":""}"#, ["/name invalid"]),
        (#"{"age":14,"languages":["si"],"name":"a\nb"}"#, ["/name invalid"]),
        (#"{"age":14,"languages":["si"],"name":"a\u0000b"}"#, ["/name invalid"]),
        (#"{"age":14,"languages":["si"],"mode":"Phone"}"#, ["/mode invalid"]),
        (#"{"age":14,"languages":["si"],"contact":[]}"#, ["/contact wrong_type"]),
        (
            #"{"age":14,"languages":["si"],"contact":{"safe":"true","at":"soon","routes":[{},{"to":1}]}}"#,
            [
                "/contact/safe wrong_type", "/contact/at invalid", "/contact/routes/0/to missing",
                "/contact/routes/1/to wrong_type",
            ]
        ),
        (
            #"{"age":14,"languages":["si"],"contact":{"safe":true,"routes":[{"to":"a","by":"b"}]}}"#,
            ["/contact/routes/0 unknown_field"]
        ),
        (#"{"age":14,"languages":["si"],"Age":15,"extra":1}"#, [" unknown_field"]),
    ])
    func `every fault is noted at its place, all at once`(body: String, expected: [String]) throws {
        #expect(try noted(body, Self.survivor).map(Seen.init) == expected.map { Seen($0) })
    }

    @Test func `an unknown field is answered with the names that are known`() throws {
        let findings = try noted(#"{"age":14,"languages":["si"],"\#(Marker.text)":1}"#, Self.survivor)
        #expect(
            findings.map(\.detail) == [
                "a field that this request does not know; it takes: age, name, languages, mode, contact"
            ]
        )
    }

    @Test func `one unknown field makes the whole request one with an unknown field`() throws {
        let findings = Findings()
        findings.add(.body("/age"), .wrongType, "x")
        #expect(findings.problem(unknown: .unknownField, invalid: .invalidValue)?.kind == .invalidValue)
        findings.add(.body(""), .unknownField, "x")
        #expect(findings.problem(unknown: .unknownField, invalid: .invalidValue)?.kind == .unknownField)
        #expect(Findings().problem(unknown: .unknownField, invalid: .invalidValue) == nil)
    }

    @Test(arguments: [
        ("1", 1), ("200", 200), ("0", nil), ("201", nil), ("01", nil), ("+1", nil), ("", nil), ("-1", nil),
    ])
    func `a number in a query has one form`(text: String, expected: Int?) {
        let read = Shape<Int>.digits(1...200).read(.text(text), at: .parameter("limit"), noting: Findings())
        let value: Int? = if case .value(let value) = read { value } else { nil }
        #expect(value == expected)
    }

    @Test func `text on several lines may break lines and nothing else`() {
        let shape = Shape<String>.text(1...10, onSeveralLines: true)
        func reads(_ text: String) -> Bool {
            if case .value = shape.read(.text(text), at: .body(""), noting: Findings()) { true } else { false }
        }
        #expect(reads("a\n\tb"))
        #expect(!reads("a\u{1B}[2J"))
        #expect(!reads("a\u{85}b"))
        #expect(reads("ශ්\u{200D}රී"))
    }
}
