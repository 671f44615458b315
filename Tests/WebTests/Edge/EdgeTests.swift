import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

/// Requests against a few routes behind the real edge, without a socket.
@Suite struct EdgeTests {
    /// Runs requests and then looks at what was done and logged.
    private func serving(_ requests: @Sendable (any TestClientProtocol) async throws -> Void) async throws -> TestDesk {
        let desk = TestDesk()
        try await desk.application.test(.router, requests)
        for line in desk.logged { #expect(!"\(line)".contains(Marker.text)) }
        return desk
    }

    @Test func `a whole request is done once and answered with a version and a place`() async throws {
        let desk = try await serving { client in
            let body = #"{"text":"hello","age":14,"moods":["calm"],"place":{"town":"Galle","indoors":true}}"#
            let answer = try await client.send(.post, "/notes", body)
            #expect(answer.status == .created)
            #expect(answer.text == #"{"age":14,"id":"1"}"#)
            #expect(answer.headers[.contentType] == "application/json")
            #expect(answer.headers[.eTag] == "\"1\"")
            #expect(answer.headers[.location] == "/notes/1")
            #expect(answer.headers[.requestID] == TestDesk.request(1).text)
        }
        #expect(desk.deeds == ["note hello 1 Galle"])
        #expect(desk.logged.map(\.description) == ["POST /notes 201 \(TestDesk.request(1))"])
    }

    @Test(arguments: [
        ("{", ProblemKind.malformedJSON), (#"{"text":"a"}}"#, .malformedJSON), ("\u{FEFF}{}", .malformedJSON),
        (#"{"text":"a","text":"b"}"#, .duplicateField), (#"{"text":"a","zq7marker":1}"#, .unknownField),
        (#"{"text":"a","place":{"town":"b","zq7marker":"zq7marker"}}"#, .unknownField),
        (#"{"text":1}"#, .invalidValue), (#"{}"#, .invalidValue), (#"{"text":"a","age":"zq7marker"}"#, .invalidValue),
        (#"{"text":"a","age":18}"#, .invalidValue), (#"{"text":"a","moods":["zq7marker"]}"#, .invalidValue),
        (#"["zq7marker"]"#, .invalidValue), ("null", .invalidValue), ("\"zq7marker\"", .invalidValue),
        ("", .bodyMissing),
        (#"{"text":"zq7marker zq7marker zq7marker"}"#, .invalidValue),
        (String(repeating: "[", count: 40), .tooComplex),
    ])
    func `a body that cannot be used changes nothing and is not repeated`(body: String, kind: ProblemKind) async throws
    {
        let desk = try await serving { client in try await client.send(.post, "/notes", body).expect(kind) }
        #expect(desk.deeds.isEmpty)
    }

    @Test func `each error names its place and says what to write there`() async throws {
        _ = try await serving { client in
            let body = #"{"text":"","age":"14","moods":["calm","zq7marker"],"place":{"town":"a","street":"zq7marker"}}"#
            let problem = try await client.send(.post, "/notes", body).expect(.unknownField)
            #expect(problem.errors?.map(\.pointer) == ["/text", "/age", "/moods/1", "/place"])
            #expect(problem.errors?.map(\.code) == ["invalid", "wrong_type", "invalid", "unknown_field"])
            #expect(
                problem.errors?[1].detail == "must be a whole number; write a whole number from 0 to 17, without quotes"
            )
            #expect(problem.errors?[2].detail == "cannot be used; write one of: calm, worried")
            #expect(problem.errors?[3].detail == "a field that this request does not know; it takes: town, indoors")
            let broken = try await client.send(.post, "/notes", #"{"text":zq7marker}"#).expect(.malformedJSON)
            #expect(broken.errors?.first?.byte == 8)
        }
    }

    @Test func `ten megabytes are refused by their length, before they are read`() async throws {
        let desk = try await serving { client in
            let body = #"{"text":""# + String(repeating: "a", count: 10_485_760) + #""}"#
            let answer = try await client.send(.post, "/notes", body)
            try answer.expect(.bodyTooLarge)
            #expect(answer.headers[.connection] == "close")
        }
        #expect(desk.deeds.isEmpty)
    }

    @Test func `a body of one megabyte is read and one byte more is not`() async throws {
        _ = try await serving { client in
            func body(_ count: Int) -> String { #"{"text":"hello"}"# + String(repeating: " ", count: count - 16) }
            #expect(try await client.send(.post, "/notes", body(1_048_576)).status == .created)
            try await client.send(.post, "/notes", body(1_048_577)).expect(.bodyTooLarge)
            let problem = try await client.send(.post, "/session", body(16_385)).expect(.bodyTooLarge)
            #expect(problem.errors == nil)
        }
    }

    @Test func `a body on a route that takes none is refused`() async throws {
        let desk = try await serving { client in
            try await client.send(.get, "/notes", #"{"a":1}"#).expect(.bodyUnexpected)
            #expect(try await client.send(.get, "/notes", "").status == .ok)
        }
        #expect(desk.deeds == ["list all 50"])
    }

    @Test(arguments: [
        "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "application/jsonx",
        "multipart/form-data", "",
    ])
    func `a body that is not called JSON is refused, and the right type is told`(type: String) async throws {
        let desk = try await serving { client in
            let answer = try await client.send(.post, "/notes", #"{"text":"hello"}"#, [.contentType: type])
            try answer.expect(.notJSON)
            #expect(answer.headers[.acceptPost] == "application/json")
        }
        #expect(desk.deeds.isEmpty)
    }

    @Test(arguments: ["application/json", "Application/JSON; Charset=UTF-8", "application/json;charset=\"utf-8\""])
    func `JSON is taken by any of its names`(type: String) async throws {
        _ = try await serving { client in
            let answer = try await client.send(.post, "/notes", #"{"text":"hello"}"#, [.contentType: type])
            #expect(answer.status == .created)
        }
    }

    @Test func `a compressed body is refused`() async throws {
        let desk = try await serving { client in
            let headers: HTTPFields = [.contentType: "application/json", .contentEncoding: "gzip"]
            let answer = try await client.send(.post, "/notes", #"{"text":"hello"}"#, headers)
            try answer.expect(.notJSON)
            #expect(answer.headers[.acceptEncoding] == "identity")
        }
        #expect(desk.deeds.isEmpty)
    }

    @Test func `a query holds the listed words and nothing else`() async throws {
        let desk = try await serving { client in
            #expect(try await client.send(.get, "/notes?box=calm&limit=3").status == .ok)
            #expect(try await client.send(.get, "/notes?").status == .ok)
            let unknown = try await client.send(.get, "/notes?zq7marker=1").expect(.unknownParameter)
            #expect(unknown.errors?.first?.detail.hasSuffix("it takes: box, limit") == true)
            let invalid = try await client.send(.get, "/notes?box=zq7marker").expect(.invalidParameter)
            #expect(invalid.errors?.first?.parameter == "box")
            try await client.send(.get, "/notes?limit=201").expect(.invalidParameter)
            try await client.send(.post, "/notes?text=zq7marker", #"{"text":"a"}"#).expect(.unknownParameter)
        }
        #expect(desk.deeds == ["list calm 3", "list all 50"])
    }

    @Test(arguments: [
        "/nothing", "/notes/1/2", "/notes/", "//notes", "/notes//1", "/zq7marker", "/notes/%31", "/NOTES", "/../notes",
        "*", "",
        "/notes/zq7marker", "/notes/" + String(repeating: "1", count: 300),
    ])
    func `what is not there is not found, in the same words`(path: String) async throws {
        let desk = try await serving { client in
            let answer = try await client.send(.get, path, nil, [.authorization: "Bearer lw1_x"])
            let problem = try answer.expect(.notFound)
            #expect(problem.detail == "There is nothing at this address, or it is not for you.")
        }
        #expect(desk.deeds.isEmpty)
        #expect(desk.logged.map(\.status) == [404])
    }

    @Test func `a wrong method is told the right ones, an unknown one is not known`() async throws {
        let desk = try await serving { client in
            for method in [HTTPRequest.Method.put, .patch, .delete, .trace, .connect, .query] {
                let answer = try await client.send(method, "/notes")
                try answer.expect(.methodNotAllowed)
                #expect(answer.headers[.allow] == "GET, HEAD, OPTIONS, POST")
            }
            let unknown = try #require(HTTPRequest.Method("ZQ7MARKER"))
            try await client.send(unknown, "/notes").expect(.methodUnknown)
            try await client.send(.put, "/nothing").expect(.notFound)
        }
        #expect(desk.deeds.isEmpty)
        #expect(desk.logged.map(\.method).contains("-"))
    }

    @Test func `OPTIONS tells the methods and the type of body, and does nothing`() async throws {
        let desk = try await serving { client in
            let answer = try await client.send(.options, "/notes")
            #expect(answer.status == .noContent)
            #expect(answer.headers[.allow] == "GET, HEAD, OPTIONS, POST")
            #expect(answer.headers[.acceptPost] == "application/json")
            #expect(try await client.send(.options, "/lookup").headers[.acceptQuery] == "application/json")
            try await client.send(.options, "/nothing").expect(.notFound)
        }
        #expect(desk.deeds.isEmpty)
    }

    @Test func `HEAD has the headers of GET and no body, errors too`() async throws {
        _ = try await serving { client in
            let get = try await client.send(.get, "/notes")
            let head = try await client.send(.head, "/notes")
            #expect(head.status == .ok)
            #expect(head.body.readableBytes == 0)
            #expect(head.headers[.contentLength] == get.headers[.contentLength])
            for path in ["/nothing", "/notes?x=1", "/notes/1"] {
                let missing = try await client.send(.head, path)
                #expect(missing.status.code >= 400)
                #expect(missing.body.readableBytes == 0)
            }
        }
    }

    @Test func `QUERY is answered like a look-up`() async throws {
        let desk = try await serving { client in
            let answer = try await client.send(.query, "/lookup", #"{"needs":["a","b"]}"#)
            #expect(answer.status == .ok)
            try await client.send(.post, "/lookup", #"{"needs":["a"]}"#).expect(.methodNotAllowed)
        }
        #expect(desk.deeds == ["look up 2"])
    }

    @Test(
        arguments: [
            nil, "", "Basic emRxOg==", "Bearer", "Bearer ", "Bearer a b", "bearer\ta",
            "Bearer " + String(repeating: "a", count: 600),
        ] as [String?]
    )
    func `a route with a session needs a bearer token`(header: String?) async throws {
        let desk = try await serving { client in
            var headers: HTTPFields = [:]
            headers[.authorization] = header
            let answer = try await client.send(.get, "/notes/1", nil, headers)
            try answer.expect(.notSignedIn)
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
        }
        #expect(desk.deeds.isEmpty)
    }

    @Test func `the token reaches the desk as bytes`() async throws {
        let desk = try await serving { client in
            let answer = try await client.send(.get, "/notes/1", nil, [.authorization: "bearer lw1_zq7"])
            #expect(answer.status == .ok)
            #expect(answer.headers[.eTag] == "\"3\"")
        }
        #expect(desk.deeds == ["read lw1_zq7"])
    }

    @Test func `a change needs a key and the version that was read`() async throws {
        let desk = try await serving { client in
            func change(_ key: String?, _ version: String?) async throws -> TestResponse {
                var headers: HTTPFields = [:]
                headers[.idempotencyKey] = key
                headers[.ifMatch] = version
                return try await client.send(.post, "/notes/1/changes", nil, headers)
            }
            for key in [nil, "", "a b", "é", String(repeating: "k", count: 65), "zq7marker;", "\"\""] {
                let problem = try await change(key, "\"3\"").expect(.idempotencyKey)
                #expect(problem.errors?.first?.header == "Idempotency-Key")
            }
            try await change("k-1", nil).expect(.versionMissing)
            for version in ["*", "3", "W/\"3\"", "\"3\", \"4\"", "\"03\"", "\"-1\"", "\"\"", "\"", "\"zq7marker\""] {
                try await change("k-1", version).expect(.versionMalformed)
            }
            #expect(try await change("k-1", "\"3\"").status == .ok)
            #expect(try await change("\"K_2\"", "\"0\"").status == .ok)
        }
        #expect(desk.deeds == ["change 3", "change 0"])
    }

    @Test func `a password reaches the desk as bytes, and a failed sign-in says nothing of it`() async throws {
        let desk = try await serving { client in
            let answer = try await client.send(.post, "/session", #"{"name":"amara","password":"zq7marker \u00e9"}"#)
            try answer.expect(.signInFailed)
            #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            for body in [
                #"{"name":"amara"}"#, #"{"name":"amara","password":["zq7marker"]}"#, #"{"name":"amara","password":""}"#,
            ] {
                let problem = try await client.send(.post, "/session", body).expect(.invalidValue)
                #expect(problem.errors?.map(\.pointer) == ["/password"])
            }
            try await client.send(.post, "/session", #"{"name":"a","password":"zq7marker","zq7marker":1}"#).expect(
                .unknownField
            )
        }
        #expect(desk.deeds == ["sign in amara"])
        #expect(desk.passwordsGiven == [Array("zq7marker é".utf8)])
    }

    @Test func `an error nobody foresaw says nothing of itself`() async throws {
        let desk = try await serving { client in try await client.send(.get, "/fault").expect(.internal) }
        #expect(desk.logged.map(\.description) == ["GET /fault 500 internal \(TestDesk.request(1))"])
    }

    @Test func `an answer in no form that the caller takes is refused`() async throws {
        let desk = try await serving { client in
            try await client.send(.get, "/notes", nil, [.accept: "text/html"]).expect(.notAcceptable)
            try await client.send(.get, "/plain", nil, [.accept: "application/json"]).expect(.notAcceptable)
            #expect(try await client.send(.get, "/plain", nil, [.accept: "text/*"]).text == "plain")
        }
        #expect(desk.deeds.isEmpty)
    }

    @Test func `every answer carries the security headers, errors too`() async throws {
        _ = try await serving { client in
            let answers = [
                try await client.send(.get, "/notes"), try await client.send(.get, "/nothing"),
                try await client.send(.get, "/fault"), try await client.send(.put, "/notes"),
                try await client.send(.options, "/notes"), try await client.send(.head, "/notes"),
                try await client.send(.post, "/notes", "{"), try await client.send(.get, "/notes/1"),
            ]
            for answer in answers {
                #expect(answer.headers[.cacheControl] == "no-store")
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none';") == true)
                #expect(answer.headers[.referrerPolicy] == "no-referrer")
                #expect(answer.headers[.xFrameOptions] == "DENY")
                #expect(answer.headers[.server] == nil)
                #expect(answer.headers[.requestID]?.hasPrefix("q") == true)
            }
            #expect(Set(answers.map { $0.headers[.requestID] }).count == answers.count)
        }
    }

    @Test func `a log line holds the template, never what was asked for`() async throws {
        let desk = try await serving { client in
            _ = try await client.send(.get, "/notes/zq7marker?zq7marker=1", nil, [.userAgent: Marker.text])
            _ = try await client.send(.get, "/zq7marker/zq7marker")
            _ = try await client.send(.post, "/session", #"{"name":"zq7marker","password":"zq7marker"}"#)
        }
        #expect(
            desk.logged.map(\.description) == [
                "GET /notes/{note} 400 unknown-parameter \(TestDesk.request(1))",
                "GET - 404 not-found \(TestDesk.request(2))",
                "POST /session 401 sign-in-failed \(TestDesk.request(3))",
            ]
        )
    }
}
