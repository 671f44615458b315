import Care
import Casework
import Directory
import HTTPTypes
import Hummingbird
import NIOCore

/// The outermost middleware, in place of Hummingbird's own, which write whole URIs to the log and leave errors without
/// headers (EXPERIENCE section 4, trap 3). It gives the request its id, turns every error into a problem, puts the security
/// headers on every answer, and logs codes alone.
struct Edge: RouterMiddleware {
    typealias Context = Exchange

    let table: RouteTable
    let phrasebook: Phrasebook
    let headers: HTTPFields
    let newRequest: @Sendable () -> Care.RequestID
    /// Milliseconds on a clock that never goes back.
    let milliseconds: @Sendable () -> Int64
    let record: @Sendable (AnsweredLine) -> Void

    @concurrent
    func handle(
        _ request: Request,
        context: Exchange,
        next: @concurrent (Request, Exchange) async throws -> Response
    ) async throws -> Response {
        var exchange = context
        let id = newRequest()
        let begun = milliseconds()
        exchange.request = id
        let phrases = AcceptLanguage(request.headers[.acceptLanguage]).phrases(of: phrasebook)
        exchange.phrases = phrases
        var response: Response
        var problem: Problem?
        do {
            guard Self.isPlain(request.uri.path) else { throw Problem(.notFound) }
            response = try await next(request, exchange)
        } catch {
            switch outcome(of: error, for: request) {
            case .methods(let methods):
                response = Response(Self.options(methods))
            case .problem(let found):
                problem = found
                response = Response(found.answer(requestID: id.text, in: phrases))
            }
        }
        if problem != nil, request.hasBody, !exchange.bodyIsRead.isSet {
            // What the caller still sends is not worth waiting for; it is given time to read the answer.
            response.headers[.connection] = "close"
            exchange.closeConnection(after: .seconds(Limits.lingerSeconds))
        }
        for field in headers { response.headers[field.name] = field.value }
        response.headers[.vary] = "Accept, Accept-Language"
        response.headers[.requestID] = id.text
        record(
            line(
                for: request,
                id,
                exchange: exchange,
                status: response.status.code,
                milliseconds: Int(milliseconds() - begun),
                problem: problem
            )
        )
        return request.method == .head ? response.createHeadResponse() : response
    }

    private enum Outcome {
        case problem(Problem)
        /// Not an error at all: the caller asked which methods the path takes.
        case methods([HTTPRequest.Method])
    }

    private func outcome(of error: any Error, for request: Request) -> Outcome {
        switch error {
        case let problem as Problem: return .problem(problem)
        case let refusal as CaseworkError: return .problem(Problem(answering: refusal))
        case let error as HTTPError where error.status == .notFound: return miss(request)
        // The error itself may hold what was asked or found, so it goes no further.
        default: return .problem(Problem(.internal))
        }
    }

    /// No route has this path with this method.
    private func miss(_ request: Request) -> Outcome {
        guard RouteTable.knownMethods.contains(request.method) else { return .problem(Problem(.methodUnknown)) }
        let methods = table.methods(at: request.uri.path)
        guard !methods.isEmpty else { return .problem(Problem(.notFound)) }
        guard request.method != .options else { return .methods(methods) }
        var problem = Problem(.methodNotAllowed)
        problem.allowed = methods
        return .problem(problem)
    }

    private static func options(_ methods: [HTTPRequest.Method]) -> Answer {
        var answer = Answer.nothing
        answer.headers[.allow] = methods.map(\.rawValue).joined(separator: ", ")
        if methods.contains(.post) { answer.headers[.acceptPost] = "application/json" }
        if methods.contains(.query) { answer.headers[.acceptQuery] = "application/json" }
        return answer
    }

    /// Whether a path could be one of ours: one form for each address, nothing escaped, no empty part.
    private static func isPlain(_ path: String) -> Bool {
        guard path.utf8.count <= Limits.pathCharacters, path.hasPrefix("/"), !path.utf8.contains(UInt8(ascii: "%"))
        else { return false }
        return path == "/" || !path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).contains("")
    }

    private func line(
        for request: Request,
        _ id: Care.RequestID,
        exchange: Exchange,
        status: Int,
        milliseconds: Int,
        problem: Problem?
    ) -> AnsweredLine {
        let template = exchange.endpointPath ?? ""
        return AnsweredLine(
            requestID: id.text,
            method: RouteTable.knownMethods.contains(request.method) ? request.method.rawValue : "-",
            route: table.templates.contains(template) ? template : "-",
            status: status,
            milliseconds: milliseconds,
            problem: problem?.kind.rawValue,
            reason: problem?.reason.flatMap { Problem.isCode($0) ? $0 : nil }
        )
    }
}

extension Response {
    init(_ answer: Answer) {
        let body = answer.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        self.init(status: answer.status, headers: answer.headers, body: body)
    }
}
