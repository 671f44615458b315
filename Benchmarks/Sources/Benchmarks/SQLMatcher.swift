import Directory
import Matching

/// The rival of matching: one SELECT over an indexed SQLite table in memory that works out every reason for every service
/// of a country. It leaves out the three rules that need the clock and the way (deadlines, hours, distance), the order,
/// the flags and the grounds, so it is asked for less than the matcher does.
final class SQLMatcher {
    private let database: PlainSQLite
    private let ids: [ServiceID]
    private let allReasons: PlainStatement
    private let filters: PlainStatement

    /// What the query cannot say.
    static let leftOut: Set<ExclusionReason> = [.windowPassed, .deadlineCannotBeMet, .tooFar, .neverOpen]

    init(_ services: [Service]) throws {
        database = try PlainSQLite(path: ":memory:")
        ids = services.map(\.id)
        try database.run(Self.schema)
        try database.run("BEGIN")
        try Self.fill(database, services)
        try database.run("COMMIT")
        try database.run("ANALYZE")
        let masks = Self.rules.enumerated().map { "((\($0.element.test)) << \($0.offset))" }.joined(separator: " | ")
        allReasons = try database.statement("SELECT id, \(masks) FROM service WHERE country = ?1")
        let passes = Self.rules.map { "NOT (\($0.test))" }.joined(separator: " AND ")
        filters = try database.statement("SELECT id FROM service WHERE country = ?1 AND \(passes)")
    }

    /// Every service of the country with a bit for each rule of ``rules`` that it breaks.
    func reasons(_ context: CaseContext) throws -> [(service: Int, broken: Int)] {
        try ask(context)
        Self.bind(context, to: allReasons)
        var found: [(service: Int, broken: Int)] = []
        found.reserveCapacity(ids.count)
        try allReasons.rows { found.append(($0.integer(0), $0.integer(1))) }
        return found
    }

    /// Only the services that break none, with no reason for the rest.
    func fitting(_ context: CaseContext) throws -> Int {
        try ask(context)
        Self.bind(context, to: filters)
        var count = 0
        try filters.rows { _ in count += 1 }
        return count
    }

    /// In how many services the query's reasons differ from the matcher's, rules that it leaves out apart.
    func differences(_ context: CaseContext, from result: MatchResult) throws -> Int {
        let excluded = Dictionary(
            result.excluded.map { ($0.service, Set($0.reasons)) },
            uniquingKeysWith: { $0.union($1) }
        )
        return try reasons(context).count { service, broken in
            let mine = Set(Self.rules.indices.filter { broken >> $0 & 1 == 1 }.map { Self.rules[$0].reason })
            return mine != (excluded[ids[service]] ?? []).subtracting(Self.leftOut)
        }
    }

    private static let schema = """
        CREATE TABLE service (
            id INTEGER PRIMARY KEY, country TEXT NOT NULL, organization TEXT NOT NULL, status INTEGER NOT NULL,
            worldwide INTEGER NOT NULL, ageFrom INTEGER, ageThrough INTEGER, genders INTEGER, staff INTEGER,
            modes INTEGER, intake INTEGER, requires INTEGER, fee INTEGER NOT NULL, isFull INTEGER NOT NULL,
            interpreter INTEGER, consularOf TEXT, hasLanguages INTEGER NOT NULL, hasAccess INTEGER NOT NULL,
            hasJurisdictions INTEGER NOT NULL);
        CREATE INDEX serviceCountry ON service (country);
        CREATE TABLE offer (service INTEGER, code TEXT, PRIMARY KEY (service, code)) WITHOUT ROWID;
        CREATE TABLE coverage (service INTEGER, country TEXT, PRIMARY KEY (service, country)) WITHOUT ROWID;
        CREATE TABLE jurisdiction (service INTEGER, country TEXT, PRIMARY KEY (service, country)) WITHOUT ROWID;
        CREATE TABLE language (service INTEGER, tag TEXT, PRIMARY KEY (service, tag)) WITHOUT ROWID;
        CREATE TABLE access (service INTEGER, feature TEXT, PRIMARY KEY (service, feature)) WITHOUT ROWID;
        CREATE TABLE place (service INTEGER, place TEXT, PRIMARY KEY (service, place)) WITHOUT ROWID;
        CREATE TABLE party (service INTEGER, party TEXT, PRIMARY KEY (service, party)) WITHOUT ROWID;
        CREATE TABLE asked (list TEXT, value TEXT, PRIMARY KEY (list, value)) WITHOUT ROWID;
        """

