import Care
import Directory
import Foundation
import Matching
import Testing

struct PlannerTests {
    private static let codes = ["MED-HIVPEP", "MED-EC", "MED-FORENSIC", "MED-STI"]
    private static let rules = BundleRules(
        withinHours: 120,
        startedBy: [Sample.code("MED-CMR"), Sample.code("MED-HIVPEP")],
        needs: codes.map(Sample.code)
    )

    private func whole(
        _ needs: [String] = ["MED-CMR"],
        since hours: Double? = 10,
        _ change: (inout WholeCase) -> Void = { _ in }
    ) -> WholeCase {
        let facts = Sample.context { $0.lastExposure = hours.map { Sample.hours(-$0) } }
        var whole = WholeCase(
            facts,
            openNeeds: needs.map { WholeCase.OpenNeed(SoughtNeed(code: Sample.code($0), urgency: .urgent)) }
        )
        change(&whole)
        return whole
    }

    private func plan(
        _ whole: WholeCase,
        _ services: [Service] = [],
        travel: [String: Double] = [:],
        profile: CountryProfile = Sample.profile,
        rules: BundleRules = rules
    ) throws -> CasePlan {
        var whole = whole
        var hours = Dictionary(uniqueKeysWithValues: services.map { ($0.id, 0.0) })
        for (id, span) in travel { hours[ServiceID(id)] = span }
        whole.facts.travel = TravelTimes(hours)
        return Planner.plan(
            whole,
            among: try ServiceIndex(services),
            bundle: rules,
            profile: { _ in profile },
            windows: Sample.windows,
            parameters: Sample.parameters,
            now: Sample.now
        )
    }

    private func clinic(_ id: String, _ offers: [String], _ change: (inout Service) -> Void = { _ in }) -> Service {
        Sample.service(id, offers: offers, change)
    }

    // MARK: What is proposed

    @Test(arguments: [(-1.0, true), (0.0, false), (1.0, false)])
    func `the bundle starts while the violence is less than 120 hours old, to the second`(
        _ late: Double,
        _ isBundle: Bool
    ) throws {
        let whole = whole(since: 120 + late / 3600)
        let plan = try plan(whole)
        #expect(plan.isBundle == isBundle)
        let needs = ["MED-HIVPEP", "MED-EC", "MED-FORENSIC", "MED-STI", "MED-CMR"]
        // 120 hours after, the first three of the bundle are over or end this very moment; H4 adds what stands for them.
        #expect(isBundle ? plan.needs.map(\.code.text).starts(with: needs.prefix(4)) : plan.needs.count == 1)
    }

