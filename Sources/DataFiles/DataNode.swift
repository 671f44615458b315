/// A piece of a data file with the line it stands on. Every scalar is text, exactly as written: a bare `NO`, `on`,
/// `1_000`, `2026-03-01`, `1e3` or `~` is those characters and never a truth value, a number, a date or nothing.
public struct DataNode: Hashable, Sendable {
    /// What a piece can be.
    public enum Content: Hashable, Sendable {
        /// A scalar as written, without its quotes.
        case text(String)
        /// A list in the order of the file.
        case list([DataNode])
        /// Keys and values in the order of the file; no key stands twice.
        case map([Entry])
        /// Nothing after the colon or the dash.
        case empty
    }

    /// One `key: value` of a map.
    public struct Entry: Hashable, Sendable {
        /// The key as written.
        public let key: String
        /// The line of the key, which can be above the line of the value.
        public let keyPlace: DataPlace
        /// What stands after the colon.
        public let value: DataNode

        /// A key with its line and its value.
        public init(key: String, keyPlace: DataPlace, value: DataNode) {
            self.key = key
            self.keyPlace = keyPlace
            self.value = value
        }
    }

    /// What it is.
    public let content: Content
    /// The line it begins on.
    public let place: DataPlace

    /// A piece of content at a line.
    public init(content: Content, place: DataPlace) {
        self.content = content
        self.place = place
    }
}
