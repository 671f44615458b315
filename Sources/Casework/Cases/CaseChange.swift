import Care
import Foundation
import Policy
import Sealing
import Store

/// A change of a case: open it, change it, write what changed, one version further, with one entry. What is common to
/// recording a need, a consent or a withdrawal, and to filing a referral.
struct CaseChange: Sendable {
    let office: Office

    /// What a change made, and what it writes beside the case's own sheets.
    struct Made: Sendable {
        /// The text forms of new ids, kept for a repeat of the same request.
        var ids: [String]
        var consent: Consent?
        var referral: ReferralRow?
        /// Further new rows.
        var rows: [StoredRow] = []
        /// Further rows with the versions that they take the place of.
        var puts: [(row: StoredRow, expecting: Int?)] = []
        /// Rows that go, where they stand.
        var deletions: [(kind: RowKind, id: [UInt8])] = []
        /// Whether the case has new keys, so that all of it is sealed anew.
        var isRekeyed = false
        /// The team key that one of these rows is sealed to; it must still be in use when they are written.
        var sealedTo: TeamEpoch?
        /// Whether her consent covers what leaves; nil where nothing leaves.
        var verdict: ConsentVerdict?
    }

    private struct Prepared: Sendable {
        var ids: [String]
        var rows: [(row: StoredRow, expecting: Int?)] = []
        var deletions: [(kind: RowKind, id: [UInt8])] = []
        var consent: ConsentID?
        var referral: ReferralID?
        var sealedTo: TeamEpoch?
        var verdict: ConsentVerdict?
        var isRepeat = false
        /// Traces of creates that are older than they are kept.
        var expired: [OnceSweep.Trace] = []
    }

    /// Makes a change.
    ///
    /// - Throws: what `change` throws; ``CaseworkError/stale`` when the case is no longer at `version`;
    ///   ``CaseworkError/keyReused``; ``CaseworkError/notFound``.
    func make(
        _ act: Act,
        in id: CaseID,
        at version: Int?,
        purpose: Purpose,
        by signedIn: SignedIn,
        request: RequestID,
        once: Once,
        writing compartments: [Compartment],
        _ change: (inout CaseBook) throws(CaseworkError) -> Made
    ) async throws(CaseworkError) -> CaseReceipt {
        let onceID = try office.onceID(once, act, signedIn.worker)
        let shelf = CaseShelf(office: office)
        return try await office.ledger.perform(
            act,
            by: signedIn.worker,
            on: .caseFile(id),
            purpose: purpose,
            request: request,
            consent: { (prepared: Prepared) in prepared.isRepeat ? .maySend : prepared.verdict },
            prepare: { () throws(CaseworkError) -> Prepared in
                let earlier = try office.read { try office.made(once, onceID, in: $0) }
                if let made = earlier.made { return Prepared(ids: made, isRepeat: true) }
                do throws(CaseworkError) {
                    var book = try shelf.open(id, for: signedIn)
                    guard version == nil || version == book.version else { throw .stale }
                    let made = try change(&book)
                    return try rows(of: made, in: &book, writing: compartments, once, onceID, earlier.version)
                } catch .stale {
                    // It may be this same request, sent twice, that moved the case.
                    guard let made = try office.read({ try office.made(once, onceID, in: $0) }).made else {
                        throw .stale
                    }
                    return Prepared(ids: made, isRepeat: true)
                }
            },
            commit: { prepared, _, transaction, notes in
                // Asked again where nobody can come in between: the same request may have come twice at once.
                if let made = try office.made(once, onceID, in: transaction).made {
                    notes.handles = made.compactMap { ReferralID($0)?.text }
                    notes.consent = made.lazy.compactMap { ConsentID($0) }.first
                    return made
                }
                guard !prepared.isRepeat else { throw CaseworkError.stale }
                notes.consent = prepared.consent
                notes.handles = prepared.referral.map { [$0.text] } ?? []
                // An act that rests on a consent whose withdrawal waits to be recorded must not slip past it.
                if let consent = prepared.consent, act == .fileReferral, office.held.holds(consent) {
                    throw CaseworkError.gated(code: "consent_withdrawn", items: [])
                }
                if let key = prepared.sealedTo { try office.checkInUse(key, in: transaction) }
                for (row, expecting) in prepared.rows { try transaction.put(row, expecting: expecting) }
                for (kind, id) in prepared.deletions where try transaction.version(kind, id: id) != nil {
                    try transaction.delete(kind, id: id)
                }
                try office.sweep.delete(prepared.expired, except: onceID, in: transaction)
                notes.envelopeDigest = try Digest.sha256(prepared.rows.flatMap(\.row.sealed))
                return prepared.ids
            },
            reveal: { _, made throws(CaseworkError) in
                try receipt(of: made, in: id, for: signedIn)
            }
        )
    }

    private func rows(
        of made: Made,
        in book: inout CaseBook,
        writing compartments: [Compartment],
        _ once: Once,
        _ onceID: [UInt8],
        _ onceVersion: Int?
    ) throws(CaseworkError) -> Prepared {
        var prepared = Prepared(ids: made.ids, sealedTo: made.sealedTo, verdict: made.verdict)
        prepared.expired = try office.expiredTraces()
        prepared.rows = try book.sheets(made.isRekeyed ? Compartment.allCases : compartments)
        prepared.rows += made.puts
        prepared.deletions = made.deletions
        if made.isRekeyed {
            let owner = try office.rows.blind(.consentsOfCase, book.id.bytes)
            for consent in book.consents { prepared.rows.append(try book.row(of: consent, owner: owner)) }
        }
        var referrals = try office.read { reading in
            try CaseShelf(office: office).referrals(of: book.row, in: reading).map(\.row.referral)
        }
        if let consent = made.consent {
            prepared.rows.append(
                try book.row(of: consent, owner: office.rows.blind(.consentsOfCase, book.id.bytes))
            )
            prepared.consent = consent.id
        }
        if let row = made.referral {
            referrals.append(row.referral)
            prepared.rows.append((try office.row(of: row, version: 1), nil))
            prepared.referral = row.referral.id
            if case .consent(let id) = row.referral.basis { prepared.consent = id }
        }
        prepared.rows += made.rows.map { ($0, nil) }
        prepared.rows.append((try CaseShelf(office: office).routingRow(of: book, referrals: referrals), book.version))
        prepared.rows.append(
            (try office.onceRow(once, onceID, made: made.ids, replacing: onceVersion), onceVersion)
        )
        return prepared
    }

    private func receipt(
        of ids: [String],
        in id: CaseID,
        for signedIn: SignedIn
    ) throws(CaseworkError) -> CaseReceipt {
        let book = try CaseShelf(office: office).open(id, for: signedIn)
        let made = Set(ids)
        let referral = try office.read { reading in
            try CaseShelf(office: office).referrals(of: book.row, in: reading)
                .first { made.contains($0.row.referral.id.text) }
        }
        return CaseReceipt(
            id: id,
            version: book.version,
            needs: book.file.content.needs.filter { made.contains($0.id.text) },
            consent: book.consents.map(\.id).first { made.contains($0.text) },
            referral: referral.map { ReferralSummary(outbox: $0.row, version: $0.version) },
            readers: book.row.readers
        )
    }
}
