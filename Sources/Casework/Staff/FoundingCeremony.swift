public import Care
public import Directory
import Foundation
import Policy
public import Sealing
import Store
import Synchronization

/// Founds agencies and teams and invites people: makes their keys, binds them by signatures that lead up to the root key, and records
/// each act. The root key and the agencies' keys live in memory for the length of the ceremony and belong offline.
///
/// Nobody is signed in when a deployment is founded: that the holder of the root key acts is what the entries say.
public final class FoundingCeremony: Sendable {
    let office: Office
    let enrolments: EnrolmentDesk
    let root: SigningKey
    let made: Mutex<Made>

    struct Made {
        var agencyKeys: [AgencyID: SigningKey] = [:]
        var teamKeys: [TeamID: TeamKey] = [:]
        var teamAgencies: [TeamID: AgencyID] = [:]
        /// The first member of each team, who grants its key to the others.
        var leads: [TeamID: Keyring] = [:]
    }

    init(office: Office, enrolments: EnrolmentDesk, root: SigningKey, agencies: [AgencyID: SigningKey] = [:]) {
        self.office = office
        self.enrolments = enrolments
        self.root = root
        self.made = Mutex(Made(agencyKeys: agencies))
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
                    epoch: 1,
                    keyMadeAtMilliseconds: Int64(office.time.now().timeIntervalSince1970 * 1000)
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

    /// What goes off the server when the ceremony is over: the root key and the keys of all its agencies, as the bytes of a
    /// founding file under a printed code.
    ///
    /// - Throws: ``CaseworkError/damaged(code:)`` for a code of another kind.
    public func foundingFile(under code: PrintedCode) throws(CaseworkError) -> [UInt8] {
        let agencies = made.withLock { $0.agencyKeys }
        return try sealing("founding_file") { () throws(SealingError) in
            try FoundingFile(
                root: root,
                agencies: agencies.map { FoundingFile.Agency(id: $0.key.bytes, key: $0.value) }
            ).seal(under: code)
        }
    }

    // MARK: - Entries

    private func record(
        _ act: Act,
        _ handle: String,
        _ rows: [StoredRow],
        _ request: RequestID
    ) async throws(CaseworkError) {
        try await office.ledger.found(act, handle: handle, rows: rows, request: request) { _ in }
    }
}
