import Care
import Foundation
import Policy
import Sealing
import Store

/// Takes cases out of the store and puts them back: the one place where the sealed rows of a case become a ``CaseBook``.
struct CaseShelf: Sendable {
    let office: Office

    /// The routing row of a case and its version.
    func row(_ id: CaseID, in reading: borrowing some RowReading & ~Copyable) throws -> (row: CaseRow, version: Int)? {
        guard let stored = try reading.row(.caseRouting, id: id.bytes) else { return nil }
        return (try office.rows.caseRow(stored), stored.version)
    }

    /// Opens a case with the keys of the session.
    ///
    /// - Throws: ``CaseworkError/notFound`` when there is no such case, it was erased, or the session has no key for it.
    func open(_ id: CaseID, for signedIn: SignedIn) throws(CaseworkError) -> CaseBook {
        let consentsOwner = try office.rows.blind(.consentsOfCase, id.bytes)
        let (found, secrets, sheets, consents) = try office.read { reading in
            let found = try row(id, in: reading)
            let secrets =
                try found.map { found in
                    try office.storedSecrets(of: id, found.row, for: signedIn.worker, in: reading)
                } ?? nil
            var sheets: [StoredRow] = []
            for compartment in Compartment.allCases {
                if let sheet = try reading.row(Sheet.kind(of: compartment), id: id.bytes) { sheets.append(sheet) }
            }
            let consents = try reading.rows(.consent, owner: consentsOwner, limit: Care.Limits.manyEntries)
            return (found, secrets, sheets, consents)
        }
        guard let found, let secrets else { throw .notFound }
        let opened = try office.secrets(of: id, found.row, in: secrets, for: signedIn)
        let eraseSecret = try office.vault.eraseSecret(of: id)
        return try CaseBook(
            id,
            row: found.row,
            version: found.version,
            keys: CaseKeys(opened, eraseSecret: eraseSecret, of: id, epoch: found.row.epoch),
            sheets: sheets,
            consents: consents
        )
    }

    /// The secrets of a case alone, for whoever gives them to somebody else.
    ///
    /// - Throws: as ``open(_:for:)``.
    func secrets(of id: CaseID, for signedIn: SignedIn) throws(CaseworkError) -> CaseSecrets {
        let (found, stored) = try office.read { reading -> (CaseRow?, StoredRow?) in
            guard let found = try row(id, in: reading)?.row else { return (nil, nil) }
            return (found, try office.storedSecrets(of: id, found, for: signedIn.worker, in: reading))
        }
        guard let found, let stored else { throw .notFound }
        return try office.secrets(of: id, found, in: stored, for: signedIn)
    }

    /// The routing row to write after a change; it is one version further than the book was read at.
    func routingRow(of book: CaseBook, referrals: [Referral]) throws(CaseworkError) -> StoredRow {
        var row = book.row
        row.routing = CaseRouting(
            of: book.file,
            referrals: referrals,
            consents: book.consents,
            rules: office.consentPolicy.rules
        )
        var barred: [[UInt8]] = []
        for staff in book.file.conflicts.barredStaff {
            barred.append(try office.rows.blind(.barredFromCase, book.id.bytes, staff.bytes))
        }
        row.barred = barred.sorted { $0.lexicographicallyPrecedes($1) }
        return try office.rows.row(
            row,
            .caseRouting,
            id: book.id.bytes,
            owner: office.rows.blind(.casesOfTeam, row.team.bytes),
            version: book.version + 1
        )
    }

    /// The referrals of a case as they stand.
    func referrals(
        of row: CaseRow,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> [(row: ReferralRow, version: Int)] {
        var found: [(row: ReferralRow, version: Int)] = []
        for fact in row.routing.referrals {
            guard let stored = try reading.row(.referralRouting, id: fact.id.bytes) else { continue }
            found.append((try office.rows.open(ReferralRow.self, stored), stored.version))
        }
        return found
    }
}
