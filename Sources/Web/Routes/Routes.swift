import HTTPTypes

/// The one place where a route is added.
enum Routes {
    /// Every route of the server.
    static func table() -> RouteTable {
        RouteTable([
            Route(method: .get, path: "/healthz", form: .nothing, handler: HealthRoutes.alive),
            Route(method: .get, path: "/problems", form: .textOrJSON, handler: ProblemRoutes.list),
            Route(method: .get, path: "/problems/{code}", form: .textOrJSON, handler: ProblemRoutes.page),
        ])
    }
}
