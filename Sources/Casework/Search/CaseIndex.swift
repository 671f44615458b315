import Care
import Foundation
import Sealing
import Store

/// The blind indexes over names, aliases, telephone and identity numbers (docs/formats/search-index.md): the rows of a case in
/// them, and the cases of a value. A row names neither; its id is found again from the case alone.
struct CaseIndex: Sendable {
    let office: Office

    /// A place of a case in the indexes: one name, one alias, five telephone numbers, one identity number.
    struct Place: Hashable, Sendable {
        let field: IndexedField
        let number: Int

        static let all: [Place] =
            [Place(field: .name, number: 0), Place(field: .alias, number: 0)]
            + (0..<Limits.indexedPhones).map { Place(field: .phone, number: $0) }
            + [Place(field: .identityNumber, number: 0)]
    }

    /// What a change of a case writes to the indexes.
    struct Change: Sendable {
        var rows: [(row: StoredRow, expecting: Int?)] = []
        /// Rows of values that the case no longer has.
        var gone: [(id: [UInt8], version: Int)] = []
    }

    // MARK: - The rows of a case

    /// The values of a case, each at its place.
    static func values(of identity: Survivor, _ contact: SafeContact) -> [Place: [UInt8]] {
        var values: [Place: [UInt8]] = [:]
        values[Place(field: .name, number: 0)] = identity.name.flatMap(IndexedText.name)
        values[Place(field: .alias, number: 0)] = identity.alias.flatMap(IndexedText.name)
        values[Place(field: .identityNumber, number: 0)] = identity.identityNumber.flatMap(IndexedText.identityNumber)
        var phones: [[UInt8]] = []
        for address in contact.addresses where [.call, .text, .messenger].contains(address.channel) {
            guard let value = address.value,
                let phone = IndexedText.phone(value, in: identity.currentCountry), !phones.contains(phone)
            else { continue }
            phones.append(phone)
        }
        for (number, phone) in phones.prefix(Limits.indexedPhones).enumerated() {
            values[Place(field: .phone, number: number)] = phone
        }
        return values
    }

    /// The ids that the rows of a case have in the indexes, whether or not there is a row: what erasure looks for.
    static func ids(of id: CaseID, _ rows: ServerRows) throws(CaseworkError) -> [(place: Place, id: [UInt8])] {
        var ids: [(place: Place, id: [UInt8])] = []
        for place in Place.all {
            ids.append(
                (place, try rows.blind(.indexToken, id.bytes, [place.field.rawValue, UInt8(place.number)]))
            )
        }
        return ids
    }

