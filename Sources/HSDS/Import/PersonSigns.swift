/// Finds a private person in free text: a form of address with a name, a name that the source's own list of contacts
/// holds, a call to ask for somebody by a common given name, a private e-mail address.
struct PersonSigns {
    /// Names of the source's contacts, folded, of two words or more, by their first word.
    private let contacts: [String: [[String]]]

    init(contacts names: [String]) {
        var contacts: [String: [[String]]] = [:]
        for name in names {
            let words = FoldedText(name).words
            // A single word, or a desk ("Intake Department"), names nobody.
            guard words.count >= 2, words.count <= 4, words.allSatisfy({ !Self.desks.contains($0) }),
                let first = words.first
            else { continue }
            contacts[first, default: []].append(Array(words.dropFirst()))
        }
        self.contacts = contacts
    }

    /// Whether a text names a person.
    func names(in text: String, folded: FoldedText) -> Bool {
        if !contacts.isEmpty {
            for index in folded.words.indices {
                guard let endings = contacts[folded.words[index]] else { continue }
                for ending in endings where Array(folded.words.dropFirst(index + 1).prefix(ending.count)) == ending {
                    return true
                }
            }
        }
        let words = text.split(whereSeparator: \.isWhitespace)
        for index in words.indices {
            if Self.isHonorific(words, index) || Self.isAskedFor(words, index) { return true }
        }
        return false
    }

