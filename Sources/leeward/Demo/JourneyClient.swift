import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Speaks to the demonstration's own server, the way any program of a partner would.
struct JourneyClient: Sendable {
    /// What came back: the status, and the body as JSON where there is one.
    struct Answer: Sendable {
        let status: Int
        let etag: String?
        let body: [UInt8]

        /// The body read as a JSON object; empty when it is none.
        var fields: JSONFields { JSONFields(body) }
    }

    let client: HTTPClient
    let address: String

    /// Sends a request and reads the whole answer, at most 8 MiB within 30 seconds.
    func send(
        _ method: String,
        _ path: String,
        _ body: [String: any Sendable]? = nil,
        as token: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: address + path)
        request.method = .RAW(value: method)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            let bytes = try JSONSerialization.data(withJSONObject: body, options: [.sortedKeys])
            request.body = .bytes(ByteBuffer(bytes: bytes))
        }
        let response = try await client.execute(request, timeout: .seconds(30))
        let buffer = try await response.body.collect(upTo: 8 << 20)
        return Answer(
            status: Int(response.status.code),
            etag: response.headers.first(name: "ETag"),
            body: Array(buffer.readableBytesView)
        )
    }
}
