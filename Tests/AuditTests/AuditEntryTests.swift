import Audit
import Foundation
import Testing

@Suite struct AuditEntryTests {
    @Test func `the canonical form is the documented one, byte for byte`() throws {
        let entry = try AuditEntry(
            seq: 7,
            time: Fixture.time(1_777_863_721_000),
            mono: 51,
            request: "q1",
            actor: "s1",
            role: "caseworker",
            agency: "a1",
            act: "case.read",
            object: "c1",
            relationship: "assigned",
            purpose: "case_management",
            outcome: .permitted,
            rule: "case.read.1",
            count: 1,
            handles: ["c1", "c2"],
            consent: "n1",
            envelope: String(repeating: "ab", count: 32),
            details: [1, 2, 3, 4]
        )
        let expected = """
            {"v":1,"seq":7,"time":"2026-05-04T03:02:01.000Z","mono":51,"request":"q1","actor":"s1","role":"caseworker",\
            "agency":"a1","act":"case.read","object":"c1","relationship":"assigned","purpose":"case_management",\
            "outcome":"permitted","rule":"case.read.1","count":1,"handles":["c1","c2"],"consent":"n1",\
            "envelope":"abababababababababababababababababababababababababababababababab","details":"AQIDBA=="}
            """
        #expect(String(decoding: entry.bytes, as: UTF8.self) == expected)
        #expect(try AuditEntry(parsing: entry.bytes) == entry)
    }

    @Test func `what there is nothing to say about is left out`() throws {
        let entry = try AuditEntry(
            seq: 0,
            time: Fixture.time(0),
            mono: 0,
            request: "",
            actor: "none",
            role: "none",
            agency: "none",
            act: "session.open",
            relationship: "",
            purpose: "",
            outcome: .denied,
            rule: "no_rule"
        )
        let expected = """
            {"v":1,"seq":0,"time":"1970-01-01T00:00:00.000Z","mono":0,"request":"","actor":"none","role":"none",\
            "agency":"none","act":"session.open","object":"","relationship":"","purpose":"","outcome":"denied",\
            "rule":"no_rule"}
            """
        #expect(String(decoding: entry.bytes, as: UTF8.self) == expected)
        #expect(try AuditEntry(parsing: entry.bytes) == entry)
    }

    @Test(arguments: [
        "two words", "quote\"", "back\\slash", "new\nline", "é", "名", "a,b", "a/b", "a+b", "<b>", "\u{0}",
        "12025550123", "0900-123-456", "2026-05-04", String(repeating: "a", count: 65),
    ])
    func `what is not a code or a handle cannot enter any field`(_ text: String) throws {
        func refused(_ field: String, _ make: () throws -> AuditEntry) {
            #expect(throws: AuditError.badField(field)) { try make() }
        }
        func entry(
            request: String = "q1",
            actor: String = "s1",
            role: String = "r",
            agency: String = "a1",
            act: String = "a",
            object: String = "",
            relationship: String = "",
            purpose: String = "",
            rule: String = "r",
            handles: [String] = [],
            consent: String? = nil
        ) throws -> AuditEntry {
            try AuditEntry(
                seq: 0,
                time: Fixture.time(0),
                mono: 0,
                request: request,
                actor: actor,
                role: role,
                agency: agency,
                act: act,
                object: object,
                relationship: relationship,
                purpose: purpose,
                outcome: .permitted,
                rule: rule,
                handles: handles,
                consent: consent
            )
        }
        #expect(throws: Never.self) { try entry() }
        refused("request") { try entry(request: text) }
        refused("actor") { try entry(actor: text) }
        refused("role") { try entry(role: text) }
        refused("agency") { try entry(agency: text) }
        refused("act") { try entry(act: text) }
        refused("object") { try entry(object: text) }
        refused("relationship") { try entry(relationship: text) }
        refused("purpose") { try entry(purpose: text) }
        refused("rule") { try entry(rule: text) }
        refused("handles") { try entry(handles: ["c1", text]) }
        refused("consent") { try entry(consent: text) }
        for (field, make) in [
            ("actor", { try entry(actor: "") }), ("role", { try entry(role: "") }), ("act", { try entry(act: "") }),
            ("agency", { try entry(agency: "") }), ("rule", { try entry(rule: "") }),
            ("consent", { try entry(consent: "") }), ("handles", { try entry(handles: [""]) }),
        ] as [(String, () throws -> AuditEntry)] {
            refused(field, make)
        }
    }

