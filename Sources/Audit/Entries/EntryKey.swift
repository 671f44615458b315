/// A key of the canonical form with its bytes as they stand between two values: `,"name":`.
struct EntryKey {
    let name: String
    let bytes: [UInt8]

    private init(_ name: String) {
        self.name = name
        bytes = Array(",\"\(name)\":".utf8)
    }

    static let seq = EntryKey("seq")
    static let time = EntryKey("time")
    static let mono = EntryKey("mono")
    static let request = EntryKey("request")
    static let actor = EntryKey("actor")
    static let role = EntryKey("role")
    static let agency = EntryKey("agency")
    static let act = EntryKey("act")
    static let object = EntryKey("object")
    static let relationship = EntryKey("relationship")
    static let purpose = EntryKey("purpose")
    static let outcome = EntryKey("outcome")
    static let rule = EntryKey("rule")
    static let count = EntryKey("count")
    static let handles = EntryKey("handles")
    static let consent = EntryKey("consent")
    static let envelope = EntryKey("envelope")
    static let details = EntryKey("details")

    /// The keys of the codes between the clocks and what may be left out, in order, with whether their value may be empty.
    static let codes: [(key: EntryKey, mayBeEmpty: Bool)] = [
        (request, true), (actor, false), (role, false), (agency, false), (act, false), (object, true),
        (relationship, true), (purpose, true), (outcome, false), (rule, false),
    ]
    static let outcomeAmongCodes = 8
}
