/// Something in a data file that has to be corrected before the file is used: where, what is wrong, what to write.
public struct DataProblem: Error, Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The line to correct.
    public let place: DataPlace
    /// What is wrong: `unknown key 'phnoe'`.
    public let what: String
    /// What to write, so that the sentence "write …" is complete: `'phone'`.
    public let write: String

    /// A problem at a line, in words that somebody who does not code can act on.
    public init(at place: DataPlace, what: String, write: String) {
        self.place = place
        self.what = what
        self.write = write
    }

    /// `file:line: what is wrong, write …`.
    public var description: String { "\(place): \(what), write \(write)" }

    /// By place, then by text, so that a list of problems has one order.
    public static func < (left: DataProblem, right: DataProblem) -> Bool {
        (left.place, left.what, left.write) < (right.place, right.what, right.write)
    }
}