    /// The rules with what each is in SQL, true when it is broken. The short lists of the case stand in `asked`.
    private static let rules: [(reason: ExclusionReason, test: String)] = [
        (.statusNotActive, "status <> 0"),
        (.capabilityMissing, "NOT EXISTS (SELECT 1 FROM offer o WHERE o.service = id AND o.code = ?2)"),
        (
            .countryNotServed,
            "NOT worldwide AND NOT EXISTS (SELECT 1 FROM coverage c WHERE c.service = id AND c.country = ?1)"
        ),
        (
            .jurisdictionNotCovered,
            "?3 IS NOT NULL AND hasJurisdictions AND NOT EXISTS "
                + "(SELECT 1 FROM jurisdiction j WHERE j.service = id AND j.country = ?3)"
        ),
        (.ageOutOfRange, "ageFrom IS NOT NULL AND NOT ?4 BETWEEN ageFrom AND ageThrough"),
        (.genderNotServed, "genders IS NOT NULL AND genders & ?5 = 0"),
        (
            .conflictAllegedPerpetrator,
            "EXISTS (SELECT 1 FROM asked WHERE list = 'accused' AND value = organization) OR EXISTS "
                + "(SELECT 1 FROM place p JOIN asked a ON a.list = 'accusedPlace' AND a.value = p.place WHERE p.service = id)"
                + " OR EXISTS (SELECT 1 FROM party p JOIN asked a ON a.list = 'party' AND a.value = p.party "
                + "WHERE p.service = id)"
        ),
        (
            .conflictFearedAuthority,
            "consularOf IS NOT NULL AND EXISTS (SELECT 1 FROM asked WHERE list = 'feared' AND value = consularOf)"
        ),
        (
            .excludedBySurvivor,
            "EXISTS (SELECT 1 FROM asked WHERE list = 'avoided' AND value = organization) OR EXISTS "
                + "(SELECT 1 FROM place p JOIN asked a ON a.list = 'avoidedPlace' AND a.value = p.place WHERE p.service = id)"
        ),
        (.prerequisiteNotMet, "requires IS NOT NULL AND requires & ~?6 <> 0"),
        (.costBarrier, "fee AND NOT ?7"),
        (.noCapacity, "isFull"),
        (
            .accessibilityNotMet,
            "hasAccess AND EXISTS (SELECT 1 FROM asked a WHERE a.list = 'access' AND NOT EXISTS "
                + "(SELECT 1 FROM access x WHERE x.service = id AND x.feature = a.value))"
        ),
        (
            .languageNoAccess,
            "interpreter IS 0 AND hasLanguages AND NOT EXISTS (SELECT 1 FROM asked a JOIN language l "
                + "ON l.service = id AND l.tag = a.value WHERE a.list = 'language')"
        ),
        (.noSafeContactRoute, "intake IS NOT NULL AND intake & ?8 = 0"),
        (.staffGenderUnavailable, "?9 <> 0 AND staff IS NOT NULL AND staff & ?9 = 0"),
        (.modeNotPossible, "?10 <> 0 AND modes IS NOT NULL AND modes & ?10 = 0"),
    ]

    /// Puts the lists of the case where the query joins them.
    private func ask(_ context: CaseContext) throws {
        try database.run("DELETE FROM asked")
        let insert = try insertAsked.get()
        func add(_ list: String, _ values: some Sequence<String>) throws {
            for value in values {
                insert.bind(1, list)
                insert.bind(2, value)
                try insert.change()
            }
        }
        try add("accused", Set(context.conflicts.flatMap(\.organizations)).map(\.text))
        try add("accusedPlace", Set(context.conflicts.flatMap(\.places)).map(\.text))
        try add("party", Set(context.conflicts.compactMap(\.party)).map(\.text))
        try add("feared", context.fearedStates.map(\.text))
        try add("avoided", context.avoidedOrganizations.map(\.text))
        try add("avoidedPlace", context.avoidedPlaces.map(\.text))
        try add("access", context.survivor.accessibilityNeeds.map(\.text))
        try add("language", context.survivor.languages?.map(\.text) ?? [])
    }

