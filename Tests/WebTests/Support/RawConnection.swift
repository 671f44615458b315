import Dispatch
import Foundation
import Web

/// A bare socket, for what an HTTP client would not send: bodies in chunks, broken messages, a unix socket.
struct RawConnection {
    struct Failure: Error {
        let call: String
        let code: Int32
    }

    private let socket: Int32

    /// Sends these bytes on a fresh connection and reads until one whole answer has come or the server has closed;
    /// with `untilClosed`, until the server has closed. It runs on a thread of its own: the server needs those of the
    /// tests.
    static func answer(
        to bytes: [UInt8],
        at address: ListenAddress,
        untilClosed: Bool = false
    ) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try RawConnection(address).exchange(bytes, untilClosed) })
            }
        }
    }

    private init(_ address: ListenAddress) throws {
        var result: Int32
        switch address {
        case .loopback(_, let port), .network(_, let port):
            socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_port = port.bigEndian
            name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let descriptor = socket
            result = unsafe withUnsafeBytes(of: &name) { raw in
                unsafe connect(descriptor, raw.assumingMemoryBound(to: sockaddr.self).baseAddress, size)
            }
        case .unixSocket(let path):
            socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &name.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
            let size = socklen_t(MemoryLayout<sockaddr_un>.size)
            let descriptor = socket
            result = unsafe withUnsafeBytes(of: &name) { raw in
                unsafe connect(descriptor, raw.assumingMemoryBound(to: sockaddr.self).baseAddress, size)
            }
        }
        guard result == 0 else { throw Failure(call: "connect", code: errno) }
        var patience = timeval(tv_sec: 45, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        unsafe setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    }

    private func exchange(_ bytes: [UInt8], _ untilClosed: Bool) throws -> String {
        defer { close(socket) }
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { raw in
                unsafe send(
                    socket,
                    raw.baseAddress?.advanced(by: sent),
                    bytes.count - sent,
                    Int32(MSG_NOSIGNAL)
                )
            }
            // A server that has answered and closed takes no more: what it said is read below.
            guard count > 0 else { break }
            sent += count
        }
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while untilClosed || !Self.isWhole(answer) {
            let count = unsafe recv(socket, &piece, piece.count, 0)
            guard count >= 0 else { throw Failure(call: "recv", code: errno) }
            guard count > 0 else { break }
            answer += piece[..<count]
        }
        return String(decoding: answer, as: UTF8.self)
    }

    private static func isWhole(_ answer: [UInt8]) -> Bool {
        let text = String(decoding: answer, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return false }
        let length = text[..<end.lowerBound].split(separator: "\r\n")
            .first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)) }
        return text[end.upperBound...].utf8.count >= length ?? 0
    }
}
