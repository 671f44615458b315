import Care
import DataFiles
import Directory
import Foundation
import Policy
import Testing

/// What ships in `Policies/` keeps its promises.
@Suite struct PolicyDataTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Policies")

    static func shipped() throws -> Policies { try PolicyReader.read(folder: folder.path) }

    // MARK: access.yaml

    /// Who may do what, written out: act | role | relationships (any of them; - for none needed) | what must be true
    /// besides. Everything else is refused. A change of the file that is not made here too turns these tests red.
    static let table = """
        session.open | * | - |
        session.close | * | - |
        session.confirm | * | - |
        services.look_up | helpline | - |
        services.look_up | caseworker | - |
        services.look_up | supervisor | - |
        services.look_up | intake | - |
        services.look_up | safeguarding_focal_point | - |
        services.look_up | directory_editor | - |
        country.read | * | - |
        case.open | caseworker | same_team | purpose
        case.open | supervisor | supervisor | purpose
        case.open | safeguarding_focal_point | same_team | purpose
        case.open | helpline | same_team |
        case.list | caseworker | - | purpose
        case.list | supervisor | - | purpose
        case.list | safeguarding_focal_point | - | purpose
        case.read | caseworker | assigned same_team | purpose
        case.read | supervisor | supervisor | purpose
        case.read | safeguarding_focal_point | assigned | purpose
        need.record | caseworker | assigned | purpose
        need.record | supervisor | supervisor | purpose
        need.record | safeguarding_focal_point | assigned | purpose
        consent.record | caseworker | assigned | purpose
        consent.record | supervisor | supervisor | purpose
        consent.record | safeguarding_focal_point | assigned | purpose
        consent.withdraw | caseworker | assigned same_team sending_worker |
        consent.withdraw | supervisor | supervisor |
        consent.withdraw | safeguarding_focal_point | assigned |
        services.match | caseworker | assigned same_team | purpose
        services.match | supervisor | supervisor | purpose
        services.match | safeguarding_focal_point | assigned | purpose
        referral.file | caseworker | assigned | purpose consent
        referral.file | supervisor | supervisor | purpose consent
        referral.file | safeguarding_focal_point | assigned | purpose consent
        referral.list | caseworker | - | purpose
        referral.list | supervisor | - | purpose
        referral.list | intake | - | purpose
        referral.list | safeguarding_focal_point | - | purpose
        referral.read | caseworker | assigned same_team sending_worker | purpose
        referral.read | supervisor | supervisor | purpose
        referral.read | safeguarding_focal_point | assigned | purpose
        referral.read | intake | receiving_desk | purpose
        referral.accept | intake | receiving_desk | purpose
        referral.decline | intake | receiving_desk | purpose
        referral.complete | caseworker | assigned sending_worker | purpose
        referral.complete | supervisor | supervisor | purpose
        referral.complete | safeguarding_focal_point | assigned | purpose
        referral.complete | intake | receiving_desk | purpose
        referral.revoke | caseworker | assigned sending_worker | purpose
        referral.revoke | supervisor | supervisor | purpose
        referral.revoke | safeguarding_focal_point | assigned | purpose
        packet.open | intake | receiving_desk | purpose packet
        case.lock_out | caseworker | assigned | purpose
        case.lock_out | supervisor | supervisor | purpose
        case.lock_out | safeguarding_focal_point | assigned reader | purpose
        case.restrict | caseworker | assigned | purpose confirmed
        case.restrict | supervisor | supervisor | purpose confirmed
        case.restrict | safeguarding_focal_point | assigned | purpose confirmed
        reader.add | caseworker | assigned | purpose confirmed
        reader.add | supervisor | supervisor | purpose confirmed
        reader.add | safeguarding_focal_point | reader | purpose confirmed
        reader.remove | caseworker | assigned | purpose confirmed
        reader.remove | supervisor | supervisor | purpose confirmed
        reader.remove | safeguarding_focal_point | reader | purpose confirmed
        case.assign | supervisor | supervisor | purpose
        case.assign | safeguarding_focal_point | reader | purpose
        case.read | caseworker | reader | purpose
        consent.withdraw | caseworker | reader |
        case.read | supervisor | reader | purpose
        consent.withdraw | supervisor | reader |
        case.read | safeguarding_focal_point | reader | purpose
        consent.withdraw | safeguarding_focal_point | reader |
        team.members | supervisor | supervisor |
        team.members | administrator | - | agency
        member.add | supervisor | supervisor | confirmed
        member.add | caseworker | same_team | confirmed
        member.add | intake | same_team | confirmed
        member.remove | supervisor | supervisor | confirmed
        team.renew_key | supervisor | supervisor | confirmed
        team.reseal | supervisor | supervisor |
        team.reseal | caseworker | same_team |
        team.reseal | intake | same_team |
        audit.read | auditor | - | purpose
        audit.checkpoint | auditor | - | purpose
        audit.checkpoint | administrator | - | purpose
        audit.extract | auditor | - | purpose confirmed
        agency.found | nobody | - |
        team.found | nobody | - |
        person.enrol | * | - |
        person.invite | nobody | - |
        directory.load | nobody | - |
        case.erase | supervisor | supervisor | purpose confirmed
        case.erase | safeguarding_focal_point | assigned | purpose confirmed
        case.erased | nobody | - |
        log.continue | nobody | - |
        keys.rotate_pepper | nobody | - |
        """

    /// Acts that nobody does from a session: the founding ceremony does, which holds the root key, and the operator.
    static let ofTheCeremony: Set<Act> = [
        .foundAgency, .foundTeam, .invitePerson, .loadDirectory, .completeErasure, .continueLog, .rotatePepper,
    ]

    /// The purpose that the table's `purpose` means.
    static let purposes: [(acts: String, purpose: Purpose)] = [
        (
            "case.open case.list case.read case.lock_out case.restrict case.assign reader. need. consent. services.match",
            .caseManagement
        ), ("case.erase", .recordKeeping), ("referral. packet.", .referral), ("audit.", .audit),
    ]

    /// One line of the table.
    struct Line {
        let act: String
        let role: String
        let relationships: Set<String>
        let needs: Set<String>

        func permits(_ facts: Facts) -> Bool {
            guard act == facts.act.rawValue, role == "*" || facts.roles.contains(where: { $0.rawValue == role }) else {
                return false
            }
            let held = Set(facts.relationships.map(\.rawValue))
            guard relationships == ["-"] || !relationships.isDisjoint(with: held) else { return false }
            return needs.allSatisfy { need in
                switch need {
                case "purpose":
                    PolicyDataTests.purposes.contains { acts, purpose in
                        purpose == facts.purpose
                            && acts.split(separator: " ").contains { facts.act.rawValue.hasPrefix($0) }
                    }
                case "agency": facts.isSameAgency == true
                case "packet": facts.referralState == .accepted
                case "consent": facts.consent?.allowsSending == true
                case "confirmed": facts.isConfirmed
                default: false
                }
            }
        }
    }

    static let lines: [Line] = table.split(separator: "\n").map { line in
        let parts = line.split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        return Line(
            act: parts[0],
            role: parts[1],
            relationships: Set(parts[2].split(separator: " ").map(String.init)),
            needs: Set(parts[3].split(separator: " ").map(String.init))
        )
    }

    /// Facts with an answer from the table.
    struct Cell {
        let facts: Facts
        let isPermitted: Bool
    }

    /// Every combination of one role and one relationship with these purposes, agencies, states and verdicts.
    static func cells(
        for act: Act,
        purposes: [Purpose],
        agencies: [Bool?],
        states: [ReferralState?],
        verdicts: [ConsentVerdict?]
    ) -> [Cell] {
        let lines = lines.filter { $0.act == act.rawValue }
        var cells: [Cell] = []
        for role in Role.allCases {
            for relationship in Relationship.allCases {
                for purpose in purposes {
                    for agency in agencies {
                        for state in states {
                            for verdict in verdicts {
                                for isConfirmed in [false, true] {
                                    let facts = Facts(
                                        act: act,
                                        purpose: purpose,
                                        isSignedIn: true,
                                        isBarred: false,
                                        roles: [role],
                                        relationships: [relationship],
                                        isSameAgency: agency,
                                        referralState: state,
                                        consent: verdict,
                                        isConfirmed: isConfirmed
                                    )
                                    cells.append(Cell(facts: facts, isPermitted: lines.contains { $0.permits(facts) }))
                                }
                            }
                        }
                    }
                }
            }
        }
        return cells
    }

    static let saveLife = ConsentVerdict.maySendToSaveLife(reviewBy: Date(timeIntervalSince1970: 0))

    /// All purposes, and every kind of agency, state and verdict.
    static func allCells(for act: Act) -> [Cell] {
        cells(
            for: act,
            purposes: Purpose.allCases,
            agencies: [nil, false, true],
            states: [nil, .received, .accepted, .completed],
            verdicts: [nil, .maySend, saveLife, .mayNotSend([.notAsked])]
        )
    }

    /// One right and one wrong value of each.
    static func fewCells(for act: Act) -> [Cell] {
        let wrong: Purpose = act.usualPurpose == .directoryCare ? .audit : .directoryCare
        return cells(
            for: act,
            purposes: [act.usualPurpose, wrong],
            agencies: [false, true],
            states: [.received, .accepted],
            verdicts: [nil, .maySend, saveLife]
        )
    }

    static func isPermitted(_ decision: Decision) -> Bool {
        if case .permitted = decision { true } else { false }
    }

    /// The first cell where policy and table differ, in words; nil when they agree everywhere.
    static func difference(_ policy: AccessPolicy, _ cells: [Cell]) -> String? {
        guard let cell = cells.first(where: { isPermitted(policy.decide($0.facts)) != $0.isPermitted }) else {
            return nil
        }
        return "should be \(cell.isPermitted ? "permitted" : "refused"): \(cell.facts)"
    }

    @Test func `the table names every act and every role it knows`() {
        #expect(Set(Self.lines.map(\.act)) == Set(Act.allCases.map(\.rawValue)))
        #expect(
            Set(Self.lines.map(\.role)).subtracting(["*", "nobody"]).isSubset(of: Set(Role.allCases.map(\.rawValue)))
        )
    }

    @Test(arguments: Act.allCases)
    func `each act is permitted to whom the table names and to nobody else`(act: Act) throws {
        #expect(Self.difference(try Self.shipped().access, Self.allCells(for: act)) == nil)
    }

    @Test(arguments: Act.allCases)
    func `barred and signed-out people get nothing`(act: Act) throws {  // DECISIONS 6
        let policy = try Self.shipped().access
        let everything = (
            roles: Set(Role.allCases), relationships: Set(Relationship.allCases), consent: ConsentVerdict.maySend
        )
        func decide(isSignedIn: Bool, isBarred: Bool) -> Decision {
            policy.decide(
                Facts(
                    act: act,
                    purpose: act.usualPurpose,
                    isSignedIn: isSignedIn,
                    isBarred: isBarred,
                    roles: everything.roles,
                    relationships: everything.relationships,
                    isSameAgency: true,
                    referralState: .accepted,
                    consent: everything.consent,
                    isConfirmed: true
                )
            )
        }
        #expect(
            Self.isPermitted(decide(isSignedIn: true, isBarred: false)) == !Self.ofTheCeremony.contains(act)
        )
        #expect(!Self.isPermitted(decide(isSignedIn: true, isBarred: true)))
        #expect(Self.isPermitted(decide(isSignedIn: false, isBarred: false)) == [.signIn, .enrolPerson].contains(act))
    }

    @Test func `the usual purpose of an act is one its rules accept`() throws {
        for line in Self.lines where line.needs.contains("purpose") {
            let act = try #require(Act(rawValue: line.act))
            let purpose = Self.purposes.first { $0.acts.split(separator: " ").contains { line.act.hasPrefix($0) } }
            #expect(purpose?.purpose == act.usualPurpose)
        }
    }

    /// Every change of a rule that a slip could make: a condition dropped, another role, another relationship.
    static func slips(_ rule: AccessRule) -> [[Condition]] {
        var slips: [[Condition]] = []
        for (index, condition) in rule.conditions.enumerated() {
            var dropped = rule.conditions
            dropped.remove(at: index)
            slips.append(dropped)
            let others: [Condition]
            switch condition {
            case .role(let role): others = Role.allCases.filter { $0 != role }.map(Condition.role)
            case .relationship(let held):
                others = Relationship.allCases.filter { $0 != held && $0 != .none }.map(Condition.relationship)
            default: others = []
            }
            for other in others {
                var changed = rule.conditions
                changed[index] = other
                slips.append(changed)
            }
        }
        return slips
    }

    @Test func `a rule that is dropped, loosened or given to others is refused by the loader or noticed by the table`()
        throws
    {
        let policy = try Self.shipped().access
        var noticed = 0
        var refused = 0
        for act in Act.allCases {
            let cells = Self.fewCells(for: act)
            #expect(Self.difference(policy, cells) == nil)
            for rule in policy.rules(for: act) {
                let slips: [[Condition]?] = Self.slips(rule) + [nil]
                for conditions in slips {
                    let text = Self.rewritten(policy, rule, conditions)
                    do throws(PolicyError) {
                        let mutant = try AccessPolicy(reading: try Self.parsed(text))
                        noticed += 1
                        #expect(
                            Self.difference(mutant, cells) != nil,
                            "\(rule.id) as \(conditions?.map(\.code) ?? ["dropped"])"
                        )
                    } catch { refused += 1 }
                }
            }
        }
        #expect(noticed > 300)
        #expect(refused > 200)
    }

    private static func parsed(_ text: String) throws(PolicyError) -> DataNode {
        do throws(DataProblem) { return try DataFile.parse(text, file: "access.yaml") } catch {
            throw .problems([error])
        }
    }

    /// The rules of one act with one of them changed, or left out; nobody may do anything else.
    private static func rewritten(_ policy: AccessPolicy, _ changed: AccessRule, _ conditions: [Condition]?) -> String {
        var text = "edition: 1\nacts:\n"
        for act in Act.allCases {
            let rules = policy.rules(for: act).filter { act == changed.act && ($0 != changed || conditions != nil) }
            text += "  \(act.rawValue):" + (rules.isEmpty ? " []\n" : "\n")
            for rule in rules {
                let conditions = rule == changed ? conditions ?? [] : rule.conditions
                text += "    \(rule.name): [\(conditions.map(\.code).joined(separator: ", "))]\n"
            }
        }
        return text
    }

    @Test func `every condition of the vocabulary is documented`() throws {
        let readme = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
        for condition in Condition.all { #expect(readme.contains("`\(condition.code)`"), "\(condition.code)") }
        for line in readme.split(separator: "\n") where line.hasPrefix("| `") && !line.contains(".yaml") {
            for match in line.matches(of: /`((?:role|relationship|purpose|consent|referral)\.[a-z_]+)`/) {
                #expect(Condition(code: String(match.1)) != nil, "\(match.1)")
            }
        }
    }

    // MARK: consent.yaml

    @Test(arguments: [
        // age, giver, her own consent, her assent, valid (N4)
        (3, "caregiver", "spoken", "none", true), (3, "trusted_adult", "spoken", "none", true),
        (3, "self", "written", "none", false), (8, "caregiver", "spoken", "spoken", true),
        (8, "caregiver", "spoken", "none", false), (8, "supervisor_best_interests", "spoken", "spoken", true),
        (13, "caregiver", "spoken", "written", true), (13, "caregiver", "spoken", "spoken", false),
        (13, "self", "written", "none", false), (13, "guardian", "spoken", "written", true),
        (16, "self", "written", "none", true), (16, "self", "spoken", "none", false),
        (16, "caregiver", "written", "written", false), (16, "trusted_adult", "written", "written", false),
        (16, "supervisor_best_interests", "spoken", "none", true), (30, "self", "spoken", "none", true),
        (30, "caregiver", "written", "none", false), (30, "supervisor_best_interests", "written", "none", false),
    ])
    func `the shipped bands are those of N4`(
        age: Int,
        giver: String,
        form: String,
        assent: String,
        isValid: Bool
    ) throws {
        let noon = Date(timeIntervalSince1970: 1_773_144_000)
        let one = Array(repeating: UInt8(1), count: 16)
        let two = Array(repeating: UInt8(2), count: 16)
        let giver = try #require(ConsentGiver(rawValue: giver))
        let decision = try BestInterests(
            reason: .noSafeCaregiver,
            explanation: "nobody safe can be reached",
            decidedBy: try #require(StaffID(bytes: one)),
            signedBy: try #require(StaffID(bytes: two))
        )
        let consent = try Consent(
            id: try #require(ConsentID(bytes: one)),
            caseID: try #require(CaseID(bytes: one)),
            code: try #require(ServiceCode("PSY-CRISIS")),
            recipient: OrganizationID("xa-fixture"),
            items: [.ageBand],
            giver: giver,
            form: try #require(AgreementForm(rawValue: form)),
            assent: AgreementForm(rawValue: assent).map { .given($0, at: noon) } ?? .notAsked,
            bestInterests: giver == .supervisorBestInterests ? decision : nil,
            limitsExplainedAt: noon,
            givenAt: noon,
            expiresAt: noon + 86_400
        )
        let circumstances = ConsentCircumstances(
            age: try Age(years: age, basis: .stated),
            conflicts: try ConflictFacts(),
            isDeclined: false,
            isLifeInDanger: false
        )
        #expect(try Self.shipped().consent.rules.validity(of: consent, in: circumstances).isEmpty == isValid)
    }

    // N6, N7
    @Test func `best interests last fourteen days and a disclosure to save life is reviewed in a day`() throws {
        let consent = try Self.shipped().consent
        #expect(consent.rules.bestInterestsDays == 14)
        #expect(consent.rules.vitalReviewHours == 24)
        #expect(consent.defaultDays <= consent.rules.longestDays)
    }

    @Test func `medical services get what F7 names and nobody's name`() throws {
        let list = try Self.shipped().consent.allowList
        for code in ["MED-CMR", "MED-HIVPEP", "MED-EMERG", "MED-FORENSIC"] {
            let items = list.items(for: try #require(ServiceCode(code)))
            #expect(items.isSuperset(of: [.ageBand, .gender, .timeSinceIncident, .languages, .safeContact]))
            #expect(items.isDisjoint(with: [.name, .exactAge, .nationality, .needReason]))
        }
    }

    @Test func `every service hears how to reach her safely, in which language and what not to tell`() throws {  // F2
        let list = try Self.shipped().consent.allowList
        for code in try Self.codes() {
            #expect(list.items(for: code).isSuperset(of: [.languages, .safeContact, .country]), "\(code)")
            if code.text != "LEG-IMAGE" { #expect(list.items(for: code).contains(.restrictions), "\(code)") }
        }
    }

    @Test func `an ambulance and a shelter can be sent what saves her life without consent`() throws {  // N7
        let consent = try Self.shipped().consent
        for code in ["MED-EMERG", "SOC-SHELTER"] {
            let leaving = consent.rules.minimumToSaveLife.intersection(
                consent.allowList.items(for: try #require(ServiceCode(code)))
            )
            #expect(leaving.isSuperset(of: [.ageBand, .languages, .area, .safeContact, .immediateDanger]))
        }
        #expect(consent.rules.minimumToSaveLife.isDisjoint(with: [.name, .exactAge, .needReason, .nationality]))
    }

    @Test func `a list of its own belongs to a code of the taxonomy`() throws {
        let known = Set(try Self.codes())
        #expect(try Set(Self.shipped().consent.allowList.codes).isSubset(of: known))
    }

    /// The 45 leaves of DOMAIN section 7.
    static func codes() throws -> [ServiceCode] {
        let text = """
            MED-EMERG MED-CMR MED-HIVPEP MED-EC MED-STI MED-HEPB MED-WOUND MED-FORENSIC MED-TOX MED-PREG MED-SAC MED-FUP
            MED-SUBST PSY-CRISIS PSY-SUIC PSY-PSS PSY-THERAPY PSY-PSYCH PSY-GROUP PSY-CAREG PSY-ONLINE LEG-INFO LEG-REP
            LEG-POLICE LEG-FORINT LEG-PROT LEG-COMP LEG-GUARD LEG-FAMILY LEG-IMM LEG-DOC LEG-IMAGE SOC-CASE SOC-CPS
            SOC-SHELTER SOC-ALTCARE SOC-TRANSIT SOC-BASIC SOC-CASH SOC-EDU SOC-LIVE SOC-FTR SOC-RETURN SOC-TRANSP
            SOC-INTERP
            """
        let codes = try text.split { $0.isWhitespace }.map { try #require(ServiceCode(String($0))) }
        #expect(codes.count == 45)
        return codes
    }
}
