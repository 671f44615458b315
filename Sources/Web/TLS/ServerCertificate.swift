public import Foundation
import HummingbirdCore
import HummingbirdTLS
import NIOCore
import NIOSSL
import Synchronization

/// The certificate and key that new connections are given. Others take their place while the server runs; connections
/// that stand keep what they began with.
public final class ServerCertificate: Sendable {
    /// Why a certificate is not taken.
    public enum Refusal: Error, Hashable, Sendable {
        /// The text holds no certificate in PEM.
        case noCertificate
        /// The text holds no private key in PEM, or one under a passphrase.
        case noKey
        /// The key is not that of the first certificate.
        case otherKey
    }

    private let pair: Mutex<Pair>

    /// A chain and its key, which belong together.
    private struct Pair {
        let chain: [NIOSSLCertificate]
        let key: NIOSSLPrivateKey
        let validUntil: Date

        init(chain text: [UInt8], key keyText: [UInt8]) throws(Refusal) {
            guard let chain = try? NIOSSLCertificate.fromPEMBytes(text), let first = chain.first else {
                throw .noCertificate
            }
            guard let key = try? NIOSSLPrivateKey(bytes: keyText, format: .pem) else { throw .noKey }
            self.chain = chain
            self.key = key
            self.validUntil = Date(timeIntervalSince1970: Double(first.notValidAfter))
            // libcrypto compares the two when it takes them up.
            guard (try? NIOSSLContext(configuration: configuration)) != nil else { throw .otherKey }
        }

        /// TLS 1.3 and nothing older (SECURITY section 9).
        var configuration: TLSConfiguration {
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
            configuration.minimumTLSVersion = .tlsv13
            configuration.applicationProtocols = ["http/1.1"]
            return configuration
        }
    }

    /// A chain, the server's own certificate first, and its key, both as PEM.
    ///
    /// - Throws: ``Refusal``.
    public init(chain: [UInt8], key: [UInt8]) throws(Refusal) {
        self.pair = Mutex(try Pair(chain: chain, key: key))
    }

    /// Puts others in their place, for connections that begin from now on.
    ///
    /// - Throws: ``Refusal``; the old ones then stay.
    public func replace(chain: [UInt8], key: [UInt8]) throws(Refusal) {
        let newer = try Pair(chain: chain, key: key)
        pair.withLock { $0 = newer }
    }

    /// When the certificate ends.
    public var validUntil: Date { pair.withLock { $0.validUntil } }

    /// The server over TLS.
    func securing(_ plain: HTTPServerBuilder) throws(ListenAddress.Refusal) -> HTTPServerBuilder {
        var configuration = pair.withLock { $0.configuration }
        // Asked at the beginning of each connection.
        configuration.sslContextCallback = { [self] _, promise in
            let (chain, key) = pair.withLock { ($0.chain, $0.key) }
            var other = NIOSSLContextConfigurationOverride()
            other.certificateChain = chain.map { .certificate($0) }
            other.privateKey = .privateKey(key)
            promise.succeed(other)
        }
        do {
            return try .tls(plain, tlsConfiguration: configuration)
        } catch {
            throw .unusableCertificate
        }
    }
}
