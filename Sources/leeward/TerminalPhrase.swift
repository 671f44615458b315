import Directory
import Matching
import Web

/// The words of a look-up in the terminal that stand beside the facts of the directory.
enum TerminalPhrase: String, CaseIterable {
    case emergency = "EMERGENCY"
    case reachNotStated = "REACH_NOT_STATED"
    case onlyListedBy = "ONLY_LISTED_BY"
    case unconfirmed = "UNCONFIRMED"
    case conflict = "CONFLICT"
    case check = "CHECK"
    case origin = "ORIGIN"
    case originUndated = "ORIGIN_UNDATED"
    case confidenceLow = "CONFIDENCE_LOW"
    case confidenceMedium = "CONFIDENCE_MEDIUM"
    case confidenceHigh = "CONFIDENCE_HIGH"
    case more = "MORE"
    case noNumber = "NO_NUMBER"
    // What stands before a fact, in one column.
    case hours = "HOURS"
    case languages = "LANGUAGES"
    case ages = "AGES"
    case cost = "COST"
    case onlyIn = "ONLY_IN"
    case basedIn = "BASED_IN"
    case dial = "DIAL"
    case also = "ALSO"
    case place = "PLACE"
    case note = "NOTE"
    case conflictHead = "CONFLICT_HEAD"
    case checkHead = "CHECK_HEAD"
    // Facts.
    case notStated = "NOT_STATED"
    case stated = "STATED"
    case asStated = "AS_STATED"
    case openNow = "OPEN_NOW"
    case openUntil = "OPEN_UNTIL"
    case closedNow = "CLOSED_NOW"
    case closedUntil = "CLOSED_UNTIL"
    case agesAll = "AGES_ALL"
    case agesFrom = "AGES_FROM"
    case agesRange = "AGES_RANGE"
    case audience = "AUDIENCE"
    case onlyGenders = "ONLY_GENDERS"
    case female = "FEMALE"
    case male = "MALE"
    case nonBinary = "NON_BINARY"
    case free = "FREE"
    case fee = "FEE"
    case dialInside = "DIAL_INSIDE"
    case dialNational = "DIAL_NATIONAL"
    case phone = "PHONE"
    case sms = "SMS"
    case whatsapp = "WHATSAPP"
    case web = "WEB"
    case email = "EMAIL"

    /// The phrase with the values that it takes.
    var phrase: Phrase {
        let key = "terminal.\(rawValue)"
        return switch self {
        case .emergency: Phrase(key, "place")
        case .onlyListedBy: Phrase(key, "by")
        case .conflict, .check: Phrase(key, "text")
        case .origin: Phrase(key, "verified", "confidence", "date", "source")
        case .originUndated: Phrase(key, "verified", "confidence", "source")
        case .more: Phrase(key, counting: "count")
        case .asStated, .openNow, .closedNow: Phrase(key, "hours")
        case .openUntil, .closedUntil: Phrase(key, "hours", "moment")
        case .agesFrom: Phrase(key, "from")
        case .agesRange: Phrase(key, "from", "through")
        case .audience: Phrase(key, "audience")
        case .onlyGenders: Phrase(key, "genders")
        case .reachNotStated, .unconfirmed, .confidenceLow, .confidenceMedium, .confidenceHigh, .noNumber, .hours,
            .languages, .ages, .cost, .onlyIn, .basedIn, .dial, .also, .place, .note, .conflictHead, .checkHead,
            .notStated, .stated, .agesAll, .female, .male, .nonBinary, .free, .fee, .dialInside, .dialNational, .phone,
            .sms, .whatsapp, .web, .email:
            Phrase(key)
        }
    }

    /// What stands before a fact, in one column.
    static let heads: [TerminalPhrase] = [
        .hours, .languages, .ages, .cost, .onlyIn, .basedIn, .dial, .also, .place, .note, .conflictHead, .checkHead,
    ]
}

extension Phrases {
    /// The words of the terminal.
    func text(_ words: TerminalPhrase, _ values: [String: String] = [:], count: Int? = nil) -> String {
        text(words.phrase, values, count: count)
    }
}

extension PhrasebookReader {
    /// Everything that the program can say to a person, by the terminal or over HTTP.
    static let phrases = HTTPInterface.phrases + TerminalPhrase.allCases.map(\.phrase)

    /// The messages of a directory folder.
    static func read(_ folder: String) -> Reading { read(folder, saying: phrases) }
}
