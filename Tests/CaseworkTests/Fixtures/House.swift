import Care
import Directory
import Foundation
import Policy
import Sealing
import Store
import Synchronization
import Testing

@testable import Casework

/// An invented deployment with its people, in memory or in a folder. A test moves its clock.
final class House: Sendable {
    /// Everybody on the staff of the two agencies.
    enum Person: String, CaseIterable, Sendable {
        case worker, colleague, outsider, supervisor, focalPoint, helpline, auditor, administrator, secretariat
        case intake, otherIntake

        var roles: Set<Role> {
            switch self {
            case .worker, .colleague, .outsider: [.caseworker]
            case .supervisor: [.supervisor]
            case .focalPoint: [.safeguardingFocalPoint]
            case .helpline: [.helpline]
            case .auditor: [.auditor]
            case .administrator: [.administrator]
            case .secretariat: [.secretariat]
            case .intake, .otherIntake: [.intake]
            }
        }

        /// Sign-in names in several scripts.
        var signInName: String {
            switch self {
            case .worker: "නිරාශා"
            case .colleague: "Łucja"
            case .outsider: "วายุ"
            case .supervisor: "नीलम"
            case .focalPoint: "Ζέφυρος"
            case .helpline: "سحاب"
            case .auditor: "Оленка"
            case .administrator: "admin-of-tests"
            case .secretariat: "書記"
            case .intake: "ንስር"
            case .otherIntake: "Ñandú"
            }
        }

        var password: String { "invented-\(rawValue)-ගඟ-of-tests" }
    }

    let clock: TestClock
    let store: Store
    let deployment: Deployment
    let scratch: Scratch?
    let pepper: [UInt8]
    let logSeed: [UInt8]
    let directory: ServiceDirectory
    /// Handles and the words that tests call them by.
    let names: Mutex<[String: String]>
    let sessions: Mutex<[Person: SignedIn]>
    let founded: Founded

    /// What the ceremony made.
    struct Founded: Sendable {
        let root: SigningKey
        let ceremony: FoundingCeremony
        let home: AgencyID
        let away: AgencyID
        /// Holds the case.
        let team: TeamID
        /// Another team of the same agency.
        let otherTeam: TeamID
        /// Receives referrals at the other agency.
        let desk: TeamID
        let otherDesk: TeamID
        let staff: [Person: StaffID]
    }

    /// A deployment and its people.
    static func founded(onDisk: Bool = false, services: [Service] = []) async throws -> House {
        try await founded(in: onDisk ? try Scratch() : nil, services: services)
    }

    /// A deployment in that folder, or in memory, and its people, each signed in.
    static func founded(in scratch: Scratch?, services: [Service] = []) async throws -> House {
        let clock = TestClock()
        let pepper = try Randomness.bytes(32)
        let logSeed = try Randomness.bytes(32)
        let directory = Repository.directory.adding(
            organizations: try Invented.organizations(),
            services: services.isEmpty ? try Invented.services() : services
        )
        let store =
            try scratch.map { try Store(path: $0.path("case.db"), reserveBytes: 4096) } ?? Store.inMemory()
        let deployment = try open(store, scratch, pepper, logSeed, directory, clock)
        let founded = try await found(in: deployment)
        let house = House(clock, store, deployment, scratch, pepper, logSeed, directory, founded)
        for person in Person.allCases { _ = try await house.session(person) }
        return house
    }

    /// The same deployment opened again over the same files, as after a restart.
    func reopened() throws -> House {
        let scratch = try #require(scratch)
        let store = try Store(path: scratch.path("case.db"), reserveBytes: 4096)
        let deployment = try Self.open(store, scratch, pepper, logSeed, directory, clock)
        return House(clock, store, deployment, scratch, pepper, logSeed, directory, founded, names.withLock { $0 })
    }

    private init(
        _ clock: TestClock,
        _ store: Store,
        _ deployment: Deployment,
        _ scratch: Scratch?,
        _ pepper: [UInt8],
        _ logSeed: [UInt8],
        _ directory: ServiceDirectory,
        _ founded: Founded,
        _ known: [String: String] = [:]
    ) {
        self.clock = clock
        self.store = store
        self.deployment = deployment
        self.scratch = scratch
        self.pepper = pepper
        self.logSeed = logSeed
        self.directory = directory
        self.founded = founded
        var names: [String: String] = known
        for (person, id) in founded.staff { names[id.text] = person.rawValue }
        names[founded.team.text] = "team"
        names[founded.otherTeam.text] = "otherTeam"
        names[founded.desk.text] = "desk"
        names[founded.otherDesk.text] = "otherDesk"
        self.names = Mutex(names)
        self.sessions = Mutex([:])
    }

    private static func open(
        _ store: Store,
        _ scratch: Scratch?,
        _ pepper: [UInt8],
        _ logSeed: [UInt8],
        _ directory: ServiceDirectory,
        _ clock: TestClock
    ) throws -> Deployment {
        try Deployment(
            store: store,
            vault: scratch.map { try VaultFile(path: $0.path("vault"), recordSize: VaultRecord.count) },
            keys: keys(pepper),
            logKey: logKey(logSeed),
            policies: Repository.policies.get(),
            directory: directory,
            time: clock.source,
            cores: 2
        )
    }

    static func keys(_ pepper: [UInt8]) throws -> ServerKeys {
        try ServerKeys(
            pepper: Secret(copying: pepper),
            passwordCost: .forDemonstration,
            passwordFloor: .forDemonstration
        )
    }

    static func logKey(_ seed: [UInt8]) throws -> LogKey {
        try LogKey(origin: "leeward.example/test", key: SigningKey(seed: Secret(copying: seed)))
    }

    private static func found(in deployment: Deployment) async throws -> Founded {
        let root = try SigningKey.random()
        let ceremony = deployment.staff.ceremony(root: root)
        let request = deployment.newRequest()
        let lk = try Invented.country("LK")
        let home = try await ceremony.agency(named: "Home (invented)", in: lk, request: request)
        let away = try await ceremony.agency(named: "Away (invented)", in: lk, request: request)
        let team = try await ceremony.team(named: "Team", of: home, isDesk: false, request: request)
        let otherTeam = try await ceremony.team(named: "Other team", of: home, isDesk: false, request: request)
        let desk = try await ceremony.team(
            named: "Desk",
            of: away,
            isDesk: true,
            services: [Invented.counselling, Invented.clinic],
            request: request
        )
        let otherDesk = try await ceremony.team(
            named: "Other desk",
            of: away,
            isDesk: true,
            services: [Invented.shelter],
            request: request
        )
        var staff: [Person: StaffID] = [:]
        for person in Person.allCases {
            let teams: [TeamID] =
                switch person {
                case .worker, .colleague, .supervisor, .focalPoint: [team]
                case .outsider: [otherTeam]
                case .intake: [desk]
                case .otherIntake: [otherDesk]
                case .helpline, .auditor, .administrator, .secretariat: []
                }
            var password = Array(person.password.utf8)
            staff[person] = try await ceremony.person(
                signInName: person.signInName,
                password: Secret(moving: &password),
                roles: person.roles,
                of: [.intake, .otherIntake].contains(person) ? away : home,
                in: teams,
                request: request
            )
        }
        return Founded(
            root: root,
            ceremony: ceremony,
            home: home,
            away: away,
            team: team,
            otherTeam: otherTeam,
            desk: desk,
            otherDesk: otherDesk,
            staff: staff
        )
    }
}
