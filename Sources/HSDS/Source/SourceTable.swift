/// A CSV file as a table: the columns of its header and its rows, nothing converted yet.
public struct SourceTable: Sendable {
    /// One row. A cell that is blank is left out.
    public struct Row: Sendable {
        /// Where it stands.
        public let place: SourcePlace
        /// Cells by column, as text.
        public var fields: JSONObject
        /// Made by the importer out of another row, and so not a row of the source.
        var isMade = false
    }

    /// The file's name.
    public let file: String
    /// The names of the header line, in its order.
    public var columns: [String]
    /// In the order of the file.
    public var rows: [Row]
    /// Rows that could not be read.
    public var problems: [SourceProblem]

    /// Reads a CSV file whose first line is a header. A row with fewer or more fields than the header is a problem and not
    /// read: nobody can say which cell is missing.
    public init(reading file: SourceFile) {
        self.file = file.name
        let (rows, problems) = CSVReader.read(file.bytes, file: file.name)
        self.problems = problems
        guard let header = rows.first else {
            (columns, self.rows) = ([], [])
            return
        }
        let names = header.fields.map(\.trimmed)
        columns = names
        guard !names.contains(""), Set(names).count == names.count else {
            self.rows = []
            self.problems.append(SourceProblem(at: SourcePlace(file: file.name, line: header.line), .header))
            return
        }
        var read: [Row] = []
        read.reserveCapacity(rows.count)
        for row in rows.dropFirst() {
            let place = SourcePlace(file: file.name, line: row.line)
            guard row.fields.count == names.count else {
                self.problems.append(
                    SourceProblem(at: place, .ragged(fields: row.fields.count, columns: names.count))
                )
                continue
            }
            var fields = JSONObject()
            for (name, cell) in zip(names, row.fields) where !cell.isEmpty { fields.append(name, .text(cell)) }
            read.append(Row(place: place, fields: fields))
        }
        self.rows = read
    }

    /// A table made in memory.
    init(file: String, columns: [String], rows: [Row]) {
        (self.file, self.columns, self.rows, problems) = (file, columns, rows, [])
    }

    /// The table as CSV: what was read, cell by cell.
    public var bytes: [UInt8] {
        var bytes = CSVWriter.row(columns)
        for row in rows { bytes += CSVWriter.row(columns.map { row.fields[$0]?.scalar ?? "" }) }
        return bytes
    }
}