    @Test func `all that can still be given is proposed at once, and what was stated keeps its place`() throws {
        let plan = try plan(whole(["MED-EC", "MED-CMR", "PSY-PSS"]))
        #expect(
            plan.needs.map(\.code.text) == ["MED-HIVPEP", "MED-EC", "MED-FORENSIC", "MED-STI", "MED-CMR", "PSY-PSS"]
        )
        #expect(plan.needs.map(\.isProposed) == [true, false, true, true, false, false])
        #expect(plan.needs.map(\.isTimeCritical) == [true, true, true, true, false, false])
        #expect(plan.needs.filter(\.isProposed).allSatisfy { $0.urgency == .urgent })
        // She is asked before anything is sent.
        #expect(plan.needs[0].gates == CodeSet([.consentNotAsked]))
    }

    @Test func `another need starts nothing, and without a rule nothing is ever proposed`() throws {
        #expect(try plan(whole(["PSY-PSS"])).needs.map(\.code.text) == ["PSY-PSS"])
        let plan = try plan(whole(), rules: .none)
        #expect(!plan.isBundle)
        #expect(plan.needs.map(\.code.text) == ["MED-CMR"])
    }

    @Test func `a time that nobody knows starts the bundle, and each clock says so`() throws {
        let plan = try plan(whole(since: nil))
        #expect(plan.isBundle && plan.isTimeUnknown)
        #expect(plan.needs.map(\.clock) == [.unknown, .unknown, .unknown, .noCutOff, .noCutOff])
    }

    @Test func `what is left is told to the second, with its last moment`() throws {
        let plan = try plan(whole(since: 70.5))
        #expect(plan.needs[0].clock == .open(until: Sample.hours(1.5), secondsLeft: 5400))
        #expect(plan.needs[1].clock == .open(until: Sample.hours(49.5), secondsLeft: 178_200))
        #expect(plan.needs[3].clock == .noCutOff)
    }

    @Test func `over: what stands for it is planned, and too late is never the only answer`() throws {
        let plan = try plan(whole(["MED-CMR"], since: 80))
        #expect(
            plan.needs.map(\.code.text) == ["MED-HIVPEP", "MED-EC", "MED-FORENSIC", "MED-STI", "MED-CMR", "MED-FUP"]
        )
        #expect(plan.needs[0].clock == .over(instead: [Sample.code("MED-CMR"), Sample.code("MED-FUP")]))
        #expect(plan.needs[0].serviceCount == 0)
        #expect(plan.needs[4].standsFor == [Sample.code("MED-HIVPEP")])
        #expect(plan.needs[4].isTimeCritical && !plan.needs[4].isProposed)
        #expect(plan.needs[5].standsFor == [Sample.code("MED-HIVPEP")])
        #expect(plan.needs[5].isTimeCritical && plan.needs[5].isProposed)
        // It is over, not unmet.
        #expect(plan.unmet == [1, 2, 3, 4, 5])
    }

    @Test func `what she declined or already has is not brought up again`() throws {
        let plan = try plan(
            whole {
                $0.consents[Sample.code("MED-FORENSIC")] = ConsentOnFile(status: .refused, giver: .survivor)
                $0.settled = [Sample.code("MED-EC")]
            }
        )
        #expect(plan.needs.map(\.code.text) == ["MED-HIVPEP", "MED-STI", "MED-CMR"])
    }

    @Test func `a need she stated and then declined is shown blocked, and no visit covers it`() throws {
        let plan = try plan(
            whole(["MED-CMR", "MED-HIVPEP"]) {
                $0.consents[Sample.code("MED-HIVPEP")] = ConsentOnFile(status: .refused, giver: .survivor)
            },
            [clinic("a", Self.codes)]
        )
        #expect(plan.needs[0].gates == CodeSet([.serviceRefusedBySurvivor]))
        #expect(plan.needs[0].serviceCount == 0)
        #expect(plan.visits[0].covers.map(\.need) == [1, 2, 3])
        #expect(plan.visits[0].misses.map(\.need) == [0, 4])
        #expect(plan.visits[0].misses[0].reasons.isEmpty)
        #expect(!plan.unmet.contains(0))
    }

    @Test func `a window that nobody confirmed keeps a need open, without a countdown`() throws {
        let profile = CountryProfile(ownConsentFromAge: 15, keptOpenHours: [Sample.code("MED-EC"): 168])
        let rules = BundleRules(withinHours: 168, startedBy: [Sample.code("MED-CMR")], needs: [Sample.code("MED-EC")])
        let plan = try plan(whole(since: 130), [clinic("a", ["MED-EC"])], profile: profile, rules: rules)
        #expect(plan.needs[0].clock == .keptOpen)
        let cover = try #require(plan.visits[0].covers.first)
        #expect(cover.need == 0 && cover.secondsToSpare == nil && cover.isTight)
    }

    // MARK: Visits

    @Test func `one visit that covers all goes before faster ones that cover less`() throws {
        let services = [
            clinic("near", ["MED-HIVPEP"]), clinic("whole", Self.codes), clinic("most", ["MED-HIVPEP", "MED-EC"]),
        ]
        let plan = try plan(whole(["MED-HIVPEP"]), services, travel: ["whole": 8, "most": 1])
        #expect(plan.visits.map(\.service.text) == ["whole", "most", "near"])
        #expect(plan.visits[0].covers.map(\.need) == [0, 1, 2, 3])
        #expect(plan.visits[0].earliestStart == Sample.hours(8))
        #expect(plan.visits[0].covers[0].secondsToSpare == 54 * 3600)
        #expect(plan.proposed == [1])
        // The fastest for the one need is told beside it.
        #expect(plan.needs[0].first == ServiceID("near"))
        #expect(plan.needs[0].serviceCount == 3)
    }

    @Test func `what the start comes too late for is not covered, and says so`() throws {
        let plan = try plan(
            whole(since: 70),
            [clinic("far", Self.codes), clinic("near", ["MED-STI"])],
            travel: ["far": 3]
        )
        #expect(plan.visits.map(\.service.text) == ["far", "near"])
        #expect(plan.visits[0].covers.map(\.need) == [1, 2, 3])
        #expect(plan.visits[0].misses.map(\.need) == [0, 4])
        #expect(plan.visits[0].misses[0].reasons == CodeSet([.deadlineCannotBeMet]))
        #expect(plan.visits[0].misses[1].reasons == CodeSet([.capabilityMissing]))
        #expect(plan.unmet == [0, 4])
    }

    @Test func `the last moment is covered, one second later is not`() throws {
        for (late, covered) in [(0.0, [0]), (1.0, [Int]())] {
            let whole = whole(["MED-HIVPEP"], since: 70 + late / 3600)
            let plan = try plan(whole, [clinic("a", ["MED-HIVPEP"])], travel: ["a": 2])
            #expect(plan.visits.flatMap { $0.covers.map(\.need) } == covered)
            #expect(plan.visits.first?.covers.first?.secondsToSpare == (late == 0 ? 0 : nil))
            #expect(plan.visits.first?.covers.first?.isTight == (late == 0 ? true : nil))
        }
    }

    @Test func `what nobody states sorts after a known fit, however much it might cover`() throws {
        let services = [
            clinic("known", ["MED-STI"]), clinic("unknown", Self.codes) { $0.hours = nil },
            clinic("wait", Self.codes) { $0.leadHours = nil },
        ]
        let plan = try plan(whole(), services)
        #expect(plan.visits.map(\.service.text) == ["known", "wait", "unknown"])
        #expect(plan.visits.map(\.isTimed) == [true, false, false])
        #expect(plan.visits[2].earliestStart == nil)
        #expect(plan.visits[2].flags.contains(.hoursUnknown))
    }

    @Test func `more than one visit: the best, then the best for what it leaves`() throws {
        let services = [
            clinic("a", ["MED-HIVPEP", "MED-EC"]), clinic("b", ["MED-HIVPEP", "MED-FORENSIC"]),
            clinic("c", ["MED-FORENSIC", "MED-STI", "MED-CMR"]) { $0.capacity = .waitlist },
        ]
        let plan = try plan(whole(), services)
        // Of "c" two are time-critical as of the others, and one more is not.
        #expect(plan.visits.map(\.service.text) == ["c", "a", "b"])
        #expect(plan.proposed == [1, 2])
        #expect(plan.unmet.isEmpty)
    }

    @Test func `time-critical needs go before others, and others break the tie`() throws {
        let services = [
            clinic("others", ["MED-CMR", "PSY-PSS", "LEG-REP"]), clinic("one", ["MED-STI"]),
            clinic("both", ["MED-EC", "PSY-PSS"]),
        ]
        let plan = try plan(whole(["MED-CMR", "PSY-PSS", "LEG-REP"]), services)
        #expect(plan.visits.map(\.service.text) == ["both", "one", "others"])
    }

    @Test func `a conflicted service is in the plan for nobody`() throws {
        let services = [clinic("club", Self.codes), clinic("clinic", ["MED-STI"])]
        let conflicted = whole {
            $0.facts.conflicts = [ConflictLink(party: nil, organizations: [OrganizationID("org-club")])]
        }
        let plan = try plan(conflicted, services)
        #expect(plan.visits.map(\.service.text) == ["clinic"])
        #expect(plan == (try self.plan(conflicted, [services[1]])))
    }

    @Test func `outside the case no time and no reason is told`() throws {
        let plan = try plan(whole(since: 70), [clinic("far", Self.codes)], travel: ["far": 3])
        let cut = plan.answer(for: .outsideTheCase)
        #expect(cut.needs.allSatisfy { $0.clock == .untold })
        #expect(cut.visits.allSatisfy { $0.misses.isEmpty })
        #expect(cut.visits.flatMap(\.covers).allSatisfy { $0.secondsToSpare == nil && !$0.isTight })
        #expect(cut.visits.map(\.service) == plan.visits.map(\.service))
        #expect(plan.answer(for: .insideTheCase) == plan)
        #expect(!(try self.plan(whole(since: nil)).answer(for: .outsideTheCase).isTimeUnknown))
    }

    @Test func `two needs of one code are one, the more pressing, in danger when either is`() throws {
        let whole = whole([]) {
            $0.openNeeds = [
                WholeCase.OpenNeed(
                    SoughtNeed(code: Sample.code("PSY-PSS"), urgency: .routine),
                    isLifeThreatening: true
                ),
                WholeCase.OpenNeed(SoughtNeed(code: Sample.code("PSY-PSS"), urgency: .emergency)),
                WholeCase.OpenNeed(
                    SoughtNeed(code: Sample.code("LEG-REP"), urgency: .urgent, jurisdiction: Sample.here)
                ),
                WholeCase.OpenNeed(SoughtNeed(code: Sample.code("LEG-REP"), urgency: .urgent)),
            ]
        }
        let plan = try plan(whole, [clinic("a", ["PSY-PSS"])])
        #expect(plan.needs.map(\.code.text) == ["LEG-REP", "LEG-REP", "PSY-PSS"])
        #expect(plan.needs.map(\.jurisdiction) == [nil, Sample.here, nil])
        #expect(plan.needs[2].urgency == .emergency)
        #expect(plan.needs[2].gates == CodeSet([.consentNotAsked]))
    }

    // MARK: Words

    private static let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Directory").path

    @Test func `every statement has words in each language, and hours beside the local clock`() throws {
        let plan = try plan(whole(since: 70.5), [clinic("a", ["MED-EC"]) { $0.hours = nil }])
        let book = PhrasebookReader.read(Self.shipped, saying: CasePlan.phrases).phrasebook
        let words = book.english
        #expect(words.text(plan.needs[0].statements(until: "17:00")[0].sentence) == "One hour is left, until 17:00.")
        #expect(words.text(plan.needs[1].statements(until: "17:00")[0].sentence) == "49 hours are left, until 17:00.")
        #expect(plan.needs[3].statements(until: nil).map(\.code) == [.noCutOff])
        #expect(
            plan.statements(within: 120).map(\.code) == [
                .proposedTogether, .clinicianDecides, .askFirst, .nobodyInTime,
            ]
        )
        #expect(plan.statements(of: plan.visits[0]).map(\.code) == [.covers, .notTimed])
        #expect(words.text(plan.statements(of: plan.visits[0])[0].sentence) == "One visit covers MED-EC.")
        let over = try self.plan(whole(since: 80))
        #expect(over.needs[0].statements(until: nil).map(\.code) == [.over])
        #expect(over.needs[5].statements(until: nil).map(\.code) == [.noCutOff, .standsFor])
        let unknown = try self.plan(whole(since: nil))
        #expect(unknown.statements(within: 120).map(\.code).contains(.timeUnknown))
        #expect(unknown.needs[0].statements(until: nil).map(\.code) == [.startUnknown])
        let last = try self.plan(whole(since: 71.5))
        #expect(last.needs[0].statements(until: "x").map(\.code) == [.lessThanAnHourLeft])
        for language in Phrasebook.shipped {
            let words = book.phrases(in: [language])
            let sentences = PlanPhrase.allCases.map { code in
                words.text(
                    code.phrase,
                    Dictionary(uniqueKeysWithValues: code.phrase.placeholders.map { ($0, "MED-EC") }),
                    count: code.phrase.counted.map { _ in 5 }
                )
            }
            #expect(Set(sentences).count == PlanPhrase.allCases.count, "\(language)")
            #expect(sentences.allSatisfy { $0.hasSuffix(".") && $0.count > 15 }, "\(language)")
        }
    }
}
