import Care
import Directory
import Foundation
import Matching

/// Reads one scenario: its case and services laid over the defaults, and its expectations.
struct ScenarioReader {
    let node: JSONNode
    let vocabulary: Vocabulary
    let profiles: [CountryCode: CountryProfile]
    let caseDefaults: JSONNode?
    let serviceDefaults: JSONNode?

    func workedCase() throws(WorkedCaseProblem) -> WorkedCase {
        let id = try node.required("id").name
        let given = try node.required("case")
        _ = try given.members
        let full = given.laid(over: caseDefaults)
        let now = try full.required("now").moment
        var context = try context(full, now: now)
        var services: [Service] = []
        var travel: [ServiceID: Double] = [:]
        var places: [ServiceID: String] = [:]
        for entry in try node.required("services").items {
            _ = try entry.members
            let reader = ServiceReader(
                node: entry.laid(over: serviceDefaults),
                vocabulary: vocabulary,
                context: context
            )
            let service = try reader.service()
            if let place = places.updateValue(entry.pointer, forKey: service.id) {
                throw try entry.required("id").problem("\(place) has this id already")
            }
            travel[service.id] = try reader.travelHours()
            services.append(service)
        }
        context.travel = TravelTimes(travel)
        let index: ServiceIndex
        do { index = try ServiceIndex(services) } catch { throw node.problem("a service is listed twice") }
        return WorkedCase(
            id: id,
            now: now.date,
            viewer: try viewer(full),
            context: context,
            profile: profiles[context.survivor.currentCountry] ?? .unknown,
            services: index,
            expectations: try expectations(services: Set(services.map(\.id.text)))
        )
    }

    private enum ViewerRole: String, CaseIterable {
        case caseworker
        case helpline
    }

    private func viewer(_ full: JSONNode) throws(WorkedCaseProblem) -> Viewer {
        switch try full.required("viewer_role").code(ViewerRole.self) {
        case .caseworker: .insideTheCase
        case .helpline: .outsideTheCase
        }
    }
}

// MARK: The case

extension ScenarioReader {
    private func context(_ full: JSONNode, now: Timestamp) throws(WorkedCaseProblem) -> CaseContext {
        let needNode = try full.required("need")
        let need = SoughtNeed(
            code: try vocabulary.serviceCode(try needNode.required("code")),
            urgency: try needNode.required("urgency").code(),
            jurisdiction: try needNode.optional("jurisdiction")?.country
        )
        var context = CaseContext(
            survivor: try survivor(try full.required("survivor")),
            need: need,
            consent: try consent(try full.required("consent"), now: now)
        )
        context.lastExposure = try full.required("incident").known("last_contact_at")?.moment.date
        context.otherNeeds = Set(
            try full.required("other_needs").items.map { item throws(WorkedCaseProblem) in
                try vocabulary.serviceCode(item)
            }
        )
        context.isLifeThreatening = try full.required("life_threatening").truth
        context.canLeaveAt = try full.known("can_leave_at")?.moment.date
        context.caregiverIsAllegedPerpetrator = try full.required("caregiver").required("is_alleged_perpetrator").truth
        context.conflicts = try full.required("alleged_perpetrators").items.map(conflict)
        context.fearedStates = try full.required("feared_states").countries
        let avoid = try full.required("avoid")
        context.avoidedOrganizations = Set(try avoid.required("organisations").names(OrganizationID.init))
        context.avoidedPlaces = Set(try avoid.required("places").names(PlaceID.init))
        context.preferences = try preferences(try full.required("preferences"), wishes: try full.required("wishes"))
        context.safeRoutes = try full.required("safe_contact").known("routes").map { node throws(WorkedCaseProblem) in
            Set(try node.codes(FirstContactRoute.self))
        }
        context.currentProviders = Set(try full.required("current_providers").names(OrganizationID.init))
        context.returnChecks = try returnChecks(try full.required("return_checks"))
        return context
    }

    private func survivor(_ node: JSONNode) throws(WorkedCaseProblem) -> SurvivorFacts {
        SurvivorFacts(
            age: try node.known("age")?.whole(in: 0...120),
            gender: try node.known("gender")?.code(),
            languages: try node.known("languages")?.languages,
            currentCountry: try node.required("current_country").country,
            accessibilityNeeds: Set(try node.required("accessibility_needs").names(AccessFeature.init)),
            has: Set(try node.required("has").codes(Prerequisite.self))
        )
    }

