import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Reads the body of a request, never more than its route allows.
enum BodyReader {
    /// What stood in a body.
    struct Content {
        /// The JSON; nil when there was no body and there need not be one.
        var value: JSONValue?
        /// The bytes as they came, none where the body carries a secret; whoever has them overwrites them.
        var bytes: [UInt8] = []
    }

    /// Reads the body.
    static func read(_ request: Request, as body: Route.Body, in exchange: Exchange) async throws -> Content {
        guard request.hasBody else {
            if case .json = body { throw Problem(.bodyMissing) }
            return Content()
        }
        let secrets: Set<String>
        switch body {
        case .none: throw Problem(.bodyUnexpected)
        case .optionalJSON: secrets = []
        case .json(let names): secrets = names
        }
        guard request.isPlainJSON else { throw Problem(.notJSON) }
        var bytes = try await collect(request, secret: !secrets.isEmpty, in: exchange)
        if bytes.isEmpty {
            if case .optionalJSON = body { return Content() }
            throw Problem(.bodyMissing)
        }
        do {
            let value = try JSONReader.read(bytes, secrets: secrets)
            guard secrets.isEmpty else {
                wipe(&bytes)
                return Content(value: value)
            }
            return Content(value: value, bytes: bytes)
        } catch {
            wipe(&bytes)
            throw Problem(error)
        }
    }

    private static func collect(_ request: Request, secret: Bool, in exchange: Exchange) async throws -> [UInt8] {
        let limit = secret ? Limits.secretBodyBytes : Limits.bodyBytes
        let declared = request.headers[.contentLength].flatMap { Int($0) }
        if let declared, declared > limit { throw Problem(.bodyTooLarge) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(secret ? limit : declared ?? 0)
        var deadline: Scheduled<Void>?
        defer { deadline?.cancel() }
        do {
            for try await chunk in request.body {
                guard bytes.count + chunk.readableBytes <= limit else { throw Problem(.bodyTooLarge) }
                bytes.append(contentsOf: chunk.readableBytesView)
                if secret { exchange.channel.eventLoop.execute { wipe(chunk) } }
                // Most bodies come whole with their head and never need the clock.
                if deadline == nil, bytes.count != declared {
                    deadline = exchange.closeConnection(after: .seconds(Limits.bodySeconds))
                }
            }
        } catch {
            wipe(&bytes)
            throw error as? Problem ?? Problem(.bodyBroken)
        }
        if let declared, bytes.count != declared {
            wipe(&bytes)
            throw Problem(.bodyBroken)
        }
        exchange.bodyIsRead.store(true)
        return bytes
    }
}

extension Problem {
    /// What is wrong with a JSON text, by the offset of the byte.
    init(_ refusal: JSONReader.Refusal) {
        switch refusal {
        case .malformed(let offset):
            let detail = "here the body stops being JSON (RFC 8259)"
            self.init(.malformedJSON, Finding(place: .byte(offset), code: .syntax, detail: detail))
        case .notUTF8(let offset):
            let detail = "the text that begins here is not UTF-8"
            self.init(.malformedJSON, Finding(place: .byte(offset), code: .syntax, detail: detail))
        case .duplicateField(let offset):
            let detail = "this field stood in its object before"
            self.init(.duplicateField, Finding(place: .byte(offset), code: .syntax, detail: detail))
        case .tooDeep(let offset), .tooMany(let offset):
            let detail = "here the body goes past the limits"
            self.init(.tooComplex, Finding(place: .byte(offset), code: .syntax, detail: detail))
        }
    }
}

extension Request {
    /// Whether a body comes with this request (RFC 9112 section 6).
    var hasBody: Bool {
        if headers[.transferEncoding] != nil { return true }
        guard let length = headers[.contentLength] else { return false }
        return length != "0"
    }

    /// Whether the body is JSON as it stands: the right type, UTF-8, not compressed.
    fileprivate var isPlainJSON: Bool {
        if let encoding = headers[.contentEncoding], encoding.lowercased() != "identity" { return false }
        guard let type = headers[.contentType] else { return false }
        let parts = type.split(separator: ";").map { part in
            part.filter { $0 != " " && $0 != "\t" && $0 != "\"" }.lowercased()
        }
        return parts.first == "application/json" && parts.dropFirst().allSatisfy { $0 == "charset=utf-8" }
    }
}
