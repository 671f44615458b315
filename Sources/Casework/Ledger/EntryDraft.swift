import Audit
import Care
import Foundation

/// The entry of an act before it has its place in the log.
struct EntryDraft: Sendable {
    let act: Act
    let worker: Worker?
    let object: String
    var relationship: Relationship
    let purpose: Purpose
    let request: RequestID?
    var outcome: Outcome
    /// The rule that permitted it, or the code of the refusal or failure.
    var rule: String
    var notes = EntryNotes()
}

extension EntryDraft {
    /// The entry at its place in the log: codes and handles only (DECISIONS 17).
    func entry(seq: Int, at now: Date, mono: Int) throws -> AuditEntry {
        guard let time = AuditTime(now) else { throw CaseworkError.auditUnavailable }
        return try AuditEntry(
            seq: seq,
            time: time,
            mono: mono,
            request: request?.text ?? "",
            actor: worker?.staff.text ?? "none",
            role: Self.text(of: worker?.roles ?? []),
            agency: worker?.agency.text ?? "none",
            act: act.rawValue,
            object: object,
            relationship: relationship.rawValue,
            purpose: purpose.rawValue,
            outcome: outcome,
            rule: rule,
            count: notes.count,
            handles: notes.handles,
            consent: notes.consent?.text,
            envelope: notes.envelopeDigest.map(Self.hex)
        )
    }

    /// The roles by name; where an entry has no room for all of them, as many as fit and how many more there are.
    static func text(of roles: Set<Role>) -> String {
        let names = roles.map(\.rawValue).sorted()
        guard !names.isEmpty else { return "none" }
        for shown in stride(from: names.count, to: 0, by: -1) {
            let rest = names.count - shown
            let text = (names.prefix(shown) + (rest > 0 ? ["\(rest)_more"] : [])).joined(separator: ":")
            if text.utf8.count <= Audit.Limits.codeCharacters { return text }
        }
        return "\(names.count)_roles"
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
