import Audit
import Care
import Casework
import Directory
import Foundation
import Hummingbird
import HummingbirdTesting
import Policy
import Sealing
import Store
import Synchronization
import Testing

@testable import Web

/// A small deployment in memory: two invented agencies in Sri Lanka and Nepal with the policies and the directory of this
/// repository, a fixed clock, and a memory of every line that was logged. Nobody in it exists.
struct House: Sendable {
    /// A person on the staff, with the name and password to sign in by.
    struct Person: Sendable {
        let name: String
        let staff: StaffID
        var password: String { "a long enough password of \(name)" }
    }

    let deployment: Deployment
    let store: Store
    let clock: Clock
    let interface: HTTPInterface
    let lines: Lines
    /// The team of the caseworkers, and the desk in Nepal.
    let team: TeamID
    let desk: TeamID
    let people: [String: Person]
    /// What founded it, and the caseworkers' agency.
    let ceremony: FoundingCeremony
    let agency: AgencyID

    /// A clock that moves when it is told to.
    final class Clock: Sendable {
        private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

        var now: Date { time.withLock { $0 } }
        func advance(minutes: Double) { time.withLock { $0 += minutes * 60 } }

        /// A time before or after now, as it is written in a request.
        func text(minutes: Double = 0) -> String { Instant.text(now.addingTimeInterval(minutes * 60)) }
    }

    /// Every line that the edge logged.
    final class Lines: Sendable {
        private let lines = Mutex<[AnsweredLine]>([])

        var all: [AnsweredLine] { lines.withLock { $0 } }
        func add(_ line: AnsweredLine) { lines.withLock { $0.append(line) } }
    }

    /// Founds the deployment.
    static func found(saying phrasebook: Phrasebook = Repository.phrasebook) async throws -> House {
        let clock = Clock()
        let store = try Store.inMemory()
        let deployment = try Deployment(
            store: store,
            vault: nil,
            keys: ServerKeys(
                pepper: Secret.random(32),
                passwordCost: .forDemonstration,
                passwordFloor: .forDemonstration
            ),
            logKey: LogKey(origin: "leeward.example/test", key: SigningKey.random()),
            policies: PolicyReader.read(folder: Repository.folder("Policies")),
            directory: try #require(Repository.directory),
            time: TimeSource(
                now: { clock.now },
                monotonicMilliseconds: { Int64(clock.now.timeIntervalSince1970 * 1000) }
            ),
            cores: 2
        )
        let lines = Lines()
        let ceremony = deployment.staff.ceremony(root: try SigningKey.random())
        func agency(_ name: String, _ country: String) async throws -> AgencyID {
            let country = try #require(CountryCode(country))
            return try await ceremony.agency(named: name, in: country, request: deployment.newRequest())
        }
        func team(_ name: String, _ agency: AgencyID, _ services: [ServiceID] = []) async throws -> TeamID {
            try await ceremony.team(
                named: name,
                of: agency,
                isDesk: !services.isEmpty,
                services: services,
                request: deployment.newRequest()
            )
        }
        let lagoon = try await agency("Lagoon House (invented)", "LK")
        let pipal = try await agency("Pipal Tree Centre (invented)", "NP")
        let children = try await team("Children's team", lagoon)
        let adults = try await team("Young adults' team", lagoon)
        let desk = try await team("Online care desk", pipal, [Invented.onlineCare])
        var people: [String: Person] = [:]
        for (name, role, agency, teams) in [
            ("dinesh", .caseworker, lagoon, [children]), ("tara", .caseworker, lagoon, [children]),
            ("ruwan", .caseworker, lagoon, [adults]), ("sunil", .supervisor, lagoon, [children]),
            ("amara", .helpline, lagoon, []), ("pema", .intake, pipal, [desk]), ("oksana", .auditor, lagoon, []),
            ("adila", .administrator, lagoon, []),
        ] as [(String, Role, AgencyID, [TeamID])] {
            var password = Array("a long enough password of \(name)".utf8)
            let staff = try await ceremony.person(
                signInName: name,
                password: Secret(moving: &password),
                roles: [role],
                of: agency,
                in: teams,
                request: deployment.newRequest()
            )
            people[name] = Person(name: name, staff: staff)
        }
        return House(
            deployment: deployment,
            store: store,
            clock: clock,
            interface: HTTPInterface(deployment: deployment, phrasebook: phrasebook, record: { lines.add($0) }),
            lines: lines,
            team: children,
            desk: desk,
            people: people,
            ceremony: ceremony,
            agency: lagoon
        )
    }

