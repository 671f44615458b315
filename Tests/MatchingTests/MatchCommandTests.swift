import Foundation
import TestSupport
import Testing

/// `leeward match`, as a country team runs it.
struct MatchCommandTests {
    private struct Run {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The command lies beside the tests, where the build puts it.
    private static let command = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("leeward")

    private func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Run {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appendingPathComponent("out")
        let errors = folder.appendingPathComponent("err")
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = Self.command
        process.arguments = ["match"] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return Run(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        )
    }

    private func run(file text: String, _ flags: [String] = []) throws -> Run {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("cases-\(UUID().uuidString).json")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let run = try run([file.path] + flags)
        return Run(
            status: run.status,
            output: run.output,
            errors: run.errors.replacingOccurrences(of: file.path, with: "FILE")
        )
    }

    // MARK: The shared file

    @Test func `the shared worked cases hold, every one`() throws {
        guard let folder = PublishedSets.folder("LEEWARD_MATCHING") else {
            print("MatchCommandTests: LEEWARD_MATCHING is not set; the shared worked cases were not run")
            return
        }
        let file = folder + "/scenarios.json"
        let check = try run([file, "--check"])
        print("MatchCommandTests: shared worked cases: \(check.output)", terminator: "")
        #expect(check.status == 0)
        #expect(check.errors.isEmpty)
        let counts = try #require(
            check.output.wholeMatch(of: #/safety: (\d+) of (\d+), quality: (\d+) of (\d+)\n/#)
        )
        #expect(counts.output.1 == counts.output.2)
        #expect(counts.output.3 == counts.output.4)
        #expect(try #require(Int(counts.output.2)) >= 60)
        #expect(try #require(Int(counts.output.4)) >= 30)
        let lines = try run([file]).output.split(separator: "\n")
        #expect(lines.count == 14)
        #expect(
            lines.first?.hasPrefix(#"{"id":"M01","outcome":"options","referral_may_be_sent":true,"gates":[],"#) == true
        )
    }

