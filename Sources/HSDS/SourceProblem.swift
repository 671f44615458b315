/// Why a source, or a row of it, cannot be read. It says where and never repeats what stands there.
public struct SourceProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// Bytes that are no UTF-8: another encoding, which would turn names into something else.
        case notUTF8
        /// A NUL byte.
        case nulByte
        /// A quoted field that never ends, or is longer than any description.
        case openQuote
        /// A row with another number of fields than the header.
        case ragged(fields: Int, columns: Int)
        /// A header line without names, or with one name twice.
        case header
        /// Not JSON; what the reader expected.
        case notJSON(String)
        /// None of the forms that can be read; what was found.
        case unknownForm(String)
        /// A mapping file with a problem; what to write.
        case mapping(String)
    }

    /// Where.
    public let place: SourcePlace
    /// What.
    public let kind: Kind

    /// A problem at a place.
    public init(at place: SourcePlace, _ kind: Kind) {
        self.place = place
        self.kind = kind
    }

    /// `file:line: what is wrong, what to do`.
    public var description: String {
        let what =
            switch kind {
            case .notUTF8: "bytes that are not UTF-8; save the file as UTF-8, it is not guessed what they mean"
            case .nulByte: "a NUL byte; the file is damaged, or saved as UTF-16"
            case .openQuote: "a quote is opened and not closed within a field's length"
            case .ragged(let fields, let columns): "\(fields) fields under a header of \(columns)"
            case .header: "the header line has an empty name or one name twice"
            case .notJSON(let what): what
            case .unknownForm(let what): what
            case .mapping(let what): what
            }
        return "\(place): \(what)"
    }
}
