public import Care
public import Directory
import Foundation
public import Matching
import Policy
import Store

/// Matches one need of a case, or all of them, to services, with every reason (DOMAIN section 11).
public struct MatchDesk: Sendable {
    let office: Office

    /// What must be known of services to read them out.
    public struct Listed: Sendable {
        /// The services that were judged, by id.
        public let services: [ServiceID: Service]
        /// Who runs them.
        public let organizations: [OrganizationID: Organization]
        /// The services whose referrals a desk of this deployment receives; the others are called or written to.
        public let withDesk: Set<ServiceID>
    }

    /// A match as the assigned worker sees it.
    public struct Matched: Sendable {
        /// Options and exclusions with their reasons.
        public let answer: MatchAnswer
        /// The services that were judged.
        public let listed: Listed
        /// By what it was made.
        public let record: MatchRecord
    }

    /// A whole case matched, as the assigned worker sees it.
    public struct Planned: Sendable {
        /// The bundle, the needs and the visits.
        public let plan: CasePlan
        /// Hours under which the bundle is proposed.
        public let bundleHours: Int
        /// The services that were judged.
        public let listed: Listed
    }

    /// Matches a need of a case.
    ///
    /// - Throws: ``CaseworkError/notFound`` when there is no such case or need, or it is not for this worker.
    public func matches(
        for need: NeedID,
        in id: CaseID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> Matched {
        let moment = Self.wholeMilliseconds(office.time.now())
        return try await matched(need, in: id, at: moment, marking: true, by: signedIn, request: request)
    }

    /// Makes an earlier match again, from its moment, and says what of that which it was made by has changed since.
    ///
    /// - Throws: ``CaseworkError/notFound`` when there is no such case or need, or it is not for this worker.
    public func replay(
        _ then: MatchRecord,
        for need: NeedID,
        in id: CaseID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> MatchReplay {
        MatchReplay(
            now: try await matched(need, in: id, at: then.moment, marking: false, by: signedIn, request: request),
            then: then
        )
    }

    /// Plans a whole case: the bundle that recent sexual violence asks for, and the visits that cover most of it (H8). It
    /// decides nothing that a clinician decides (H6).
    ///
    /// - Throws: ``CaseworkError/notFound`` when there is no such case or it is not for this worker;
    ///   ``CaseworkError/wrongState(code:)`` where no need was ever stated.
    public func plan(
        of id: CaseID,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> Planned {
        try await office.ledger.perform(
            .matchServices,
            by: signedIn.worker,
            on: .caseFile(id),
            purpose: .caseManagement,
            request: request,
            prepare: { () throws(CaseworkError) -> Planned in
                try planned(CaseShelf(office: office).open(id, for: signedIn))
            },
            commit: { planned, _, _, notes in
                notes.count = planned.plan.visits.count
                notes.handles = ["matching:\(Matcher.edition)", "policies:\(office.policies.contentHash)"]
            },
            reveal: { planned, _ throws(CaseworkError) in planned }
        )
    }

    /// As a record states it, so that a replay counts from the very same moment.
    private static func wholeMilliseconds(_ date: Date) -> Date {
        Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1000).rounded() / 1000)
    }

    private func matched(
        _ need: NeedID,
        in id: CaseID,
        at moment: Date,
        marking isMarking: Bool,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> Matched {
        try await office.ledger.perform(
            .matchServices,
            by: signedIn.worker,
            on: .caseFile(id),
            purpose: .caseManagement,
            request: request,
            prepare: { () throws(CaseworkError) -> (Matched, MatchMarks.Draft?) in
                let book = try CaseShelf(office: office).open(id, for: signedIn)
                guard let stated = book.file.content.need(need) else { throw .notFound }
                let matched = try matched(stated, in: book, at: moment)
                // A replay looks back: nothing was matched for her today.
                guard isMarking else { return (matched, nil) }
                let isUnmet = matched.answer.outcome == .noEligibleService
                return (matched, try MatchMarks(office: office).draft(need, of: book, isUnmet: isUnmet, at: moment))
            },
            commit: { prepared, _, transaction, notes in
                try prepared.1?.write(in: transaction)
                notes.count = prepared.0.answer.options.count
                notes.handles = prepared.0.record.handles(for: need)
            },
            reveal: { prepared, _ throws(CaseworkError) in prepared.0 }
        )
    }

    private func matched(_ need: Need, in book: CaseBook, at moment: Date) throws(CaseworkError) -> Matched {
        let shelf = office.shelf.shelf
        let index = try shelf.index(for: book.file.identity.currentCountry)
        let context = CaseContext(of: book, need: need, at: moment)
        let answer = result(context, among: index, at: moment).answer(for: .insideTheCase)
        return Matched(
            answer: answer,
            listed: try listed(index, of: shelf.directory),
            record: MatchRecord(
                edition: Matcher.edition,
                directory: shelf.content,
                policies: office.policies.contentHash.description,
                moment: moment,
                inputs: try MatchRecord.digest(.matchInputs, context.canonicalBytes, office.rows),
                answer: try MatchRecord.digest(.matchAnswer, answer.canonicalBytes, office.rows)
            )
        )
    }

    private func planned(_ book: CaseBook) throws(CaseworkError) -> Planned {
        let now = office.time.now()
        let shelf = office.shelf.shelf
        let country = book.file.identity.currentCountry
        let index = try shelf.index(for: country)
        let rules = BundleRules(office.policies.windows)
        guard let whole = WholeCase(of: book, proposing: rules.needs, at: now) else {
            throw .wrongState(code: "no_need_stated")
        }
        let plan = Planner.plan(
            whole,
            among: index,
            bundle: rules,
            profile: { office.policies.profile(for: $0, in: country) },
            windows: WindowRules(office.policies.windows),
            parameters: MatchParameters(responseTimes: office.policies.risk.times),
            now: now
        )
        return Planned(
            plan: plan.answer(for: .insideTheCase),
            bundleHours: rules.withinHours,
            listed: try listed(index, of: shelf.directory)
        )
    }

    private func listed(_ index: ServiceIndex, of directory: ServiceDirectory) throws(CaseworkError) -> Listed {
        let desks = try office.read { reading in
            try index.services.map(\.id).filter { service in
                try reading.row(.deskOfService, id: office.rows.blind(.deskOfService, Array(service.text.utf8))) != nil
            }
        }
        return Listed(
            services: Dictionary(index.services.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            organizations: directory.organizations,
            withDesk: Set(desks)
        )
    }

    /// The match itself: asked for a list, and asked again for the one service of a referral before it is filed (F5).
    func result(
        for need: Need,
        in book: CaseBook,
        among index: ServiceIndex
    ) -> MatchResult {
        let now = office.time.now()
        return result(CaseContext(of: book, need: need, at: now), among: index, at: now)
    }

    private func result(_ context: CaseContext, among index: ServiceIndex, at moment: Date) -> MatchResult {
        Matcher.match(
            context,
            among: index,
            profile: office.policies.profile(for: context.need.code, in: context.survivor.currentCountry),
            windows: WindowRules(office.policies.windows),
            parameters: MatchParameters(responseTimes: office.policies.risk.times),
            now: moment
        )
    }
}
