import Care
import Store

/// Every row that belongs to one case: the one list that an erasure goes by. A new kind of row about a case is added here;
/// `ErasureTests` compares the store before a case was opened with the store after it was erased.
struct CaseRows: Sendable {
    let rows: ServerRows

    /// Kinds that have one row a case, at the case's own id.
    static let ofCase: [RowKind] = [
        .caseRouting, .caseSecrets, .caseIdentity, .caseContact, .caseConflicts, .caseContent,
    ]

    /// Kinds whose rows are owned by the case, under a blind label.
    static let owned: [(kind: RowKind, label: BlindLabel)] = [
        (.consent, .consentsOfCase), (.caseGrant, .grantsOfCase),
    ]

    /// Kinds that have one row a referral of the case, at the referral's id. A packet goes whether it was released or not:
    /// what a desk has made a record of its own is the desk's, with an erase secret of its own.
    static let ofReferral: [RowKind] = [.referralRouting, .packet]

    /// Deletes all of them, and gives the referrals that there were, in the order of their ids.
    func delete(_ id: CaseID, in transaction: borrowing Transaction) throws -> [ReferralID] {
        let referrals = try referrals(of: id, in: transaction)
        for referral in referrals {
            for kind in Self.ofReferral { try remove(kind, referral.bytes, in: transaction) }
        }
        for (kind, label) in Self.owned { try transaction.deleteRows(kind, owner: rows.blind(label, id.bytes)) }
        for kind in Self.ofCase { try remove(kind, id.bytes, in: transaction) }
        return referrals
    }

    /// Whether any row of the case is there.
    func exist(_ id: CaseID, in reading: borrowing some RowReading & ~Copyable) throws -> Bool {
        for kind in Self.ofCase where try reading.version(kind, id: id.bytes) != nil { return true }
        for (kind, label) in Self.owned where try reading.count(kind, owner: rows.blind(label, id.bytes)) > 0 {
            return true
        }
        return false
    }

    /// The routing row names them; where that cannot be opened, every referral there is is looked at.
    private func referrals(
        of id: CaseID,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> [ReferralID] {
        if let stored = try reading.row(.caseRouting, id: id.bytes), let row = rows.readable(CaseRow.self, stored) {
            return row.routing.referrals.map(\.id).sorted()
        }
        var found: [ReferralID] = []
        var after: [UInt8]?
        while true {
            let page = try reading.rows(.referralRouting, after: after, limit: Limits.page)
            for stored in page {
                guard let row = rows.readable(ReferralRow.self, stored), row.referral.caseID == id else { continue }
                found.append(row.referral.id)
            }
            guard page.count == Limits.page else { return found }
            after = page.last?.id
        }
    }

    private func remove(_ kind: RowKind, _ id: [UInt8], in transaction: borrowing Transaction) throws {
        guard try transaction.version(kind, id: id) != nil else { return }
        try transaction.delete(kind, id: id)
    }
}
