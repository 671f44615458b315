import Care
import Directory
import Foundation
import Matching
import Testing

struct RematchTests {
    private static let need = id(NeedID.self, 1)
    private static let other = id(NeedID.self, 2)
    private static let pep = Sample.code("MED-HIVPEP")

    private static func id<ID: RandomIdentifier>(_ type: ID.Type, _ byte: UInt8) -> ID {
        ID(bytes: [UInt8](repeating: byte, count: 16))!
    }

    private static let content = try! CaseContent(
        agency: id(AgencyID.self, 7),
        team: id(TeamID.self, 8),
        openedBy: id(StaffID.self, 9),
        assigned: [id(StaffID.self, 9)],
        intake: Intake(firstContactAt: Sample.now),
        wishes: nil,
        at: Sample.now
    )

    /// A case with one open need, until when it can be met, and its consents.
    private func routing(
        until end: Date? = nil,
        consents: [Consent] = [],
        settled: Need.Outcome? = nil
    ) throws -> CaseRouting {
        var content = Self.content
        var need = try Need(id: Self.need, code: Self.pep, urgency: .urgent, recordedAt: Sample.now)
        if let settled { need.settle(settled) }
        try content.record(need)
        return CaseRouting(
            of: CaseFile(
                id: Self.id(CaseID.self, 3),
                identity: try Survivor(currentCountry: Sample.here),
                contact: try SafeContact(permission: .notAsked),
                conflicts: try ConflictFacts(),
                content: content
            ),
            referrals: [],
            consents: consents,
            rules: try Self.rules(),
            windowEnds: end.map { [Self.need: $0] } ?? [:]
        )
    }

    private func standing(
        directory: String? = "d1",
        policies: String = "p1",
        conflicts: Int = 1,
        now: Date = Sample.now
    ) -> Rematch.Standing {
        Rematch.Standing(directory: directory, policies: policies, conflicts: conflicts, now: now)
    }

    private func causes(
        _ before: CaseRouting,
        _ after: CaseRouting? = nil,
        matched: Rematch.Standing,
        now: Rematch.Standing,
        marking need: NeedID = need
    ) throws -> [RematchCause] {
        let fact = try #require(before.needs.first)
        let mark = Rematch.mark(fact, of: before, referrals: [], standing: matched, isUnmet: false)
        let due = Rematch.due(
            after ?? before,
            referrals: [],
            marks: need == Self.need ? [mark] : [],
            standing: now
        )
        #expect(due.allSatisfy { $0.need == Self.need && !$0.causes.isEmpty })
        return due.first?.causes ?? []
    }

    @Test func `as long as nothing changes nothing is due, and a need that was never matched is not matched again`()
        throws
    {
        let routing = try routing()
        #expect(try causes(routing, matched: standing(), now: standing(now: Sample.hours(1000))).isEmpty)
        let never = try causes(routing, matched: standing(), now: standing(directory: "d2"), marking: Self.other)
        #expect(never.isEmpty)
    }

