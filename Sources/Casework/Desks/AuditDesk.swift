import Audit
public import Care
import Foundation
import Sealing
import Store

/// What auditors read: entries of codes and handles, and the signed checkpoint. They hold no case key, and their own
/// reading is recorded like anybody's (A2).
public struct AuditDesk: Sendable {
    let office: Office
    let key: LogVerifierKey

    /// Which entries.
    public struct Filter: Sendable {
        /// Entries after this number; nil from the first.
        public let after: Int?
        /// At most this many, 1...200.
        public let limit: Int
        /// Entries of this act alone.
        public let act: Act?
        /// Entries that ended so alone: `permitted`, `denied` or `failed`.
        public let outcome: String?

        /// A page of the log.
        public init(after: Int? = nil, limit: Int = 100, act: Act? = nil, outcome: String? = nil) {
            self.after = after
            self.limit = min(max(limit, 1), Limits.page)
            self.act = act
            self.outcome = outcome
        }
    }

    /// A page of entries.
    public struct Page: Sendable {
        /// Each entry as its canonical JSON.
        public let entries: [[UInt8]]
        /// Where the next page begins; nil at the end of the log.
        public let next: Int?
        /// How many entries the log had when the page was read.
        public let size: Int
    }

    /// A part of the log as it is stored, from which `leeward audit verify` checks everything without a server.
    public struct Extract: Sendable {
        /// The log's public key, as a note verifier key. It is to be compared with one known from elsewhere.
        public let key: String
        /// How many entries the whole extract has; later parts are asked for up to this size.
        public let size: Int
        /// The number of the first entry of this part.
        public let from: Int
        /// The canonical bytes of each entry.
        public let entries: [[UInt8]]
        /// Every signed checkpoint up to ``size``, the newest last; with the first part only.
        public let checkpoints: [[UInt8]]
    }

    /// Entries in their order.
    ///
    /// - Throws: ``CaseworkError/refused(code:)`` for anybody but auditors.
    public func entries(
        _ filter: Filter,
        for signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> Page {
        try await office.ledger.perform(
            .readAuditLog,
            by: signedIn.worker,
            on: .log,
            purpose: .audit,
            request: request,
            prepare: { () throws(CaseworkError) -> Page in try page(filter) },
            commit: { page, _, _, notes in notes.count = page.entries.count },
            reveal: { page, _ throws(CaseworkError) in page }
        )
    }

    /// The newest signed checkpoint; it covers the entry that this reading makes.
    ///
    /// - Throws: ``CaseworkError/refused(code:)`` for anybody but auditors.
    public func checkpoint(
        for signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> [UInt8] {
        try await office.ledger.perform(
            .readCheckpoint,
            by: signedIn.worker,
            on: .log,
            purpose: .audit,
            request: request,
            wantsCheckpoint: true,
            prepare: { () throws(CaseworkError) in },
            commit: { _, _, _, _ in },
            reveal: { _, _ throws(CaseworkError) in
                guard let latest = try office.read({ try $0.latestCheckpoint() }) else {
                    throw .damaged(code: "checkpoint")
                }
                return latest.note
            }
        )
    }

    /// The log from an entry on, at most 1,000 entries a part. The first part signs a checkpoint and says how far the
    /// extract goes; later parts give that size back as `upTo`.
    ///
    /// - Throws: ``CaseworkError/refused(code:)`` for anybody but auditors; ``CaseworkError/confirmationNeeded``;
    ///   ``CaseworkError/invalid(field:what:)`` for a size without a checkpoint.
    public func extract(
        from first: Int,
        upTo size: Int?,
        for signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> Extract {
        try await office.ledger.perform(
            .exportAuditLog,
            by: signedIn.worker,
            on: .log,
            purpose: .audit,
            request: request,
            wantsCheckpoint: size == nil,
            prepare: { () throws(CaseworkError) in },
            commit: { _, _, _, _ in },
            reveal: { _, _ throws(CaseworkError) in try part(from: first, upTo: size) }
        )
    }

    private func page(_ filter: Filter) throws(CaseworkError) -> Page {
        try office.read { reading in
            let size = try reading.auditSize()
            var entries: [[UInt8]] = []
            // Numbers beyond both ends of the log are its ends.
            var next = min(max(filter.after ?? -1, -1), size) + 1
            // A filter may pass over many entries; it reads on in steps until the page is full, the log ends, or one
            // reading has looked at enough: the next page goes on from there.
            let end = min(size, next + Limits.lookedAt)
            while entries.count < filter.limit, next < end {
                for row in try reading.auditEntries(from: next, limit: Limits.page) where entries.count < filter.limit {
                    next = row.seq + 1
                    let entry = try AuditEntry(parsing: row.entry)
                    guard filter.act.map({ $0.rawValue == entry.act }) ?? true,
                        filter.outcome.map({ $0 == entry.outcome.rawValue }) ?? true
                    else { continue }
                    entries.append(row.entry)
                }
            }
            return Page(entries: entries, next: next < size ? next - 1 : nil, size: size)
        }
    }

    private func part(from first: Int, upTo wanted: Int?) throws(CaseworkError) -> Extract {
        try office.read { reading in
            let all = try reading.checkpoints().filter { $0.size <= wanted ?? .max }
            guard let end = wanted ?? all.last?.size, all.contains(where: { $0.size == end }), (0...end).contains(first)
            else {
                throw CaseworkError.invalid(field: "up_to", what: "write the size that the first part gave")
            }
            let rows = try reading.auditEntries(from: first, limit: min(Limits.extract, end - first))
            return Extract(
                key: key.text,
                size: end,
                from: first,
                entries: rows.map(\.entry),
                checkpoints: wanted == nil ? all.map(\.note).filter(key.isNamed(in:)) : []
            )
        }
    }
}