    /// Whether a text holds an e-mail address of a person and not of a desk: at a provider of private mail boxes, or made
    /// of a given and a family name.
    static func privateEmail(in text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return false }
        for word in text.lowercased().split(whereSeparator: { " \n\r\t,;<>()[]\"'|/".contains($0) }) {
            let parts = word.split(separator: "@")
            guard parts.count == 2 else { continue }
            let host = parts[1].split(separator: ".").first.map(String.init) ?? ""
            if privateHosts.contains(host) { return true }
            let names = parts[0].split(whereSeparator: { $0 == "." || $0 == "_" })
            if names.count == 2, names.allSatisfy({ $0.count >= 2 && $0.allSatisfy(\.isLetter) }),
                names.allSatisfy({ !desks.contains(String($0)) })
            {
                return true
            }
        }
        return false
    }

    /// "Mrs. Doe", but neither "Main Dr. Suite 4" nor "Dr. Doe Memorial Clinic".
    private static func isHonorific(_ words: [Substring], _ index: Int) -> Bool {
        let word = words[index].drop { "(\"'«".contains($0) }.lowercased()
        guard honorifics.contains(word), index + 1 < words.count, isName(words[index + 1]) else { return false }
        if word.hasPrefix("dr"), index > 0, words[index - 1].first.map({ $0.isUppercase || $0.isNumber }) ?? false,
            !words[index - 1].hasSuffix("."), !words[index - 1].hasSuffix(":"), !words[index - 1].hasSuffix(",")
        {
            return false
        }
        return !isPlaceName(words, index + 1)
    }

    /// "ask for Jane", "contact: Jane Doe".
    private static func isAskedFor(_ words: [Substring], _ index: Int) -> Bool {
        let word = bare(words[index]).lowercased()
        let isAsking =
            ["attn", "attention", "contact", "contacter", "contactar", "contacto"].contains(word)
            || (["for", "to", "with"].contains(word) && index > 0
                && ["ask", "speak", "talk", "asking"].contains(bare(words[index - 1]).lowercased()))
            || (word == "por" && index > 0 && bare(words[index - 1]).lowercased().hasPrefix("pregunt"))
        guard isAsking, index + 1 < words.count, isName(words[index + 1]),
            givenNames.contains(FoldedText(String(words[index + 1])).words.first ?? "")
        else { return false }
        return !isPlaceName(words, index + 1)
    }

    private static func bare(_ word: Substring) -> String { word.filter(\.isLetter) }

    private static func isName(_ word: Substring) -> Bool {
        let letters = word.drop { "(\"'«".contains($0) }
        guard let first = letters.first, first.isUppercase || isCaseless(first) else { return false }
        let bare = bare(word).lowercased()
        return bare.count >= 2 && !notNames.contains(bare)
    }

    private static func isCaseless(_ letter: Character) -> Bool { letter.isLetter && !letter.isCased }

    /// Whether what is named after a person is a place.
    private static func isPlaceName(_ words: [Substring], _ index: Int) -> Bool {
        words[index...].prefix(5).contains { placeWords.contains(bare($0).lowercased()) }
    }

    private static let honorifics: Set<String> = [
        "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "mx.", "dr", "dr.", "dra.", "prof.", "rev.", "mme", "mme.",
        "mlle", "mlle.", "monsieur", "madame", "sra.", "srta.", "sr.", "señora", "señor", "г-жа", "г-н", "госпожа",
        "господин", "السيد", "السيدة",
    ]
    private static let notNames: Set<String> = [
        "suite", "ste", "apt", "unit", "bldg", "building", "room", "floor", "the", "and", "excel", "word", "office",
    ]
    private static let placeWords: Set<String> = [
        "center", "centre", "centro", "school", "hospital", "clinic", "park", "blvd", "boulevard", "street", "st",
        "avenue", "ave", "road", "drive", "library", "foundation", "house", "hall", "memorial", "jr", "institute",
        "university", "college", "church", "fund", "program", "scholarship", "building", "way", "plaza", "place",
    ]
    static let desks: Set<String> = [
        "info", "office", "intake", "department", "services", "service", "program", "center", "centre", "help", "desk",
        "line", "hotline", "helpline", "reception", "receptionist", "coordinator", "director", "manager", "staff",
        "admin", "administration", "general", "main", "contact", "support", "team", "unit", "client", "customer",
        "human", "resources", "legal", "aid", "family", "youth", "community", "health", "social", "care", "crisis",
        "child", "children", "women", "public", "volunteer", "front", "media", "press", "mail", "enquiries",
        "inquiries", "hello", "referral", "referrals", "mr", "mrs", "ms", "information", "and", "of", "the", "for",
    ]
    private static let privateHosts: Set<String> = [
        "gmail", "googlemail", "yahoo", "ymail", "hotmail", "outlook", "live", "msn", "aol", "icloud", "me", "gmx",
        "proton", "protonmail", "mail", "yandex", "ya", "rambler", "bk", "list", "inbox", "ukr", "qq", "163", "naver",
        "rediffmail", "web", "comcast", "sbcglobal", "att", "verizon", "orange", "wanadoo", "free", "laposte", "libero",
    ]
    private static let givenNames: Set<String> = [
        "james", "john", "robert", "michael", "william", "david", "richard", "joseph", "thomas", "charles",
        "christopher", "daniel", "matthew", "anthony", "mark", "donald", "steven", "paul", "andrew", "joshua",
        "kenneth", "kevin", "brian", "george", "edward", "ronald", "timothy", "jason", "jeffrey", "ryan", "jacob",
        "gary", "nicholas", "eric", "jonathan", "stephen", "larry", "justin", "scott", "brandon", "benjamin", "samuel",
        "gregory", "frank", "alexander", "raymond", "patrick", "jack", "dennis", "jerry", "mary", "patricia",
        "jennifer", "linda", "elizabeth", "barbara", "susan", "jessica", "sarah", "karen", "nancy", "lisa", "betty",
        "margaret", "sandra", "ashley", "kimberly", "emily", "donna", "michelle", "carol", "amanda", "dorothy",
        "melissa", "deborah", "stephanie", "rebecca", "sharon", "laura", "cynthia", "kathleen", "amy", "angela",
        "shirley", "anna", "brenda", "pamela", "emma", "nicole", "helen", "samantha", "katherine", "christine",
        "debra", "rachel", "carolyn", "janet", "catherine", "maria", "heather", "diane", "ruth", "julie", "olivia",
        "joyce", "virginia", "jane", "jose", "juan", "luis", "carlos", "jorge", "miguel", "pedro", "ana", "rosa",
        "carmen", "lucia", "sofia", "isabel", "jean", "pierre", "michel", "marie", "francoise", "nathalie", "sophie",
        "isabelle", "claire", "ivan", "sergei", "dmitri", "olga", "elena", "natalia", "tatiana", "svetlana", "irina",
        "mohamed", "mohammed", "ahmed", "ali", "hassan", "fatima", "aisha", "amina", "maryam", "nimal", "kamala",
        "priya", "lakshmi", "somchai", "malee", "ольга", "елена", "наталья", "ирина", "татьяна", "светлана", "анна",
    ]
}
