import Foundation

/// Reads the canonical form from left to right: no other order of keys, no space, no escape, nothing left over.
struct EntryScanner {
    /// Where the form breaks; the caller says no more than that it does.
    struct Broken: Error {}

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func entry() throws -> AuditEntry {
        guard bytes.count <= Limits.entryBytes, take(EntrySyntax.start) else { throw Broken() }
        let entry = try AuditEntry(
            seq: number("seq"),
            time: time("time"),
            mono: number("mono"),
            request: string("request"),
            actor: string("actor"),
            role: string("role"),
            agency: string("agency"),
            act: string("act"),
            object: string("object"),
            relationship: string("relationship"),
            purpose: string("purpose"),
            outcome: outcome("outcome"),
            rule: string("rule"),
            count: isNext("count") ? number("count") : nil,
            handles: isNext("handles") ? list("handles") : [],
            consent: isNext("consent") ? string("consent") : nil,
            envelope: isNext("envelope") ? string("envelope") : nil,
            details: isNext("details") ? base64("details") : nil
        )
        guard place == bytes.count - 1, bytes[place] == EntrySyntax.end else { throw Broken() }
        return entry
    }

    private mutating func key(_ name: String) throws {
        guard isNext(name) else { throw Broken() }
        place += name.utf8.count + 4
    }

    /// Whether `,"name":` comes next.
    private func isNext(_ name: String) -> Bool {
        let count = name.utf8.count
        guard place + count + 4 <= bytes.count else { return false }
        return bytes[place] == EntrySyntax.comma && bytes[place + 1] == EntrySyntax.quote
            && bytes[(place + 2)..<(place + 2 + count)].elementsEqual(name.utf8)
            && bytes[place + 2 + count] == EntrySyntax.quote && bytes[place + 3 + count] == EntrySyntax.colon
    }

    private mutating func take(_ text: some Collection<UInt8>) -> Bool {
        guard bytes[place...].starts(with: text) else { return false }
        place += text.count
        return true
    }

    private mutating func number(_ name: String) throws -> Int {
        try key(name)
        var value = 0
        let start = place
        while place < bytes.count, (0x30...0x39).contains(bytes[place]) {
            let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLargeToo) = tens.addingReportingOverflow(Int(bytes[place] - 0x30))
            guard !isTooLarge, !isTooLargeToo else { throw Broken() }
            value = sum
            place += 1
        }
        guard place > start else { throw Broken() }
        return value
    }

    /// The bytes between two quotes; what they may be is the entry's initialiser's to say.
    private mutating func quoted() throws -> ArraySlice<UInt8> {
        guard place < bytes.count, bytes[place] == EntrySyntax.quote,
            let end = bytes[(place + 1)...].firstIndex(of: EntrySyntax.quote)
        else { throw Broken() }
        defer { place = end + 1 }
        return bytes[(place + 1)..<end]
    }

    private mutating func string(_ name: String) throws -> String {
        try key(name)
        return String(decoding: try quoted(), as: UTF8.self)
    }

    private mutating func time(_ name: String) throws -> AuditTime {
        try key(name)
        guard let time = AuditTime(try quoted()) else { throw Broken() }
        return time
    }

    private mutating func outcome(_ name: String) throws -> Outcome {
        guard let outcome = Outcome(rawValue: try string(name)) else { throw Broken() }
        return outcome
    }

    private mutating func list(_ name: String) throws -> [String] {
        try key(name)
        guard place < bytes.count, bytes[place] == EntrySyntax.open else { throw Broken() }
        var values: [String] = []
        repeat {
            place += 1
            values.append(String(decoding: try quoted(), as: UTF8.self))
        } while place < bytes.count && bytes[place] == EntrySyntax.comma
        guard place < bytes.count, bytes[place] == EntrySyntax.close else { throw Broken() }
        place += 1
        return values
    }

    private mutating func base64(_ name: String) throws -> [UInt8] {
        try key(name)
        guard let decoded = Data(base64Encoded: Data(try quoted())) else { throw Broken() }
        return [UInt8](decoded)
    }
}
