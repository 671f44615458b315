import Care
import Casework
import Directory
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization
import Web

/// Leeward's own server and, in the same process on the same event loops with the same settings, a bare Hummingbird that
/// answers `hello`.
struct Servers: Sendable {
    let leeward: String
    let bare: String

    /// Runs both for as long as the block takes; Leeward speaks with the messages of the repository.
    static func running<Answer: Sendable>(
        over deployment: Deployment,
        repository: URL,
        _ block: (Servers) async throws -> Answer
    ) async throws -> Answer {
        let listening = Listening()
        let phrasebook = PhrasebookReader.read(
            repository.appending(path: "Directory").path,
            saying: HTTPInterface.phrases
        )
        .phrasebook
        let leeward = try HTTPInterface(deployment: deployment, phrasebook: phrasebook, record: { _ in })
            .application(on: ListenAddress("127.0.0.1:0")) { listening.isUp(leeward: $0) }
        let bare = bareApplication { listening.isUp(bare: $0) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await leeward.run() }
            group.addTask { try await bare.run() }
            defer { group.cancelAll() }
            let ports = try await listening.ports
            return try await block(
                Servers(leeward: "http://127.0.0.1:\(ports.leeward)", bare: "http://127.0.0.1:\(ports.bare)/hello")
            )
        }
    }

    /// The settings are those of `HTTPInterface.application` and of the limits in `Sources/Web`.
    private static func bareApplication(
        whenListening: @escaping @Sendable (Int) -> Void
    ) -> some ApplicationProtocol {
        let logger = Logger(label: "bare") { _ in SwiftLogNoOpLogHandler() }
        let router = Router()
        router.get("hello") { _, _ in "hello" }
        return Application(
            router: router,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8192,
                        maxHeaderListSize: 16_384,
                        maxHeaderFieldCount: 64
                    )
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname("127.0.0.1", port: 0),
                availableConnectionsDelegate: .maximum(1024, logger: logger)
            ),
            onServerRunning: { channel in whenListening(channel.localAddress?.port ?? 0) },
            logger: logger
        )
    }

    /// The ports, once both have one.
    private final class Listening: Sendable {
        private struct State {
            var leeward: Int?
            var bare: Int?
        }

        private let state = Mutex(State())

        func isUp(leeward port: Int?) { state.withLock { $0.leeward = port } }
        func isUp(bare port: Int) { state.withLock { $0.bare = port } }

        var ports: (leeward: Int, bare: Int) {
            get async throws {
                for _ in 0..<500 {
                    let now = state.withLock { ($0.leeward, $0.bare) }
                    if let leeward = now.0, let bare = now.1 { return (leeward, bare) }
                    try await Task.sleep(for: .milliseconds(10))
                }
                throw BenchmarkFailure("the servers did not start within five seconds")
            }
        }
    }
}
