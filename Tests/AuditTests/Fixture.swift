import Audit
import Foundation
import Sealing

/// Keys from fixed seeds and entries of invented handles.
enum Fixture {
    static let origin = "log.example/leeward"

    static func signingKey(_ seed: UInt8 = 1) throws -> SigningKey {
        try SigningKey(seed: Secret(copying: [UInt8](repeating: seed, count: 32)))
    }

    static func verifierKey(_ seed: UInt8 = 1, name: String = origin) throws -> LogVerifierKey {
        try LogVerifierKey(name: name, key: signingKey(seed).verifyingKey)
    }

    static func time(_ milliseconds: Int) throws -> AuditTime {
        guard let time = AuditTime(milliseconds: milliseconds) else { throw AuditError.badField("time") }
        return time
    }

    static func entry(
        _ seq: Int,
        time milliseconds: Int? = nil,
        mono: Int? = nil,
        act: String = "case.read",
        object: String = "c6anq4d8fxn2mvk3zrh7s1wtyp0",
        outcome: Outcome = .permitted,
        handles: [String] = [],
        details: [UInt8]? = nil
    ) throws -> AuditEntry {
        try AuditEntry(
            seq: seq,
            time: time(milliseconds ?? 1_780_000_000_000 + 250 * seq),
            mono: mono ?? 250 * seq,
            request: "q0000000000000000000000000\(seq % 10)",
            actor: "s00000000000000000000000001",
            role: "caseworker",
            agency: "a00000000000000000000000001",
            act: act,
            object: object,
            relationship: "assigned",
            purpose: "case_management",
            outcome: outcome,
            rule: "case.read.1",
            count: seq % 3 == 0 ? seq : nil,
            handles: handles,
            consent: seq % 4 == 0 ? "n00000000000000000000000001" : nil,
            envelope: seq % 5 == 0 ? String(repeating: "0123456789abcdef", count: 4) : nil,
            details: details
        )
    }

    static func base64(_ text: String) -> [UInt8] {
        [UInt8](Data(base64Encoded: text) ?? Data())
    }

    static func hex(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = UInt8(rest.prefix(2), radix: 16) {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
