import Audit
import Care
import Directory
import Foundation
import HummingbirdTesting
import Policy
import Sealing
import Store
import Synchronization
import Testing

@testable import Casework
@testable import Web

/// Three invented agencies with somebody in every place from which a case or referral can be asked for. Its store
/// outlives a deployment, so that the same people and cases can be asked for under other rules. Nobody in it exists.
final class MatrixHouse: Sendable {
    enum Person: String, CaseIterable, Sendable {
        /// Opens the cases.
        case holder
        /// Opened a case, and belongs to another team since.
        case wanderer
        /// Sent the referral as the team's supervisor, and belongs to another team since.
        case mover
        case colleague
        /// Of another team; named among the readers of a restricted case.
        case reader
        /// Of a team whose people and keys change; the agency has named them a lead of it.
        case lead
        /// Of the team; the survivor asked to keep them out.
        case barred
        case elsewhere
        case stranger
        case desk
        case otherDesk
        /// Of the receiving desk; the survivor asked to keep them out.
        case barredAtTheDesk

        var password: String { "a long enough password of \(rawValue)" }
    }

    struct Teams: Sendable {
        let holding: TeamID
        let changing: TeamID
        let other: TeamID
        let foreign: TeamID
        let desk: TeamID
        let otherDesk: TeamID
    }

    let clock = House.Clock()
    let store: Store
    let teams: Teams
    let staff: [Person: StaffID]
    let home: AgencyID
    private let ceremony: FoundingCeremony
    private let vault: VaultFile
    private let keys: ServerKeys
    private let logKey: LogKey
    private let directory: ServiceDirectory
    private let folder: URL
    private let appointed = Mutex<[Person: Appointment]>([:])

    private struct Appointment: Equatable {
        let roles: Set<Role>
        let team: TeamID
    }

    deinit {
        vault.close()
        // The folder is in the system's own for what may go; what is left of it there holds invented people.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Founds the house.
    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "leeward-matrix-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try Store.inMemory()
        vault = try VaultFile(path: folder.appending(path: "vault").path, recordSize: VaultRecord.count)
        keys = try ServerKeys(
            pepper: Secret.random(32),
            passwordCost: .forDemonstration,
            passwordFloor: .forDemonstration
        )
        logKey = try LogKey(origin: "leeward.example/matrix", key: SigningKey.random())
        directory = try #require(Repository.directory)
        let deployment = try Self.deployment(store, vault, keys, logKey, directory, clock, Self.shipped)
        let ceremony = deployment.staff.ceremony(root: try SigningKey.random())
        func agency(_ name: String, _ country: String) async throws -> AgencyID {
            let code = try #require(CountryCode(country))
            return try await ceremony.agency(named: name, in: code, request: deployment.newRequest())
        }
        func team(_ name: String, _ agency: AgencyID, _ services: [ServiceID]? = nil) async throws -> TeamID {
            try await ceremony.team(
                named: name,
                of: agency,
                isDesk: services != nil,
                services: services ?? [],
                request: deployment.newRequest()
            )
        }
        let home = try await agency("Lagoon House (invented)", "LK")
        let foreign = try await agency("Hill House (invented)", "LK")
        let away = try await agency("Pipal Tree Centre (invented)", "NP")
        let teams = Teams(
            holding: try await team("Children's team", home),
            changing: try await team("Day team", home),
            other: try await team("Young adults' team", home),
            foreign: try await team("Hill team", foreign),
            desk: try await team("Online care desk", away, [Invented.onlineCare]),
            otherDesk: try await team("Night desk", away, [])
        )
        var staff: [Person: StaffID] = [:]
        for person in Person.allCases {
            let (agency, team) =
                switch person {
                case .elsewhere, .reader: (home, teams.other)
                case .lead: (home, teams.changing)
                case .stranger: (foreign, teams.foreign)
                case .desk, .barredAtTheDesk: (away, teams.desk)
                case .otherDesk: (away, teams.otherDesk)
                case .holder, .wanderer, .mover, .colleague, .barred: (home, teams.holding)
                }
            var password = Array(person.password.utf8)
            staff[person] = try await ceremony.person(
                signInName: person.rawValue,
                password: Secret(moving: &password),
                roles: person == .lead ? [.caseworker, .supervisor] : [.caseworker],
                of: agency,
                in: [team],
                request: deployment.newRequest()
            )
        }
        self.teams = teams
        self.staff = staff
        self.home = home
        self.ceremony = ceremony
    }

