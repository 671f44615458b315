import Care
import Casework
import Directory
import Hummingbird

/// One request as a handler sees it: already checked against its line in the route table, so a handler is parse, desk
/// call, answer.
struct Asked: Sendable {
    /// The id of this request, as it stands in the answer and in the audit log.
    let request: Care.RequestID
    /// Whether the caller named JSON in `Accept`, where a route gives more than one form.
    let prefersJSON: Bool
    /// What to say to the reader, in their language.
    let phrases: Phrases
    let parameters: Parameters
    let queryMembers: [JSONValue.Member]
    let content: JSONValue?
    let bearer: SecretBytes?
    let once: Once?
    let ifMatch: Int?

    /// The bytes of the bearer token; whoever takes them overwrites them.
    func token() throws(Problem) -> [UInt8] {
        guard let bearer else { throw Problem(.notSignedIn) }
        return bearer.take()
    }

    /// The caller's `Idempotency-Key` with the request that it came with.
    func idempotency() throws(Problem) -> Once {
        guard let once else { throw Problem(.idempotencyKey) }
        return once
    }

    /// The version that the caller has read, from `If-Match`.
    func version() throws(Problem) -> Int {
        guard let ifMatch else { throw Problem(.versionMissing) }
        return ifMatch
    }

    /// Whoever is signed in by the bearer token, whose bytes are overwritten.
    func signedIn(at desk: SignInDesk) throws -> SignedIn {
        var token = try token()
        defer { wipe(&token) }
        return try desk.signedIn(bearer: token)
    }

    /// The value in the path under that name. One that cannot be such a value is not found, like one that is not there.
    func path<Value>(
        _ name: String,
        missing: ProblemKind = .notFound,
        _ parse: (String) -> Value?
    ) throws(Problem) -> Value {
        guard let text = parameters.get(name), let value = parse(text) else { throw Problem(missing) }
        return value
    }

    /// Refuses a body that holds a field, where there is nothing to say.
    func nothingInBody() throws(Problem) { try body { _ in } }

    /// The fields of the body.
    func body<Value>(_ read: @escaping @Sendable (Fields) throws -> Value) throws(Problem) -> Value {
        let findings = Findings()
        let shape = Shape<Value>.object(read)
        let result = shape.read(content ?? .object([]), at: .body(""), noting: findings)
        if let problem = findings.problem(unknown: .unknownField, invalid: .invalidValue) { throw problem }
        guard case .value(let value) = result else { throw Problem(.internal) }
        return value
    }

    /// The parameters of the query.
    func query<Value>(_ read: @escaping @Sendable (Fields) throws -> Value) throws(Problem) -> Value {
        let findings = Findings()
        let shape = Shape<Value>.object(read)
        let result = shape.read(.object(queryMembers), at: .query, noting: findings)
        if let problem = findings.problem(unknown: .unknownParameter, invalid: .invalidParameter) { throw problem }
        guard case .value(let value) = result else { throw Problem(.internal) }
        return value
    }
}
