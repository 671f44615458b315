import Audit
public import Care
public import Directory
import Foundation

/// Look-ups without a case: nothing of the person who calls is asked for, stored or logged. The entry holds the country,
/// the codes of the needs and how many services were shown.
public struct LookupDesk: Sendable {
    let office: Office

    /// A country's page, and whether it could be recorded that it was read.
    public struct CountryReading: Sendable {
        /// The page.
        public let page: CountryPage
        /// False when nothing could be recorded: the lines are answered from memory all the same (DECISIONS 7).
        public let isRecorded: Bool
    }

    /// Services that fit, number first. What the caller asked to avoid is used and forgotten (DECISIONS 3).
    ///
    /// - Throws: ``CaseworkError/invalid(field:what:)`` for a country or need that the directory does not know;
    ///   ``CaseworkError/refused(code:)``; ``CaseworkError/auditUnavailable``.
    public func services(
        for query: LookupQuery,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> LookupAnswer {
        let directory = office.shelf.current
        guard directory.countries[query.country] != nil else {
            throw .invalid(field: "/country", what: "write the ISO 3166-1 code of a country in the directory")
        }
        for need in query.needs where directory.taxonomy.type(need) == nil {
            throw .invalid(field: "/needs", what: "write service codes of the taxonomy, such as PSY-CRISIS")
        }
        return try await office.ledger.perform(
            .lookUpServices,
            by: signedIn.worker,
            on: .country(query.country),
            purpose: .helpLine,
            request: request,
            prepare: { () throws(CaseworkError) -> LookupAnswer in
                guard let answer = directory.lookUp(query) else { throw .notFound }
                return answer
            },
            commit: { answer, _, _, notes in
                notes.count = answer.services.count
                notes.handles = answer.needs.prefix(Limits.handles).map(\.text)
            },
            reveal: { answer, _ throws(CaseworkError) in answer }
        )
    }

    /// A country's emergency lines, child lines and the rest of its page. It protects life, so it is answered from memory
    /// even when nothing can be recorded; it is then counted, and the count is recorded when the log can be written again.
    ///
    /// - Throws: ``CaseworkError/invalid(field:what:)`` for a country without a page.
    public func country(
        _ code: CountryCode,
        for signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> CountryReading {
        guard let page = office.shelf.current.page(code) else {
            throw .invalid(field: "/country", what: "write the ISO 3166-1 code of a country in the directory")
        }
        do {
            return try await office.ledger.perform(
                .readCountry,
                by: signedIn.worker,
                on: .country(code),
                purpose: .helpLine,
                request: request,
                prepare: { () throws(CaseworkError) in },
                commit: { _, _, _, _ in },
                reveal: { _, _ throws(CaseworkError) in CountryReading(page: page, isRecorded: true) }
            )
        } catch {
            switch error {
            case .notSignedIn, .refused, .notFound: throw error
            default:
                office.ledger.tally(
                    .readCountry,
                    purpose: .helpLine,
                    outcome: .permitted,
                    rule: "answered_unrecorded",
                    object: code.text
                )
                return CountryReading(page: page, isRecorded: false)
            }
        }
    }
}
