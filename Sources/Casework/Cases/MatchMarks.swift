import Care
import Directory
import Foundation
import Matching
import Policy
import Sealing
import Store

/// The marks of the needs of a case: what stood when each was last matched. They are under the server's key, so that a list
/// can say what is to be matched again without opening a case (DECISIONS 14).
struct MatchMarks: Sendable {
    let office: Office

    /// A mark ready to be written; another match of the same need may have been faster, and then it is not.
    struct Draft: Sendable {
        fileprivate let row: StoredRow
        fileprivate let read: Int?

        /// Writes it unless a newer one stands there.
        func write(in transaction: borrowing Transaction) throws {
            guard try transaction.version(row.kind, id: row.id) == read else { return }
            try transaction.put(row, expecting: read)
        }
    }

    /// What stands now for a case.
    func standing(of row: CaseRow, at moment: Date) -> Rematch.Standing {
        Rematch.Standing(
            directory: office.shelf.shelf.content,
            policies: office.policies.contentHash.description,
            conflicts: row.sheets["\(Compartment.conflicts)"] ?? 0,
            now: moment
        )
    }

    /// Every mark of a case.
    func marks(of id: CaseID, in reading: borrowing some RowReading & ~Copyable) throws -> [MatchMark] {
        let owner = try office.rows.blind(.matchMarksOfCase, id.bytes)
        return try reading.rows(.matchMark, owner: owner, limit: Care.Limits.manyEntries).map { stored in
            try office.rows.open(MatchMark.self, stored)
        }
    }

    /// The mark of a need that is matched now; nil for a need that the routing row does not know.
    func draft(_ need: NeedID, of book: CaseBook, isUnmet: Bool, at moment: Date) throws(CaseworkError) -> Draft? {
        let row = book.row
        guard let fact = row.routing.needs.first(where: { $0.id == need }) else { return nil }
        let (read, referrals) = try office.read { reading in
            (
                try reading.version(.matchMark, id: need.bytes),
                try CaseShelf(office: office).referrals(of: row, in: reading)
                    .map { CaseRouting.ReferralFact(of: $0.row.referral) }
            )
        }
        let mark = Rematch.mark(
            fact,
            of: row.routing,
            referrals: referrals,
            standing: standing(of: row, at: moment),
            isUnmet: isUnmet
        )
        return Draft(
            row: try office.rows.row(
                mark,
                .matchMark,
                id: need.bytes,
                owner: office.rows.blind(.matchMarksOfCase, book.id.bytes),
                version: (read ?? 0) + 1
            ),
            read: read
        )
    }
}
