import Foundation
import NIOHTTP1
import Testing

/// From an empty folder to the first accepted referral, by processes and plain requests: what an agency does on its first
/// day.
@Suite struct FirstReferralTests {
    private static let passwords = [
        "Lead caseworker": ("nayana", "a first password of the lead"),
        "Desk worker": ("ishara", "a first password of the desk"),
        "First administrator": ("admin", "a first password of the admin"),
    ]

    /// A server with what a person types at it.
    private struct Served {
        let address: String

        /// Does one request and gives its JSON.
        func ask(
            _ method: HTTPMethod,
            _ path: String,
            _ json: String? = nil,
            as token: String? = nil,
            _ headers: [String: String] = [:],
            expecting status: Int
        ) async throws -> JSONAnswer {
            let answer = try await send(method, address + path, json: json, token: token, headers: headers)
            #expect(answer.status == status, "\(method) \(path): \(answer.status) \(answer.body)")
            return try JSONAnswer(answer.body.isEmpty ? "{}" : answer.body)
        }

        /// Enrols a person of the plan with the code of the invitation, and signs them in.
        func enrol(_ label: String, _ people: [JSONAnswer]) async throws -> (token: String, staff: String) {
            let person = try #require(people.first { $0["label"].text == label })
            let (name, password) = try #require(FirstReferralTests.passwords[label])
            let code = try #require(person["code"].text)
            let enrolled = try await ask(
                .POST,
                "/v1/enrolments",
                #"{"code":"\#(code)","name":"\#(name)","password":"\#(password)"}"#,
                expecting: 201
            )
            #expect(enrolled["staff"].text == person["staff"].text)
            let again = try await ask(
                .POST,
                "/v1/enrolments",
                #"{"code":"\#(code)","name":"\#(name) again","password":"\#(password)"}"#,
                expecting: 403
            )
            #expect(again["type"].text == "/problems/enrolment-failed")
            return (try await signIn(label), try #require(enrolled["staff"].text))
        }

        func signIn(_ label: String) async throws -> String {
            let (name, password) = try #require(FirstReferralTests.passwords[label])
            let session = try await ask(
                .POST,
                "/v1/session",
                #"{"name":"\#(name)","password":"\#(password)"}"#,
                expecting: 201
            )
            return try #require(session["token"].text)
        }

        /// Opens a case of an adult and files a referral on her consent; answers with its handle.
        func refer(as token: String, team: String) async throws -> String {
            let opened = try await ask(
                .POST,
                "/v1/cases",
                """
                {"team":"\(team)","survivor":{"alias":"Nethu","age":24,"gender":"female","languages":["si"],
                 "current_country":"LK"},
                 "safe_contact":{"permission":"allowed","addresses":[{"channel":"call","value":"+1 202 555 0143"}],
                 "language":"si","routes":["worker_introduces"],
                 "hours":{"time_zone":"Asia/Colombo","slots":[{"days":["mon"],"from":"16:00","until":"24:00"}]}},
                 "intake":{"channel":"in_person"},
                 "needs":[{"code":"PSY-CRISIS","urgency":"urgent"}]}
                """,
                as: token,
                ["Idempotency-Key": "first-case"],
                expecting: 201
            )
            let id = try #require(opened["id"].text)
            let need = try #require(opened["needs"].list.first?["id"].text)
            let explained = Date(timeIntervalSinceNow: -600).formatted(.iso8601)
            let consent = try await ask(
                .POST,
                "/v1/cases/\(id)/consents",
                """
                {"service":"PSY-CRISIS","recipient":"lk-1926-mental-health-helpline","given_by":"self","form":"spoken",
                 "items":["age_band","languages","alias","safe_contact"],"limits_explained_at":"\(explained)"}
                """,
                as: token,
                ["Idempotency-Key": "first-consent", "If-Match": "\"\(opened["version"].whole ?? 0)\""],
                expecting: 201
            )
            let filed = try await ask(
                .POST,
                "/v1/cases/\(id)/referrals",
                """
                {"need":"\(need)","service":"lk-1926-mental-health-helpline","consent":"\(consent["id"].text ?? "")",
                 "items":["age_band","languages","alias","safe_contact"],"mode":"warm","call_back":"+1 202 555 0107"}
                """,
                as: token,
                ["Idempotency-Key": "first-referral", "If-Match": "\"\(consent["version"].whole ?? 0)\""],
                expecting: 201
            )
            return try #require(filed["id"].text)
        }
    }

