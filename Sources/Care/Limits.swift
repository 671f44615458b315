import Foundation

/// The bounds of what a case may hold, each with its reason. Lengths are in characters as a person counts them.
public enum Limits {
    /// Hours within which a referral is answered: a year at most; an answer past that is no help.
    static let responseHours = 1...8_760
    /// The oldest age accepted; the directory's ages end there too.
    public static let oldestAge = 120
    /// A name or alias: the longest names on civil registers fit twice over.
    public static let name = 100
    /// The number of an identity paper: the longest national numbers have some 25 characters with their separators.
    static let identityNumber = 40
    /// An area in words (`eastern district`): long enough for a place, too short for an address with directions.
    public static let area = 80
    /// The reason of a need or referral (X1): a hint, no narrative.
    public static let reason = 500
    /// A note in the file: about two printed pages, so that one record stays well under a megabyte when sealed.
    public static let note = 8_000
    /// A telephone number or account to reach her at; the longest address of RFC 5321 is 254.
    public static let contactValue = 254
    /// A short remark: who may answer, a cover identity, why a caregiver was not informed.
    public static let remark = 200
    /// A code word is said aloud.
    public static let codeWord = 40
    /// A slug of the directory or an opaque token.
    public static let code = 100
    /// Languages of one person, contact channels, contact hours: more is a mistake in entry.
    public static let fewEntries = 32
    /// Needs, notes, links, accused persons of one case: beyond this the case is to be split or looked at.
    public static let manyEntries = 1_000
    /// Steps of one referral: a weekly appointment for four years.
    public static let steps = 256
    /// The year before which no date of a case can lie: nobody alive was born before it.
    static let earliest = Date(timeIntervalSince1970: -2_208_988_800)
    /// 1 January 2200: a later expiry is a slip of the pen.
    static let latest = Date(timeIntervalSince1970: 7_258_118_400)

    /// The text without white space at its ends, once it is known to be neither empty, too long nor full of control
    /// characters. Bytes are bounded too, since one character may carry any number of combining marks.
    static func text(_ text: String, _ field: String, atMost limit: Int) throws(CareError) -> String {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let isPlain = trimmed.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }
        guard !trimmed.isEmpty, isPlain, trimmed.utf8.count <= limit * 16, trimmed.count <= limit else {
            throw .invalid(field: field, write: "1 to \(limit) characters of plain text, or leave it out")
        }
        return trimmed
    }

    /// The same for a text that may be left out.
    static func optionalText(_ text: String?, _ field: String, atMost limit: Int) throws(CareError) -> String? {
        guard let text else { return nil }
        return try self.text(text, field, atMost: limit)
    }

    /// Refuses more entries than the limit.
    static func count(_ count: Int, _ field: String, atMost limit: Int) throws(CareError) {
        guard count <= limit else { throw .invalid(field: field, write: "at most \(limit) entries") }
    }

    /// The moment cut to a whole millisecond, as it is stored.
    static func moment(_ moment: Date, _ field: String) throws(CareError) -> Date {
        guard moment >= earliest, moment <= latest else {
            throw .invalid(field: field, write: "a date between the years 1900 and 2200")
        }
        return moment.wholeMilliseconds
    }

    /// The same for a moment that may be left out.
    static func optionalMoment(_ moment: Date?, _ field: String) throws(CareError) -> Date? {
        guard let moment else { return nil }
        return try self.moment(moment, field)
    }
}
