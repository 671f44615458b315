/// A line of a data file: where something was written, so that a problem can be found again.
public struct DataPlace: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The file as it was named when it was read.
    public let file: String
    /// 1 for the first line.
    public let line: Int

    /// A line of a file; the first line is 1.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// `file:line`, as editors and terminals open it.
    public var description: String { "\(file):\(line)" }

    /// By file name, then by line.
    public static func < (left: DataPlace, right: DataPlace) -> Bool {
        (left.file, left.line) < (right.file, right.line)
    }
}