    @Test(arguments: ["Pacific/Auckland", "America/St_Johns", "UTC"])
    func `the same file gives the same bytes in any zone and language`(_ zone: String) throws {
        let here = try run(file: Self.file())
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("cases-\(UUID().uuidString).json")
        try Data(Self.file().utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let there = try run([file.path], environment: ["TZ": zone, "LANG": "th_TH.UTF-8", "LC_ALL": "ar_EG.UTF-8"])
        #expect(there.output == here.output)
        #expect(!here.output.isEmpty)
    }

    // MARK: A file of our own

    /// A worked case in full; `service` and `case` are laid over it as JSON members.
    private static func file(
        viewer: String = "caseworker",
        case caseMembers: String = "",
        services: String = #"{"id":"a","organisation":"org-a"}"#,
        expect: String = #"{"outcome":"options"}"#
    ) -> String {
        """
        {"format_version":"1.0",
         "parameters":{"stale_after_days":180,"time_bands_hours":[6,24,72,168],"tight_window_hours":6},
         "country_profiles":{"XA":{"own_consent_from_age":15,"age_of_majority":18,
           "forensic_window_hours":{"default":72,"under_13":72}}},
         "vocabulary":{"urgency_hours":{"emergency":24,"urgent":72,"routine":336},
           "service_codes":{"PSY-PSS":{"label":"Support"},"MED-EC":{"window_hours":120,"fallback":["MED-CMR"]},"MED-CMR":{}},
           "gates":{"CONSENT_NOT_ASKED":""},"exclusion_reasons":{"NO_CAPACITY":"","CONFLICT_ALLEGED_PERPETRATOR":""},
           "flags":{"WAITLIST":"","UNMET_NEED":""}},
         "defaults":{"case":{"now":"2026-03-13T10:00:00+07:00","viewer_role":"\(viewer)",
           "survivor":{"age":16,"gender":"female","languages":["th"],"current_country":"XA","nationality":"XA",
             "accessibility_needs":[],"has":[]},
           "incident":{"last_contact_at":null},"need":{"code":"PSY-PSS","urgency":"routine"},"other_needs":[],
           "life_threatening":false,"can_leave_at":null,
           "consent":{"status":"granted","given_by":"self","child_assent":null,"expires_at":null,"cross_border_sharing":false},
           "caregiver":{"is_alleged_perpetrator":false},"alleged_perpetrators":[],"feared_states":[],
           "avoid":{"organisations":[],"places":[]},
           "preferences":{"staff_gender":{"value":null,"strict":false},"max_travel_hours":{"value":null,"strict":false},
             "mode":{"value":null,"strict":false}},
           "wishes":[],"safe_contact":{"routes":["worker_introduces"]},"current_providers":[],
           "return_checks":{"best_interests_determination":false,"risk_assessment":"not_done","survivor_wants_return":false}},
          "service":{"id":null,"organisation":null,"name":null,"country":"XA","serves":["XA"],"offers":[{"code":"PSY-PSS"}],
           "jurisdictions":["XA"],"ages":[0,120],"genders":["female","male","non_binary"],"languages":["th"],
           "interpreter":false,"modes":["in_person"],
           "hours":{"utc_offset":"+07:00","always":true,"weekly":[],"closed_dates":[]},"travel_hours":0,"lead_hours":0,
           "capacity":"available","status":"active","verified_on":"2026-02-15","cost":"free",
           "staff_genders":["female","male"],"accessible":[],"requires":[],"intake":["worker_introduces"],"places":[],
           "linked_parties":[],"mandated_reporter":false,"child_specialised":false,"consular_of":null,
           "confidential_location":false,"address":null}},
         "scenarios":[{"id":"T1","case":{\(caseMembers)},"services":[\(services)],"expect":\(expect)}]}
        """
    }

    @Test func `a line is written in the order of the form, times in the service's own zone`() throws {
        let services = """
            {"id":"a","organisation":"o-a","hours":{"utc_offset":"-03:30"},"travel_hours":0.5},
            {"id":"b\\"\\u0007é","organisation":"o-b","capacity":"full"}
            """
        let run = try run(file: Self.file(services: services))
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        let expected =
            #"{"id":"T1","outcome":"options","referral_may_be_sent":true,"gates":[],"flags":[],"options":["#
            + #"{"service":"a","rank":1,"flags":[],"why":["It offers PSY-PSS.","The survivor's language is spoken.","It is free.","#
            + #""It is the only option."],"soft_points":4,"earliest_start":"2026-03-13T00:00:00-03:30"}],"#
            + #""excluded":[{"service":"b\"\u0007é","reasons":["NO_CAPACITY"]}]}"# + "\n"
        #expect(run.output == expected)
    }

    @Test func `objects merge with the defaults key by key, lists replace`() throws {
        let services = """
            {"id":"a","organisation":"o","hours":{"always":false,"weekly":[{"days":["sat"],"open":"09:00","close":"12:00"}]}}
            """
        let run = try run(file: Self.file(services: services))
        #expect(run.output.contains(#""earliest_start":"2026-03-14T09:00:00+07:00""#))
    }

    @Test func `null in a service states that the fact is not known`() throws {
        let run = try run(file: Self.file(services: #"{"id":"a","organisation":"o","hours":null,"cost":null}"#))
        #expect(run.output.contains(#""flags":["HOURS_UNKNOWN","COST_UNKNOWN"]"#))
        #expect(run.output.contains(#""earliest_start":null"#))
    }

    @Test func `to a helpline the bytes are the same with and without the conflicted service`() throws {
        let accused =
            #""alleged_perpetrators":[{"party":"party-7","organisations":["org-station"],"places":["place-7"]}]"#
        let unit = #"{"id":"unit","organisation":"org-unit","address":"9 Safe Row","confidential_location":true}"#
        let tied = [
            #"{"id":"x","organisation":"org-station","capacity":"full"}"#,
            #"{"id":"x","organisation":"o","linked_parties":["party-7"],"address":"1 Station Way"}"#,
            #"{"id":"x","organisation":"o","places":["place-7"]}"#,
        ]
        let without = try run(file: Self.file(viewer: "helpline", case: accused, services: unit))
        for service in tied {
            let with = try run(file: Self.file(viewer: "helpline", case: accused, services: unit + "," + service))
            #expect(with.output == without.output)
            let inside = try run(file: Self.file(case: accused, services: unit + "," + service))
            #expect(inside.output.contains(#"{"service":"x","reasons":["CONFLICT_ALLEGED_PERPETRATOR""#))
            for secret in ["party-7", "org-station", "place-7", "9 Safe Row", "1 Station Way"] {
                #expect(!with.output.contains(secret))
                #expect(!inside.output.contains(secret))
            }
        }
    }

    // MARK: --check

    @Test(arguments: [
        (#"{"outcome":"no_eligible_service"}"#, "safety: outcome is options, expected no_eligible_service", 0, 1, 0, 0),
        (#"{"referral_may_be_sent":false}"#, "safety: referral_may_be_sent is true, expected false", 0, 1, 0, 0),
        (#"{"must_gate":["CONSENT_NOT_ASKED"]}"#, "safety: must_gate CONSENT_NOT_ASKED is not reported", 0, 1, 0, 0),
        (#"{"must_include":["a"]}"#, "safety: must_include expects a, listed are a, b", 0, 1, 0, 0),
        (
            #"{"must_exclude":[{"service":"a","reason":"NO_CAPACITY"}]}"#, "safety: must_exclude a is listed", 0, 1, 0,
            1
        ),
        (#"{"must_not_reveal":["PSY-PSS"]}"#, "safety: must_not_reveal/0 occurs in the answer", 0, 1, 0, 0),
        (#"{"must_rank_first":"b"}"#, "quality: must_rank_first expects b, first is a", 0, 0, 0, 1),
        (
            #"{"must_rank_before":[["b","a"]]}"#, "quality: must_rank_before expects b before a, listed are a, b", 0, 0,
            0, 1
        ),
        (
            #"{"must_flag":[{"service":"a","flag":"WAITLIST"}]}"#,
            "quality: must_flag a WAITLIST is not reported, reported are none", 0, 0, 0, 1
        ),
        (
            #"{"must_flag":[{"service":null,"flag":"UNMET_NEED"}]}"#,
            "quality: must_flag of the case UNMET_NEED is not reported, reported are none", 0, 0, 0, 1
        ),
    ])
    func `check names what differs and fails on safety alone`(
        _ expect: String,
        _ difference: String,
        _ safe: Int,
        _ ofSafe: Int,
        _ good: Int,
        _ ofGood: Int
    ) throws {
        let services = #"{"id":"a","organisation":"o-a"},{"id":"b","organisation":"o-b","travel_hours":1}"#
        let run = try run(file: Self.file(services: services, expect: expect), ["--check"])
        #expect(run.output.contains("T1: \(difference)\n"))
        #expect(run.output.hasSuffix("safety: \(safe) of \(ofSafe), quality: \(good) of \(ofGood)\n"))
        #expect(run.status == (difference.hasPrefix("safety") ? 1 : 0))
    }

    @Test func `check that finds nothing wrong prints the counts alone`() throws {
        let expect = """
            {"outcome":"options","referral_may_be_sent":true,"must_include":["b"],"must_rank_first":"b",
             "must_exclude":[{"service":"a","reason":"NO_CAPACITY"}],"must_not_reveal":["Hidden"],
             "must_flag":[{"service":"b","flag":"WAITLIST"}]}
            """
        let services =
            #"{"id":"a","organisation":"o","capacity":"full"},{"id":"b","organisation":"o","capacity":"waitlist"}"#
        let run = try run(file: Self.file(services: services, expect: expect), ["--check"])
        #expect(run.output == "safety: 5 of 5, quality: 3 of 3\n")
        #expect(run.status == 0)
    }

    @Test func `a reason kept inside the case is checked there`() throws {
        let run = try run(
            file: Self.file(
                viewer: "helpline",
                case: #""alleged_perpetrators":[{"party":"p","organisations":["o"]}]"#,
                services: #"{"id":"a","organisation":"o"}"#,
                expect: #"{"must_exclude":[{"service":"a","reason":"CONFLICT_ALLEGED_PERPETRATOR"}]}"#
            ),
            ["--check"]
        )
        #expect(run.output == "safety: 1 of 1, quality: 1 of 1\n")
    }

    // MARK: Files that are not of the form

    static let malformed: [(String, String)] = [
        ("", ": the file ends where a value is expected (line 1, column 1)"),
        ("[]", ": an object is expected"), ("{}", "/scenarios: missing, and no default states it"),
        (#"{"scenarios":{}}"#, "/scenarios: a list is expected"),
        (#"{"scenarios":[],}"#, "a key in quotes is expected (line 1, column 17)"),
        (
            #"{"scenarios":[1 2]}"#,
            "/scenarios/0: a comma or a closing bracket is expected after the value (line 1, column 17)"
        ),
        (#"{"scenarios":[],"scenarios":[]}"#, "/scenarios: the key stands twice"),
        (#"{"scenarios":[]} x"#, ": text after the end of the document"),
        (#"{"a/b~":tru}"#, "/a~1b~0: no JSON value"), (#"{"scenarios":[01]}"#, "/scenarios/0: a comma"),
        (#"{"x":"\ud800"}"#, "/x: half of a surrogate pair"), ("{\"x\":\"\u{1}\"}", "/x: a control character"),
        (#"{"x":1e999}"#, "/x: a number too large"), (#"{"format_version":"2.0"}"#, "/format_version: only form 1"),
        (String(repeating: "[", count: 100), "nested deeper than 64"),
        (file(case: #""now":"2026-03-13T10:00:00""#), "/scenarios/0/case/now: a moment with its offset is expected"),
        (file(case: #""now":"2026-02-30T10:00:00Z""#), "/scenarios/0/case/now: a moment"),
        (
            file(case: #""viewer_role":"donor""#),
            "/scenarios/0/case/viewer_role: unknown; write one of caseworker, helpline"
        ),
        (file(case: #""survivor":{"age":16.5}"#), "/scenarios/0/case/survivor/age: a whole number from 0 to 120"),
        (file(case: #""survivor":{"age":"16"}"#), "/scenarios/0/case/survivor/age: a whole number"),
        (file(case: #""survivor":7"#), "/scenarios/0/case/survivor: an object is expected"),
        (file(case: #""feared_state":["XB"]"#), "/scenarios/0/case/feared_state: unknown field; write feared_states"),
        (file(case: #""canLeaveAt":null"#), "/scenarios/0/case/canLeaveAt: unknown field; write can_leave_at"),
        (
            file(case: #""preferences":{"mode":{"stirct":true}}"#),
            "/scenarios/0/case/preferences/mode/stirct: unknown field"
        ),
        (file(case: #""need":{"code":"PSY-NONE"}"#), "/scenarios/0/case/need/code: no code of the vocabulary"),
        (file(case: #""other_needs":["MED-XX"]"#), "/scenarios/0/case/other_needs/0: no code of the vocabulary"),
        (file(case: #""need":null"#), "/scenarios/0/case/need: an object is expected"),
        (file(case: #""preferences":{"max_travel_hours":{"value":-1}}"#), "max_travel_hours/value: a number of hours"),
        (file(services: #"{"organisation":"o"}"#), "/scenarios/0/services/0/id: a text is expected"),
        (file(services: #"{"id":"a"}"#), "/scenarios/0/services/0/organisation: a text is expected"),
        (
            file(services: #"{"id":"a","organisation":"o"},{"id":"a","organisation":"p"}"#),
            "/scenarios/0/services/1/id: /scenarios/0/services/0 has this id already"
        ),
        (
            file(services: #"{"id":"a","organisation":"o","ages":[18,12]}"#),
            "/scenarios/0/services/0/ages: the youngest"
        ),
        (
            file(services: #"{"id":"a","organisation":"o","modes":["sms"]}"#),
            "/scenarios/0/services/0/modes/0: unknown; write"
        ),
        (file(services: #"{"id":"a","organisation":"o","hours":{"utc_offset":"7"}}"#), "/hours/utc_offset: an offset"),
        (
            file(
                services:
                    #"{"id":"a","organisation":"o","hours":{"weekly":[{"days":["mon"],"open":"24:00","close":"25:00"}]}}"#
            ),
            "/scenarios/0/services/0/hours/weekly/0/open: a time such as 08:30"
        ),
        (file(services: #"{"id":"a","organisation":"o","verified_on":"13.3.2026"}"#), "/verified_on: a day such as"),
        (file(expect: #"{"must_include":["zz"]}"#), "/scenarios/0/expect/must_include/0: no service of this scenario"),
        (
            file(expect: #"{"must_flag":[{"service":"a","flag":"WAITLISTED"}]}"#),
            "/scenarios/0/expect/must_flag/0/flag: no name of the vocabulary"
        ),
        (file(expect: #"{"outcome":"fine"}"#), "/scenarios/0/expect/outcome: unknown; write one of options"),
    ]

    @Test(arguments: malformed.indices)
    func `a file that is not of the form exits 65 with the place and writes no answer`(_ place: Int) throws {
        let (text, problem) = Self.malformed[place]
        for flags in [[], ["--check"]] {
            let run = try run(file: text, flags)
            #expect(run.status == 65)
            #expect(run.output.isEmpty)
            #expect(run.errors.hasPrefix("FILE: "), "\(run.errors)")
            #expect(run.errors.contains(problem), "\(run.errors)")
            #expect(run.errors.split(separator: "\n").count == 1)
        }
    }

    @Test func `a later fault leaves no answer to the cases before it`() throws {
        let text = Self.file().replacingOccurrences(
            of: #""scenarios":["#,
            with: #""scenarios":[{"id":"T0","case":{},"services":[]},"#
        )
        #expect(try run(file: text).output.split(separator: "\n").count == 2)
        let broken = text.replacingOccurrences(of: #"{"id":"a","organisation":"org-a"}"#, with: "7")
        let run = try run(file: broken)
        #expect(run.status == 65)
        #expect(run.output.isEmpty)
    }

    @Test func `text that is not UTF-8 is refused, a byte order mark is not`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("cases-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data([0x7B, 0x22, 0xFF, 0x22, 0x7D]).write(to: file)
        let refused = try run([file.path])
        #expect(refused.status == 65)
        #expect(refused.errors == "\(file.path): : the file is not UTF-8 text\n")
        try (Data([0xEF, 0xBB, 0xBF]) + Data(Self.file().utf8)).write(to: file)
        #expect(try run([file.path]).status == 0)
    }

    @Test func `a file that is not there exits 66`() throws {
        let run = try run(["/nowhere/cases.json"])
        #expect(run.status == 66)
        #expect(run.output.isEmpty)
        #expect(run.errors == "/nowhere/cases.json: cannot be read\n")
    }

    @Test func `a field of another form is passed over with a note`() throws {
        let run = try run(file: Self.file(case: #""colour":"blue""#))
        #expect(run.status == 0)
        #expect(run.errors == "FILE: /scenarios/0/case/colour: unknown field, passed over\n")
        #expect(run.output == (try self.run(file: Self.file())).output)
    }
}
