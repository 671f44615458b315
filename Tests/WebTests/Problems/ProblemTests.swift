import Casework
import Directory
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct ProblemTests {
    @Test(arguments: [
        (CaseworkError.notSignedIn, ProblemKind.notSignedIn, 401),
        (.signInFailed, .signInFailed, 401), (.enrolmentFailed, .enrolmentFailed, 403),
        (.recoveryFailed, .recoveryFailed, 403), (.confirmationNeeded, .confirmationNeeded, 403),
        (.confirmationFailed, .confirmationFailed, 403),
        (.tooManyFailures(retryAfterSeconds: 4), .tooManyFailures, 429),
        (.busy(retryAfterSeconds: 7), .busy, 503),
        (.notFound, .notFound, 404),
        (.refused(code: "no_rule"), .refused, 403),
        (.gated(code: "consent_missing", items: ["name"]), .gated, 409),
        (.wrongState(code: "already_accepted"), .wrongState, 409),
        (.stale, .stale, 412),
        (.invalid(field: "/needs/0", what: "write a code of the taxonomy"), .invalidValue, 422),
        (.keyReused, .keyReused, 422),
        (.auditUnavailable, .auditUnavailable, 503),
        (.withdrawalNotRecorded, .withdrawalNotRecorded, 503),
        (.stopped, .stopped, 503),
        (.damaged(code: "packet"), .damaged, 500),
    ])
    func `each refusal of a desk has its problem`(error: CaseworkError, kind: ProblemKind, status: Int) {
        let problem = Problem(answering: error)
        #expect(problem.kind == kind)
        #expect(problem.answer(requestID: "q1", in: Repository.phrasebook.english).status.code == status)
    }

    private func seen(_ error: CaseworkError) throws -> (SeenProblem, HTTPFields) {
        let answer = Problem(answering: error).answer(requestID: "q1", in: Repository.phrasebook.english)
        return (try JSONDecoder().decode(SeenProblem.self, from: Data(answer.body)), answer.headers)
    }

    @Test func `a problem has the members of RFC 9457 and names what is missing by code`() throws {
        let (problem, headers) = try seen(.gated(code: "consent_missing", items: ["name", "safe_contact"]))
        #expect(problem.type == "/problems/gated")
        #expect(problem.title == "Not allowed yet")
        #expect(problem.status == 409)
        #expect(problem.instance == "q1")
        #expect(problem.reason == "consent_missing")
        #expect(problem.missing == ["name", "safe_contact"])
        #expect(headers[.contentType] == "application/problem+json")
    }

    @Test func `a reason that is no code is not answered`() throws {
        let (problem, _) = try seen(.gated(code: "she said \(Marker.text)", items: ["a b", "name"]))
        #expect(problem.reason == nil)
        #expect(problem.missing == ["name"])
    }

    @Test func `a place that a desk refuses is a pointer`() throws {
        let (problem, _) = try seen(.invalid(field: "/needs/0", what: "write a code of the taxonomy"))
        #expect(problem.errors?.first?.pointer == "/needs/0")
        #expect(problem.errors?.first?.detail == "write a code of the taxonomy")
    }

    @Test func `whoever should come back is told when`() throws {
        #expect(try seen(.busy(retryAfterSeconds: 7)).1[.retryAfter] == "7")
        #expect(try seen(.busy(retryAfterSeconds: 0)).1[.retryAfter] == "1")
        #expect(try seen(.auditUnavailable).1[.retryAfter] == "5")
        #expect(try seen(.withdrawalNotRecorded).1[.retryAfter] == "5")
        #expect(try seen(.stopped).1[.retryAfter] == nil)
        #expect(try seen(.tooManyFailures(retryAfterSeconds: 4)).1[.retryAfter] == "4")
        #expect(try seen(.tooManyFailures(retryAfterSeconds: nil)).1[.retryAfter] == nil)
    }

    @Test func `whoever is not signed in is told how`() throws {
        #expect(try seen(.notSignedIn).1[.wwwAuthenticate] == "Bearer")
        #expect(try seen(.signInFailed).1[.wwwAuthenticate] == "Bearer")
        #expect(try seen(.refused(code: "no_rule")).1[.wwwAuthenticate] == nil)
    }

    @Test func `the catalogue tells kinds apart by title within a status, and says each in sentences`() {
        for language in Phrasebook.shipped {
            let phrases = Repository.phrasebook.phrases(in: [language])
            let titles = ProblemKind.allCases.map { "\($0.status.code) \(phrases.text($0.title))" }
            #expect(Set(titles).count == ProblemKind.allCases.count, "\(language)")
            for kind in ProblemKind.allCases {
                #expect((400..<600).contains(kind.status.code))
                #expect(
                    phrases.text(kind.detail).hasSuffix(".") && phrases.text(kind.help).hasSuffix("."),
                    "\(language)"
                )
                #expect(Problem.isCode(kind.rawValue))
            }
        }
    }

    @Test func `every problem has its help page on the same server, as text and as JSON`() async throws {
        try await House.serving { _, client in
            let list = try await client.send(.get, "/problems")
            for kind in ProblemKind.allCases {
                let text = try await client.send(.get, kind.page)
                #expect(text.status == .ok)
                #expect(text.headers[.contentType] == "text/plain; charset=utf-8")
                #expect(text.text.contains(Repository.phrasebook.english.text(kind.help)))
                let json = try await client.send(.get, kind.page, nil, [.accept: "application/json"])
                #expect(json.headers[.contentType] == "application/json")
                #expect(json.text.contains("\"type\":\"\(kind.page)\""))
                #expect(list.text.contains(kind.page))
            }
            try await client.send(.get, "/problems/\(Marker.text)").expect(.notFound)
        }
    }
}
