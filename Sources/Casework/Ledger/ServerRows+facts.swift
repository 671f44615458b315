import Care
import Foundation
import Policy
import Store

extension ServerRows {
    /// Everything that the decision about an act may look at, as it stands in this state of the store: the account as it
    /// is now, not as it was at sign-in, and how the person stands to the subject. Without the time no session is confirmed.
    func facts(
        _ act: Act,
        _ worker: Worker?,
        _ subject: Subject,
        _ purpose: Purpose,
        consent: ConsentVerdict?,
        at now: Date? = nil,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> Facts {
        guard let worker, let account = try account(of: worker.staff, in: reading) else {
            return Facts(act: act, purpose: purpose, isSignedIn: false, isBarred: false, roles: [])
        }
        var standing = Standing()
        switch subject {
        case .team(let id): standing = try self.standing(account, toTeam: id, in: reading)
        case .caseFile(let id):
            standing = try self.standing(account, toCase: id, in: reading)
            // Taking a consent back must not wait for one person (N8): whoever sent a referral of the case may do it too.
            if act == .withdrawConsent, try sentReferral(account, ofCase: id, in: reading) {
                standing.relationships.insert(.sendingWorker)
            }
        case .referral(let id): standing = try self.standing(account, toReferral: id, in: reading)
        case .nothing, .country, .session, .account, .log: break
        }
        return Facts(
            act: act,
            purpose: purpose,
            isSignedIn: true,
            isBarred: standing.isBarred,
            roles: account.roles,
            relationships: standing.relationships,
            isSameAgency: standing.isSameAgency,
            referralState: standing.referralState,
            consent: consent,
            isConfirmed: now.map { worker.isConfirmed(at: $0) } ?? false
        )
    }

    /// The account of a person as it stands.
    func account(
        of staff: StaffID,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> Account? {
        guard let stored = try reading.row(.account, id: staff.bytes) else { return nil }
        return try account(stored)
    }

    /// How a person stands to a case or referral; to one that does not exist as a stranger does.
    private struct Standing {
        var relationships: Set<Relationship> = []
        var isBarred = false
        var isSameAgency: Bool? = false
        var referralState: ReferralState?
    }

    private func standing(
        _ account: Account,
        toTeam id: TeamID,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> Standing {
        guard let stored = try reading.row(.team, id: id.bytes) else { return Standing() }
        let team = try team(stored)
        var standing = Standing()
        standing.isSameAgency = team.agency == account.agency
        if account.teams.contains(id) {
            standing.relationships.insert(.sameTeam)
            if account.roles.contains(.supervisor) { standing.relationships.insert(.supervisor) }
        }
        return standing
    }

    private func standing(
        _ account: Account,
        toCase id: CaseID,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> Standing {
        guard let stored = try reading.row(.caseRouting, id: id.bytes) else { return Standing() }
        let row = try caseRow(stored)
        var standing = Standing()
        standing.isSameAgency = row.agency == account.agency
        standing.isBarred = row.barred.contains(try blind(.barredFromCase, id.bytes, account.staff.bytes))
        if let readers = row.readers {
            // The team does not hold it: whoever is not named stands to it as a stranger does.
            guard readers.contains(account.staff) else { return standing }
            standing.relationships.insert(.reader)
        }
        if row.routing.assigned.contains(account.staff) { standing.relationships.insert(.assigned) }
        if account.teams.contains(row.team) {
            standing.relationships.insert(.sameTeam)
            if account.roles.contains(.supervisor) { standing.relationships.insert(.supervisor) }
        }
        return standing
    }

    /// Whether a person filed one of the referrals of a case.
    private func sentReferral(
        _ account: Account,
        ofCase id: CaseID,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> Bool {
        guard let stored = try reading.row(.caseRouting, id: id.bytes) else { return false }
        for fact in try open(CaseRow.self, stored).routing.referrals {
            // A referral that cannot be opened says nothing of its sender, and must not keep others from withdrawing.
            guard let stored = try reading.row(.referralRouting, id: fact.id.bytes),
                readable(ReferralRow.self, stored)?.referral.sentBy == account.staff
            else { continue }
            return true
        }
        return false
    }

    private func standing(
        _ account: Account,
        toReferral id: ReferralID,
        in reading: borrowing some RowReading & ~Copyable
    ) throws -> Standing {
        guard let stored = try reading.row(.referralRouting, id: id.bytes) else { return Standing() }
        let row = try open(ReferralRow.self, stored)
        // On the sender's side whoever stands to the case stands to its referrals in the same way, and who is barred from
        // the case is barred from them, on the desk's side too.
        var standing = try standing(account, toCase: row.referral.caseID, in: reading)
        if row.referral.sentBy == account.staff { standing.relationships.insert(.sendingWorker) }
        if let desk = row.referral.desk, account.teams.contains(desk) {
            standing.relationships.insert(.receivingDesk)
        }
        standing.referralState = row.referral.state
        return standing
    }
}
