public import Care
public import Directory
import Foundation
public import Matching
import Policy
import Store

/// Matches one need of a case to services, with every reason (DOMAIN section 11).
public struct MatchDesk: Sendable {
    let office: Office

    /// A match as the assigned worker sees it, with what must be known of each service to read it out.
    public struct Matched: Sendable {
        /// Options and exclusions with their reasons.
        public let answer: MatchAnswer
        /// The services that were judged, by id.
        public let services: [ServiceID: Service]
        /// Who runs them.
        public let organizations: [OrganizationID: Organization]
        /// The services whose referrals a desk of this deployment receives; the others are called or written to.
        public let withDesk: Set<ServiceID>
        /// The rules that the match was made by, by the content of their files.
        public let policies: ContentHash
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
        try await office.ledger.perform(
            .matchServices,
            by: signedIn.worker,
            on: .caseFile(id),
            purpose: .caseManagement,
            request: request,
            prepare: { () throws(CaseworkError) -> Matched in
                let book = try CaseShelf(office: office).open(id, for: signedIn)
                guard let need = book.file.content.need(need) else { throw .notFound }
                return try matched(need, in: book)
            },
            commit: { matched, _, _, notes in notes.count = matched.answer.options.count },
            reveal: { matched, _ throws(CaseworkError) in matched }
        )
    }

    private func matched(_ need: Need, in book: CaseBook) throws(CaseworkError) -> Matched {
        let shelf = office.shelf.shelf
        let index = try shelf.index(for: book.file.identity.currentCountry)
        let answer = result(for: need, in: book, among: index).answer(for: .insideTheCase)
        let desks = try office.read { reading in
            try index.services.map(\.id).filter { service in
                try reading.row(.deskOfService, id: office.rows.blind(.deskOfService, Array(service.text.utf8))) != nil
            }
        }
        return Matched(
            answer: answer,
            services: Dictionary(index.services.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            organizations: shelf.directory.organizations,
            withDesk: Set(desks),
            policies: office.policies.contentHash
        )
    }

    /// The match itself: asked for a list, and asked again for the one service of a referral before it is filed (F5).
    func result(
        for need: Need,
        in book: CaseBook,
        among index: ServiceIndex
    ) -> MatchResult {
        Matcher.match(
            CaseContext(of: book, need: need, at: office.time.now()),
            among: index,
            profile: office.policies.profile(for: need.code, in: book.file.identity.currentCountry),
            windows: WindowRules(office.policies.windows),
            parameters: MatchParameters(responseTimes: office.policies.risk.times),
            now: office.time.now()
        )
    }
}
