public import Foundation

/// A certificate for 127.0.0.1 that vouches for itself, made with `openssl` for one test.
public struct MadeCertificate: Sendable {
    /// PEM of the certificate.
    public let certificate: URL
    /// PEM of its key, readable by its owner alone.
    public let key: URL

    /// Whether the command is on this machine.
    public static var canBeMade: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl") }

    /// Makes a pair of files in a folder.
    ///
    /// - Throws: `CocoaError` when `openssl` cannot be run or fails.
    public init(named name: String, in folder: URL) throws {
        certificate = folder.appending(path: "\(name)-certificate.pem")
        key = folder.appending(path: "\(name)-key.pem")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "60",
            "-subj", "/CN=\(name).invented.example", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
            "-keyout", key.path, "-out", certificate.path,
        ]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
    }
}
