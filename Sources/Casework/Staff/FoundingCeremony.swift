public import Care
public import Directory
import Foundation
import Policy
public import Sealing
import Store
import Synchronization

/// Founds agencies, teams and people: makes their keys, binds them by signatures that lead up to the root key, and records
/// each act. The root key and the agencies' keys live in memory for the length of the ceremony and belong offline.
///
/// Nobody is signed in when a deployment is founded: that the holder of the root key acts is what the entries say.
public final class FoundingCeremony: Sendable {
    private let office: Office
    private let root: SigningKey
    private let made = Mutex(Made())

    private struct Made {
        var agencyKeys: [AgencyID: SigningKey] = [:]
        var teamKeys: [TeamID: TeamKey] = [:]
        var teamAgencies: [TeamID: AgencyID] = [:]
        /// The first member of each team, who grants its key to the others.
        var leads: [TeamID: Keyring] = [:]
    }

    init(office: Office, root: SigningKey) {
        self.office = office
        self.root = root
    }

    /// Founds an agency.
    public func agency(named name: String, in country: CountryCode, request: RequestID) async throws(CaseworkError)
        -> AgencyID
    {
        let id = try office.newID(AgencyID.self)
        let key = try sealing("agency_key") { () throws(SealingError) in try SigningKey.random() }
        let binding = try sealing("binding") { () throws(SealingError) in
            try KeyBinding.agency(id.bytes, epoch: 1, key: key.verifyingKey, signedBy: root)
        }
        let rows = [
            try office.rows.row(
                AgencyRecord(id: id, name: name, country: country.text),
                .agency,
                id: id.bytes
            ),
            StoredRow(kind: .binding, id: id.bytes, version: 1, sealed: binding.bytes),
        ]
        try await record(.foundAgency, id.text, rows, request)
        made.withLock { $0.agencyKeys[id] = key }
        return id
    }

    /// Founds a team of an agency; a desk also receives the referrals of the services it is given.
    ///
    /// - Throws: ``CaseworkError/notFound`` for an agency of another ceremony.
    public func team(
        named name: String,
        of agency: AgencyID,
        isDesk: Bool,
        services: [ServiceID] = [],
        request: RequestID
    ) async throws(CaseworkError) -> TeamID {
        guard let agencyKey = made.withLock({ $0.agencyKeys[agency] }) else { throw .notFound }
        let id = try office.newID(TeamID.self)
        let key = try sealing("team_key") { () throws(SealingError) in try TeamKey.random(id: id.bytes, epoch: 1) }
        let binding = try sealing("binding") { () throws(SealingError) in
            try KeyBinding.team(
                id.bytes,
                epoch: 1,
                sealingKey: key.dropBox.publicKey,
                agency: agency.bytes,
                signedBy: agencyKey
            )
        }
        var rows = [
            try office.rows.row(
                TeamRecord(
                    id: id,
                    agency: agency,
                    name: name,
                    isDesk: isDesk,
                    services: services.map(\.text),
                    epoch: 1
                ),
                .team,
                id: id.bytes
            ),
            StoredRow(kind: .binding, id: id.bytes, version: 1, sealed: binding.bytes),
        ]
        for service in services {
            rows.append(
                try office.rows.row(
                    DeskOfService(team: id, agency: agency),
                    .deskOfService,
                    id: office.rows.blind(.deskOfService, Array(service.text.utf8))
                )
            )
        }
        try await record(.foundTeam, id.text, rows, request)
        made.withLock {
            $0.teamKeys[id] = key
            $0.teamAgencies[id] = agency
        }
        return id
    }

    /// Enrols a person: keys of their own, a password slot, and the keys of their teams.
    ///
    /// - Throws: ``CaseworkError/invalid(field:what:)`` when the sign-in name is taken or the password is too short;
    ///   ``CaseworkError/notFound`` for an agency or team of another ceremony.
    public func person(
        signInName: String,
        password: consuming Secret,
        roles: Set<Role>,
        of agency: AgencyID,
        in teams: [TeamID],
        request: RequestID
    ) async throws(CaseworkError) -> StaffID {
        guard let agencyKey = made.withLock({ $0.agencyKeys[agency] }) else { throw .notFound }
        guard Self.characters(of: password) >= Limits.passwordCharacters else {
            throw .invalid(field: "/password", what: "write at least \(Limits.passwordCharacters) characters")
        }
        // The key of another agency's team would open that agency's cases.
        guard teams.allSatisfy({ team in made.withLock { $0.teamAgencies[team] } == agency }) else { throw .notFound }
        let name = SignInDesk.normalized(signInName)
        guard (1...Limits.signInNameBytes).contains(name.count) else {
            throw .invalid(field: "/name", what: "write a sign-in name of at most \(Limits.signInNameBytes) bytes")
        }
        let index = try office.rows.blind(.signInName, name)
        let id = try office.newID(StaffID.self)
        let server = office.rows.keys
        let (keyring, sealedKeyring, slot) = try sealing("keyring") {
            () throws(SealingError) -> (Keyring, [UInt8], PasswordSlot) in
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
            let slot = try PasswordSlot.create(
                password: password,
                keyringKey: key,
                server: server,
                cost: server.passwordCost,
                owner: id.bytes
            )
            return (keyring, try keyring.seal(under: key, version: 1), slot)
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
        var rows = [
            try office.rows.row(
                Account(staff: id, agency: agency, roles: roles, teams: Set(teams)),
                .account,
                id: id.bytes,
                index: index
            ),
            StoredRow(kind: .passwordSlot, id: id.bytes, version: 1, sealed: slot.bytes),
            StoredRow(kind: .keyring, id: id.bytes, version: 1, sealed: sealedKeyring),
            StoredRow(kind: .binding, id: id.bytes, version: 1, sealed: binding.bytes),
        ]
        for team in teams { rows.append(try grant(team, to: id, of: agency, keyring, binding)) }
        try await office.ledger.found(.enrolPerson, handle: id.text, rows: rows, request: request) { transaction in
            // Asked where nobody can come in between: of two people with one name, one could never sign in.
            guard try transaction.rows(.account, index: index, limit: 1).isEmpty else {
                throw CaseworkError.invalid(field: "/name", what: "write a sign-in name that nobody has yet")
            }
        }
        // Only who stands in the store can vouch for others: a grant by somebody who was not enrolled opens for nobody.
        made.withLock { made in
            for team in teams where made.leads[team] == nil { made.leads[team] = keyring }
        }
        return id
    }

    // MARK: - Grants and entries

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

    private func record(
        _ act: Act,
        _ handle: String,
        _ rows: [StoredRow],
        _ request: RequestID
    ) async throws(CaseworkError) {
        try await office.ledger.found(act, handle: handle, rows: rows, request: request) { _ in }
    }

    /// How many characters a password has, without making a text of it: every byte of UTF-8 that does not go on a character.
    private static func characters(of password: borrowing Secret) -> Int {
        unsafe password.withBytes { bytes in unsafe bytes.count { $0 & 0xC0 != 0x80 } }
    }
}
