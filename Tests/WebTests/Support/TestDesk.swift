import Care
import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization
import Testing

@testable import Web

/// A server of a few routes of its own behind the real edge. It counts what its handlers were asked to do, so a test
/// can see that a refused request changed nothing.
final class TestDesk: Sendable {
    private let lines = Mutex<[AnsweredLine]>([])
    private let done = Mutex<[String]>([])
    private let passwords = Mutex<[[UInt8]]>([])

    var deeds: [String] { done.withLock { $0 } }
    var logged: [AnsweredLine] { lines.withLock { $0 } }
    var passwordsGiven: [[UInt8]] { passwords.withLock { $0 } }

    private func did(_ deed: String) { done.withLock { $0.append(deed) } }

    struct Note: Encodable {
        let id: String
        let age: Int?
    }

    enum Mood: String, CaseIterable {
        case calm
        case worried
    }

    enum Fault: Error { case secretInside(String) }

    var table: RouteTable {
        RouteTable([
            Route(method: .post, path: "/notes", body: .json()) { asked in
                let (text, age, moods, place) = try asked.body { fields in
                    try fields.all(
                        fields.required("text", .text(1...20)),
                        fields.optional("age", .whole(0...17)),
                        fields.optional("moods", .list(of: Shape<Mood>.word, count: 0...3), otherwise: []),
                        fields.optional(
                            "place",
                            .object { place in
                                try place.all(
                                    place.required("town", .text(1...20)),
                                    place.optional("indoors", .flag, otherwise: false)
                                )
                            }
                        )
                    )
                }
                self.did("note \(text) \(moods.count) \(place?.0 ?? "")")
                return .json(Note(id: "1", age: age), status: .created, version: 1, location: "/notes/1")
            },
            Route(method: .get, path: "/notes", query: ["box", "limit"]) { asked in
                let (mood, limit) = try asked.query { fields in
                    try fields.all(
                        fields.optional("box", Shape<Mood>.word),
                        fields.optional("limit", .digits(1...200), otherwise: 50)
                    )
                }
                self.did("list \(mood?.rawValue ?? "all") \(limit)")
                return .json(Note(id: "1", age: limit))
            },
            Route(method: .get, path: "/notes/{note}", demands: .session) { asked in
                let id = try asked.path("note") { $0 == "1" ? $0 : nil }
                var token = try asked.token()
                self.did("read \(String(decoding: token, as: UTF8.self))")
                wipe(&token)
                return .json(Note(id: id, age: nil), version: 3)
            },
            Route(
                method: .post,
                path: "/notes/{note}/changes",
                demands: [.idempotencyKey, .version],
                body: .optionalJSON
            ) { asked in
                _ = try asked.idempotency()
                self.did("change \(try asked.version())")
                return .json(Note(id: "1", age: nil), version: 4)
            },
            Route(method: .query, path: "/lookup", body: .json()) { asked in
                let needs = try asked.body { try $0.all($0.required("needs", .list(of: .text(1...20), count: 1...5))) }
                self.did("look up \(needs.count)")
                return .json(Note(id: "1", age: needs.count))
            },
            Route(method: .post, path: "/session", body: .json(secrets: ["password"])) { asked in
                let (name, password) = try asked.body { fields in
                    try fields.all(
                        fields.required("name", .text(1...20)),
                        fields.required("password", .secret(1...100))
                    )
                }
                self.did("sign in \(name)")
                self.passwords.withLock { $0.append(password.take()) }
                throw CaseworkError.signInFailed
            },
            Route(method: .get, path: "/fault") { _ in throw Fault.secretInside(Marker.text) },
            Route(method: .get, path: "/plain", form: .text) { _ in .text("plain") },
        ])
    }

    /// The id of the nth request.
    static func request(_ number: UInt8) -> Care.RequestID {
        guard let id = Care.RequestID(bytes: [UInt8](repeating: 0, count: 15) + [number]) else {
            preconditionFailure("sixteen bytes are an id")
        }
        return id
    }

    var interface: HTTPInterface {
        let next = Mutex<UInt8>(0)
        return HTTPInterface(
            table: table,
            phrasebook: Repository.phrasebook,
            newRequest: {
                next.withLock { count in
                    count += 1
                    return Self.request(count)
                }
            },
            record: { line in self.lines.withLock { $0.append(line) } }
        )
    }

    var application: some ApplicationProtocol {
        get throws { try interface.application(on: try ListenAddress("127.0.0.1:0")) }
    }
}

/// A text that no answer and no log line may hold.
enum Marker {
    static let text = "zq7marker"
}

/// A problem as a client reads it.
struct SeenProblem: Decodable, Equatable {
    struct Line: Decodable, Equatable {
        var pointer: String?
        var parameter: String?
        var header: String?
        var byte: Int?
        let code: String
        let detail: String
    }

    let type: String
    let title: String
    let status: Int
    let detail: String
    let instance: String
    let reason: String?
    let missing: [String]?
    let errors: [Line]?
}

extension TestResponse {
    var text: String { String(buffer: body) }

    func problem() throws -> SeenProblem {
        #expect(headers[.contentType] == "application/problem+json")
        return try JSONDecoder().decode(SeenProblem.self, from: Data(body.readableBytesView))
    }

    /// Checks that this is that problem, and that it says nothing of what was sent.
    @discardableResult
    func expect(
        _ kind: ProblemKind,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> SeenProblem {
        let problem = try problem()
        #expect(problem.type == "/problems/\(kind.rawValue)", sourceLocation: location)
        #expect(status == kind.status, sourceLocation: location)
        #expect(problem.status == status.code, sourceLocation: location)
        #expect(problem.instance == headers[.requestID], sourceLocation: location)
        #expect(!text.contains(Marker.text), sourceLocation: location)
        return problem
    }
}

extension TestClientProtocol {
    func send(
        _ method: HTTPRequest.Method,
        _ uri: String,
        _ body: String? = nil,
        _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = headers
        if body != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        return try await execute(uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
    }
}
