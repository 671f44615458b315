import Casework
import Foundation
import ServiceLifecycle
import Store
import Synchronization
import Web

/// Looks at the store, the clock and the certificate every few seconds, and says what an operator has to do.
final class ServerWatch: Service {
    private static let interval = Duration.seconds(5)

    private let installation: Installation
    private let certificate: ServerCertificate?
    private let log: ServerLog
    private let time: TimeSource
    private let watch: Mutex<ConditionWatch>

    init(_ installation: Installation, _ certificate: ServerCertificate?, _ log: ServerLog, _ time: TimeSource) {
        self.installation = installation
        self.certificate = certificate
        self.log = log
        self.time = time
        // A log that cannot be read says so by every answer.
        let last = try? installation.deployment.lastRecorded()
        self.watch = Mutex(ConditionWatch(lastRecorded: last, milliseconds: time.monotonicMilliseconds()))
        if installation.settings.diskReserve > 0, !installation.store.hasReserve { log.say(.reserveMissing) }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                self.look()
                // Cancelled when the server stops, and then the loop ends.
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    /// Looks once.
    func look() {
        let notices = watch.withLock { watch in
            watch.notices(
                at: ConditionWatch.Look(
                    store: installation.store.condition,
                    now: time.now(),
                    milliseconds: time.monotonicMilliseconds(),
                    certificateEnds: certificate?.validUntil
                )
            )
        }
        for notice in notices { log.say(notice.event, notice.values) }
        installation.deployment.erasures.retry()
    }
}
