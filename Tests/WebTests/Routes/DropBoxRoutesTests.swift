import Care
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

/// Intakes and search over HTTP. Everybody in it is invented.
@Suite struct DropBoxRoutesTests {
    @Test func `the helpline files, adds and keeps a code; the team folds in, takes on and reads`() async throws {
        try await House.serving { house, client in
            let amara = try await house.caller("amara", client)
            let teams = try await amara.get("/v1/drop-boxes").json["teams"]
            #expect([teams[0]["id"].text, teams[1]["id"].text].contains(house.team.text))
            #expect(teams[2]["id"].text == nil)
            let filed = try await amara.leaves("intake.file permitted intake.file:helpline") {
                try await $0.post("/v1/intakes", Caseload.opening(in: house), key: "first")
            }
            #expect(filed.status == .created)
            #expect(filed.headers[.location] == nil)
            #expect(filed.headers[.eTag] == nil)
            let id = try #require(try filed.json["id"].text)
            #expect(filed.text == #"{"id":"\#(id)"}"#)
            let again = try await amara.post("/v1/intakes", Caseload.opening(in: house), key: "first")
            #expect(again.text == filed.text)
            let note = try await amara.leaves("note.drop permitted note.drop:helpline") {
                try await $0.post("/v1/cases/\(id)/drop-box", #"{"text":"zq7marker second call"}"#, key: "second")
            }
            #expect(note.status == .created)
            try await amara.get("/v1/cases/\(id)").expect(.refused)
            try await amara.post("/v1/cases/\(id)/fold-in").expect(.refused)

            let dinesh = try await house.caller("dinesh", client)
            let listed = try await dinesh.get("/v1/cases").json["cases"][0]
            #expect(listed["drop_box"]["intake_waits"].flag == true)
            #expect(listed["drop_box"]["waiting_notes"] == .number(1))
            let waiting = try await dinesh.get("/v1/cases/\(id)")
            #expect(try waiting.problem().reason == "intake_waits")
            try await house.caller("ruwan", client).post("/v1/cases/\(id)/fold-in").expect(.notFound)
            let folded = try await dinesh.leaves("intake.fold_in permitted intake.fold_in:same_team") {
                try await $0.post("/v1/cases/\(id)/fold-in")
            }
            #expect(folded.status == .ok)
            #expect(try folded.json["folded"][0].text == id)
            #expect(try folded.json["refused"][0]["record"].text == nil)
            let tag = try #require(folded.headers[.eTag])
            #expect(try await dinesh.get("/v1/cases/\(id)").headers[.eTag] == tag)
            let version = try #require(Int(tag.filter(\.isNumber)))
            #expect(try folded.json["version"] == .number(Double(version)))
            let taken = try await dinesh.post("/v1/cases/\(id)/take-on", key: "third", version: version)
            #expect(taken.status == .ok)
            let read = try await dinesh.get("/v1/cases/\(id)").json
            #expect(read["assigned"][0].text == (try house.person("dinesh").staff.text))
            #expect(read["notes"][1]["text"].text == "zq7marker second call")
            #expect(read["notes"][1]["written_by"].text == (try house.person("amara").staff.text))
        }
    }

    @Test func `a search is answered in one length, and to somebody who is barred as if nothing were there`()
        async throws
    {
        try await House.serving { house, client in
            let tara = try house.person("tara").staff.text
            let body = Caseload.opening(in: house).replacingOccurrences(
                of: #""caregiver_is_accused": "no""#,
                with: #""caregiver_is_accused": "no", "avoided_staff": ["\#(tara)"]"#
            )
            #expect(body.contains(tara))
            let sought = #"{"name":"ZQ7MARKER name","phone":"+1 202 555 0143"}"#
            let before = try await house.caller("tara", client).leaves("case.search permitted case.search:caseworker") {
                try await $0.post("/v1/cases/search", sought)
            }
            let opened = try await OpenedCase(by: house.caller("dinesh", client), body)
            var answers: [String: TestResponse] = [:]
            for name in ["dinesh", "tara", "ruwan", "amara", "sunil"] {
                answers[name] = try await house.caller(name, client).post("/v1/cases/search", sought)
            }
            #expect(answers["tara"]?.text == before.text)
            let headers = { (answer: TestResponse?) in
                answer?.headers.filter { $0.name != .requestID && $0.name != .date }.map(\.description)
                    .sorted()
            }
            #expect(headers(answers["tara"]) == headers(before))
            #expect(try answers["dinesh"]?.json["cases"][0]["id"].text == opened.id)
            for name in ["ruwan", "amara"] {
                #expect(try answers[name]?.json["cases"][0]["id"].text == nil)
                #expect(try answers[name]?.json["ask"][0]["team"].text == house.team.text)
                #expect(answers[name]?.text.contains(opened.id) == false)
            }
            #expect(Set(answers.values.map { $0.body.readableBytes }) == [8_192])
            try await house.caller("pema", client).post("/v1/cases/search", sought).expect(.refused)
        }
    }

    @Test func `the twenty-first search of an hour is told how long to wait`() async throws {
        try await House.serving { house, client in
            let amara = try await house.caller("amara", client)
            for _ in 0..<20 {
                #expect(try await amara.post("/v1/cases/search", #"{"alias":"nobody"}"#).status == .ok)
            }
            let late = try await amara.leaves("case.search denied too_many") {
                try await $0.post("/v1/cases/search", #"{"alias":"nobody"}"#)
            }
            #expect(late.status == .tooManyRequests)
            #expect(late.headers[.retryAfter] == "3600")
            #expect(try late.problem().type == "/problems/too-many")
            house.clock.advance(minutes: 9)
            let later = try await amara.post("/v1/cases/search", #"{"alias":"nobody"}"#)
            #expect(later.headers[.retryAfter] == "3060")
        }
    }

    @Test func `there is no address that holds what is searched for`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            try await dinesh.get("/v1/cases?name=zq7marker").expect(.unknownParameter)
            try await dinesh.post("/v1/cases/search?name=zq7marker", #"{"alias":"nobody"}"#).expect(.unknownParameter)
            let opened = try await OpenedCase(by: dinesh)
            let found = try await dinesh.leaves("case.search_texts permitted case.search_texts:caseworker") {
                try await $0.post("/v1/cases/text-search", #"{"words":"SECOND line"}"#)
            }
            #expect(try found.json["cases"][0]["id"].text == opened.id)
            #expect(try found.json["cases"][0]["found"][0].text == "notes")
            #expect(!found.text.lowercased().contains("second"))
            try await dinesh.post("/v1/cases/text-search", #"{"words":"z"}"#).expect(.invalidValue)
        }
    }
}
