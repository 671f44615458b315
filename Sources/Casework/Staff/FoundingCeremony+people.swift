public import Care
import Foundation
import Policy
public import Sealing
import Store
import Synchronization

extension FoundingCeremony {
    /// Invites a person: makes their keys and the grants of their teams, and a code that opens them once, for seven days.
    /// Sign-in name and password are the person's own to choose: see ``EnrolmentDesk``. Of teams that this ceremony founded the
    /// person gets the key; for a team that stands already, whose key only its members hold, the person waits until one lets
    /// them in (``TeamDesk``). A supervisor becomes a lead of each.
    ///
    /// - Throws: ``CaseworkError/notFound`` for an agency whose key this ceremony does not hold, or a team of another.
    public func invite(
        roles: Set<Role>,
        of agency: AgencyID,
        in teams: [TeamID],
        waitingFor standing: [TeamID] = [],
        request: RequestID
    ) async throws(CaseworkError) -> Invitation {
        guard let agencyKey = made.withLock({ $0.agencyKeys[agency] }) else { throw .notFound }
        // The key of another agency's team would open that agency's cases.
        guard teams.allSatisfy({ team in made.withLock { $0.teamAgencies[team] } == agency }) else { throw .notFound }
        for team in standing {
            guard let stored = try office.read({ try $0.row(.team, id: team.bytes) }),
                try office.rows.team(stored).agency == agency
            else { throw .notFound }
        }
        let id = try office.newID(StaffID.self)
        let server = office.rows.keys
        let (keyring, sealedKeyring, code, slot) = try sealing("invitation") {
            () throws(SealingError) -> (Keyring, [UInt8], PrintedCode, CodeSlot) in
            let pins = try KeyringPins(
                root: root.verifyingKey,
                teams: teams.map { KeyringPins.Team(id: $0.bytes, epoch: 1) },
                checkpoint: nil,
                passwordFloor: server.passwordFloor
            )
            let keyring = try Keyring.create(
                owner: id.bytes,
                agency: agency.bytes,
                root: root.verifyingKey,
                passwordFloor: server.passwordFloor
            ).remembering(pins)
            let key = try Secret.random(32)
            let code = try PrintedCode.random(.invitation)
            let slot = try CodeSlot.create(code: code, keyringKey: key, server: server, owner: id.bytes)
            return (keyring, try keyring.seal(under: key, version: 1), code, slot)
        }
        let binding = try sealing("binding") { () throws(SealingError) in
            try KeyBinding.person(
                id.bytes,
                epoch: 1,
                verifyingKey: keyring.signing.verifyingKey,
                sealingKey: keyring.sealing.publicKey,
                agency: agency.bytes,
                signedBy: agencyKey
            )
        }
        let endsAt = office.time.now().addingTimeInterval(Limits.invitationSeconds)
        let record = InvitationRecord(
            staff: id,
            agency: agency,
            roles: roles,
            teams: Set(teams),
            waitsFor: standing.isEmpty ? nil : Set(standing),
            endsAtMilliseconds: Int64(endsAt.timeIntervalSince1970 * 1000),
            slot: slot.bytes
        )
        var rows = [
            try office.rows.row(record, .invitation, id: code.digest),
            StoredRow(kind: .keyring, id: id.bytes, version: 1, sealed: sealedKeyring),
            StoredRow(kind: .binding, id: id.bytes, version: 1, sealed: binding.bytes),
        ]
        for team in teams { rows.append(try grant(team, to: id, of: agency, keyring, binding)) }
        var replacing: [(row: StoredRow, expecting: Int)] = []
        if roles.contains(.supervisor) {
            let lead = try sealing("leads") { () throws(SealingError) in
                try TeamLeads.Lead(id: id.bytes, key: keyring.signing.verifyingKey)
            }
            for team in teams + standing {
                let (row, version) = try office.leads(of: team, adding: lead, of: agency, signedBy: agencyKey)
                if let version { replacing.append((row, version)) } else { rows.append(row) }
            }
        }
        try await office.ledger.found(
            .invitePerson,
            handle: id.text,
            rows: rows,
            replacing: replacing,
            request: request
        ) { _ in }
        // Only who stands in the store can vouch for others: a grant by somebody who does not opens for nobody.
        made.withLock { made in
            for team in teams where made.leads[team] == nil { made.leads[team] = keyring }
        }
        return Invitation(staff: id, code: code, endsAt: endsAt)
    }

    /// Invites a person and accepts the invitation in one step, where the one who holds the ceremony is to know the password:
    /// demonstrations and tests.
    ///
    /// - Throws: ``CaseworkError/invalid(field:what:)`` when the sign-in name is taken or the password is too short;
    ///   ``CaseworkError/notFound`` for an agency or team whose key this ceremony does not hold.
    public func person(
        signInName: String,
        password: consuming Secret,
        roles: Set<Role>,
        of agency: AgencyID,
        in teams: [TeamID],
        request: RequestID
    ) async throws(CaseworkError) -> StaffID {
        let attempt = PasswordAttempt(password: password)
        let invitation = try await invite(roles: roles, of: agency, in: teams, request: request)
        return try await enrolments.enrol(invitation.code, name: signInName, attempt, request: request).staff
    }

    private func grant(
        _ team: TeamID,
        to person: StaffID,
        of agency: AgencyID,
        _ keyring: Keyring,
        _ binding: KeyBinding
    ) throws(CaseworkError) -> StoredRow {
        let (teamKey, agencyKey, lead) = made.withLock { made in
            (made.teamKeys[team], made.agencyKeys[agency], made.leads[team] ?? keyring)
        }
        guard let teamKey, let agencyKey, let granter = StaffID(bytes: lead.owner),
            let granterAgency = AgencyID(bytes: lead.agency)
        else { throw .notFound }
        // Granted for the time until the team's yearly new epoch (SECURITY section 2).
        let expires = Date(
            timeIntervalSince1970: (office.time.now().timeIntervalSince1970 + Limits.teamGrantSeconds).rounded()
        )
        let grant = try sealing("team_grant") { () throws(SealingError) -> KeyGrant in
            let agencyBinding = try KeyBinding.agency(
                agency.bytes,
                epoch: 1,
                key: agencyKey.verifyingKey,
                signedBy: root
            )
            let trusted = try binding.trusted(
                .person,
                person.bytes,
                through: agencyBinding.trustedAgency(agency.bytes, root: root.verifyingKey, atLeast: 1),
                atLeast: 1
            )
            return try TeamSecretWrap.seal(teamKey, to: trusted, by: lead, expires: expires)
        }
        return try office.rows.row(
            TeamGrantRecord(
                team: team,
                agency: agency,
                epoch: teamKey.epoch,
                granter: granter,
                granterAgency: granterAgency,
                expiresAtSeconds: Int64(expires.timeIntervalSince1970),
                grant: grant.bytes
            ),
            .teamGrant,
            id: office.rows.blind(.teamGrant, person.bytes, team.bytes),
            owner: office.rows.blind(.grantsOfStaff, person.bytes)
        )
    }
}