    /// Founds a deployment and sends it requests.
    static func serving(
        saying phrasebook: Phrasebook = Repository.phrasebook,
        _ requests: @escaping @Sendable (House, any TestClientProtocol) async throws -> Void
    ) async throws {
        let house = try await House.found(saying: phrasebook)
        let application = try house.interface.application(on: try ListenAddress("127.0.0.1:0"))
        try await application.test(.router) { client in try await requests(house, client) }
        for line in house.lines.all { #expect(!"\(line)".contains(Marker.text)) }
    }

    /// The log from an entry on.
    func entries(from first: Int = 0) throws -> [AuditEntry] {
        try store.read { reading in
            try reading.auditEntries(from: first, limit: 1_000).map { try AuditEntry(parsing: $0.entry) }
        }
    }

    /// How many entries the log has.
    var logged: Int { get throws { try store.read { try $0.auditSize() } } }

    func person(_ name: String) throws -> Person { try #require(people[name]) }
}

/// What stands in the files of this repository, read once.
enum Repository {
    static func folder(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: name).path
    }

    /// The words of every language that ships.
    static let phrasebook = PhrasebookReader.read(folder("Directory"), saying: HTTPInterface.phrases).phrasebook

    /// Two countries of the directory that ships, with the invented entries. Not all 245 files: whoever waits for them
    /// holds a thread that the tests beside it need.
    static let directory: ServiceDirectory? = {
        let manager = FileManager.default
        let part = manager.temporaryDirectory.appending(
            path: "leeward-web-\(ProcessInfo.processInfo.processIdentifier)"
        )
        defer { try? manager.removeItem(at: part) }
        do {
            try manager.createDirectory(at: part, withIntermediateDirectories: true)
            for name in ["taxonomy.yaml", "worldwide.yaml", "LK.yaml", "NP.yaml"] {
                let file = URL(filePath: folder("Directory")).appending(path: name)
                try manager.copyItem(at: file, to: part.appending(path: name))
            }
        } catch {
            return nil
        }
        return DirectoryReader.read(part.path).directory
            .adding(organizations: Invented.organizations, services: Invented.services)
    }()
}

/// Invented organisations and services beside the real directory; their number is from a range reserved for fiction.
enum Invented {
    static let pipalTree = OrganizationID("test-pipal-tree")
    static let harbourClub = OrganizationID("test-harbour-club")
    static let onlineCare = ServiceID("test-online-care")
    static let clubCare = ServiceID("test-club-care")
    static let farCare = ServiceID("test-far-care")

    static let organizations: [Organization] = ["test-pipal-tree", "test-harbour-club"].compactMap { id in
        CountryCode("NP").map { Organization(id: OrganizationID(id), name: "\(id) (invented)", country: $0) }
    }

    static let services: [Service] = [
        service(onlineCare, pipalTree, "Care after online exploitation (invented)"),
        service(clubCare, harbourClub, "Counselling at the club (invented)"),
        service(farCare, pipalTree, "Care without a desk (invented)"),
    ].compactMap { $0 }

    private static func service(_ id: ServiceID, _ organization: OrganizationID, _ name: String) -> Service? {
        guard let lk = CountryCode("LK"), let np = CountryCode("NP"), let online = ServiceCode("PSY-ONLINE") else {
            return nil
        }
        var service = Service(
            id: id,
            organization: organization,
            name: name,
            country: np,
            coverage: .countries([lk, np]),
            status: .active,
            offers: [Offer(code: online)],
            provenance: Provenance(source: "invented for tests", sourceDate: "2026", confidence: .medium)
        )
        service.contacts = [Contact(kind: .phone, value: "+1 202 555 0199", reach: .anywhere)]
        service.ages = AgeRange(from: 8, through: 17)
        service.languages = ["si", "en"].compactMap { LanguageTag($0) }
        service.hours = OpeningHours(zone: .named("Asia/Kathmandu"), always: true)
        service.intake = [.workerIntroduces]
        service.modes = [.video]
        service.cost = .free
        service.childSpecialised = id == onlineCare
        service.capacity = .available
        return service
    }
}
