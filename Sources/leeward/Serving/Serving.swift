import Casework
import Directory
import Foundation
import Hummingbird
import Logging
import NIOCore
import Sealing
import ServiceLifecycle
import Synchronization
import UnixSignals
import Web

/// `leeward serve` from its start to its end.
struct Serving: Sendable {
    /// A request in its drain is waited for this long: every timeout of the edge is shorter.
    private static let drain = Duration.seconds(30)

    let settings: ServerSettings
    let time: TimeSource
    let log: ServerLog

    /// Opens the installation, serves until SIGTERM or SIGINT, drains and closes.
    ///
    /// - Throws: ``InstallationError`` when it cannot start, or not close in order.
    func run() async throws(InstallationError) {
        let isLocked = SecureMemory.forbidDumps() && SecureMemory.state == .locked
        // Before anything else: a SIGHUP that comes too early would end the process.
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        let problems = InstallationCheck(settings).problems()
        guard problems.isEmpty else { throw .refused(problems.joined(separator: "\n")) }
        let lock = try settings.data.lock(by: "leeward serve")
        log.say(.started)
        if !isLocked { log.say(.memoryNotLocked) }
        let installation = try Installation.open(settings, holding: lock, time: time)
        let certificate = try CertificateFiles(settings)?.certificate()
        let served: Result<Void, InstallationError>
        do throws(InstallationError) {
            try await serve(installation, certificate, hangups)
            served = .success(())
        } catch {
            served = .failure(error)
        }
        try installation.close()
        removeSocket()
        try served.get()
        log.say(.stopped)
    }

    private func serve(
        _ installation: Installation,
        _ certificate: ServerCertificate?,
        _ hangups: UnixSignalsSequence
    ) async throws(InstallationError) {
        let watch = ServerWatch(installation, certificate, log, time)
        let reload = ReloadService(installation: installation, certificate: certificate, log: log, signals: hangups)
        await reload.recordDirectoryOfStart()
        watch.look()
        let isListening = Mutex(false)
        // A slip in a message file keeps nobody from an answer: English is said, or the bare code. leeward check names it.
        let phrasebook = PhrasebookReader.read(settings.directory).phrasebook
        let interface = HTTPInterface(deployment: installation.deployment, phrasebook: phrasebook) { [log] line in
            log.say(line)
            // Why nothing can be recorded is said at once, not at the next look.
            if line.status == 503 { watch.look() }
        }
        let application: any ServiceLifecycle.Service
        do {
            application = try interface.application(on: settings.listen, certificate: certificate) { port in
                isListening.withLock { $0 = true }
                letGroupIn()
                log.say(.ready, ["address": address(port)])
            }
        } catch {
            throw .refused("\(settings.listen.text): \(error.description)")
        }
        do {
            var configuration = ServiceGroupConfiguration(
                services: [application, watch, reload],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "leeward.services") { _ in SwiftLogNoOpLogHandler() }
            )
            configuration.maximumGracefulShutdownDuration = Self.drain
            try await ServiceGroup(configuration: configuration).run()
        } catch is CancellationError {
            // Somebody's request took longer than the drain.
        } catch {
            guard isListening.withLock({ $0 }) else { throw .cannotListen(at: address(nil), code: Self.code(error)) }
            throw .stopped
        }
    }

    private static func code(_ error: any Error) -> Int {
        (error as? IOError).map { Int($0.errnoCode) } ?? 0
    }

    /// The address with the port that the system chose.
    private func address(_ port: Int?) -> String {
        let scheme = settings.tls == nil ? "http" : "https"
        return switch settings.listen {
        case .loopback(let host, let asked), .network(let host, let asked):
            "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port ?? Int(asked))"
        case .unixSocket(let path): "unix:\(path)"
        }
    }

    /// A socket is there for a proxy that runs as another user: those of the service's group may speak to it. It is less
    /// than what loopback lets every user of the machine do.
    private func letGroupIn() {
        guard case .unixSocket(let path) = settings.listen else { return }
        // Where it fails the socket stays its owner's alone.
        try? FileManager.default.setAttributes([.posixPermissions: 0o660], ofItemAtPath: path)
    }

    private func removeSocket() {
        guard case .unixSocket(let path) = settings.listen else { return }
        // The next start replaces one that stays behind.
        try? FileManager.default.removeItem(atPath: path)
    }
}
