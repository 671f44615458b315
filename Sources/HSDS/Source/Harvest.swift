/// What a source holds, whatever form it came in: a tree for each service and each organisation, as HSDS 3 nests them,
/// and an account of every row.
public struct Harvest: Sendable {
    /// A service or an organisation with all that belongs to it.
    public struct Record: Sendable {
        /// Its row, by number in ``Harvest/rows``.
        public let row: Int
        /// The object of HSDS 3.
        public var tree: JSONObject
        /// Every row that went into the tree, its own included.
        public var rows: [Int]
    }

    /// A row of the source.
    public struct Row: Sendable {
        /// The table or file it stands in, as a word: `service`, `holiday_schedules`.
        public let table: String
        /// Where it stands.
        public let place: SourcePlace
        /// Its id, where it has one; a UUID.
        public let id: String?
        /// What became of it before anything was judged; nil for a row that went into a tree.
        public var fault: Fault?
    }

    /// Why a row went into no tree.
    public enum Fault: String, Sendable, CaseIterable {
        /// The bytes are no row: ragged, another encoding, an open quote.
        case unreadable
        /// It has no id, so nothing can refer to it, and a later import could not find it again.
        case noID = "no_id"
        /// The very same row stands in the table already.
        case repeated = "repeated_row"
        /// Another row of the table has its id and says something else.
        case duplicateID = "duplicate_id"
        /// What it says it belongs to is not there.
        case orphan
        /// It belongs to nothing that a service leads to: a taxonomy term nobody uses, a location without a service.
        case unused
    }

    /// Services in the order of the source.
    public var services: [Record] = []
    /// Organisations by id.
    public var organizations: [String: Record] = [:]
    /// Every row, those that could not be read included.
    public var rows: [Row] = []
    /// What could not be read.
    public var problems: [SourceProblem] = []
    /// What the form was taken for, in a few words.
    public var form = ""
}
