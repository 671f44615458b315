public import Care
public import Directory
import Foundation
import Policy
import Sealing
import Store

/// Search on sealed names, by whole values in the blind indexes, and in the texts of the cases that one may read. What was
/// searched for is in no log, no entry and no error.
public struct SearchDesk: Sendable {
    let office: Office

    /// Whom somebody looks for, by whole values: at most one of each.
    public struct Sought: Sendable {
        /// Her name; found among names and aliases.
        public let name: String?
        /// What she is called; found among names and aliases.
        public let alias: String?
        /// A telephone number or messenger account that is one.
        public let phone: String?
        /// The number of an identity paper.
        public let identityNumber: String?
        /// The country whose numbers `phone` is written like; not needed for one with a country code.
        public let country: CountryCode?

        /// Values to look for.
        public init(
            name: String? = nil,
            alias: String? = nil,
            phone: String? = nil,
            identityNumber: String? = nil,
            country: CountryCode? = nil
        ) {
            self.name = name
            self.alias = alias
            self.phone = phone
            self.identityNumber = identityNumber
            self.country = country
        }
    }

    /// A value by which a case was found.
    public enum Found: String, Sendable, CaseIterable {
        case name
        case alias
        case phone
        case identityNumber = "identity_number"
    }

    /// A case that the searcher may read.
    public struct Match: Hashable, Sendable {
        /// The case.
        public let id: CaseID
        /// The team that holds it.
        public let team: TeamID
        /// By which of the values.
        public let found: [Found]
    }

    /// A team that may know her. Which case it is, how many there are, and by which value, is theirs to say.
    public struct Asking: Hashable, Sendable {
        /// The team.
        public let team: TeamID
        /// Its name.
        public let name: String
    }

    /// What a search brought.
    public struct Matches: Hashable, Sendable {
        /// Cases that the searcher may read, in the order of their ids.
        public let cases: [Match]
        /// Teams that may know her.
        public let ask: [Asking]
        /// Whether there is more than is shown: the value is too common to tell anything.
        public let isCut: Bool
    }

    /// A place in a case where words were found.
    public enum Place: String, Sendable, CaseIterable {
        case name
        case alias
        case area
        case identityNumber = "identity_number"
        case safeContact = "safe_contact"
        case intake
        case needs
        case declined
        case notes
    }

    /// A case in whose texts the words stand.
    public struct TextMatch: Hashable, Sendable {
        /// The case.
        public let id: CaseID
        /// Where.
        public let places: [Place]
    }

    /// One page of a search in texts.
    public struct TextPage: Hashable, Sendable {
        /// The cases whose texts hold the words, in the order of their ids.
        public let cases: [TextMatch]
        /// How many were opened.
        public let opened: Int
        /// Cases that waited as intakes, or that could not be opened; nothing of them was searched.
        public let passedOver: [CaseID]
        /// Where the next page begins; nil at the end.
        public let next: CaseID?
    }

