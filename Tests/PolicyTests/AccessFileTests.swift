import Care
import Policy
import Testing

@Suite struct AccessFileTests {
    @Test func `every condition reads back from its word`() {
        for condition in Condition.all { #expect(Condition(code: condition.code) == condition) }
        #expect(Set(Condition.all.map(\.code)).count == Condition.all.count)
        #expect(Condition(code: "role.boss") == nil)
    }

    @Test(arguments: Act.allCases)
    func `an act that is not in the file is refused`(act: Act) throws {  // ADR 2
        let text = accessFile().split(separator: "\n").filter { $0 != "  \(act.rawValue): []" }.joined(separator: "\n")
        #expect(
            try accessProblems(text) == [
                "access.yaml:3: the act '\(act.rawValue)' is not there, write '\(act.rawValue):' with its rules, or "
                    + "'\(act.rawValue): []' for nobody"
            ]
        )
    }

    @Test func `an unknown act, condition or key names its line and the nearest word`() throws {
        // Behind the file's first lines and one for each act.
        let next = Act.allCases.count + 3
        #expect(
            try accessProblems(accessFile() + "  case.raed: []\n")
                == ["access.yaml:\(next): unknown key 'case.raed', write 'case.read'"]
        )
        let wrong = accessFile([.readCase: one("role.caseworkr", "relationship.assigned")])
        #expect(
            try accessProblems(wrong) == [
                "access.yaml:\(line(of: .readCase) + 1): unknown condition 'role.caseworkr', write 'role.caseworker'"
            ]
        )
        #expect(
            try accessProblems(accessFile() + "rules: []\n").contains {
                $0.hasPrefix("access.yaml:\(next): unknown key 'rules'")
            }
        )
    }

    @Test func `every problem of a file is told at once, in the order of its lines`() throws {
        let problems = try accessProblems(
            accessFile([.lookUpServices: one("wrong"), .readCase: one("role.caseworker")], edition: "edition: one")
        )
        #expect(problems.count == 3)
        // The first of the two has a line for its rule, which moves the second one down.
        let lines = [1, line(of: .lookUpServices) + 1, line(of: .readCase) + 1 + 1]
        for (problem, line) in zip(problems, lines) { #expect(problem.hasPrefix("access.yaml:\(line): ")) }
    }

    /// Where the line of an act stands in a file without rules: behind two lines and those of the acts before it.
    private func line(of act: Act) -> Int { (Act.allCases.firstIndex(of: act) ?? 0) + 3 }

    @Test(arguments: [
        "\n    rule: []", "\n    rule:", "", " nobody", "\n    rule: role.caseworker", " [role.caseworker]",
        "\n    Rule: [role.caseworker, relationship.assigned]", "\n    a-b: [role.caseworker, relationship.assigned]",
        "\n    rule: [role.caseworker, relationship.assigned, role.caseworker]",
        "\n    rule: [role.caseworker, [relationship.assigned]]",
        "\n    rule: [role.caseworker, relationship.assigned]\n    rule: [role.supervisor, relationship.supervisor]",
        "\n    rule: [role.caseworker, relationship.none]",
    ])
    func `a rule that is none is refused`(rules: String) throws {
        #expect(try !accessProblems(accessFile([.readCase: rules])).isEmpty)
    }

    @Test(arguments: ["edition: 0", "edition: 01", "edition: 1.0", "edition: yes", "edition:", "other: 1"])
    func `an edition is a whole number`(edition: String) throws {
        #expect(try !accessProblems(accessFile(edition: edition)).isEmpty)
    }

    @Test func `the shortest whole file is read`() throws {
        #expect(try accessProblems(accessFile()).isEmpty)
    }

    // MARK: What no file may permit (D2)

    private static let caseActs: [Act] = [
        .readCase, .recordNeed, .recordConsent, .withdrawConsent, .matchServices, .fileReferral, .readReferral,
        .acceptReferral, .declineReferral, .completeReferral, .revokeReferral, .openPacket,
    ]

    /// A rule that is within the bounds for the act, to be broken by one change each.
    private func conditions(for act: Act) -> [String] {
        switch act {
        case .openPacket: ["role.intake", "relationship.receiving_desk", "referral.packet_released"]
        case .acceptReferral, .declineReferral: ["role.intake", "relationship.receiving_desk"]
        case .fileReferral: ["role.caseworker", "relationship.assigned", "consent.covers"]
        case .readAuditLog: ["role.auditor"]
        default: ["role.caseworker", "relationship.assigned"]
        }
    }

    private func isRefused(_ act: Act, _ conditions: [String]) throws -> Bool {
        try !accessProblems(accessFile([act: "\n    rule: [\(conditions.joined(separator: ", "))]"])).isEmpty
    }

    @Test(arguments: caseActs)
    func `no act on a case without role and relationship`(act: Act) throws {
        let whole = conditions(for: act)
        #expect(try !isRefused(act, whole))
        for prefix in ["role.", "relationship."] {
            #expect(try isRefused(act, whole.filter { !$0.hasPrefix(prefix) } + ["same_agency"]))
        }
    }

    @Test(arguments: caseActs + [.openCase, .listCases, .listReferrals])
    func `no case for those who run accounts, keep the directory, hold shares or read the log`(act: Act) throws {
        for role in ["auditor", "administrator", "secretariat", "trustee", "directory_editor"] {
            #expect(try isRefused(act, conditions(for: act) + ["role.\(role)"]))
        }
    }

    @Test(arguments: caseActs)
    func `no case for the helpline, which may still open one`(act: Act) throws {
        #expect(try isRefused(act, conditions(for: act) + ["role.helpline"]))
        #expect(try !isRefused(.openCase, ["role.helpline", "same_agency"]))
    }

    @Test func `anyone stands alone and for signing in and enrolling only`() throws {
        for act in [Act.signIn, .enrolPerson] {
            #expect(try !isRefused(act, ["anyone"]))
            #expect(try isRefused(act, ["anyone", "role.caseworker"]))
        }
        for act in Act.allCases where act != .signIn && act != .enrolPerson {
            #expect(try isRefused(act, ["anyone"]))
            #expect(try isRefused(act, conditions(for: act) + ["anyone"]))
        }
    }

    @Test func `staff in general may sign out and read emergency numbers, nothing more`() throws {
        for act in Act.allCases {
            let needsNoRole = [Act.signIn, .enrolPerson, .signOut, .confirmSession, .readCountry].contains(act)
            #expect(try isRefused(act, ["signed_in"]) == !needsNoRole)
        }
    }

    @Test func `the log leaves in a confirmed session only`() throws {  // SECURITY section 5
        #expect(try isRefused(.exportAuditLog, ["role.auditor", "purpose.audit_review"]))
        #expect(try !isRefused(.exportAuditLog, ["role.auditor", "purpose.audit_review", "session.confirmed"]))
        #expect(try isRefused(.exportAuditLog, ["role.supervisor", "session.confirmed"]))
    }

    @Test func `only the receiving desk answers, and nobody opens a packet before acceptance`() throws {  // DECISIONS 4
        for act in [Act.acceptReferral, .declineReferral, .openPacket] {
            let senders = ["role.caseworker", "relationship.assigned", "referral.packet_released"]
            #expect(try isRefused(act, senders))
        }
        #expect(try isRefused(.openPacket, ["role.intake", "relationship.receiving_desk"]))
    }

    @Test func `nothing is sent without consent or danger to life`() throws {  // N2, N7
        #expect(try isRefused(.fileReferral, ["role.caseworker", "relationship.assigned"]))
        #expect(try !isRefused(.fileReferral, ["role.caseworker", "relationship.assigned", "consent.life_in_danger"]))
    }

    @Test(arguments: Role.allCases)
    func `the log is opened to auditors alone`(role: Role) throws {
        #expect(try isRefused(.readAuditLog, ["role.\(role.rawValue)"]) == (role != .auditor))
    }
}
