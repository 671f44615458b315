import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

/// The same edge on a real socket.
@Suite struct LiveEdgeTests {
    private func chunked(_ path: String, _ chunk: String, count: Int) -> [UInt8] {
        var bytes = Array(
            "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                .utf8
        )
        let piece = Array("\(String(chunk.utf8.count, radix: 16))\r\n\(chunk)\r\n".utf8)
        for _ in 0..<count { bytes += piece }
        return bytes + Array("0\r\n\r\n".utf8)
    }

    @Test func `a connection serves a good request after each refused one`() async throws {
        let desk = TestDesk()
        try await desk.application.test(.live) { client in
            for body in ["{", #"{"text":1}"#, #"{"text":"hello"}"#, #"{"text":"a","b":1}"#, #"{"text":"hello"}"#] {
                let answer = try await client.send(.post, "/notes", body)
                #expect(answer.headers[.connection] == nil)
                #expect(answer.headers[.requestID] != nil)
            }
            let head = try await client.send(.head, "/nothing")
            #expect(head.status == .notFound)
            try await client.send(.get, "/nothing").expect(.notFound)
        }
        #expect(desk.deeds == ["note hello 0 ", "note hello 0 "])
    }

    @Test func `ten megabytes with a length are refused at once`() async throws {
        let desk = TestDesk()
        try await desk.application.test(.live) { client in
            let answer = try await client.send(.post, "/notes", String(repeating: "a", count: 10_485_760))
            try answer.expect(.bodyTooLarge)
            #expect(answer.headers[.connection] == "close")
        }
        #expect(desk.deeds.isEmpty)
    }

    @Test func `ten megabytes in chunks are refused after the first, with a clear problem`() async throws {
        let desk = TestDesk()
        try await desk.application.test(.live) { client in
            let address = ListenAddress.loopback(host: "127.0.0.1", port: UInt16(try #require(client.port)))
            let body = chunked("/notes", String(repeating: "a", count: 65_536), count: 160)
            let answer = try await RawConnection.answer(to: body, at: address)
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.contains("\"type\":\"/problems/body-too-large\""))
            #expect(answer.lowercased().contains("connection: close"))
            let small = try await RawConnection.answer(
                to: chunked("/notes", #"{"text":"hello"}"#, count: 1),
                at: address
            )
            #expect(small.hasPrefix("HTTP/1.1 201 "))
        }
        #expect(desk.deeds == ["note hello 0 "])
    }

    @Test func `a body that is cut off is refused and changes nothing`() async throws {
        let desk = TestDesk()
        try await desk.application.test(.live) { client in
            let address = ListenAddress.loopback(host: "127.0.0.1", port: UInt16(try #require(client.port)))
            let broken =
                "POST /notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzq7\r\n"
            let answer = try await RawConnection.answer(to: Array(broken.utf8), at: address)
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
            #expect(!answer.contains("zq7"))
            let headers = "GET /notes HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 20_000))\r\n\r\n"
            let tooLong = try await RawConnection.answer(to: Array(headers.utf8), at: address)
            #expect(tooLong.hasPrefix("HTTP/1.1 400 "))
        }
        #expect(desk.deeds.isEmpty)
    }

    @Test(arguments: [("10485760", "{", "413"), ("200", "{", "")])
    func `a body that is refused, or never ends, does not hold its connection`(
        length: String,
        sent: String,
        status: String
    ) async throws {
        let desk = TestDesk()
        try await desk.application.test(.live) { client in
            let address = ListenAddress.loopback(host: "127.0.0.1", port: UInt16(try #require(client.port)))
            let head =
                "POST /notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: \(length)\r\n\r\n"
            // The server closes after its 5 or 10 seconds; were it not to, reading would fail after 45.
            let answer = try await RawConnection.answer(to: Array((head + sent).utf8), at: address, untilClosed: true)
            #expect(status.isEmpty || answer.hasPrefix("HTTP/1.1 \(status) "))
        }
        #expect(desk.deeds.isEmpty)
    }

    @Test func `a password that came over a socket reaches the desk whole`() async throws {
        let desk = TestDesk()
        try await desk.application.test(.live) { client in
            for _ in 0..<3 {
                try await client.send(.post, "/session", #"{"name":"amara","password":"zq7marker"}"#).expect(
                    .signInFailed
                )
            }
        }
        #expect(desk.passwordsGiven == Array(repeating: Array(Marker.text.utf8), count: 3))
    }

    @Test func `the server listens on a unix socket`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(
            path: "leeward-\(ProcessInfo.processInfo.processIdentifier).sock"
        ).path
        let address = try ListenAddress("unix:\(path)")
        let desk = TestDesk()
        let (listening, whenListening) = AsyncStream.makeStream(of: Int?.self)
        let application = try desk.interface.application(on: address) { whenListening.yield($0) }
        let server = Task { try await application.run() }
        for await port in listening {
            #expect(port == nil)
            break
        }
        let answer = try await RawConnection.answer(
            to: Array("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n".utf8),
            at: address
        )
        #expect(answer.hasPrefix("HTTP/1.1 200 "))
        #expect(answer.hasSuffix("plain"))
        server.cancel()
        _ = try? await server.value
        try? FileManager.default.removeItem(atPath: path)
    }
}
