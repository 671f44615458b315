/// Where a row of a source stands, so that somebody can look at it there. It carries nothing of what the row says.
public struct SourcePlace: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The file as it was named when it was read.
    public let file: String
    /// 1 for the first line; in a JSON document of many records the number of the record instead.
    public let line: Int

    /// A line of a file.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// `file:line`, as editors and terminals open it.
    public var description: String { "\(file):\(line)" }

    /// By file, then by line.
    public static func < (left: SourcePlace, right: SourcePlace) -> Bool {
        (left.file, left.line) < (right.file, right.line)
    }
}
