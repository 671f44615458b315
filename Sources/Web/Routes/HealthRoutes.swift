/// Whether the server lives and can work.
enum HealthRoutes {
    /// The process answers. It touches nothing, so that a fault of the store does not restart the process.
    @Sendable static func alive(_ asked: Asked) async throws -> Answer { .nothing }
}
