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

    /// What may be said of any service, made once for an answer however many services it holds.
    private struct Saying {
        let phrases: Phrases
        let flags: [MatchFlag: Said]
        let reasons: [ExclusionReason: Reason]

        init(_ phrases: Phrases) {
            func table<Code: CaseIterable & RawRepresentable<String> & Hashable>(
                _ phrase: (Code) -> Phrase
            ) -> [Code: Said] {
                let pairs = Code.allCases.map { ($0, Said(code: $0.rawValue, text: phrases.text(phrase($0)))) }
                return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
            }
            self.phrases = phrases
            flags = table(\.phrase)
            let named = ExclusionReason.allCases.map { reason in
                let text = phrases.text(reason.phrase)
                return (reason, Reason(code: reason.rawValue, text: text, wish: reason.isStrictWish))
            }
            reasons = Dictionary(named, uniquingKeysWith: { first, _ in first })
        }

        /// Counts in the order of the rules.
        func counts(_ counts: [ExclusionReason: Int]) -> [Count] {
            ExclusionReason.allCases.compactMap { reason in
                counts[reason].map { Count(code: reason.rawValue, text: phrases.text(reason.phrase), services: $0) }
            }
        }

        func gate(_ gate: Gate) -> Said { Said(code: gate.rawValue, text: phrases.text(gate.phrase)) }

        func why(_ why: Why) -> Said { Said(code: why.code.rawValue, text: phrases.text(why.sentence)) }
    }

    /// A rule that is not met, and whether she could change it: a strict wish of hers (M6).
    private struct Reason: Encodable {
        let code: String
        let text: String
        let wish: Bool
    }

    /// How many services a rule keeps away.
    private struct Count: Encodable {
        let code: String
        let text: String
        let services: Int
    }

    private struct Match: Encodable {
        let outcome: String
        let gates: [Said]
        let flags: [Said]
        let referralMayBeSent: Bool
        let options: [Option]
        let excluded: [Excluded]
        let excludedBy: [Count]
        let wishesThatWouldOpen: [Count]
        let record: MatchRecordForm
        let languageReviewed: Bool

        init(_ matched: MatchDesk.Matched, at now: Date, saying: Saying) {
            let answer = matched.answer
            outcome = answer.outcome.rawValue
            gates = answer.gates.map(saying.gate)
            flags = answer.flags.compactMap { saying.flags[$0] }
            referralMayBeSent = answer.referralMayBeSent
            options = answer.options.compactMap { option in
                matched.listed.services[option.option.service].map {
                    Option(option, $0, in: matched, at: now, saying: saying)
                }
            }
            excluded = answer.excluded.map { excluded in
                Excluded(
                    service: excluded.service.text,
                    name: matched.listed.services[excluded.service]?.name,
                    reasons: excluded.reasons.compactMap { saying.reasons[$0] }
                )
            }
            excludedBy = saying.counts(answer.excluded.counts)
            wishesThatWouldOpen = saying.counts(answer.excluded.openedByWish)
            record = MatchRecordForm(matched.record)
            languageReviewed = saying.phrases.isReviewed
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

        init(
            _ listed: MatchAnswer.Option,
            _ service: Service,
            in matched: MatchDesk.Matched,
            at now: Date,
            saying: Saying
        ) {
            let option = listed.option
            let first = service.contacts.first(where: \.kind.isNumber)
            let origin = SourceForm(service.provenance, service.verification, in: saying.phrases)
            rank = option.rank
            self.service = option.service.text
            number = first?.value
            reaches = first?.reaches
            dialledFrom = first?.reach?.rawValue
            name = service.name
            organization = matched.listed.organizations[service.organization]?.name
            organizationID = service.organization.text
            country = service.country.text
            code = option.matchedCode.text
            alsoCovers = option.coveredNeeds.map(\.text)
            hours = service.hoursAsStated
            opening = OpeningForm(service.opening(at: now), zone: service.hours?.zone)
            earliestStart = option.earliestStart.map { Instant.text($0, in: option.zone) }
            secondsToSpare = option.secondsToSpare
            mode = option.mode?.rawValue
            why = listed.why.map(saying.why)
            flags = option.flags.compactMap { saying.flags[$0] }
            softPoints = option.softPoints
            desk = matched.listed.withDesk.contains(option.service)
            source = origin.source
            sourceDate = origin.sourceDate
            confidence = origin.confidence
            verified = origin.verified
        }
    }

    private struct Excluded: Encodable {
        let service: String
        let name: String?
        let reasons: [Reason]
    }

    private struct Replay: Encodable {
        let sameEdition: Bool
        let sameDirectory: Bool
        let samePolicies: Bool
        let sameInputs: Bool
        let sameAnswer: Bool
        let unexplained: Bool
        let match: Match
    }

    /// Makes an earlier match again and says what has changed since.
    func replay(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("case", CaseID.init(_:))
        let (need, then) = try asked.body { fields in
            try fields.all(
                fields.required("need", Shape<NeedID>.id),
                fields.required("record", MatchRecordForm.shape)
            )
        }
        let replay = try await deployment.matches.replay(
            then,
            for: need,
            in: id,
            by: signedIn,
            request: asked.request
        )
        let form = Replay(
            sameEdition: replay.hasSameEdition,
            sameDirectory: replay.hasSameDirectory,
            samePolicies: replay.hasSamePolicies,
            sameInputs: replay.hasSameInputs,
            sameAnswer: replay.hasSameAnswer,
            unexplained: replay.isUnexplained,
            match: Match(replay.now, at: then.moment, saying: Saying(asked.phrases))
        )
        return .json(form).said(in: asked.phrases)
    }

    /// Matches one need.
    func list(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("case", CaseID.init(_:))
        let need = try asked.body { try $0.required("need", Shape<NeedID>.id).get() }
        let matched = try await deployment.matches.matches(for: need, in: id, by: signedIn, request: asked.request)
        return .json(Match(matched, at: deployment.now, saying: Saying(asked.phrases))).said(in: asked.phrases)
    }
}