    @Test func `a changed directory, rule or conflict is a cause, each by its name`() throws {
        let routing = try routing()
        #expect(try causes(routing, matched: standing(), now: standing(directory: "d2")) == [.directoryChanged])
        #expect(try causes(routing, matched: standing(), now: standing(directory: nil)) == [.directoryChanged])
        #expect(try causes(routing, matched: standing(), now: standing(policies: "p2")) == [.policiesChanged])
        #expect(try causes(routing, matched: standing(), now: standing(conflicts: 2)) == [.conflictsChanged])
        #expect(
            try causes(routing, matched: standing(), now: standing(directory: "d2", policies: "p2", conflicts: 2))
                == [.directoryChanged, .policiesChanged, .conflictsChanged]
        )
    }

    @Test func `a need that is settled is not due`() throws {
        let settled = try routing(settled: .referred)
        #expect(try causes(routing(), settled, matched: standing(), now: standing(directory: "d2")).isEmpty)
    }

    /// Hours left when it was matched, hours left now, what is due.
    static let steps: [(Double, Double, RematchCause?)] = [
        (48, 25, nil), (48, 24.001, nil), (48, 24, .window24), (48, 13, .window24), (48, 12, .window12),
        (48, 6.001, .window12), (48, 6, .window6), (48, 0, .window6), (48, -0.001, .windowOver), (20, 13, nil),
        (20, 12, .window12), (12, 12, nil), (10, 7, nil), (10, 6, .window6), (3, 1, nil), (3, -1, .windowOver),
        (-1, -30, nil),
    ]

    @Test(arguments: steps)
    func `each step of a window is due once, to the moment`(_ then: Double, _ left: Double, _ cause: RematchCause?)
        throws
    {
        let routing = try routing(until: Sample.hours(100))
        let found = try causes(
            routing,
            matched: standing(now: Sample.hours(100 - then)),
            now: standing(now: Sample.hours(100 - left))
        )
        #expect(found == (cause.map { [$0] } ?? []))
    }

    // MARK: Consents

    private static func rules() throws -> ConsentRules {
        let band = ConsentRules.Band(givers: [.survivor], standIns: [], form: .spoken, assent: .none)
        return try ConsentRules(
            bands: Dictionary(AgeBand.allCases.map { ($0, band) }, uniquingKeysWith: { first, _ in first }),
            longestDays: 365,
            bestInterestsDays: 14,
            minimumToSaveLife: [.alias],
            vitalReviewHours: 24
        )
    }

    private func consent(_ byte: UInt8, code: String = "MED-HIVPEP", endsAt: Date = Sample.hours(2000)) throws
        -> Consent
    {
        try Consent(
            id: Self.id(ConsentID.self, byte),
            caseID: Self.id(CaseID.self, 3),
            code: Sample.code(code),
            recipient: OrganizationID("org-a"),
            items: [.ageBand],
            giver: .survivor,
            form: .written,
            limitsExplainedAt: Sample.now,
            givenAt: Sample.now,
            expiresAt: endsAt
        )
    }

    @Test func `a consent for the need that was given, taken back or has ended is a cause, one for another is none`()
        throws
    {
        let none = try routing()
        let given = try routing(consents: [consent(1)])
        var taken = try consent(1)
        taken.withdraw(at: Sample.hours(1))
        let later = standing(now: Sample.hours(2))
        #expect(try causes(none, given, matched: standing(), now: later) == [.consentChanged])
        #expect(try causes(given, routing(consents: [taken]), matched: standing(), now: later) == [.consentChanged])
        #expect(try causes(given, given, matched: standing(), now: later).isEmpty)
        let ending = try routing(consents: [consent(1, endsAt: Sample.hours(1))])
        #expect(try causes(ending, ending, matched: standing(), now: later) == [.consentChanged])
        let foreign = try routing(consents: [consent(1, code: "MED-EC")])
        #expect(try causes(none, foreign, matched: standing(), now: later).isEmpty)
    }

    // MARK: Referrals

    private func referral(_ byte: UInt8, code: String = "MED-HIVPEP") throws -> Referral {
        var referral = try Referral(
            id: Self.id(ReferralID.self, byte),
            caseID: Self.id(CaseID.self, 3),
            need: Self.need,
            code: Sample.code(code),
            recipient: OrganizationID("org-a"),
            service: ServiceID("a"),
            desk: Self.id(TeamID.self, 5),
            sentBy: Self.id(StaffID.self, 9),
            urgency: .urgent,
            answerWithinHours: 72,
            mode: .warm,
            basis: .consent(Self.id(ConsentID.self, 1)),
            createdAt: Sample.now
        )
        try referral.makeReady(at: Sample.now)
        try referral.send(at: Sample.now)
        return referral
    }

    private func causes(
        of referrals: [Referral],
        matchedWith earlier: [Referral] = [],
        at hours: Double
    ) throws -> [RematchCause] {
        let routing = try routing()
        func facts(_ referrals: [Referral]) -> [CaseRouting.ReferralFact] { referrals.map { .init(of: $0) } }
        let mark = Rematch.mark(
            try #require(routing.needs.first),
            of: routing,
            referrals: facts(earlier),
            standing: standing(),
            isUnmet: false
        )
        let now = standing(now: Sample.hours(hours))
        return Rematch.due(routing, referrals: facts(referrals), marks: [mark], standing: now).first?.causes ?? []
    }

    @Test func `a referral that is declined is a cause until the need is matched with it in view`() throws {
        var declined = try referral(1)
        try declined.decline(.noCapacity, at: Sample.hours(1))
        #expect(try causes(of: [referral(1)], at: 2).isEmpty)
        #expect(try causes(of: [declined], at: 2) == [.referralDeclined])
        #expect(try causes(of: [declined], matchedWith: [declined], at: 2).isEmpty)
        #expect(try causes(of: [declined], matchedWith: [referral(1)], at: 2) == [.referralDeclined])
        var foreign = try referral(2, code: "MED-EC")
        try foreign.decline(.noCapacity, at: Sample.hours(1))
        #expect(try causes(of: [foreign], at: 2).isEmpty)
    }

    @Test func `a referral that nobody answered in time is a cause, one whose time still runs is none`() throws {
        let waiting = try referral(1)
        #expect(try causes(of: [waiting], at: 72).isEmpty)
        #expect(try causes(of: [waiting], at: 72.001) == [.noAnswer])
    }

    @Test func `a mark survives storing, with its ids in order`() throws {
        let mark = MatchMark(
            need: Self.need,
            at: Sample.now,
            directory: nil,
            policies: "p",
            conflicts: 3,
            consents: [Self.id(ConsentID.self, 9), Self.id(ConsentID.self, 1)],
            failedReferrals: [],
            isUnmet: true
        )
        #expect(mark.consents == [Self.id(ConsentID.self, 1), Self.id(ConsentID.self, 9)])
        let stored = try JSONDecoder().decode(MatchMark.self, from: JSONEncoder().encode(mark))
        #expect(stored == mark)
    }

    @Test func `every cause has words in each language`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Directory").path
        let phrases = RematchCause.allCases.map(\.phrase)
        let book = PhrasebookReader.read(folder, saying: phrases).phrasebook
        for language in Phrasebook.shipped {
            let sentences = phrases.map { book.phrases(in: [language]).text($0) }
            #expect(Set(sentences).count == phrases.count, "\(language)")
            #expect(sentences.allSatisfy { $0.hasSuffix(".") }, "\(language)")
        }
    }
}