    private lazy var insertAsked = Result { try database.statement("INSERT INTO asked VALUES (?, ?)") }

    private static func bind(_ context: CaseContext, to statement: PlainStatement) {
        let need = context.need
        let preferences = context.preferences
        statement.bind(1, context.survivor.currentCountry.text)
        statement.bind(2, need.code.text)
        if need.code.sector == .legal, let court = need.jurisdiction {
            statement.bind(3, court.text)
        } else {
            statement.bindNull(3)
        }
        statement.bind(4, context.survivor.age ?? 0)
        statement.bind(5, bits(context.survivor.gender.map { [$0] } ?? []))
        statement.bind(6, bits(Array(context.survivor.has)))
        statement.bind(7, context.survivor.has.contains(.payment) ? 1 : 0)
        statement.bind(8, bits(Array(context.safeRoutes ?? [])))
        let staff = preferences.staffGender.flatMap { $0.isStrict ? $0.value : nil }
        let mode = preferences.mode.flatMap { $0.isStrict ? $0.value : nil }
        statement.bind(9, bits(staff.map { [$0] } ?? []))
        statement.bind(10, bits(mode.map { [$0] } ?? []))
    }

    private static func bits<Code: CaseIterable & Equatable>(_ codes: [Code]) -> Int {
        Code.allCases.enumerated().reduce(0) { codes.contains($1.element) ? $0 | 1 << $1.offset : $0 }
    }

    private static func fill(_ database: PlainSQLite, _ services: [Service]) throws {
        let marks = Array(repeating: "?", count: 19).joined(separator: ", ")
        let insert = try database.statement("INSERT INTO service VALUES (\(marks))")
        func optional(_ place: Int32, _ number: Int?) {
            if let number { insert.bind(place, number) } else { insert.bindNull(place) }
        }
        func list(_ table: String) throws -> (Int, [String]) throws -> Void {
            let insert = try database.statement("INSERT OR IGNORE INTO \(table) VALUES (?, ?)")
            return { service, values in
                for value in values {
                    insert.bind(1, service)
                    insert.bind(2, value)
                    try insert.change()
                }
            }
        }
        let offer = try list("offer")
        let coverage = try list("coverage")
        let jurisdiction = try list("jurisdiction")
        let language = try list("language")
        let access = try list("access")
        let place = try list("place")
        let party = try list("party")
        for (number, service) in services.enumerated() {
            insert.bind(1, number)
            insert.bind(2, service.country.text)
            insert.bind(3, service.organization.text)
            insert.bind(4, service.status == .active ? 0 : 1)
            insert.bind(5, service.coverage == .worldwide ? 1 : 0)
            optional(6, service.ages?.from)
            optional(7, service.ages?.through)
            optional(8, service.genders.map { bits(Array($0)) })
            optional(9, service.staffGenders.map { bits(Array($0)) })
            optional(10, service.modes.map(bits))
            optional(11, service.intake.map { bits(Array($0)) })
            optional(12, service.requires.map { bits(Array($0)) })
            insert.bind(13, service.cost == .fee ? 1 : 0)
            insert.bind(14, service.capacity == .full ? 1 : 0)
            optional(15, service.interpreter.map { $0 ? 1 : 0 })
            if let state = service.consularOf { insert.bind(16, state.text) } else { insert.bindNull(16) }
            insert.bind(17, service.languages == nil ? 0 : 1)
            insert.bind(18, service.accessible == nil ? 0 : 1)
            insert.bind(19, service.jurisdictions == nil ? 0 : 1)
            try insert.change()
            try offer(number, service.offers.map(\.code.text))
            if case .countries(let countries) = service.coverage { try coverage(number, countries.map(\.text)) }
            try jurisdiction(number, service.jurisdictions?.map(\.text) ?? [])
            try language(number, service.languages?.map(\.text) ?? [])
            try access(number, service.accessible?.map(\.text) ?? [])
            try place(number, service.places.map(\.text))
            try party(number, service.linkedParties.map(\.text))
        }
    }
}
