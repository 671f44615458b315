// How values of Care are stored: JSON objects with snake_case keys. Codes are texts, sets are lists in ascending order of
// their texts, moments are whole milliseconds since 1970-01-01T00:00:00Z, what is not known is left out. A key is never
// reused for another meaning; a new key is optional. Reading checks what the initialiser checks.

import Directory
import Foundation

/// A value that is stored as one short text.
protocol StoredText {
    var storedText: String { get }
    init?(storedText: String)
}

extension StoredText where Self: RawRepresentable, RawValue == String {
    var storedText: String { rawValue }
    init?(storedText: String) { self.init(rawValue: storedText) }
}

extension Gender: StoredText {}
extension Prerequisite: StoredText {}
extension FirstContactRoute: StoredText {}
extension ContactMode: StoredText {}
extension OpeningHours.Weekday: StoredText {}

extension CountryCode: StoredText {
    var storedText: String { text }
    init?(storedText: String) { self.init(storedText) }
}

extension LanguageTag: StoredText {
    var storedText: String { text }
    init?(storedText: String) { self.init(storedText) }
}

extension ServiceCode: StoredText {
    var storedText: String { text }
    init?(storedText: String) { self.init(storedText) }
}

/// A slug or token of the directory, which checks nothing by itself.
protocol StoredSlug: StoredText {
    var text: String { get }
    init(_ text: String)
}

extension StoredSlug {
    var storedText: String { text }

    init?(storedText: String) {
        guard !storedText.isEmpty, storedText.utf8.count <= Limits.code else { return nil }
        self.init(storedText)
    }
}

extension ServiceID: StoredSlug {}
extension OrganizationID: StoredSlug {}
extension PlaceID: StoredSlug {}
extension PartyID: StoredSlug {}
extension AccessFeature: StoredSlug {}

extension Limits {
    /// Refuses a slug or token that is empty or longer than ``code``.
    static func slugs(_ slugs: some Collection<some StoredSlug>, _ field: String) throws(CareError) {
        try count(slugs.count, field, atMost: manyEntries)
        guard slugs.allSatisfy({ !$0.text.isEmpty && $0.text.utf8.count <= code }) else {
            throw .invalid(field: field, write: "codes of 1 to \(code) characters")
        }
    }
}

extension Date {
    /// Whole milliseconds since 1970; moments outside the years 1900 to 2200 read as the nearest moment inside.
    var milliseconds: Int64 {
        let seconds = min(max(timeIntervalSince1970, -2_208_988_800), 7_258_118_400)
        return Int64((seconds * 1_000).rounded())
    }

    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }

    /// The nearest whole millisecond, so that what is stored reads back equal.
    var wholeMilliseconds: Date { Date(milliseconds: milliseconds) }

    func adding(hours: Int) -> Date { addingTimeInterval(Double(hours) * 3_600) }

    func adding(days: Int) -> Date { adding(hours: days * 24) }
}

extension KeyedDecodingContainer {
    func code<Code: StoredText>(_ key: Key) throws -> Code {
        try Self.code(decode(String.self, forKey: key), key)
    }

    func optionalCode<Code: StoredText>(_ key: Key) throws -> Code? {
        guard let text = try decodeIfPresent(String.self, forKey: key) else { return nil }
        return try Self.code(text, key)
    }

    func codes<Code: StoredText>(_ key: Key) throws -> [Code] {
        try decode([String].self, forKey: key).map { try Self.code($0, key) }
    }

    func codeSet<Code: StoredText & Hashable>(_ key: Key) throws -> Set<Code> { Set(try codes(key)) }

    func moment(_ key: Key) throws -> Date { Date(milliseconds: try decode(Int64.self, forKey: key)) }

    func optionalMoment(_ key: Key) throws -> Date? {
        try decodeIfPresent(Int64.self, forKey: key).map { Date(milliseconds: $0) }
    }

    private static func code<Code: StoredText>(_ text: String, _ key: Key) throws -> Code {
        guard let code = Code(storedText: text) else {
            throw CareError.invalid(field: key.stringValue, write: "a code that this version knows")
        }
        return code
    }
}

extension KeyedEncodingContainer {
    mutating func put(_ code: some StoredText, _ key: Key) throws { try encode(code.storedText, forKey: key) }

    mutating func put(optional code: (some StoredText)?, _ key: Key) throws {
        try encodeIfPresent(code?.storedText, forKey: key)
    }

    mutating func put(list codes: [some StoredText], _ key: Key) throws {
        try encode(codes.map(\.storedText), forKey: key)
    }

    mutating func put(set codes: Set<some StoredText & Hashable>, _ key: Key) throws {
        try encode(codes.map(\.storedText).sorted(), forKey: key)
    }

    mutating func put(moment: Date, _ key: Key) throws { try encode(moment.milliseconds, forKey: key) }

    mutating func put(optionalMoment moment: Date?, _ key: Key) throws {
        try encodeIfPresent(moment?.milliseconds, forKey: key)
    }
}
