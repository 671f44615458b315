import Care
import DataFiles
import Directory

/// Which agencies, teams, desks and people are to be founded: what a ceremony is held by.
struct FoundingPlan: Sendable {
    /// An agency with all that is founded of it.
    struct Agency: Sendable {
        let name: String
        /// Nil where the agency stands already.
        let country: CountryCode?
        let teams: [Team]
        let people: [Person]
        let place: DataPlace
    }

    /// A team, or a desk that receives referrals.
    struct Team: Sendable {
        let name: String
        /// The services whose referrals the desk receives; none for a team.
        let services: [Service]
        let place: DataPlace

        var isDesk: Bool { !services.isEmpty }
    }

    /// A service of the directory that a desk receives for.
    struct Service: Sendable {
        let id: ServiceID
        let place: DataPlace
    }

    /// Somebody who is invited. The label is for the paper with the code: it is not stored.
    struct Person: Sendable {
        let label: String
        let roles: Set<Role>
        /// The names of the person's teams and desks.
        let teams: [DataNode.Text]
        let place: DataPlace
    }

    let agencies: [Agency]

    /// One agency with its first administrator, where no file says more.
    static func one(agency: String, in country: CountryCode, administrator: String) -> FoundingPlan {
        let place = DataPlace(file: "--agency", line: 1)
        let person = Person(label: administrator, roles: [.administrator], teams: [], place: place)
        return FoundingPlan(
            agencies: [Agency(name: agency, country: country, teams: [], people: [person], place: place)]
        )
    }
}
