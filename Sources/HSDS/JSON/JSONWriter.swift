/// Writes JSON on bytes: one line, or indented by two spaces a level.
public enum JSONWriter {
    /// The value in one line, without a line end.
    public static func line(_ value: JSONValue) -> [UInt8] {
        var bytes: [UInt8] = []
        write(value, indent: nil, &bytes)
        return bytes
    }

    /// The value over several lines, as people read it, with a line end.
    public static func pages(_ value: JSONValue) -> [UInt8] {
        var bytes: [UInt8] = []
        write(value, indent: 0, &bytes)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private static func write(_ value: JSONValue, indent: Int?, _ bytes: inout [UInt8]) {
        switch value {
        case .null: bytes += Array("null".utf8)
        case .truth(let truth): bytes += Array((truth ? "true" : "false").utf8)
        case .number(let digits): bytes += Array(digits.utf8)
        case .text(let text): quote(text, &bytes)
        case .list(let items):
            bytes.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                newLine(indent.map { $0 + 1 }, &bytes)
                write(item, indent: indent.map { $0 + 1 }, &bytes)
            }
            if !items.isEmpty { newLine(indent, &bytes) }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                newLine(indent.map { $0 + 1 }, &bytes)
                quote(member.key, &bytes)
                bytes.append(UInt8(ascii: ":"))
                if indent != nil { bytes.append(UInt8(ascii: " ")) }
                write(member.value, indent: indent.map { $0 + 1 }, &bytes)
            }
            if !object.members.isEmpty { newLine(indent, &bytes) }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func newLine(_ indent: Int?, _ bytes: inout [UInt8]) {
        guard let indent else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * 2))
    }

    /// Escapes bytes, never characters: a quote with a combining mark behind it is one character but still a quote.
    private static func quote(_ text: String, _ bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes += Array("\\n".utf8)
            case 0x0D: bytes += Array("\\r".utf8)
            case 0x09: bytes += Array("\\t".utf8)
            case 0..<0x20:
                let hex = String(byte, radix: 16)
                bytes += Array("\\u00\(hex.count == 1 ? "0" : "")\(hex)".utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