    /// The rows of a case that are there.
    func rows(
        of id: CaseID,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> [(place: Place, row: StoredRow)] {
        var rows: [(place: Place, row: StoredRow)] = []
        for (place, id) in try Self.ids(of: id, office.rows) {
            if let row = try reading.row(.indexToken, id: id) { rows.append((place, row)) }
        }
        return rows
    }

    /// Brings the rows of a case to what its sheets say, and notes their digest in its routing row. The slow hashes run on
    /// threads of their own.
    ///
    /// - Throws: ``CaseworkError/busy(retryAfterSeconds:)`` when too many wait; ``CaseworkError/damaged(code:)``.
    func change(_ book: inout CaseBook) async throws(CaseworkError) -> Change {
        let id = book.id
        let agency = book.row.agency
        let values = Self.values(of: book.file.identity, book.file.contact)
        let (keys, versions) = try office.read { reading in
            (
                try self.keys(of: agency, in: reading),
                try self.rows(of: id, in: reading).map { ($0.place, $0.row.version) }
            )
        }
        let standing = Dictionary(versions) { first, _ in first }
        var change = Change()
        for (place, rowID) in try Self.ids(of: id, office.rows) {
            guard let value = values[place] else {
                if let version = standing[place] { change.gone.append((rowID, version)) }
                continue
            }
            guard let key = keys[place.field] else { throw .damaged(code: "index_key") }
            let indexed = try await look(for: value, with: key)
            let sealed = try sealing("index_row") { () throws(SealingError) in
                try indexed.seal(for: id.bytes, row: rowID, under: office.rows.keys.routing)
            }
            let row = StoredRow(
                kind: .indexToken,
                id: rowID,
                index: try bucket(indexed, of: agency, place.field),
                version: (standing[place] ?? 0) + 1,
                sealed: sealed
            )
            change.rows.append((row, standing[place]))
        }
        book.setIndex(try Self.digest(change.rows.map(\.row)))
        return change
    }

    /// Whether the rows of a case are those that its routing row knows of.
    func areTrue(
        _ id: CaseID,
        _ row: CaseRow,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> Bool {
        try row.index == Self.digest(rows(of: id, in: reading).map(\.row))
    }

    private static func digest(_ rows: [StoredRow]) throws(CaseworkError) -> [UInt8] {
        do {
            // Ids and tokens have one length each, so that what follows what is never in doubt.
            return try Digest.sha256(
                rows.sorted { $0.id.lexicographicallyPrecedes($1.id) }.flatMap { $0.id + ($0.index ?? []) + $0.sealed }
            )
        } catch {
            throw .damaged(code: "digest")
        }
    }

    // MARK: - The cases of a value

    /// The cases of an agency that have this value in one of these fields.
    ///
    /// - Throws: ``CaseworkError/busy(retryAfterSeconds:)``; ``CaseworkError/damaged(code:)`` for a row that was moved, changed,
    ///   made up or put back, whoever it is about.
    func cases(
        with value: [UInt8],
        in fields: [IndexedField],
        of agency: AgencyID
    ) async throws(CaseworkError) -> Set<CaseID> {
        let keys = try office.read { try self.keys(of: agency, in: $0) }
        var found: Set<CaseID> = []
        for field in fields {
            guard let key = keys[field] else { throw .damaged(code: "index_key") }
            let indexed = try await look(for: value, with: key)
            let place = try bucket(indexed, of: agency, field)
            found.formUnion(try office.read { try self.cases(indexed, at: place, in: $0) })
        }
        return found
    }

    /// Every token of the bucket is opened and compared, whether or not one was found before.
    private func cases(
        _ indexed: IndexedValue,
        at place: [UInt8],
        in reading: borrowing Reading
    ) throws -> Set<CaseID> {
        var found: Set<CaseID> = []
        var after: [UInt8]?
        while true {
            let rows = try reading.rows(.indexToken, index: place, after: after, limit: Limits.page)
            for row in rows {
                let match: [UInt8]?
                do {
                    match = try indexed.caseID(in: row.sealed, row: row.id, under: office.rows.keys.routing)
                } catch {
                    throw CaseworkError.damaged(code: "index_row")
                }
                guard let match else { continue }
                guard let id = CaseID(bytes: match) else { throw CaseworkError.damaged(code: "index_row") }
                found.insert(id)
            }
            guard rows.count == Limits.page else { return found }
            after = rows.last?.id
        }
    }

    private func look(for value: [UInt8], with key: IndexKey) async throws(CaseworkError) -> IndexedValue {
        let look = { @Sendable () throws(CaseworkError) -> IndexedValue in
            do {
                return try key.look(for: value)
            } catch {
                throw .damaged(code: "index_key")
            }
        }
        return key.field.isSlow ? try await office.indexWork.run(look) : try look()
    }

    /// What the database is asked for: which index, blind, and the bucket in it, open.
    private func bucket(
        _ indexed: IndexedValue,
        of agency: AgencyID,
        _ field: IndexedField
    ) throws(CaseworkError) -> [UInt8] {
        try office.rows.blind(.indexField, agency.bytes, [field.rawValue])
            + [UInt8(indexed.bucket >> 8), UInt8(indexed.bucket & 0xFF)]
    }

    // MARK: - Keys

    /// The keys of a new agency's indexes.
    func newKeys(of agency: AgencyID) throws(CaseworkError) -> [StoredRow] {
        var rows: [StoredRow] = []
        for field in IndexedField.allCases { rows.append(try newKey(of: agency, field)) }
        return rows
    }

    /// Gives each agency the keys it lacks: one that was founded before there were indexes.
    func makeMissingKeys(in transaction: borrowing Transaction) throws {
        var after: [UInt8]?
        while true {
            let agencies = try transaction.rows(.agency, after: after, limit: Limits.page)
            for agency in agencies {
                guard let id = AgencyID(bytes: agency.id) else { throw CaseworkError.damaged(code: "agency") }
                for field in IndexedField.allCases {
                    guard try transaction.version(.indexKey, id: keyID(of: id, field)) == nil else { continue }
                    try transaction.put(try newKey(of: id, field), expecting: nil)
                }
            }
            guard agencies.count == Limits.page else { return }
            after = agencies.last?.id
        }
    }

    private func newKey(of agency: AgencyID, _ field: IndexedField) throws(CaseworkError) -> StoredRow {
        let sealed = try sealing("index_key") { () throws(SealingError) in
            // The fewest bits there are: a bucket of many values gives away least (docs/formats/search-index.md).
            try IndexKey.random(agency: agency.bytes, field: field, bucketBits: 8)
                .seal(under: office.rows.keys.routing, version: 1)
        }
        return StoredRow(kind: .indexKey, id: try keyID(of: agency, field), version: 1, sealed: sealed)
    }

    private func keyID(of agency: AgencyID, _ field: IndexedField) throws(CaseworkError) -> [UInt8] {
        try office.rows.blind(.indexKey, agency.bytes, [field.rawValue])
    }

    private func keys(
        of agency: AgencyID,
        in reading: borrowing Reading
    ) throws -> [IndexedField: IndexKey] {
        var keys: [IndexedField: IndexKey] = [:]
        for field in IndexedField.allCases {
            guard let stored = try reading.row(.indexKey, id: keyID(of: agency, field)) else {
                throw CaseworkError.damaged(code: "index_key")
            }
            do {
                keys[field] = try IndexKey.open(
                    stored.sealed,
                    under: office.rows.keys.routing,
                    agency: agency.bytes,
                    field: field,
                    version: UInt64(stored.version)
                )
            } catch {
                throw CaseworkError.damaged(code: "index_key")
            }
        }
        return keys
    }
}
