/// What is logged of one request, and all of it: codes from fixed lists and the request id. No path, no query, no
/// address, no user agent, no text of an error has a place in it.
public struct AnsweredLine: Hashable, Sendable, CustomStringConvertible {
    /// The id that stands in the answer and in the audit log.
    public let requestID: String
    /// The method, or `-` for one that the server does not know.
    public let method: String
    /// The template of the route from the route table, such as `/v1/cases/{case}`, or `-` where none matched.
    public let route: String
    /// The status of the answer.
    public let status: Int
    /// From the head of the request to the head of the answer.
    public let milliseconds: Int
    /// The code of the problem that was answered, if it was one.
    public let problem: String?
    /// The code of the refusal, gate, state or row behind the problem, if there is one.
    public let reason: String?

    /// The line as text: `POST /v1/session 401 sign-in-failed q…`.
    public var description: String {
        let codes = [problem, reason].compactMap { $0 }.map { " \($0)" }.joined()
        return "\(method) \(route) \(status)\(codes) \(requestID)"
    }
}
