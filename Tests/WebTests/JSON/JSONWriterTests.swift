import Directory
import Foundation
import Testing

@testable import Web

@Suite struct JSONWriterTests {
    /// The encoder whose bytes are the measure.
    private static func foundation(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Instant.text(date))
        }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func ours(_ value: some Encodable) throws -> String {
        String(decoding: try JSONWriter.bytes(of: value), as: UTF8.self)
    }

    /// Every shape that an answer has, drawn.
    private struct Drawn: Encodable {
        enum Word: String, Encodable, CaseIterable { case yes, no, notKnown = "not_known" }
        struct Nothing: Encodable {}

        let zone: String
        let aName: String?
        let dialledFrom: [String]
        let organizationId: Int
        let anURLPart: Bool
        let small: Int16
        let large: UInt64
        let share: Double
        let moment: Date
        let momentOfIt: [Date]?
        let word: Word
        let words: [Word?]
        let codes: [String: Int]
        let byCode: [String: [String: Bool]]
        let nothing: Nothing
        let inner: [Drawn]

        init(_ random: inout some RandomNumberGenerator, depth: Int = 0) {
            func text() -> String {
                let pieces = [
                    "a", "Z", "9", "\"", "\\", "/", "\u{0}", "\u{1f}", "\n", "\t", "\u{8}", "\u{c}", "\r", "\u{7f}",
                ]
                let scripts = ["é", "e\u{301}", "මට", "ไทย", "عربي", "😀", "\u{2028}", "\u{10}"]
                return (0..<Int.random(in: 0...6, using: &random))
                    .map { _ in (pieces + scripts).randomElement(using: &random) ?? "" }.joined()
            }
            func list<T>(_ make: () -> T) -> [T] { (0..<Int.random(in: 0...3, using: &random)).map { _ in make() } }
            func moment() -> Date { Date(timeIntervalSince1970: .random(in: 0...4_000_000_000, using: &random)) }
            zone = text()
            aName = Bool.random(using: &random) ? text() : nil
            dialledFrom = list(text)
            organizationId = .random(in: .min ... .max, using: &random)
            anURLPart = .random(using: &random)
            small = .random(in: .min ... .max, using: &random)
            large = .random(in: .min ... .max, using: &random)
            share = [0, 1, -2.5, 1e21, 1e-9, .random(in: -1...1, using: &random)].randomElement(using: &random) ?? 0
            self.moment = moment()
            momentOfIt = Bool.random(using: &random) ? list(moment) : nil
            word = Word.allCases.randomElement(using: &random) ?? .no
            words = list { Bool.random(using: &random) ? Word.yes : nil }
            // Codes and ids are what names come from: nothing in them is escaped.
            func code() -> String {
                ["", "a", "ab", "a!", "aB", "B", "é", "ไทย", "N10", "N2"].randomElement(using: &random) ?? ""
            }
            codes = Dictionary(list { (code() + code(), 1) }) { $0 + $1 }
            byCode = Dictionary(list { (code(), ["aKey": true, "B": false]) }) { first, _ in first }
            nothing = Nothing()
            inner =
                depth > 2
                ? [] : (0..<Int.random(in: 0...2, using: &random)).map { _ in Drawn(&random, depth: depth + 1) }
        }
    }

    @Test func `values of every shape have the bytes that Foundation writes`() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let value = Drawn(&random)
            #expect(try Self.ours(value) == Self.foundation(value))
            #expect(try Self.ours([value]) == Self.foundation([value]))
        }
    }

    @Test func `every service that is answered has the bytes that Foundation writes, in each language`() throws {
        let directory = try #require(Repository.directory)
        let moment = Date(timeIntervalSince1970: 1_790_000_000)
        for language in Phrasebook.shipped {
            let phrases = Repository.phrasebook.phrases(in: [language])
            for service in directory.services {
                let form = ServiceForm(
                    service,
                    of: directory.organizations[service.organization],
                    opening: service.opening(at: moment),
                    in: phrases
                )
                #expect(try Self.ours(form) == Self.foundation(form))
            }
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `a number that JSON cannot write is refused`(number: Double) {
        #expect(throws: JSONWriter.Failure.self) { try JSONWriter.bytes(of: ["x": number]) }
    }

    @Test func `a value that writes into two places at once is refused, never written wrongly`() {
        struct Interleaved: Encodable {
            func encode(to encoder: any Encoder) throws {
                var outer = encoder.unkeyedContainer()
                var first = outer.nestedUnkeyedContainer()
                try outer.encode(2)
                try first.encode(1)
            }
        }
        struct TwoShapes: Encodable {
            func encode(to encoder: any Encoder) throws {
                var list = encoder.unkeyedContainer()
                try list.encode(1)
                var scalar = encoder.singleValueContainer()
                try scalar.encode(2)
            }
        }
        #expect(throws: JSONWriter.Failure.self) { try JSONWriter.bytes(of: Interleaved()) }
        #expect(throws: JSONWriter.Failure.self) { try JSONWriter.bytes(of: TwoShapes()) }
    }
}
