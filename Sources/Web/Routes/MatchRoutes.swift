import Care
import Casework
import Directory
import Foundation
import Matching

/// Matching a need of a case: every option with its reasons, and every service that was left out with all of its own.
struct MatchRoutes: Sendable {
    let deployment: Deployment

    /// A code of the matcher with its sentence.
    private struct Said: Encodable {
        let code: String
        let text: String
    }

    private struct Match: Encodable {
        let outcome: String
        let gates: [Said]
        let flags: [Said]
        let referralMayBeSent: Bool
        let options: [Option]
        let excluded: [Excluded]

        init(_ matched: MatchDesk.Matched, at now: Date) {
            let answer = matched.answer
            outcome = answer.outcome.rawValue
            gates = answer.gates.map { Said(code: $0.rawValue, text: $0.sentence) }
            flags = answer.flags.map { Said(code: $0.rawValue, text: $0.sentence) }
            referralMayBeSent = answer.referralMayBeSent
            options = answer.options.compactMap { option in
                matched.services[option.option.service].map { Option(option, $0, in: matched, at: now) }
            }
            excluded = answer.excluded.map { excluded in
                Excluded(
                    service: excluded.service.text,
                    name: matched.services[excluded.service]?.name,
                    reasons: excluded.reasons.map { Said(code: $0.rawValue, text: $0.sentence) }
                )
            }
        }
    }

    private struct Option: Encodable {
        let rank: Int
        let service: String
        let number: String?
        let reaches: String?
        let dialledFrom: String?
        let name: String
        let organization: String?
        let organizationID: String
        let country: String
        let code: String
        let alsoCovers: [String]
        let hours: String?
        let opening: OpeningForm
        let earliestStart: String?
        let secondsToSpare: Int?
        let mode: String?
        let why: [Said]
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
            case country, code, alsoCovers, hours, opening, earliestStart, secondsToSpare, mode, why, flags, softPoints
            case desk, source, sourceDate, confidence, verified
        }

        init(_ listed: MatchAnswer.Option, _ service: Service, in matched: MatchDesk.Matched, at now: Date) {
            let option = listed.option
            let first = service.contacts.first(where: \.kind.isNumber)
            let origin = SourceForm(service.provenance, service.verification)
            rank = option.rank
            self.service = option.service.text
            number = first?.value
            reaches = first?.reaches
            dialledFrom = first?.reach?.rawValue
            name = service.name
            organization = matched.organizations[service.organization]?.name
            organizationID = service.organization.text
            country = service.country.text
            code = option.matchedCode.text
            alsoCovers = option.coveredNeeds.map(\.text)
            hours = service.hoursAsStated
            opening = OpeningForm(service.opening(at: now), zone: service.hours?.zone)
            earliestStart = option.earliestStart.map { Instant.text($0, in: option.zone) }
            secondsToSpare = option.secondsToSpare
            mode = option.mode?.rawValue
            why = listed.why.map { Said(code: $0.code, text: $0.sentence) }
            flags = option.flags.map { Said(code: $0.rawValue, text: $0.sentence) }
            softPoints = option.softPoints
            desk = matched.withDesk.contains(option.service)
            source = origin.source
            sourceDate = origin.sourceDate
            confidence = origin.confidence
            verified = origin.verified
        }
    }

    private struct Excluded: Encodable {
        let service: String
        let name: String?
        let reasons: [Said]
    }

    /// Matches one need.
    func list(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("case", CaseID.init(_:))
        let need = try asked.body { try $0.required("need", Shape<NeedID>.id).get() }
        let matched = try await deployment.matches.matches(for: need, in: id, by: signedIn, request: asked.request)
        return .json(Match(matched, at: deployment.now))
    }
}

extension Why {
    /// The ground as a code for programs.
    fileprivate var code: String {
        switch self {
        case .offers: "OFFERS_NEED"
        case .offersFallback: "OFFERS_FALLBACK"
        case .hoursToSpare: "HOURS_TO_SPARE"
        case .sharedLanguage: "LANGUAGE_SHARED"
        case .wishedStaffGender: "WISHED_STAFF_GENDER"
        case .wishedMode: "WISHED_MODE"
        case .withinWishedTravel: "WITHIN_WISHED_TRAVEL"
        case .childSpecialised: "FOR_CHILDREN"
        case .worksWithHerAlready: "WORKS_WITH_HER_ALREADY"
        case .free: "FREE"
        case .reportsAgainstWish: "REPORTS_AGAINST_WISH"
        case .alsoCovers: "ALSO_COVERS"
        case .onlyOption: "ONLY_OPTION"
        }
    }
}
