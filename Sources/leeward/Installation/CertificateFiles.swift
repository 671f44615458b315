import DataFiles
import Foundation
import Sealing
import Web

/// The two PEM files of TLS.
struct CertificateFiles: Sendable {
    /// A chain of ten certificates has under 30 kB; a key has under 4.
    private static let mostBytes = 262_144

    let files: ServerSettings.TLSFiles
    let systemdCredentials: String?

    /// Nil where plain HTTP is served.
    init?(_ settings: ServerSettings) {
        guard let files = settings.tls else { return nil }
        self.files = files
        self.systemdCredentials = settings.systemdCredentials
    }

    /// Reads both.
    ///
    /// - Throws: ``InstallationError/refused(_:)`` with what to do.
    func certificate() throws(InstallationError) -> ServerCertificate {
        try using { chain, key throws(ServerCertificate.Refusal) in try ServerCertificate(chain: chain, key: key) }
    }

    /// Reads both again and gives them to new connections.
    ///
    /// - Throws: ``InstallationError/refused(_:)`` with what to do; the old ones then stay.
    func replace(_ certificate: ServerCertificate) throws(InstallationError) {
        try using { chain, key throws(ServerCertificate.Refusal) in try certificate.replace(chain: chain, key: key) }
    }

    private func using<Value>(
        _ body: ([UInt8], [UInt8]) throws(ServerCertificate.Refusal) -> Value
    ) throws(InstallationError) -> Value {
        guard let handle = FileHandle(forReadingAtPath: files.certificate),
            // Not to be read is as good as not there.
            let chain = try? handle.read(upToCount: Self.mostBytes)
        else {
            throw .refused(
                "\(files.certificate): the certificate cannot be read; put it there, or let this user read it"
            )
        }
        let result: Result<Value, ServerCertificate.Refusal>
        do {
            result = try SecretFile.withBytes(
                of: files.key,
                inSystemdFolder: systemdCredentials,
                atMost: Self.mostBytes
            ) { key in
                Result { () throws(ServerCertificate.Refusal) in try body(Array(chain), key) }
            }
        } catch {
            throw .refused(error.sentence(files.key, "the certificate's key"))
        }
        switch result {
        case .success(let value): return value
        case .failure(.noCertificate): throw .refused("\(files.certificate): there is no certificate in it; write PEM")
        case .failure(.noKey):
            throw .refused("\(files.key): there is no key in it that opens without a passphrase; write PEM")
        case .failure(.otherKey):
            throw .refused(
                "\(files.key): this is not the key of \(files.certificate); put both files of one pair there"
            )
        }
    }
}