    /// Searches before a case is opened, or for whose a number is. Whoever may read a case that matches is told which it is;
    /// anybody else learns at most which team to ask. For somebody whom she asked to keep out there is nothing.
    ///
    /// - Throws: ``CaseworkError/invalid(field:what:)`` for a value that holds nothing to search for,
    ///   ``CaseworkError/tooMany(retryAfterSeconds:)`` after 20 searches in an hour, ``CaseworkError/busy(retryAfterSeconds:)``.
    public func cases(
        _ sought: Sought,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> Matches {
        let worker = signedIn.worker
        return try await office.ledger.perform(
            .searchCases,
            by: worker,
            on: .nothing,
            purpose: .caseManagement,
            request: request,
            prepare: { () throws(CaseworkError) -> (matches: Matches, handles: [String]) in
                try office.allowance.take(.values, by: worker.staff, at: office.time.monotonicMilliseconds())
                let values = try Self.values(sought)
                let index = CaseIndex(office: office)
                var found: [CaseID: Set<Found>] = [:]
                for (kind, value, fields) in values {
                    for id in try await index.cases(with: value, in: fields, of: worker.agency) {
                        found[id, default: []].insert(kind)
                    }
                }
                return try office.read { try shown(found, to: worker, in: $0) }
            },
            commit: { prepared, _, _, notes in
                notes.count = prepared.handles.count
                notes.handles = prepared.handles
            },
            reveal: { prepared, _ throws(CaseworkError) in prepared.matches }
        )
    }

    /// Searches for words in the texts of the cases that the worker may read, fifty cases at a time. Each that is opened stands
    /// in the entry.
    ///
    /// - Throws: ``CaseworkError/invalid(field:what:)``, ``CaseworkError/tooMany(retryAfterSeconds:)``.
    public func texts(
        _ words: String,
        after: CaseID?,
        by signedIn: SignedIn,
        request: RequestID
    ) async throws(CaseworkError) -> TextPage {
        let worker = signedIn.worker
        return try await office.ledger.perform(
            .searchTexts,
            by: worker,
            on: .nothing,
            purpose: .caseManagement,
            request: request,
            prepare: { () throws(CaseworkError) -> (page: TextPage, handles: [String]) in
                try office.allowance.take(.texts, by: worker.staff, at: office.time.monotonicMilliseconds())
                let sought = FoldedText(words.trimmingCharacters(in: .whitespacesAndNewlines))
                guard Limits.searchedText.contains(sought.text.count) else {
                    throw .invalid(field: "/words", what: "write 2 to 100 characters")
                }
                return try page(sought, after: after, for: signedIn)
            },
            commit: { prepared, _, _, notes in
                notes.count = prepared.handles.count
                notes.handles = prepared.handles
            },
            reveal: { prepared, _ throws(CaseworkError) in prepared.page }
        )
    }

    // MARK: - Values

    private typealias Value = (found: Found, value: [UInt8], fields: [IndexedField])

    private static func values(_ sought: Sought) throws(CaseworkError) -> [Value] {
        var values: [Value] = []
        func add(
            _ found: Found,
            _ text: String?,
            _ fields: [IndexedField],
            _ write: String,
            _ normalise: (String) -> [UInt8]?
        ) throws(CaseworkError) {
            guard let text else { return }
            guard text.utf8.count <= 16 * Care.Limits.contactValue, let value = normalise(text) else {
                throw .invalid(field: "/\(found.rawValue)", what: "write \(write)")
            }
            values.append((found, value, fields))
        }
        try add(.name, sought.name, [.name, .alias], "a whole name", IndexedText.name)
        try add(.alias, sought.alias, [.name, .alias], "a whole alias", IndexedText.name)
        try add(
            .phone,
            sought.phone,
            [.phone],
            "a number with + and the country's code, or one as it is dialled in the country given"
        ) { IndexedText.phone($0, in: sought.country) }
        try add(
            .identityNumber,
            sought.identityNumber,
            [.identityNumber],
            "the whole number of a paper",
            IndexedText.identityNumber
        )
        guard !values.isEmpty else {
            throw .invalid(field: "", what: "write a name, an alias, a phone or an identity_number")
        }
        return values
    }

    /// What the searcher is shown of the cases that match.
    private func shown(
        _ found: [CaseID: Set<Found>],
        to worker: Worker,
        in reading: borrowing Reading
    ) throws -> (matches: Matches, handles: [String]) {
        var cases: [Match] = []
        var asked: [TeamID: Asking] = [:]
        var handles: [String] = []
        var isCut = false
        for id in found.keys.sorted() {
            // A row of a case that is not there, or that its case does not know of, was made up or put back.
            guard let (row, _) = try CaseShelf(office: office).row(id, in: reading), row.agency == worker.agency,
                try CaseIndex(office: office).areTrue(id, row, in: reading)
            else { throw CaseworkError.damaged(code: "index_row") }
            let facts = try office.rows.facts(
                .readCase,
                worker,
                .caseFile(id),
                .caseManagement,
                consent: nil,
                in: reading
            )
            guard !facts.isBarred else { continue }
            let mayRead =
                if case .permitted = office.ledger.policy.decide(facts) { true } else { false }
            guard handles.count < Limits.searchHits else {
                isCut = true
                break
            }
            handles.append(id.text)
            if mayRead {
                let fields = Found.allCases.filter { found[id]?.contains($0) == true }
                cases.append(Match(id: id, team: row.team, found: fields))
            } else if asked[row.team] == nil, let stored = try reading.row(.team, id: row.team.bytes) {
                let team = try office.rows.open(TeamRecord.self, stored)
                asked[row.team] = Asking(team: team.id, name: team.name)
            }
        }
        let ask = asked.values.sorted { $0.team < $1.team }
        return (Matches(cases: cases, ask: ask, isCut: isCut), handles)
    }

    // MARK: - Texts

    private func page(
        _ sought: FoldedText,
        after: CaseID?,
        for signedIn: SignedIn
    ) throws(CaseworkError) -> (page: TextPage, handles: [String]) {
        let worker = signedIn.worker
        let (ids, next) = try office.read { reading in
            let teams = try worker.teams.map { try office.rows.blind(.casesOfTeam, $0.bytes) }
            let page = try reading.page(.caseRouting, by: .owner, teams, after: after?.bytes) { stored -> CaseID? in
                let row = try office.rows.caseRow(stored)
                guard worker.teams.contains(row.team) else { return nil }
                let facts = try office.rows.facts(
                    .readCase,
                    worker,
                    .caseFile(row.routing.id),
                    .caseManagement,
                    consent: nil,
                    in: reading
                )
                guard case .permitted = office.ledger.policy.decide(facts) else { return nil }
                return row.routing.id
            }
            return (page.values, page.last.flatMap { CaseID(bytes: $0) })
        }
        var matches: [TextMatch] = []
        var handles: [String] = []
        var passedOver: [CaseID] = []
        for id in ids {
            let book: CaseBook
            do throws(CaseworkError) {
                book = try CaseShelf(office: office).open(id, for: signedIn)
            } catch .wrongState, .notFound, .damaged {
                passedOver.append(id)
                continue
            }
            handles.append(id.text)
            let places = SearchedTexts(book).places(holding: sought)
            if !places.isEmpty { matches.append(TextMatch(id: id, places: places)) }
        }
        let page = TextPage(cases: matches, opened: handles.count, passedOver: passedOver, next: next)
        return (page, handles)
    }
}
