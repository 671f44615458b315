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
        let roles = worker?.roles.map(\.rawValue).sorted().joined(separator: ":") ?? ""
        return try AuditEntry(
            seq: seq,
            time: time,
            mono: mono,
            request: request?.text ?? "",
            actor: worker?.staff.text ?? "none",
            role: roles.isEmpty ? "none" : roles,
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

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
