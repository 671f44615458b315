// One line of canonical JSON, docs/formats/audit-entry.md: the keys below in this order, ASCII, no spaces, at most
// 2,048 bytes. Keys marked ? are left out when there is nothing to say.
//
//     {"v":1,"seq":7,"time":"2026-05-04T03:02:01.000Z","mono":51,"request":"q…","actor":"s…","role":"caseworker",
//      "agency":"a…","act":"case.read","object":"c…","relationship":"assigned","purpose":"case_management",
//      "outcome":"permitted","rule":"case.read.1","count":1,"handles":["c…"],"consent":"n…","envelope":"<64 hex>",
//      "details":"<base64>"}                         ? are count, handles, consent, envelope, details
//
// A new key, a new order or a new meaning is a new "v"; a reader refuses a version it does not know.

/// What the log says of one act: codes and random handles only, so that no person can be read out of it.
///
/// An auditor filters by these fields; what needs words lies in `details`, sealed to the auditors (DECISIONS 17).
public struct AuditEntry: Hashable, Sendable {
    /// The entry's place in the log, from 0, without gaps.
    public let seq: Int
    /// When the act was recorded, by the server's clock, which may be set back.
    public let time: AuditTime
    /// A count of milliseconds that never goes back from one entry to the next, across restarts too.
    public let mono: Int
    /// The request's handle.
    public let request: String
    /// Who acted, as a handle; `none` where nobody was signed in.
    public let actor: String
    /// The role in which the actor acted, `none` where there was none.
    public let role: String
    /// The actor's agency as a handle, `none` where there was none.
    public let agency: String
    /// The code of the act.
    public let act: String
    /// What was acted on, as a handle or a public code; empty where there is no one thing.
    public let object: String
    /// The actor's relationship to the case.
    public let relationship: String
    /// The purpose stated.
    public let purpose: String
    /// How the act ended.
    public let outcome: Outcome
    /// The rule that allowed it, or the code of the refusal.
    public let rule: String
    /// How many rows a read, a list or a search brought back.
    public let count: Int?
    /// The handles of those rows, at most 50 an entry; empty where `object` says it all.
    public let handles: [String]
    /// The consent that the act rested on, as a handle.
    public let consent: String?
    /// SHA-256 of the sealed bytes that were written, 64 lower-case hex digits.
    public let envelope: String?
    /// Sealed words for the auditors.
    public let details: [UInt8]?
    /// The canonical form: what is hashed, stored and exported.
    public let bytes: [UInt8]

    /// Makes an entry of its fields.
    ///
    /// - Throws: `badField` for a field that is not of its kind (codes and handles have at most 64 of `A-Z a-z 0-9 . _ : -`
    ///   and at least one letter, so that no telephone number passes for one; only request, object, relationship and
    ///   purpose may be empty; numbers are not negative), `tooLong` past 2 kB.
    public init(
        seq: Int,
        time: AuditTime,
        mono: Int,
        request: String,
        actor: String,
        role: String,
        agency: String,
        act: String,
        object: String = "",
        relationship: String,
        purpose: String,
        outcome: Outcome,
        rule: String,
        count: Int? = nil,
        handles: [String] = [],
        consent: String? = nil,
        envelope: String? = nil,
        details: [UInt8]? = nil
    ) throws(AuditError) {
        var writer = EntryWriter()
        try writer.number(EntryKey.seq, seq)
        writer.time(time)
        try writer.number(EntryKey.mono, mono)
        try writer.code(EntryKey.request, request, mayBeEmpty: true)
        try writer.code(EntryKey.actor, actor)
        try writer.code(EntryKey.role, role)
        try writer.code(EntryKey.agency, agency)
        try writer.code(EntryKey.act, act)
        try writer.code(EntryKey.object, object, mayBeEmpty: true)
        try writer.code(EntryKey.relationship, relationship, mayBeEmpty: true)
        try writer.code(EntryKey.purpose, purpose, mayBeEmpty: true)
        try writer.code(EntryKey.outcome, outcome.rawValue)
        try writer.code(EntryKey.rule, rule)
        if let count { try writer.number(EntryKey.count, count) }
        if !handles.isEmpty { try writer.list(EntryKey.handles, handles) }
        if let consent { try writer.code(EntryKey.consent, consent) }
        if let envelope { try writer.digest(EntryKey.envelope, envelope) }
        if let details { try writer.base64(EntryKey.details, details) }
        bytes = try writer.finish()
        self.seq = seq
        self.time = time
        self.mono = mono
        self.request = request
        self.actor = actor
        self.role = role
        self.agency = agency
        self.act = act
        self.object = object
        self.relationship = relationship
        self.purpose = purpose
        self.outcome = outcome
        self.rule = rule
        self.count = count
        self.handles = handles
        self.consent = consent
        self.envelope = envelope
        self.details = details
    }

    /// Reads an entry from its canonical form, and nothing else: what it makes of the bytes, written again, is the bytes.
    ///
    /// - Throws: `notCanonical` for any other bytes.
    public init(parsing bytes: [UInt8]) throws(AuditError) {
        var scanner = EntryScanner(bytes)
        let entry: AuditEntry
        do {
            entry = try scanner.entry()
        } catch {
            throw .notCanonical
        }
        guard entry.bytes == bytes else { throw .notCanonical }
        self = entry
    }
}
