import Foundation

/// Reads the canonical form from left to right: no other order of keys, no space, no escape, nothing left over.
///
/// It checks all that the initialiser of an entry checks, without making an entry: the verifier reads millions of them.
/// That the two agree is a test's to show.
struct EntryScanner {
    /// Where the form breaks; the caller says no more than that it does.
    struct Broken: Error {}

    /// What was read, as places in the bytes.
    struct Outline {
        var seq = 0
        var time = 0..<0
        var mono = 0
        var codes: [Range<Int>] = []
        var count: Int?
        var handles: [Range<Int>] = []
        var consent: Range<Int>?
        var envelope: Range<Int>?
        var details: Range<Int>?
    }

    /// The clocks and the number of an entry whose form is right.
    struct Clock: Sendable {
        let seq: Int
        let time: AuditTime
        let mono: Int
    }

    private static let outcomes = Outcome.allCases.map { Array($0.rawValue.utf8) }

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Checks the form and gives the number and the clocks, nothing else.
    mutating func clock() throws(Broken) -> Clock {
        let outline = try outline(keepingCodes: false)
        guard let time = AuditTime(bytes[outline.time]) else { throw Broken() }
        return Clock(seq: outline.seq, time: time, mono: outline.mono)
    }

    /// Reads the whole entry.
    mutating func entry() throws -> AuditEntry {
        let outline = try outline(keepingCodes: true)
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        let codes = outline.codes.map(text)
        guard let time = AuditTime(bytes[outline.time]),
            let outcome = Outcome(rawValue: codes[EntryKey.outcomeAmongCodes])
        else { throw Broken() }
        return try AuditEntry(
            seq: outline.seq,
            time: time,
            mono: outline.mono,
            request: codes[0],
            actor: codes[1],
            role: codes[2],
            agency: codes[3],
            act: codes[4],
            object: codes[5],
            relationship: codes[6],
            purpose: codes[7],
            outcome: outcome,
            rule: codes[9],
            count: outline.count,
            handles: outline.handles.map(text),
            consent: outline.consent.map(text),
            envelope: outline.envelope.map(text),
            details: outline.details.flatMap { Data(base64Encoded: Data(bytes[$0])) }.map { [UInt8]($0) }
        )
    }

    private mutating func outline(keepingCodes: Bool) throws(Broken) -> Outline {
        var outline = Outline()
        guard bytes.count <= Limits.entryBytes, take(EntrySyntax.start), take(EntryKey.seq.bytes) else {
            throw Broken()
        }
        outline.seq = try number()
        guard take(EntryKey.time.bytes) else { throw Broken() }
        outline.time = try quoted()
        guard take(EntryKey.mono.bytes) else { throw Broken() }
        outline.mono = try number()
        for (index, code) in EntryKey.codes.enumerated() {
            guard take(code.key.bytes) else { throw Broken() }
            let range = try self.code(mayBeEmpty: code.mayBeEmpty)
            if index == EntryKey.outcomeAmongCodes, !Self.outcomes.contains(where: { bytes[range].elementsEqual($0) }) {
                throw Broken()
            }
            if keepingCodes { outline.codes.append(range) }
        }
        if take(EntryKey.count.bytes) { outline.count = try number() }
        if take(EntryKey.handles.bytes) { outline.handles = try list() }
        if take(EntryKey.consent.bytes) { outline.consent = try code(mayBeEmpty: false) }
        if take(EntryKey.envelope.bytes) {
            let range = try quoted()
            guard range.count == 64, bytes[range].allSatisfy(EntrySyntax.isLowerHex) else { throw Broken() }
            outline.envelope = range
        }
        if take(EntryKey.details.bytes) {
            let range = try quoted()
            guard !range.isEmpty, Base64.decode(String(decoding: bytes[range], as: UTF8.self)) != nil else {
                throw Broken()
            }
            outline.details = range
        }
        guard place == bytes.count - 1, bytes[place] == EntrySyntax.end else { throw Broken() }
        return outline
    }

    private mutating func take(_ text: [UInt8]) -> Bool {
        guard bytes.count - place >= text.count else { return false }
        for offset in text.indices where bytes[place + offset] != text[offset] {
            return false
        }
        place += text.count
        return true
    }

    private mutating func number() throws(Broken) -> Int {
        let start = place
        var value = 0
        while place < bytes.count, (0x30...0x39).contains(bytes[place]) {
            let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLargeToo) = tens.addingReportingOverflow(Int(bytes[place] - 0x30))
            guard !isTooLarge, !isTooLargeToo else { throw Broken() }
            value = sum
            place += 1
        }
        guard place > start, bytes[start] != 0x30 || place == start + 1 else { throw Broken() }
        return value
    }

    /// The bytes between two quotes.
    private mutating func quoted() throws(Broken) -> Range<Int> {
        guard place < bytes.count, bytes[place] == EntrySyntax.quote else { throw Broken() }
        let start = place + 1
        place = start
        while place < bytes.count, bytes[place] != EntrySyntax.quote {
            place += 1
        }
        guard place < bytes.count else { throw Broken() }
        place += 1
        return start..<(place - 1)
    }

    private mutating func code(mayBeEmpty: Bool) throws(Broken) -> Range<Int> {
        let range = try quoted()
        guard range.count <= Limits.codeCharacters else { throw Broken() }
        var hasLetter = false
        for index in range {
            guard EntrySyntax.isCode(bytes[index]) else { throw Broken() }
            hasLetter = hasLetter || EntrySyntax.isLetter(bytes[index])
        }
        guard hasLetter || (mayBeEmpty && range.isEmpty) else { throw Broken() }
        return range
    }

    private mutating func list() throws(Broken) -> [Range<Int>] {
        guard place < bytes.count, bytes[place] == EntrySyntax.open else { throw Broken() }
        var values: [Range<Int>] = []
        repeat {
            place += 1
            values.append(try code(mayBeEmpty: false))
        } while place < bytes.count && bytes[place] == EntrySyntax.comma
        guard values.count <= Limits.handles, place < bytes.count, bytes[place] == EntrySyntax.close else {
            throw Broken()
        }
        place += 1
        return values
    }
}
