public import Care
public import Directory
import Store
import Synchronization

extension FoundingCeremony {
    /// An agency that stands.
    public struct StandingAgency: Sendable {
        /// The agency.
        public let id: AgencyID
        /// Its name.
        public let name: String
        /// Whether this ceremony holds its key, and so may found teams and invite people of it.
        public let isHeld: Bool
    }

    /// A team or desk that stands.
    public struct StandingTeam: Sendable {
        /// The team.
        public let id: TeamID
        /// The agency it is of.
        public let agency: AgencyID
        /// Its name.
        public let name: String
        /// The services whose referrals it receives.
        public let services: [ServiceID]
    }

    /// The agencies of the deployment, in the order of their ids: what a plan for later people and teams is compared with.
    ///
    /// - Throws: ``CaseworkError/damaged(code:)`` or ``CaseworkError/stopped``.
    public func standingAgencies() throws(CaseworkError) -> [StandingAgency] {
        let held = made.withLock { Set($0.agencyKeys.keys) }
        return try all(.agency, AgencyRecord.self).map {
            StandingAgency(id: $0.id, name: $0.name, isHeld: held.contains($0.id))
        }
    }

    /// The teams and desks of the deployment, in the order of their ids.
    ///
    /// - Throws: ``CaseworkError/damaged(code:)`` or ``CaseworkError/stopped``.
    public func standingTeams() throws(CaseworkError) -> [StandingTeam] {
        try all(.team, TeamRecord.self).map {
            StandingTeam(id: $0.id, agency: $0.agency, name: $0.name, services: $0.services.map { ServiceID($0) })
        }
    }

    private func all<Record: Decodable>(_ kind: RowKind, _ type: Record.Type) throws(CaseworkError) -> [Record] {
        try office.read { reading in
            var records: [Record] = []
            var after: [UInt8]?
            while true {
                let stored = try reading.rows(kind, after: after, limit: Limits.page)
                records += try stored.map { try office.rows.open(type, $0) }
                guard stored.count == Limits.page else { return records }
                after = stored.last?.id
            }
        }
    }
}
