import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// An answer of the server with what a rig looks at.
struct Reply: Sendable {
    let status: Int
    /// The id under which its entry stands in the log.
    let request: String
    /// The version of the case or referral after it, from its ETag.
    let version: Int?
    let body: [UInt8]

    /// A text of the outermost level.
    func text(_ name: String) -> String? { object[name] as? String }

    /// The objects of a list of the outermost level.
    func list(_ name: String) -> [[String: Any]] { object[name] as? [[String: Any]] ?? [] }

    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }

    /// A client that does not go on trying to connect: a server that is gone is gone.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// Sends a request, without trying again: whoever cannot be reached was not answered.
    static func to(
        _ method: HTTPMethod,
        _ url: String,
        json: String? = nil,
        token: String? = nil,
        key: String? = nil,
        version: Int? = nil
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: url)
        request.method = method
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let key { request.headers.add(name: "Idempotency-Key", value: key) }
        if let version { request.headers.add(name: "If-Match", value: "\"\(version)\"") }
        if let json {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: json))
        }
        let response = try await client.execute(request, timeout: .seconds(30))
        let buffer = try await response.body.collect(upTo: 8 << 20)
        let etag = response.headers.first(name: "ETag")
        return Reply(
            status: Int(response.status.code),
            request: response.headers.first(name: "Request-Id") ?? "",
            version: etag.flatMap { Int($0.filter(\.isNumber)) },
            body: Array(buffer.readableBytesView)
        )
    }
}
