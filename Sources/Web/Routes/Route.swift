import Care
import Casework
import HTTPTypes
import Hummingbird

/// One line of the route table: all that a route asks of a request, and what is done with it.
struct Route: Sendable {
    /// What body a route takes.
    enum Body: Sendable, Equatable {
        case none
        /// A JSON object; the fields named are secrets of its outermost level.
        case json(secrets: Set<String> = [])
        /// A JSON object, or no body, which means an empty object.
        case optionalJSON
    }

    /// In what form a route answers.
    enum Form: Sendable, Equatable {
        case json
        case text
        case textOrJSON
        case nothing
    }

    let method: HTTPRequest.Method
    /// The address as a template, such as `/v1/cases/{case}`.
    let path: String
    /// The act that the handler asks of a desk; nil where it asks nothing of any.
    var act: Act?
    var demands: Demands = []
    /// The parameters that the query may hold.
    var query: [String] = []
    var body: Body = .none
    var form: Form = .json
    let handler: @Sendable (Asked) async throws -> Answer

    /// Checks the request against this line, cheapest first, and only then reads its body and calls the handler.
    func answer(_ request: Request, in exchange: Exchange) async throws -> Answer {
        guard let id = exchange.request, let phrases = exchange.phrases else { throw Problem(.internal) }
        let accept = Accept(request.headers[.accept])
        guard isAcceptable(to: accept) else { throw Problem(.notAcceptable) }
        let queryMembers = try Query.read(request.uri.query, taking: query)
        let bearer = demands.contains(.session) ? request.bearer : nil
        if demands.contains(.session), bearer == nil { throw Problem(.notSignedIn) }
        let key = demands.contains(.idempotencyKey) ? try request.idempotencyKey() : nil
        let heedsVersion =
            demands.contains(.version) || (demands.contains(.versionIfSent) && request.headers[.ifMatch] != nil)
        let version = heedsVersion ? try request.version() : nil
        var content = try await BodyReader.read(request, as: body, in: exchange)
        defer { wipe(&content.bytes) }
        return try await handler(
            Asked(
                request: id,
                prefersJSON: accept.namesJSON,
                phrases: phrases,
                parameters: exchange.parameters,
                queryMembers: queryMembers,
                content: content.value,
                bearer: bearer,
                once: try key.map { try once($0, request, content.bytes) },
                ifMatch: version
            )
        )
    }

    /// The key with all that makes this request another than the next: method, path and body.
    private func once(_ key: String, _ request: Request, _ body: [UInt8]) throws(CaseworkError) -> Once {
        var bytes = Array("\(request.method.rawValue) \(request.uri.path)\n".utf8) + body
        defer { wipe(&bytes) }
        return try Once(key: Array(key.utf8), request: bytes)
    }

    private func isAcceptable(to accept: Accept) -> Bool {
        switch form {
        case .json: accept.takes("application/json")
        case .text: accept.takes("text/plain")
        case .textOrJSON: accept.takes("text/plain") || accept.takes("application/json")
        case .nothing: true
        }
    }
}
