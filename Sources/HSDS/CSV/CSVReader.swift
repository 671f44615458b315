/// Reads CSV on bytes (RFC 4180 and its dirt): a byte order mark, CRLF, LF or lone CR as line ends, quotes and line ends
/// inside quotes, quotes inside unquoted fields, blank lines, a last line without an end. It never looks at characters: a
/// comma followed by a vowel sign is one character, but it still ends the field.
public struct CSVReader {
    /// A row with the line it begins on.
    public struct Row: Hashable, Sendable {
        /// 1 for the first line of the file.
        public let line: Int
        /// The fields without their quotes.
        public let fields: [String]
    }

    /// The rows that could be read, blank lines left out, and a problem for each that could not.
    public static func read(_ bytes: [UInt8], file: String) -> (rows: [Row], problems: [SourceProblem]) {
        var reader = CSVReader(bytes: bytes, file: file)
        while reader.position < bytes.count { reader.row() }
        return (reader.rows, reader.problems)
    }

    private let bytes: [UInt8]
    private let file: String
    private var position = 0
    private var line = 1
    private var rows: [Row] = []
    private var problems: [SourceProblem] = []

    private init(bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    private mutating func row() {
        let start = line
        var fields: [String] = []
        var problem: SourceProblem.Kind?
        var isBlank = true
        while true {
            let (field, quoted, failure, ends) = field()
            if !field.isEmpty || quoted { isBlank = false }
            problem = problem ?? failure
            if problem == nil {
                if field.contains(0) {
                    problem = .nulByte
                } else if let text = String(validating: field, as: UTF8.self) {
                    fields.append(text)
                } else {
                    problem = .notUTF8
                }
            }
            if ends { break }
            isBlank = false
        }
        if let problem {
            problems.append(SourceProblem(at: SourcePlace(file: file, line: start), problem))
        } else if !isBlank {
            rows.append(Row(line: start, fields: fields))
        }
    }

    /// The bytes of a field, whether it was quoted, what is wrong with it, and whether its row ends with it.
    private mutating func field() -> (bytes: [UInt8], quoted: Bool, failure: SourceProblem.Kind?, ends: Bool) {
        var field: [UInt8] = []
        var quoted = false
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            quoted = true
            let opening = (position, line)
            position += 1
            var closed = false
            while position < bytes.count, field.count <= Limits.fieldBytes {
                let byte = bytes[position]
                if byte == UInt8(ascii: "\"") {
                    if position + 1 < bytes.count, bytes[position + 1] == byte {
                        position += 2
                        field.append(byte)
                        continue
                    }
                    position += 1
                    closed = true
                    break
                }
                field.append(byte)
                lineEnd(byte)
                position += 1
            }
            guard closed else {
                // The rest of the row is given up; the next line may be whole.
                (position, line) = opening
                skipLine()
                return ([], true, .openQuote, true)
            }
        }
        // What stands behind a closing quote belongs to the field, as spreadsheets read it.
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: ","): return (field, quoted, nil, false)
            case 0x0A:
                line += 1
                return (field, quoted, nil, true)
            case 0x0D:
                if position < bytes.count, bytes[position] == 0x0A { position += 1 }
                line += 1
                return (field, quoted, nil, true)
            default: field.append(byte)
            }
        }
        return (field, quoted, nil, true)
    }

    /// Counts a line end inside quotes: LF, or CR that no LF follows.
    private mutating func lineEnd(_ byte: UInt8) {
        if byte == 0x0A { line += 1 }
        if byte == 0x0D, position + 1 >= bytes.count || bytes[position + 1] != 0x0A { line += 1 }
    }

    private mutating func skipLine() {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 0x0A || (byte == 0x0D && (position >= bytes.count || bytes[position] != 0x0A)) {
                line += 1
                return
            }
        }
    }
}
