/// Writes CSV as RFC 4180 has it: CRLF, quotes where they are needed, UTF-8 without a mark.
public enum CSVWriter {
    /// A row with its line end.
    public static func row(_ fields: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(field, alone: fields.count == 1, &bytes)
        }
        bytes += [0x0D, 0x0A]
        return bytes
    }

    private static func write(_ field: String, alone: Bool, _ bytes: inout [UInt8]) {
        let special: Set<UInt8> = [UInt8(ascii: "\""), UInt8(ascii: ","), 0x0A, 0x0D]
        let needsQuotes = field.utf8.contains(where: special.contains) || (alone && field.isEmpty)
        guard needsQuotes else {
            bytes.append(contentsOf: field.utf8)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in field.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
