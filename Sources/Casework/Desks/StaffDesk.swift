public import Care
public import Sealing
import Store

/// Agencies, teams and people of the deployment, and what their members may know of them.
public struct StaffDesk: Sendable {
    let office: Office

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
        FoundingCeremony(office: office, root: root)
    }
}