    @Test func `an agency is set up, its people enrol, and the first referral is filed and accepted`() async throws {
        try await withFolder { folder in
            let place = try Place(in: folder)
            let made = try await place.setUp()
            #expect(made.code == 0, "\(made.printed)")
            let answer = try JSONAnswer(made.printed)
            let people = answer["people"].list
            let team = try #require(answer["agencies"].list.first?["teams"].list.first?["id"].text)

            let first = try await place.serve()
            var served = Served(address: first.address)
            let worker = try await served.enrol("Lead caseworker", people)
            let desk = try await served.enrol("Desk worker", people)
            let referral = try await served.refer(as: worker.token, team: team)
            let inbox = try await served.ask(.GET, "/v1/referrals?box=inbox", as: desk.token, expecting: 200)
            #expect(inbox["referrals"].list.map { $0["id"].text } == [referral])
            _ = try await served.ask(.GET, "/v1/referrals/\(referral)/packet", as: desk.token, expecting: 409)
            let accepted = try await served.ask(
                .POST,
                "/v1/referrals/\(referral)/accept",
                as: desk.token,
                expecting: 200
            )
            #expect(accepted["state"].text == "accepted")
            let packet = try await served.ask(.GET, "/v1/referrals/\(referral)/packet", as: desk.token, expecting: 200)
            #expect(packet["items"]["alias"].text == "Nethu")
            try """
            agencies:
              - name: Lagoon House (invented)
                people:
                  - label: Auditor
                    roles: [auditor]
            """.write(to: place.plan, atomically: true, encoding: .utf8)
            // The server has the folder: nobody invites meanwhile.
            try place.writeCode(try #require(answer["founding_code"].text))
            let busy = try await place.invite()
            #expect(busy.code == 75)
            #expect(busy.printed.contains("leeward serve"))
            first.process.terminate()
            #expect(try await first.process.exitCode(within: 60) == 0)

            // After a stop: those who enrolled sign in, the administrator still enrols, later people come.
            let later = try await place.invite()
            #expect(later.code == 0, "\(later.printed)")
            let second = try await place.serve()
            served = Served(address: second.address)
            let again = try await served.signIn("Desk worker")
            _ = try await served.ask(.GET, "/v1/referrals/\(referral)/packet", as: again, expecting: 200)
            let administrator = try await served.enrol("First administrator", people)
            _ = try await served.ask(.GET, "/v1/countries/LK", as: administrator.token, expecting: 200)
            _ = try await served.ask(.GET, "/v1/cases", as: administrator.token, expecting: 403)
            second.process.terminate()
            #expect(try await second.process.exitCode(within: 60) == 0)

            // Codes, names and passwords are nowhere on the disk, nor what the server printed.
            let typed =
                Self.passwords.values.flatMap { [$0.1, "\"\($0.0)\""] } + ["Nethu", "202 555 0143"]
                + people.compactMap { $0["code"].text }
            for file in try place.files(except: []) {
                let bytes = try Data(contentsOf: file)
                for text in typed { #expect(bytes.range(of: Data(text.utf8)) == nil, "\(file.lastPathComponent)") }
            }
            for text in typed { #expect(!(first.process.printed + second.process.printed).contains(text)) }
        }
    }
}

extension Place {
    /// Starts `leeward serve` on a free port and waits until it is ready.
    fileprivate func serve() async throws -> (process: LeewardProcess, address: String) {
        let process = try LeewardProcess(
            ["serve", "--config", config.path, "--listen", "127.0.0.1:0"],
            temporaryFolder: FileManager.default.temporaryDirectory
        )
        try await process.waitFor(#""event":"ready""#, within: 120)
        let address = try #require(process.printed.firstMatch(of: /"address":"(http:[^"]+)"/)).1
        return (process, String(address))
    }
}
