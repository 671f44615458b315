public import Care
public import Sealing
import Store

/// Agencies, teams and people of the deployment, and what their members may know of them.
public struct StaffDesk: Sendable {
    let office: Office
    let enrolments: EnrolmentDesk

    /// A team as its members see it.
    public struct Team: Sendable {
        /// The team.
        public let id: TeamID
        /// Its name.
        public let name: String
        /// Whether it receives referrals.
        public let isDesk: Bool
    }

    /// The teams of somebody who is signed in.
    public func teams(of worker: Worker) throws(CaseworkError) -> [Team] {
        try office.read { reading in
            try worker.teams.sorted().compactMap { id in
                guard let stored = try reading.row(.team, id: id.bytes) else { return nil }
                let team = try office.rows.open(TeamRecord.self, stored)
                return Team(id: id, name: team.name, isDesk: team.isDesk)
            }
        }
    }

    /// Begins the ceremony that founds agencies, teams and people. Whoever holds the root key may hold it.
    public func ceremony(root: SigningKey) -> FoundingCeremony {
        FoundingCeremony(office: office, enrolments: enrolments, root: root)
    }

    /// Takes the ceremony up again, with the keys that an earlier one left in its founding file. It makes new agencies, new
    /// teams of the agencies there are, and people for both; the keys of teams that stand are with their members.
    ///
    /// - Throws: ``CaseworkError/notFound`` when an agency of the file was not founded here, or not by its root.
    public func ceremony(resuming file: FoundingFile) throws(CaseworkError) -> FoundingCeremony {
        var agencies: [AgencyID: SigningKey] = [:]
        for agency in file.agencies {
            guard let id = AgencyID(bytes: agency.id),
                let binding = try office.read({ try $0.row(.binding, id: agency.id) })
            else { throw .notFound }
            do {
                let trusted = try KeyBinding(bytes: binding.sealed)
                    .trustedAgency(agency.id, root: file.root.verifyingKey, atLeast: 1)
                guard trusted.verifyingKey == agency.key.verifyingKey else { throw CaseworkError.notFound }
            } catch {
                throw .notFound
            }
            agencies[id] = agency.key
        }
        guard !agencies.isEmpty else { throw .notFound }
        return FoundingCeremony(office: office, enrolments: enrolments, root: file.root, agencies: agencies)
    }
}
