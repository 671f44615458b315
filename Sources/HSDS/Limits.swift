/// The limits of what is taken from elsewhere.
enum Limits {
    /// Levels of nesting of a JSON document: HSDS goes down nine; keeps a hostile file from exhausting the stack.
    static let nesting = 64
    /// Bytes of one field of a CSV file: the longest descriptions of public directories are a few thousand; an open quote
    /// must not swallow a whole file without a word.
    static let fieldBytes = 256 * 1024
    /// Tables inside tables: service, service at location, location, contact, phone, language, attribute, term, taxonomy.
    static let tableDepth = 12
}
