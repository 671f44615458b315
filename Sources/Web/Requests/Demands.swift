import HTTPTypes
import Hummingbird

/// What a request must bring along besides its body.
struct Demands: OptionSet, Sendable {
    let rawValue: Int

    /// A bearer token. Whether its session lives is for the desk to say.
    static let session = Demands(rawValue: 1 << 0)
    /// An `Idempotency-Key`: on all that makes something.
    static let idempotencyKey = Demands(rawValue: 1 << 1)
    /// `If-Match` with the version that was read: on all that changes something.
    static let version = Demands(rawValue: 1 << 2)
    /// `If-Match` is heeded where it is sent.
    static let versionIfSent = Demands(rawValue: 1 << 3)
}

extension Request {
    /// The token of `Authorization: Bearer`, nil when there is none that could be one.
    var bearer: SecretBytes? {
        guard let header = headers[.authorization], header.utf8.count <= Limits.bearerCharacters else { return nil }
        let parts = header.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else { return nil }
        return SecretBytes(Array(parts[1].utf8))
    }

    /// The `Idempotency-Key`, with or without the quotes of a structured field.
    func idempotencyKey() throws(Problem) -> String {
        let place = Problem.Place.header("Idempotency-Key")
        let form = "write up to \(Limits.idempotencyKeyCharacters) letters, digits, - or _"
        guard var key = headers[.idempotencyKey] else {
            throw Problem(.idempotencyKey, Problem.Finding(place: place, code: .missing, detail: "is missing; \(form)"))
        }
        if key.count > 2, key.hasPrefix("\""), key.hasSuffix("\"") { key = String(key.dropFirst().dropLast()) }
        let isUsable =
            (1...Limits.idempotencyKeyCharacters).contains(key.utf8.count)
            && key.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
        guard isUsable else {
            let finding = Problem.Finding(place: place, code: .invalid, detail: "cannot be used; \(form)")
            throw Problem(.idempotencyKey, finding)
        }
        return key
    }

    /// The version in `If-Match`: one strong entity tag of ours. `*` is not taken: it would overwrite what nobody read.
    func version() throws(Problem) -> Int {
        guard let header = headers[.ifMatch] else { throw Problem(.versionMissing) }
        let digits = header.dropFirst().dropLast()
        guard header.hasPrefix("\""), header.hasSuffix("\""), let version = Int(digits), version >= 0,
            String(version) == digits
        else {
            throw Problem(.versionMalformed)
        }
        return version
    }
}
