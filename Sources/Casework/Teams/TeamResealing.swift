import Care
import Foundation
import Sealing
import Store

/// Seals the secrets of a team's cases under the key in use, some hundred at a time, in a member's session. Where it stands is
/// in the team's row: a batch that was cut short was not done, and the next begins where the last one ended. When no case and
/// no packet needs the earlier keys, their grants go.
struct TeamResealing: Sendable {
    let office: Office

    struct Batch: Sendable {
        var rows = TeamRows()
        /// How many secrets were sealed anew.
        var sealed = 0
    }

    /// The rows of the next batch; none where nothing is sealed under an earlier key.
    ///
    /// - Throws: ``CaseworkError/notFound`` for somebody without the team's keys.
    func next(of team: StandingTeam, by signedIn: SignedIn) throws(CaseworkError) -> Batch {
        let key = try office.keys(of: team.id, for: signedIn)
        guard var resealing = team.record.resealing else { return Batch() }
        var earlier: [TeamKey] = []
        for epoch in resealing.earlier {
            earlier.append(try office.keys(of: TeamEpoch(team: team.id, epoch: epoch), for: signedIn))
        }
        let owner = try office.rows.blind(.casesOfTeam, team.id.bytes)
        let after = resealing.upTo?.bytes
        let page = try office.read { reading in
            try reading.rows(.caseRouting, owner: owner, after: after, limit: Limits.resealed).map { row in
                (row, try reading.row(.caseSecrets, id: row.id))
            }
        }
        var batch = Batch()
        for (row, secrets) in page {
            resealing.done += 1
            let found = try office.rows.caseRow(row)
            resealing.upTo = found.routing.id
            guard found.team == team.id, let secrets else { continue }
            switch try resealed(secrets, of: found, from: earlier, to: key) {
            case .asItIs: break
            case .anew(let sealed):
                batch.sealed += 1
                batch.rows.puts.append((sealed, secrets.version))
            case .unreadable: resealing.unreadable += 1
            }
        }
        var record = team.record
        record.resealing = page.count < Limits.resealed ? try ended(resealing, of: team) : resealing
        if record.resealing == nil {
            batch.rows.endedGrants = [try office.rows.blind(.earlierGrantsOfTeam, team.id.bytes)]
        }
        batch.rows.puts.append((try team.row(record, office.rows), team.row.version))
        return batch
    }

    private enum Outcome {
        case asItIs
        case anew(StoredRow)
        case unreadable
    }

    private func resealed(
        _ stored: StoredRow,
        of row: CaseRow,
        from earlier: [TeamKey],
        to key: TeamKey
    ) throws(CaseworkError) -> Outcome {
        let id = row.routing.id
        let place = row.secretsPlace(id)
        for candidate in [key] + earlier.reversed() {
            let secrets: CaseSecrets
            do {
                secrets = try CaseSecretWrap.open(stored.sealed, at: place, with: candidate)
            } catch .keyMismatch {
                continue
            } catch {
                return .unreadable
            }
            guard candidate.epoch != key.epoch else { return .asItIs }
            let sealed = try sealing("case_secrets") { () throws(SealingError) in
                try CaseSecretWrap.seal(secrets, at: place, for: key)
            }
            return .anew(StoredRow(kind: .caseSecrets, id: stored.id, version: stored.version + 1, sealed: sealed))
        }
        return .unreadable
    }

    /// What is left when the last case was looked at; nil when nothing needs the earlier keys any more. A case that opened
    /// under none of them keeps them: what was put back wrongly can still be put right.
    private func ended(
        _ resealing: TeamRecord.Resealing,
        of team: StandingTeam
    ) throws(CaseworkError) -> TeamRecord.Resealing? {
        guard resealing.unreadable > 0 else {
            return try packets(of: team, under: resealing.earlier) > 0 ? resealing : nil
        }
        return TeamRecord.Resealing(earlier: resealing.earlier)
    }

    /// How many packets in a desk's inbox are sealed to an earlier key and may still be opened. Their authors signed to whom
    /// they sealed, so nobody else can seal them anew; they go within days, when their referrals end.
    private func packets(of team: StandingTeam, under earlier: [UInt32]) throws(CaseworkError) -> Int {
        guard team.record.isDesk else { return 0 }
        let inbox = try office.rows.blind(.inboxOfDesk, team.id.bytes)
        let now = office.time.now().timeIntervalSince1970
        return try office.read { reading in
            var count = 0
            var after: [UInt8]?
            while true {
                let stored = try reading.rows(.referralRouting, owner: inbox, after: after, limit: Limits.page)
                for row in stored {
                    // One that cannot be opened says nothing of its packet, and its packet opens for nobody.
                    guard let row = office.rows.readable(ReferralRow.self, row),
                        earlier.contains(row.deskEpoch ?? 1), now < Double(row.packetExpiresAtSeconds),
                        try reading.version(.packet, id: row.referral.id.bytes) != nil
                    else { continue }
                    count += 1
                }
                guard stored.count == Limits.page else { return count }
                after = stored.last?.id
            }
        }
    }
}