    /// The ceremony that founded the house, taken up again where another deployment serves it.
    func ceremony(at deployment: Deployment) throws -> FoundingCeremony {
        let code = try PrintedCode.random(.founding)
        return try deployment.staff.ceremony(
            resuming: FoundingFile.open(ceremony.foundingFile(under: code), with: code)
        )
    }

    /// The rules that ship.
    static var shipped: Policies { get throws { try PolicyReader.read(folder: Repository.folder("Policies")) } }

    private static func deployment(
        _ store: Store,
        _ vault: VaultFile,
        _ keys: ServerKeys,
        _ logKey: LogKey,
        _ directory: ServiceDirectory,
        _ clock: House.Clock,
        _ policies: Policies
    ) throws -> Deployment {
        try Deployment(
            store: store,
            vault: vault,
            keys: keys,
            logKey: logKey,
            policies: policies,
            directory: directory,
            time: TimeSource(
                now: { clock.now },
                monotonicMilliseconds: { Int64(clock.now.timeIntervalSince1970 * 1000) }
            ),
            cores: 2
        )
    }

    /// Serves the house under rules of one's choice, and sends it requests. One at a time: the log has one writer.
    func serving(
        _ policies: Policies,
        _ requests: @escaping @Sendable (MatrixDesk) async throws -> Void
    ) async throws {
        let deployment = try Self.deployment(store, vault, keys, logKey, directory, clock, policies)
        let interface = HTTPInterface(deployment: deployment, phrasebook: Repository.phrasebook, record: { _ in })
        let application = try interface.application(on: try ListenAddress("127.0.0.1:0"))
        try await application.test(.router) { client in
            try await requests(MatrixDesk(house: self, deployment: deployment, client: client))
        }
    }

    func id(_ person: Person) throws -> StaffID { try #require(staff[person]) }

    /// The team that somebody is of once all that is asked about exists.
    func team(of person: Person) -> TeamID {
        switch person {
        case .holder, .colleague, .barred: teams.holding
        case .lead: teams.changing
        case .wanderer, .mover, .elsewhere, .reader: teams.other
        case .stranger: teams.foreign
        case .desk, .barredAtTheDesk: teams.desk
        case .otherDesk: teams.otherDesk
        }
    }

    /// Appoints somebody to a role and a team, as an administrator's act would: the account as it stands is what every
    /// decision reads. Keys stay as they were granted, so that only the rules can refuse.
    func appoint(_ person: Person, _ role: Role, in team: TeamID, _ rows: ServerRows) throws {
        let appointment = Appointment(roles: [role], team: team)
        guard appointed.withLock({ $0[person] }) != appointment else { return }
        let staff = try id(person)
        try store.write { transaction in
            let stored = try #require(try transaction.row(.account, id: staff.bytes))
            var account = try rows.open(Account.self, stored)
            account.roles = appointment.roles
            account.teams = [team]
            let version = stored.version + 1
            try transaction.put(
                try rows.row(account, .account, id: stored.id, index: stored.index, version: version),
                expecting: stored.version
            )
        }
        appointed.withLock { $0[person] = appointment }
    }

    var logged: Int { get throws { try store.read { try $0.auditSize() } } }

    /// The log from an entry on.
    func entries(from first: Int) throws -> [AuditEntry] {
        try store.read { reading in
            try reading.auditEntries(from: first, limit: 1_000).map { try AuditEntry(parsing: $0.entry) }
        }
    }
}
