import Foundation

/// The bytes written so far, and the objects and lists that are open in them.
///
/// Values are written strictly one inside the other. An object's members are gathered without commas and put in order when
/// it closes.
final class JSONPage {
    enum Kind { case undecided, object, list, scalar }

    private struct Frame {
        var kind: Kind
        let start: Int
        let firstMember: Int
        var count = 0
    }

    private struct Member {
        let start: Int
        /// Where the name ends: with its quotes it is `start..<nameEnd`.
        let nameEnd: Int
    }

    private(set) var bytes: [UInt8] = []
    private(set) var isSound = true
    private var frames: [Frame] = []
    private var members: [Member] = []

    init() {
        bytes.reserveCapacity(4_096)
        members.reserveCapacity(64)
    }

    func refuse() { isSound = false }

    func write<T: Encodable>(_ value: T) throws {
        if T.self == Date.self, let date = value as? Date {
            text(Instant.text(date))
        } else if let named = value as? any NamedByData {
            try named.write(on: self)
        } else {
            open(.undecided)
            try value.encode(to: JSONValueEncoder(page: self))
            close()
        }
    }

    // MARK: - Objects and lists

    func open(_ kind: Kind) {
        frames.append(Frame(kind: kind, start: bytes.count, firstMember: members.count))
    }

    /// Says what the innermost open value is; it cannot become something else afterwards.
    func settle(_ kind: Kind) {
        guard let last = frames.indices.last, frames[last].kind == .undecided || frames[last].kind == kind else {
            return refuse()
        }
        frames[last].kind = kind
    }

    /// Begins a member of the innermost object; its value is written next.
    func member(_ name: String, asData: Bool = false) {
        let start = bytes.count
        if asData { text(name) } else { snakeCase(name) }
        members.append(Member(start: start, nameEnd: bytes.count))
    }

    /// Begins an element of the innermost list; its value is written next.
    func element() {
        guard let last = frames.indices.last else { return refuse() }
        bytes.append(UInt8(ascii: frames[last].count == 0 ? "[" : ","))
        frames[last].count += 1
    }

    var elementCount: Int { frames.last?.count ?? 0 }

    func close() {
        guard let frame = frames.popLast() else { return refuse() }
        switch frame.kind {
        case .scalar: break
        case .list:
            if frame.count == 0 { bytes.append(UInt8(ascii: "[")) }
            bytes.append(UInt8(ascii: "]"))
        case .undecided, .object: closeObject(frame)
        }
    }

    private func closeObject(_ frame: Frame) {
        let found = members[frame.firstMember...]
        let ends = found.dropFirst().map(\.start) + [bytes.count]
        var ordered = Array(zip(found, ends))
        ordered.sort { one, other in
            // Without the closing quotes, which would put `a` behind `a!`.
            bytes[one.0.start..<one.0.nameEnd - 1].lexicographicallyPrecedes(bytes[other.0.start..<other.0.nameEnd - 1])
        }
        var whole: [UInt8] = []
        whole.reserveCapacity(bytes.count - frame.start + 2 * found.count + 2)
        whole.append(UInt8(ascii: "{"))
        for (member, end) in ordered {
            if whole.count > 1 { whole.append(UInt8(ascii: ",")) }
            whole.append(contentsOf: bytes[member.start..<member.nameEnd])
            whole.append(UInt8(ascii: ":"))
            whole.append(contentsOf: bytes[member.nameEnd..<end])
        }
        whole.append(UInt8(ascii: "}"))
        members.removeSubrange(frame.firstMember...)
        bytes.removeSubrange(frame.start...)
        bytes.append(contentsOf: whole)
    }

    // MARK: - Scalars

    func null() { bytes.append(contentsOf: "null".utf8) }

    func flag(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }

    func whole(_ value: some BinaryInteger) { bytes.append(contentsOf: String(value).utf8) }

    func decimal(_ value: Double) {
        guard value.isFinite else { return refuse() }
        let digits = value.description
        bytes.append(contentsOf: digits.utf8.dropLast(digits.hasSuffix(".0") ? 2 : 0))
    }

    func text(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): escape(byte)
            case 0x08: escape(UInt8(ascii: "b"))
            case 0x09: escape(UInt8(ascii: "t"))
            case 0x0A: escape(UInt8(ascii: "n"))
            case 0x0C: escape(UInt8(ascii: "f"))
            case 0x0D: escape(UInt8(ascii: "r"))
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
                bytes.append(contentsOf: String(byte & 0x0F, radix: 16).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
    }

    /// A property's name: `dialledFrom` is `dialled_from`, `anURLPart` is `an_url_part`.
    private func snakeCase(_ name: String) {
        let letters = Array(name.utf8)
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        bytes.append(UInt8(ascii: "\""))
        for (index, letter) in letters.enumerated() {
            guard capitals.contains(letter) else {
                bytes.append(letter)
                continue
            }
            let followsCapital = index > 0 && capitals.contains(letters[index - 1])
            let endsCapitals = index + 1 < letters.count && !capitals.contains(letters[index + 1])
            if index > 0, !followsCapital || endsCapitals { bytes.append(UInt8(ascii: "_")) }
            bytes.append(letter | 0x20)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
