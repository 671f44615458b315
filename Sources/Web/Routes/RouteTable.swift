import HTTPTypes
import Hummingbird

/// The route table: the router is made from it, and so are 404, 405, `Allow` and OPTIONS.
struct RouteTable: Sendable {
    /// The methods that the server knows at all; others are answered with 501.
    static let knownMethods: Set<HTTPRequest.Method> = [
        .get, .head, .post, .query, .put, .patch, .delete, .options, .trace, .connect,
    ]

    let routes: [Route]
    /// The addresses of the routes, as templates.
    let templates: Set<String>

    init(_ routes: [Route]) {
        self.routes = routes
        templates = Set(routes.map(\.path))
    }

    /// The methods that an address takes, empty when there is nothing at it.
    func methods(at path: String) -> [HTTPRequest.Method] {
        let parts = path.split(separator: "/")
        var methods = routes.filter { Self.template($0.path, matches: parts) }.map(\.method)
        guard !methods.isEmpty else { return [] }
        if methods.contains(.get) { methods.append(.head) }
        methods.append(.options)
        return methods.sorted { $0.rawValue < $1.rawValue }
    }

    private static func template(_ template: String, matches parts: [Substring]) -> Bool {
        let expected = template.split(separator: "/")
        return expected.count == parts.count
            && zip(expected, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }

    /// The router of these routes and no others, behind the edge.
    func router(behind edge: Edge) -> Router<Exchange> {
        let router = Router(context: Exchange.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: edge)
        for route in routes {
            router.on(RouterPath(route.path), method: route.method) { request, exchange in
                Response(try await route.answer(request, in: exchange))
            }
        }
        return router
    }
}
