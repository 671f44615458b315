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
    let template: Template
    let directory: ServiceDirectory
    /// Handles and the words that tests call them by.
    let names: Mutex<[String: String]>
    var founded: Founded { template.founded }

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

    /// A deployment in that folder, or in memory, with its people; its log is empty. Everybody is founded once for all
    /// tests, because passwords are slow by design; each deployment gets the rows.
    static func founded(in scratch: Scratch?, services: [Service] = []) async throws -> House {
        let template = try await template.value
        let store =
            try scratch.map { try Store(path: $0.path("case.db"), reserveBytes: 4096) } ?? Store.inMemory()
        try store.write { transaction in
            for row in template.rows { try transaction.put(row, expecting: nil) }
        }
        let directory = Repository.directory.adding(
            organizations: try Invented.organizations(),
            services: services.isEmpty ? try Invented.services() : services
        )
        let clock = TestClock()
        let deployment = try open(store, scratch, template.pepper, template.logSeed, directory, clock)
        return House(clock, store, deployment, scratch, template, directory)
    }

    /// Everybody founded, and their keyrings.
    struct Template: Sendable {
        let rows: [StoredRow]
        let pepper: [UInt8]
        let logSeed: [UInt8]
        let founded: Founded
        let signedIn: [Person: SignedIn]
    }

    private static let template = Task {
        let store = try Store.inMemory()
        let pepper = try Randomness.bytes(32)
        let logSeed = try Randomness.bytes(32)
        let deployment = try open(store, nil, pepper, logSeed, Repository.directory, TestClock())
        let founded = try await found(in: deployment)
        let rows = try store.read { reading in
            var rows: [StoredRow] = []
            for kind in UInt8.min...UInt8.max { rows += try reading.rows(RowKind(rawValue: kind), limit: 1000) }
            return rows
        }
        var signedIn: [Person: SignedIn] = [:]
        for person in Person.allCases { signedIn[person] = try await signIn(person, in: deployment).0 }
        return Template(rows: rows, pepper: pepper, logSeed: logSeed, founded: founded, signedIn: signedIn)
    }

    /// The same deployment opened again over the same files, or over a copy of them, as after a restart.
    func reopened(
        in other: Scratch? = nil,
        recording unrecorded: UnrecordedActs = UnrecordedActs(),
        afterOpeningStore meanwhile: () -> Void = {}
    ) throws -> House {
        let scratch = try #require(other ?? scratch)
        let store = try Store(path: scratch.path("case.db"), reserveBytes: 4096)
        meanwhile()
        let deployment = try Self.open(
            store,
            scratch,
            template.pepper,
            template.logSeed,
            directory,
            clock,
            recording: unrecorded
        )
        return House(clock, store, deployment, scratch, template, directory, names.withLock { $0 })
    }

    private init(
        _ clock: TestClock,
        _ store: Store,
        _ deployment: Deployment,
        _ scratch: Scratch?,
        _ template: Template,
        _ directory: ServiceDirectory,
        _ known: [String: String] = [:]
    ) {
        self.clock = clock
        self.store = store
        self.deployment = deployment
        self.scratch = scratch
        self.template = template
        self.directory = directory
        var names: [String: String] = known
        let founded = template.founded
        for (person, id) in founded.staff { names[id.text] = person.rawValue }
        names[founded.team.text] = "team"
        names[founded.otherTeam.text] = "otherTeam"
        names[founded.desk.text] = "desk"
        names[founded.otherDesk.text] = "otherDesk"
        self.names = Mutex(names)
    }

    static func open(
        _ store: Store,
        _ scratch: Scratch?,
        _ pepper: [UInt8],
        _ logSeed: [UInt8],
        _ directory: ServiceDirectory,
        _ clock: TestClock,
        recording unrecorded: UnrecordedActs = UnrecordedActs()
    ) throws -> Deployment {
        try Deployment(
            store: store,
            vault: scratch.map { try VaultFile(path: $0.path("vault"), recordSize: VaultRecord.count) },
            keys: keys(pepper),
            logKey: logKey(logSeed),
            policies: Repository.policies.get(),
            directory: directory,
            time: clock.source,
            cores: 2,
            recording: unrecorded
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

    static func found(in deployment: Deployment) async throws -> Founded {
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
