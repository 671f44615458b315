import Casework
import HTTPTypes

/// Whether the server lives and can work. Neither answer names a version.
struct HealthRoutes: Sendable {
    let deployment: Deployment

    private struct Readiness: Encodable {
        let ready: Bool
        let checks: [String: Bool]
    }

    /// The process answers. It touches nothing, so that a fault of the store does not restart the process.
    @Sendable static func alive(_ asked: Asked) async throws -> Answer { .nothing }

    /// Whether every part that work needs is there, by name.
    func ready(_ asked: Asked) async throws -> Answer {
        let checks = deployment.readiness()
        let isReady = checks.allSatisfy(\.isReady)
        return .json(
            Readiness(
                ready: isReady,
                checks: Dictionary(checks.map { ($0.name, $0.isReady) }, uniquingKeysWith: { $0 && $1 })
            ),
            status: isReady ? .ok : .serviceUnavailable
        )
    }
}
