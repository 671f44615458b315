import Directory
import Foundation
import Matching

/// Writes one answer as one JSON object on one line, its keys in the order of the form, so that the same file gives the
/// same bytes on any machine.
struct AnswerWriter {
    private(set) var text = ""
    private let phrases: Phrases

    private init(_ phrases: Phrases) { self.phrases = phrases }

    /// The line for one worked case, without its end.
    static func line(id: String, _ answer: MatchAnswer, in phrases: Phrases) -> String {
        var writer = AnswerWriter(phrases)
        writer.write(id: id, answer)
        return writer.text
    }

    private mutating func write(id: String, _ answer: MatchAnswer) {
        text += "{\"id\":"
        string(id)
        text += ",\"outcome\":"
        string(answer.outcome.rawValue)
        text += ",\"referral_may_be_sent\":\(answer.referralMayBeSent)"
        text += ",\"gates\":"
        list(answer.gates) { $0.string($1.rawValue) }
        text += ",\"flags\":"
        list(answer.flags) { $0.string($1.rawValue) }
        text += ",\"options\":"
        list(answer.options) { $0.option($1) }
        text += ",\"excluded\":"
        list(answer.excluded) { writer, excluded in
            writer.text += "{\"service\":"
            writer.string(excluded.service.text)
            writer.text += ",\"reasons\":"
            writer.list(excluded.reasons) { $0.string($1.rawValue) }
            writer.text += "}"
        }
        text += "}"
    }

    private mutating func option(_ entry: MatchAnswer.Option) {
        let option = entry.option
        text += "{\"service\":"
        string(option.service.text)
        text += ",\"rank\":\(option.rank),\"flags\":"
        list(option.flags) { $0.string($1.rawValue) }
        text += ",\"why\":"
        list(entry.why) { $0.string($0.phrases.text($1.sentence)) }
        text += ",\"soft_points\":\(option.softPoints),\"earliest_start\":"
        if let start = option.earliestStart {
            string(Timestamp.text(start, zone: option.zone))
        } else {
            text += "null"
        }
        text += "}"
    }

    private mutating func list<Items: Sequence>(_ items: Items, _ write: (inout AnswerWriter, Items.Element) -> Void) {
        text += "["
        var isFirst = true
        for item in items {
            if !isFirst { text += "," }
            isFirst = false
            write(&self, item)
        }
        text += "]"
    }

    private mutating func string(_ value: String) { text += Self.quoted(value) }

    /// A JSON text: only what must be escaped is (RFC 8259, section 7).
    static func quoted(_ value: String) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
    }
}
