import Foundation

/// Writes the values of an answer as JSON: names in snake_case and in order, so that the same answer is the same bytes.
///
/// The bytes are those of Foundation's `JSONEncoder` with the same settings, which a test compares. It builds a tree of
/// objects first, and that was half of the work of a look-up (docs/performance.md, ADR 0023).
enum JSONWriter {
    /// The value could not be written: a number that is not finite, or a type that writes into two places at once.
    struct Failure: Error {}

    /// The bytes of a value, in UTF-8 and without spaces.
    ///
    /// - Throws: ``Failure``, or what the value's own `encode(to:)` throws.
    static func bytes(of value: some Encodable) throws -> [UInt8] {
        let page = JSONPage()
        try page.write(value)
        guard page.isSound else { throw Failure() }
        return page.bytes
    }
}

/// A dictionary whose keys are data (codes, ids) and therefore stay as they are.
protocol NamedByData {
    func write(on page: JSONPage) throws
}

extension Dictionary: NamedByData where Key == String, Value: Encodable {
    func write(on page: JSONPage) throws {
        page.open(.object)
        for (name, value) in self {
            page.member(name, asData: true)
            try page.write(value)
        }
        page.close()
    }
}
