import Care
import Foundation
import Policy
import Sealing
import Store

/// Rows under the server's routing key: what jobs, gates and counts need with nobody signed in (DECISIONS 14). They hold
/// codes, ids and times, never a name or a text about a person.
struct ServerRows: Sendable {
    let keys: ServerKeys
    private let accounts = OpenedRows<Account>()
    private let cases = OpenedRows<CaseRow>()
    private let teamGrants = OpenedRows<TeamGrantRecord>()
    private let teams = OpenedRows<TeamRecord>()

    init(keys: ServerKeys) {
        self.keys = keys
    }

    /// The account in a row.
    func account(_ row: StoredRow) throws(CaseworkError) -> Account {
        try accounts.value(of: row) { (row) throws(CaseworkError) in try open(Account.self, row) }
    }

    /// The terms of a grant.
    func teamGrant(_ row: StoredRow) throws(CaseworkError) -> TeamGrantRecord {
        try teamGrants.value(of: row) { (row) throws(CaseworkError) in try open(TeamGrantRecord.self, row) }
    }

    /// The record of a team.
    func team(_ row: StoredRow) throws(CaseworkError) -> TeamRecord {
        try teams.value(of: row) { (row) throws(CaseworkError) in try open(TeamRecord.self, row) }
    }

    /// The routing row of a case.
    func caseRow(_ row: StoredRow) throws(CaseworkError) -> CaseRow {
        try cases.value(of: row) { (row) throws(CaseworkError) in try open(CaseRow.self, row) }
    }

    /// Lets go of what is remembered of a case that was erased.
    func forget(_ id: CaseID) { cases.forget(id.bytes) }

    /// A value as a row; version 1 is a new row.
    func row(
        _ value: some Encodable,
        _ kind: RowKind,
        id: [UInt8],
        owner: [UInt8]? = nil,
        index: [UInt8]? = nil,
        version: Int = 1
    ) throws(CaseworkError) -> StoredRow {
        do {
            let sealed = try Envelope.seal(
                Stored.bytes(of: value),
                kind: .routingRow,
                under: keys.routing,
                context: context(kind, id, version)
            )
            return StoredRow(kind: kind, id: id, owner: owner, index: index, version: version, sealed: sealed)
        } catch {
            throw .damaged(code: "routing_row")
        }
    }

    /// The value of a row.
    func open<Value: Decodable>(_ type: Value.Type, _ row: StoredRow) throws(CaseworkError) -> Value {
        do {
            let plain = try Envelope.open(
                row.sealed,
                expecting: .routingRow,
                under: keys.routing,
                context: context(row.kind, row.id, row.version)
            )
            return try Stored.value(type, from: plain)
        } catch {
            throw .damaged(code: "routing_row")
        }
    }

    /// Opens a row and lets go of what is in it.
    func check(_ row: StoredRow) throws(CaseworkError) {
        do {
            _ = try Envelope.open(
                row.sealed,
                expecting: .routingRow,
                under: keys.routing,
                context: context(row.kind, row.id, row.version)
            )
        } catch {
            throw .damaged(code: "row_\(row.kind.rawValue)")
        }
    }

    /// The value of a row; nil when it cannot be opened, for a step that must not fail for its neighbours' sake.
    func readable<Value: Decodable>(_ type: Value.Type, _ row: StoredRow) -> Value? {
        do {
            return try open(type, row)
        } catch {
            return nil
        }
    }

    /// A value's place in an index that shows nothing of it.
    func blind(_ label: BlindLabel, _ value: [UInt8]...) throws(CaseworkError) -> [UInt8] {
        do {
            return try keys.blindIndex(label.rawValue, Array(value.joined()))
        } catch {
            throw .damaged(code: "index")
        }
    }

    /// The id is bound through its first 16 bytes, or all of it where it is shorter; ids of rows are 16 bytes or a
    /// digest.
    private func context(_ kind: RowKind, _ id: [UInt8], _ version: Int) -> RecordContext {
        RecordContext(
            recordID: Array(id.prefix(16)),
            recordType: "row-\(kind.rawValue)",
            recordVersion: UInt64(version)
        )
    }
}

/// How values become bytes before they are sealed: JSON with sorted keys, so that equal values are equal bytes.
enum Stored {
    static func bytes(of value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    static func value<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
