import Care

/// What an act adds to its own entry while it commits: counts and handles, never content (A1).
struct EntryNotes: Sendable {
    /// How many things a list or a look-up touched.
    var count: Int?
    /// The handles of what a list brought back, at most 50 (DECISIONS 17).
    var handles: [String] = []
    /// The consent that a disclosure rests on.
    var consent: ConsentID?
    /// SHA-256 of the sealed record that was written.
    var envelopeDigest: [UInt8]?
}
