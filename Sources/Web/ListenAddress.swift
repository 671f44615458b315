public import Hummingbird

/// Where the server listens: a loopback address or a unix socket. Plain HTTP is served nowhere else (SECURITY
/// section 9), so nothing else can be written here.
public enum ListenAddress: Hashable, Sendable {
    /// A TCP port of an address in 127.0.0.0/8, or of ::1. Port 0 lets the system choose.
    case loopback(host: String, port: UInt16)
    /// The absolute path of a unix socket, at most 107 bytes (`sun_path` in unix(7)).
    case unixSocket(path: String)

    /// Why an address is not one we listen on.
    public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// One plain sentence that says what to write instead.
        public let description: String
    }

    private static let form = "write 127.0.0.1:8443, [::1]:8443 or unix:/run/leeward/leeward.sock"

    /// Reads `127.0.0.1:8443`, `localhost:8443`, `[::1]:8443` or `unix:/absolute/path`.
    ///
    /// - Throws: `Refusal` for every other address, also for a public one: plain HTTP must not leave the machine.
    public init(_ text: String) throws(Refusal) {
        if text.hasPrefix("unix:") {
            self = try Self.socket(String(text.dropFirst("unix:".count)))
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[text.index(after: colon)...]) else {
            throw Refusal(description: "The address to listen on needs a port: \(Self.form).")
        }
        switch text[..<colon] {
        case "[::1]":
            self = .loopback(host: "::1", port: port)
        case "localhost":
            // Not looked up: the name is whatever the hosts file says, and that need not be this machine.
            self = .loopback(host: "127.0.0.1", port: port)
        case let host where Self.isLoopback(host):
            self = .loopback(host: String(host), port: port)
        default:
            throw Refusal(
                description: "Leeward serves plain HTTP on this machine alone: \(Self.form), "
                    + "and put a TLS proxy of your own in front where others must reach it."
            )
        }
    }

    private static func socket(_ path: String) throws(Refusal) -> ListenAddress {
        guard path.hasPrefix("/"), path.utf8.count > 1, path.utf8.count <= 107, !path.utf8.contains(0) else {
            throw Refusal(
                description: "The path of a unix socket is absolute and has at most 107 bytes: \(Self.form)."
            )
        }
        return .unixSocket(path: path)
    }

    private static func port(_ text: Substring) -> UInt16? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return UInt16(text)
    }

    /// Whether this is a dotted address of 127.0.0.0/8, written without leading zeros (which some readers take as
    /// octal, so the same text would name two machines).
    private static func isLoopback(_ host: Substring) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts.first == "127" else { return false }
        return parts.allSatisfy { part in
            guard let value = UInt8(part) else { return false }
            return String(value) == part
        }
    }

    /// The same for the server.
    public var bindAddress: BindAddress {
        switch self {
        case .loopback(let host, let port): .hostname(host, port: Int(port))
        case .unixSocket(let path): .unixDomainSocket(path: path)
        }
    }
}
