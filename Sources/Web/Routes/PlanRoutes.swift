import Care
import Casework
import Directory
import Foundation
import Matching

/// Planning a whole case: what is proposed together, what is left of its time, and the visits that cover most of it.
struct PlanRoutes: Sendable {
    let deployment: Deployment

    private struct Said: Encodable {
        let code: String
        let text: String
    }

    private struct Plan: Encodable {
        let bundle: Bool
        let statements: [Said]
        let needs: [Need]
        let visits: [Visit]
        let proposed: [Int]
        let unmet: [String]
        let languageReviewed: Bool

        init(_ planned: MatchDesk.Planned, at now: Date, in phrases: Phrases) {
            let plan = planned.plan
            func said(_ statement: PlanStatement) -> Said {
                Said(code: statement.code.rawValue, text: phrases.text(statement.sentence))
            }
            bundle = plan.isBundle
            statements = plan.statements(within: planned.bundleHours).map(said)
            // The clock of the best visit that has one: where she is told the time is where she would be seen (H7).
            let zone = plan.visits.lazy.compactMap(\.zone).first
            needs = plan.needs.map { Need($0, zone: zone, in: phrases, saying: said) }
            visits = plan.visits.compactMap { visit in
                planned.listed.services[visit.service].map { service in
                    Visit(visit, service, of: planned, at: now, in: phrases, saying: said)
                }
            }
            proposed = plan.proposed
            unmet = plan.unmet.map { plan.needs[$0].code.text }
            languageReviewed = phrases.isReviewed
        }
    }

    private struct Need: Encodable {
        let code: String
        let jurisdiction: String?
        let urgency: String
        let proposed: Bool
        let timeCritical: Bool
        let until: String?
        let secondsLeft: Int?
        let statements: [Said]
        let gates: [Said]
        let services: Int
        let first: String?

        init(
            _ need: PlannedNeed,
            zone: OpeningHours.Zone?,
            in phrases: Phrases,
            saying said: (PlanStatement) -> Said
        ) {
            code = need.code.text
            jurisdiction = need.jurisdiction?.text
            urgency = need.urgency.rawValue
            proposed = need.isProposed
            timeCritical = need.isTimeCritical
            if case .open(let moment, let seconds) = need.clock {
                until = Instant.text(moment, in: zone)
                secondsLeft = seconds
            } else {
                until = nil
                secondsLeft = nil
            }
            statements = need.statements(until: until).map(said)
            gates = need.gates.map { Said(code: $0.rawValue, text: phrases.text($0.phrase)) }
            services = need.serviceCount
            first = need.first?.text
        }
    }

    private struct Cover: Encodable {
        let code: String
        let jurisdiction: String?
        let secondsToSpare: Int?
        let until: String?
        let tight: Bool
    }

    private struct Miss: Encodable {
        let code: String
        let jurisdiction: String?
        let reasons: [Said]
    }

    private struct Visit: Encodable {
        let rank: Int
        let service: String
        let number: String?
        let reaches: String?
        let dialledFrom: String?
        let name: String
        let organization: String?
        let organizationID: String
        let country: String
        let hours: String?
        let opening: OpeningForm
        let earliestStart: String?
        let timed: Bool
        let mode: String?
        let covers: [Cover]
        let misses: [Miss]
        let statements: [Said]
        let flags: [Said]
        let softPoints: Int
        let desk: Bool
        let source: String
        let sourceDate: String?
        let confidence: String
        let verified: String

        private enum CodingKeys: String, CodingKey {
            case rank, service, number, reaches, dialledFrom, name, organization
            case organizationID = "organizationId"
            case country, hours, opening, earliestStart, timed, mode, covers, misses, statements, flags, softPoints
            case desk, source, sourceDate, confidence, verified
        }

        init(
            _ visit: PlannedVisit,
            _ service: Service,
            of planned: MatchDesk.Planned,
            at now: Date,
            in phrases: Phrases,
            saying said: (PlanStatement) -> Said
        ) {
            let plan = planned.plan
            let first = service.contacts.first(where: \.kind.isNumber)
            let origin = SourceForm(service.provenance, service.verification, in: phrases)
            rank = visit.rank
            self.service = visit.service.text
            number = first?.value
            reaches = first?.reaches
            dialledFrom = first?.reach?.rawValue
            name = service.name
            organization = planned.listed.organizations[service.organization]?.name
            organizationID = service.organization.text
            country = service.country.text
            hours = service.hoursAsStated
            opening = OpeningForm(service.opening(at: now), zone: service.hours?.zone)
            earliestStart = visit.earliestStart.map { Instant.text($0, in: visit.zone) }
            timed = visit.isTimed
            mode = visit.mode?.rawValue
            covers = visit.covers.map { cover in
                let need = plan.needs[cover.need]
                var until: String?
                if case .open(let moment, _) = need.clock { until = Instant.text(moment, in: visit.zone) }
                return Cover(
                    code: need.code.text,
                    jurisdiction: need.jurisdiction?.text,
                    secondsToSpare: cover.secondsToSpare,
                    until: until,
                    tight: cover.isTight
                )
            }
            misses = visit.misses.map { miss in
                Miss(
                    code: plan.needs[miss.need].code.text,
                    jurisdiction: plan.needs[miss.need].jurisdiction?.text,
                    reasons: miss.reasons.map { Said(code: $0.rawValue, text: phrases.text($0.phrase)) }
                )
            }
            statements = plan.statements(of: visit).map(said)
            flags = visit.flags.map { Said(code: $0.rawValue, text: phrases.text($0.phrase)) }
            softPoints = visit.softPoints
            desk = planned.listed.withDesk.contains(visit.service)
            source = origin.source
            sourceDate = origin.sourceDate
            confidence = origin.confidence
            verified = origin.verified
        }
    }

    /// Plans the case.
    func plan(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("case", CaseID.init(_:))
        let planned = try await deployment.matches.plan(of: id, by: signedIn, request: asked.request)
        return .json(Plan(planned, at: deployment.now, in: asked.phrases)).said(in: asked.phrases)
    }
}
