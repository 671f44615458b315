import Audit
import Care
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

/// Somebody who is signed in, sending requests.
struct Caller: Sendable {
    let house: House
    let client: any TestClientProtocol
    let token: String

    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await send(.get, path, nil, headers)
    }

    func post(
        _ path: String,
        _ body: String? = nil,
        key: String? = nil,
        version: Int? = nil
    ) async throws -> TestResponse {
        var headers: HTTPFields = [:]
        headers[.idempotencyKey] = key
        headers[.ifMatch] = version.map { "\"\($0)\"" }
        return try await send(.post, path, body, headers)
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil,
        _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = headers
        headers[.authorization] = "Bearer \(token)"
        return try await client.send(method, path, body, headers)
    }

    /// Confirms the session with the password, for the acts that ask for it.
    func confirm() async throws {
        let name = try await client.send(.get, "/v1/session", nil, [.authorization: "Bearer \(token)"]).json["staff"]
            .text
        let person = try #require(house.people.values.first { $0.staff.text == name })
        let answer = try await post("/v1/session/confirmation", #"{"password":"\#(person.password)"}"#)
        #expect(answer.status == .ok)
    }

    /// Sends a request that leaves exactly one entry, and compares its act, outcome and rule.
    @discardableResult
    func leaves(
        _ entry: String,
        _ location: SourceLocation = #_sourceLocation,
        _ request: (Caller) async throws -> TestResponse
    ) async throws -> TestResponse {
        let size = try house.logged
        let answer = try await request(self)
        let new = try house.entries(from: size)
        #expect(new.map { "\($0.act) \($0.outcome.rawValue) \($0.rule)" } == [entry], sourceLocation: location)
        #expect(new.last?.request == answer.headers[.requestID], sourceLocation: location)
        return answer
    }

    /// Sends a request that leaves no entry.
    @discardableResult
    func leavesNothing(
        _ location: SourceLocation = #_sourceLocation,
        _ request: (Caller) async throws -> TestResponse
    ) async throws -> TestResponse {
        let size = try house.logged
        let answer = try await request(self)
        #expect(try house.logged == size, sourceLocation: location)
        return answer
    }
}

extension House {
    /// Signs somebody in.
    func caller(_ name: String, _ client: any TestClientProtocol) async throws -> Caller {
        let person = try person(name)
        let body = #"{"name":"\#(person.name)","password":"\#(person.password)"}"#
        let answer = try await client.send(.post, "/v1/session", body)
        #expect(answer.status == .created)
        return Caller(house: self, client: client, token: try #require(answer.json["token"].text))
    }
}

/// JSON of an answer, read step by step.
enum SeenJSON: Decodable, Equatable {
    case object([String: SeenJSON])
    case list([SeenJSON])
    case text(String)
    case number(Double)
    case flag(Bool)
    case missing

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .missing
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([SeenJSON].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: SeenJSON].self))
        }
    }

    subscript(_ name: String) -> SeenJSON {
        guard case .object(let fields) = self else { return .missing }
        return fields[name] ?? .missing
    }

    subscript(_ index: Int) -> SeenJSON { list.indices.contains(index) ? list[index] : .missing }

    var list: [SeenJSON] {
        guard case .list(let list) = self else { return [] }
        return list
    }

    var names: [String] {
        guard case .object(let fields) = self else { return [] }
        return fields.keys.sorted()
    }

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var whole: Int? {
        guard case .number(let number) = self else { return nil }
        return Int(number)
    }

    var flag: Bool? {
        guard case .flag(let flag) = self else { return nil }
        return flag
    }
}

extension TestResponse {
    /// The body as JSON.
    var json: SeenJSON {
        get throws { try JSONDecoder().decode(SeenJSON.self, from: Data(body.readableBytesView)) }
    }

    /// The version in the ETag.
    var version: Int? { headers[.eTag].flatMap { Int($0.dropFirst().dropLast()) } }

    /// The body without the id of the request, which is all that may differ between two answers that must look alike.
    var bodyWithoutRequest: String {
        headers[.requestID].map { text.replacingOccurrences(of: $0, with: "") } ?? text
    }
}