    private func consent(_ node: JSONNode, now: Timestamp) throws(WorkedCaseProblem) -> ConsentOnFile {
        ConsentOnFile(
            status: try node.required("status").code(),
            giver: try node.known("given_by")?.code() ?? .none,
            childAssent: try node.known("child_assent")?.truth,
            expiresAt: try node.known("expires_at").map { end throws(WorkedCaseProblem) in
                // A day without a time holds to its end, by the clock that `now` is written in.
                if let day = CalendarDay(try end.text) {
                    return Timestamp.end(of: day, offsetSeconds: now.offsetSeconds)
                }
                return try end.moment.date
            },
            allowsCrossBorder: try node.required("cross_border_sharing").truth
        )
    }

    private func conflict(_ node: JSONNode) throws(WorkedCaseProblem) -> ConflictLink {
        _ = try node.members
        return ConflictLink(
            party: try node.optional("party").map { party throws(WorkedCaseProblem) in PartyID(try party.name) },
            organizations: Set(try node.optional("organisations")?.names(OrganizationID.init) ?? []),
            places: Set(try node.optional("places")?.names(PlaceID.init) ?? [])
        )
    }

    private func preferences(_ node: JSONNode, wishes: JSONNode) throws(WorkedCaseProblem) -> Preferences {
        Preferences(
            staffGender: try preference(try node.required("staff_gender")) { value throws(WorkedCaseProblem) in
                try value.code()
            },
            maxTravelHours: try preference(try node.required("max_travel_hours")) { value throws(WorkedCaseProblem) in
                try value.hours
            },
            mode: try preference(try node.required("mode")) { value throws(WorkedCaseProblem) in try value.code() },
            noReportToAuthorities: try wishes.names { $0 }.contains("no_report_to_authorities")
        )
    }

    private func preference<Value>(
        _ node: JSONNode,
        _ read: (JSONNode) throws(WorkedCaseProblem) -> Value
    ) throws(WorkedCaseProblem) -> Preference<Value>? {
        let isStrict = try node.required("strict").truth
        guard let value = try node.known("value") else { return nil }
        return Preference(try read(value), strict: isStrict)
    }

    private func returnChecks(_ node: JSONNode) throws(WorkedCaseProblem) -> Matching.ReturnChecks {
        let assessment: Matching.ReturnChecks.RiskAssessment
        switch try node.known("risk_assessment")?.text ?? "not_done" {
        case "not_done": assessment = .notDone
        case "safe": assessment = .safe
        // Whatever else it says, it does not say "safe" (M1).
        default: assessment = .notSafe
        }
        return Matching.ReturnChecks(
            hasBestInterestsDetermination: try node.required("best_interests_determination").truth,
            riskAssessment: assessment,
            survivorWantsReturn: try node.required("survivor_wants_return").truth
        )
    }
}

// MARK: What is expected

extension ScenarioReader {
    private func expectations(services: Set<String>) throws(WorkedCaseProblem) -> Expectations {
        var expected = Expectations()
        guard let node = node.optional("expect") else { return expected }
        _ = try node.members
        func service(_ node: JSONNode) throws(WorkedCaseProblem) -> String {
            let id = try node.text
            guard services.contains(id) else { throw node.problem("no service of this scenario") }
            return id
        }
        expected.outcome = try node.optional("outcome")?.code(MatchOutcome.self).rawValue
        expected.referralMayBeSent = try node.optional("referral_may_be_sent")?.truth
        for gate in try node.optional("must_gate")?.items ?? [] {
            expected.gates.append(try vocabulary.label(.gates, gate))
        }
        if let included = node.optional("must_include") {
            expected.included = try included.items.map { item throws(WorkedCaseProblem) in try service(item) }
        }
        for entry in try node.optional("must_exclude")?.items ?? [] {
            expected.excluded.append(
                Expectations.Exclusion(
                    service: try service(try entry.required("service")),
                    reason: try entry.optional("reason").map { reason throws(WorkedCaseProblem) in
                        try vocabulary.label(.reasons, reason)
                    }
                )
            )
        }
        expected.first = try node.optional("must_rank_first").map { item throws(WorkedCaseProblem) in try service(item)
        }
        for pair in try node.optional("must_rank_before")?.items ?? [] {
            let names = try pair.items
            guard names.count == 2 else { throw pair.problem("two services are expected, the better one first") }
            expected.before.append((better: try service(names[0]), worse: try service(names[1])))
        }
        for entry in try node.optional("must_flag")?.items ?? [] {
            expected.flags.append(
                Expectations.FlagExpectation(
                    service: try entry.optional("service").map { item throws(WorkedCaseProblem) in try service(item) },
                    flag: try vocabulary.label(.flags, try entry.required("flag"))
                )
            )
        }
        for secret in try node.optional("must_not_reveal")?.items ?? [] { expected.secrets.append(try secret.name) }
        return expected
    }
}
