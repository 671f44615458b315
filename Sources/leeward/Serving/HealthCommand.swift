import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import Web

/// Asks the server of an installation whether it is ready; what a container's health check runs.
struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask the running server whether it is ready. Exits 0 when it is, else 1."
    )

    /// A server that needs longer is not well.
    private static let patience = TimeAmount.seconds(5)
    private static let mostBytes = 65_536

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try options.settings()
        var configuration = HTTPClient.Configuration()
        var tls = TLSConfiguration.makeClientConfiguration()
        // It speaks with its own machine, under no name that a certificate could hold, and says and learns no secret.
        tls.certificateVerification = .none
        configuration.tlsConfiguration = tls
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let answer: (status: Int, body: [UInt8])?
        do {
            let response = try await client.execute(HTTPClientRequest(url: Self.url(settings)), timeout: Self.patience)
            let body = try await response.body.collect(upTo: Self.mostBytes)
            answer = (Int(response.status.code), Array(body.readableBytesView))
        } catch {
            answer = nil
        }
        try await client.shutdown()
        guard let answer else {
            Terminal.err("no answer at \(settings.listen.text)")
            throw ExitCode.failure
        }
        guard answer.status == 200 else {
            Terminal.err("not ready: \(Self.failing(answer.body).joined(separator: ", "))")
            throw ExitCode.failure
        }
        Terminal.out("ready")
    }

    private static func url(_ settings: ServerSettings) -> String {
        let scheme = settings.tls == nil ? "http" : "https"
        switch settings.listen {
        case .loopback(let host, let port): return "\(scheme)://\(bracketed(host)):\(port)/readyz"
        case .network(let host, let port):
            // All addresses of the machine: one that is always among them.
            let own = host == "0.0.0.0" ? "127.0.0.1" : host == "::" ? "::1" : host
            return "\(scheme)://\(bracketed(own)):\(port)/readyz"
        case .unixSocket(let path):
            let escaped = path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? path
            return "\(scheme)+unix://\(escaped)/readyz"
        }
    }

    private static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }

    /// The checks that failed, by name.
    private static func failing(_ body: [UInt8]) -> [String] {
        struct Readiness: Decodable {
            let checks: [String: Bool]
        }
        // An answer of another form names nothing.
        guard let readiness = try? JSONDecoder().decode(Readiness.self, from: Data(body)) else { return ["unknown"] }
        return readiness.checks.filter { !$0.value }.keys.sorted()
    }
}