    @Test func `numbers are not negative and digests are digests`() throws {
        #expect(throws: AuditError.badField("seq")) { try Fixture.entry(-1, time: 0, mono: 0) }
        #expect(throws: AuditError.badField("mono")) { try Fixture.entry(1, mono: -1) }
        for text in ["", "abc", String(repeating: "AB", count: 32), String(repeating: "g", count: 64)] {
            #expect(throws: AuditError.badField("envelope")) {
                try AuditEntry(
                    seq: 0,
                    time: Fixture.time(0),
                    mono: 0,
                    request: "",
                    actor: "none",
                    role: "none",
                    agency: "none",
                    act: "a",
                    relationship: "",
                    purpose: "",
                    outcome: .failed,
                    rule: "r",
                    envelope: text
                )
            }
        }
        #expect(throws: AuditError.badField("details")) { try Fixture.entry(0, details: []) }
    }

    @Test func `fifty handles fit in an entry, a fifty-first and a third kilobyte do not`() throws {
        let handles = (0..<50).map { "c000000000000000000000000" + String($0 + 10) }
        let entry = try Fixture.entry(0, handles: handles)
        #expect(entry.bytes.count <= 2048)
        #expect(try AuditEntry(parsing: entry.bytes).handles == handles)
        #expect(throws: AuditError.badField("handles")) { try Fixture.entry(0, handles: handles + ["c1"]) }
        #expect(throws: AuditError.tooLong) {
            try Fixture.entry(0, handles: handles, details: [UInt8](repeating: 1, count: 600))
        }
    }

    @Test func `every entry is read back as it was written`() throws {
        for seq in 0..<60 {
            for outcome in Outcome.allCases {
                let entry = try Fixture.entry(
                    seq,
                    outcome: outcome,
                    handles: seq % 2 == 0 ? ["c1", "c2", "c3"] : [],
                    details: seq % 7 == 0 ? [UInt8](repeating: UInt8(seq), count: seq + 1) : nil
                )
                #expect(try AuditEntry(parsing: entry.bytes) == entry)
            }
        }
    }

    @Test func `no other bytes are read as an entry`() throws {
        let entry = try Fixture.entry(0, handles: ["c1", "c2"], details: [1, 2, 3, 4])
        let whole = String(decoding: entry.bytes, as: UTF8.self)
        func refused(_ text: String) {
            #expect(throws: AuditError.notCanonical, "\(text.prefix(20))") { try AuditEntry(parsing: Array(text.utf8)) }
        }
        refused("")
        refused("{}")
        refused(whole + "\n")
        refused(" " + whole)
        refused(whole + whole)
        for (from, to) in [
            ("\"v\":1", "\"v\":2"), ("\"seq\":0", "\"seq\":00"), ("\"seq\":0", "\"seq\":-0"),
            ("\"seq\":0", "\"seq\":0.0"),
            ("\"seq\":0", "\"seq\":\"0\""), ("\"seq\":0,", ""), ("\"seq\":0", "\"seq\":99999999999999999999"),
            ("\"seq\":0,\"time\"", "\"seq\": 0,\"time\""), ("\"mono\":0", "\"mono\":0,\"mono\":0"),
            ("permitted", "allowed"), ("case.read\"", "case\\u002eread\""),
            ("\"handles\":[\"c1\",\"c2\"]", "\"handles\":[]"),
            ("\"c1\",\"c2\"", "\"c1\",\"c2\","), ("\"c1\",\"c2\"", "\"c1\" ,\"c2\""), ("AQIDBA==", "AQIDBA="),
            ("AQIDBA==", "AQIDBB=="), ("AQIDBA==", "AQID BA=="), ("AQIDBA==", ""), ("05-", "13-"), ("Z\"", "z\""),
            ("\"details\"", "\"note\""), ("\"consent\":\"n", "\"consent\":\" n"), ("assigned", "assig ned"),
            ("assigned", "assig\u{301}ned"),
        ] {
            #expect(whole.contains(from), "\(from)")
            refused(whole.replacing(from, with: to, maxReplacements: 1))
        }
        // Keys in another order.
        refused(
            whole.replacing(
                "\"mono\":0,\"request\":\"q00000000000000000000000000\"",
                with: "\"request\":\"q00000000000000000000000000\",\"mono\":0"
            )
        )
        for count in 0..<entry.bytes.count {
            #expect(throws: AuditError.notCanonical) { try AuditEntry(parsing: Array(entry.bytes.prefix(count))) }
        }
    }

    /// The parser is a bijection on what it takes: any changed byte is refused or is another entry's own form.
    @Test func `a changed byte never reads as the same entry`() throws {
        let entry = try Fixture.entry(20, handles: ["c1"], details: [9, 8, 7])
        for place in entry.bytes.indices {
            for bit in 0..<8 {
                var changed = entry.bytes
                changed[place] ^= 1 << bit
                guard let read = try? AuditEntry(parsing: changed) else { continue }
                #expect(read != entry)
                #expect(read.bytes == changed)
            }
        }
    }
}
