public import Hummingbird

/// Where the server listens: on this machine alone, or for others too, and then with TLS (SECURITY section 9;
/// ``HTTPInterface/application(on:certificate:whenListening:)`` refuses it without).
public enum ListenAddress: Hashable, Sendable {
    /// A TCP port of an address in 127.0.0.0/8, or of ::1. Port 0 lets the system choose.
    case loopback(host: String, port: UInt16)
    /// The absolute path of a unix socket, at most 107 bytes (`sun_path` in unix(7)).
    case unixSocket(path: String)
    /// A TCP port of any other address of this machine, `0.0.0.0` and `::` for all of them.
    case network(host: String, port: UInt16)

    /// Why an address is not one we listen on.
    public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// One plain sentence that says what to write instead.
        public let description: String

        static let withoutCertificate = Refusal(
            description:
                "Others could read along: this address is served with TLS alone. Write a certificate and its key, or "
                + "listen on 127.0.0.1:8443."
        )
        static let unusableCertificate = Refusal(
            description:
                "The certificate and the key do not belong together, or are none. Write the two PEM files of one key."
        )
    }

    private static let form =
        "write 127.0.0.1:8443, [::1]:8443 or unix:/run/leeward/leeward.sock, or with a certificate 0.0.0.0:8443 or [::]:8443"

    /// Reads `127.0.0.1:8443`, `localhost:8443`, `[::1]:8443`, `unix:/absolute/path`, or the digits of another address.
    ///
    /// - Throws: `Refusal` for everything else, also for a name: what it leads to can change without anybody's notice.
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
        case let host where Self.isDotted(host):
            self =
                host.hasPrefix("127.")
                ? .loopback(host: String(host), port: port) : .network(host: String(host), port: port)
        case let host where host.hasPrefix("[") && host.hasSuffix("]") && Self.isColonned(host.dropFirst().dropLast()):
            self = .network(host: String(host.dropFirst().dropLast()), port: port)
        default:
            throw Refusal(description: "The address to listen on is written in digits: \(Self.form).")
        }
    }

    /// Whether the address can be reached from this machine alone, so that plain HTTP may be served there.
    public var isLocal: Bool {
        switch self {
        case .loopback, .unixSocket: true
        case .network: false
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

    /// Whether this is a dotted address, written without leading zeros (which some readers take as octal, so the same text
    /// would name two machines).
    private static func isDotted(_ host: Substring) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return false }
        return parts.allSatisfy { part in
            guard let value = UInt8(part) else { return false }
            return String(value) == part
        }
    }

    /// Whether this is an IPv6 address in hexadecimal groups, with at most one `::`. One with a dotted end (which can hide
    /// 127.0.0.1) or a zone is not taken.
    private static func isColonned(_ host: Substring) -> Bool {
        let halves = host.split(separator: "::", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count) else { return false }
        let groups = halves.flatMap { $0.isEmpty ? [] : $0.split(separator: ":", omittingEmptySubsequences: false) }
        guard halves.count == 2 ? groups.count < 8 : groups.count == 8 else { return false }
        return groups.allSatisfy { (1...4).contains($0.utf8.count) && $0.utf8.allSatisfy(Self.isHexadecimal) }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    /// As it is written in the settings.
    public var text: String {
        switch self {
        case .loopback(let host, let port), .network(let host, let port):
            host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unixSocket(let path): "unix:\(path)"
        }
    }

    /// The same for the server.
    public var bindAddress: BindAddress {
        switch self {
        case .loopback(let host, let port), .network(let host, let port): .hostname(host, port: Int(port))
        case .unixSocket(let path): .unixDomainSocket(path: path)
        }
    }
}
