import Care
import Directory
import Foundation
import Sealing
import Store

/// A case opened in a session: its sheets in clear, the versions they were read at, and the keys to write them again. It
/// lives for one request.
struct CaseBook: Sendable {
    let id: CaseID
    /// The routing row; writing a sheet notes its new version here.
    private(set) var row: CaseRow
    /// The version of the routing row; every change of the case moves it, so it is the version of the case.
    let version: Int
    private(set) var keys: CaseKeys
    var file: CaseFile
    var consents: [Consent]
    /// The versions of the rows as they were read; a row that is not here is new.
    private var versions: [RowKind: Int] = [:]
    private var consentVersions: [ConsentID: Int] = [:]

    /// A new case, nothing of which is stored yet.
    init(new file: CaseFile, row: CaseRow, keys: CaseKeys) {
        self.id = file.id
        self.row = row
        self.version = 0
        self.keys = keys
        self.file = file
        self.consents = []
    }

    /// Opens a stored case.
    init(
        _ id: CaseID,
        row: CaseRow,
        version: Int,
        keys: CaseKeys,
        sheets: [StoredRow],
        consents: [StoredRow]
    ) throws(CaseworkError) {
        self.id = id
        self.row = row
        self.version = version
        self.keys = keys
        func open<Value: Decodable>(_ compartment: Compartment, as type: Value.Type) throws(CaseworkError) -> Value {
            guard let sheet = sheets.first(where: { $0.kind == Sheet.kind(of: compartment) }) else {
                throw .damaged(code: "case_sheet")
            }
            return try Self.open(sheet, type, keys.key(compartment), "case-\(compartment)", id, row)
        }
        self.file = CaseFile(
            id: id,
            identity: try open(.identity, as: Survivor.self),
            contact: try open(.contact, as: SafeContact.self),
            conflicts: try open(.conflicts, as: ConflictFacts.self),
            content: try open(.content, as: CaseContent.self)
        )
        self.consents = []
        for sheet in sheets { versions[sheet.kind] = sheet.version }
        for stored in consents {
            var consent = try Self.open(stored, Consent.self, keys.key(.content), "consent", id, row)
            // Taken back at a time when the case could not be opened: then the routing row alone says so.
            if row.routing.consents.contains(where: { $0.id == consent.id && $0.isWithdrawn }) {
                consent.withdraw(at: consent.givenAt)
            }
            self.consents.append(consent)
            consentVersions[consent.id] = stored.version
        }
        guard row.sheets == standing else { throw .damaged(code: "case_sheet") }
        self.consents.sort { ($0.givenAt, $0.id) < ($1.givenAt, $1.id) }
    }

    /// The versions at which the sheets and consents were read, by name.
    private var standing: [String: Int] {
        var standing: [String: Int] = [:]
        for compartment in Compartment.allCases {
            standing["\(compartment)"] = versions[Sheet.kind(of: compartment)]
        }
        for (consent, version) in consentVersions { standing[consent.text] = version }
        return standing
    }

    /// The same case under new keys: every sheet and consent is to be written again.
    mutating func move(to keys: CaseKeys, epoch: UInt32) {
        self.keys = keys
        row.epoch = epoch
    }

    /// Who reads it from now on; a case that the team holds becomes a restricted one.
    mutating func setReaders(_ readers: Set<StaffID>) { row.readers = readers.sorted() }

    /// Every compartment as a row to write, each one version further.
    mutating func sheets(_ compartments: [Compartment] = Compartment.allCases) throws(CaseworkError) -> [(
        StoredRow, Int?
    )] {
        var rows: [(StoredRow, Int?)] = []
        for compartment in compartments {
            let read = versions[Sheet.kind(of: compartment)]
            let value: any Encodable =
                switch compartment {
                case .identity: file.identity
                case .contact: file.contact
                case .conflicts: file.conflicts
                case .content: file.content
                }
            let sealed = try seal(
                value,
                Sheet.kind(of: compartment),
                id.bytes,
                (read ?? 0) + 1,
                keys.key(compartment),
                "case-\(compartment)"
            )
            rows.append((sealed, read))
            row.sheets["\(compartment)"] = sealed.version
        }
        return rows
    }

    /// One consent as a row to write.
    mutating func row(of consent: Consent, owner: [UInt8]) throws(CaseworkError) -> (StoredRow, Int?) {
        let read = consentVersions[consent.id]
        let sealed = try seal(
            consent,
            .consent,
            consent.id.bytes,
            (read ?? 0) + 1,
            keys.key(.content),
            "consent",
            owner: owner
        )
        row.sheets[consent.id.text] = sealed.version
        return (sealed, read)
    }

    private func seal(
        _ value: any Encodable,
        _ kind: RowKind,
        _ recordID: [UInt8],
        _ version: Int,
        _ key: SymmetricKey,
        _ type: String,
        owner: [UInt8]? = nil
    ) throws(CaseworkError) -> StoredRow {
        do {
            let sealed = try Envelope.seal(
                Stored.bytes(of: value),
                kind: .record,
                under: key,
                context: Self.context(type, recordID, version, id, row)
            )
            return StoredRow(kind: kind, id: recordID, owner: owner, version: version, sealed: sealed)
        } catch {
            throw .damaged(code: "case_sheet")
        }
    }

    private static func open<Value: Decodable>(
        _ stored: StoredRow,
        _ type: Value.Type,
        _ key: SymmetricKey,
        _ name: String,
        _ id: CaseID,
        _ row: CaseRow
    ) throws(CaseworkError) -> Value {
        do {
            let plain = try Envelope.open(
                stored.sealed,
                expecting: .record,
                under: key,
                context: context(name, stored.id, stored.version, id, row)
            )
            return try Stored.value(type, from: plain)
        } catch {
            throw .damaged(code: "case_sheet")
        }
    }

    /// What binds a sheet to its place: under another case, record, type, version or epoch it does not open.
    private static func context(
        _ type: String,
        _ recordID: [UInt8],
        _ version: Int,
        _ id: CaseID,
        _ row: CaseRow
    ) -> RecordContext {
        RecordContext(
            agency: row.agency.bytes,
            caseID: id.bytes,
            recordID: recordID,
            recordType: type,
            recordVersion: UInt64(version),
            keyEpoch: row.epoch
        )
    }
}
