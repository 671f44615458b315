import Audit
import Care
import Casework
import Directory
import Foundation
import Policy
import Sealing
import Store

/// A deployment on real files with one invented agency, a team, a caseworker and a helpline worker who are signed in. It
/// can be closed and opened again on the same keys.
struct House: Sendable {
    /// What stays the same while the deployment is closed and opened again.
    struct Ground: Sendable {
        let folder: URL
        let keys: ServerKeys
        let logSigner: SigningKey
        let logKey: LogKey
        let policies: Policies
        let directory: ServiceDirectory

        var databasePath: String { folder.appending(path: "leeward.sqlite").path }
        var vaultPath: String { folder.appending(path: "leeward.vault").path }

        /// New keys for a deployment in this folder, which is made.
        init(
            folder: URL,
            repository: URL,
            directory: ServiceDirectory? = nil,
            passwordCost: ScryptCost = .forDemonstration
        ) throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            self.folder = folder
            keys = try ServerKeys(pepper: Secret.random(32), passwordCost: passwordCost, passwordFloor: passwordCost)
            logSigner = try SigningKey.random()
            logKey = try LogKey(origin: "leeward.example/benchmark", key: logSigner)
            policies = try PolicyReader.read(folder: repository.appending(path: "Policies").path)
            self.directory = directory ?? DirectoryReader.read(repository.appending(path: "Directory").path).directory
            guard !self.directory.countries.isEmpty else {
                throw BenchmarkFailure("no directory in \(repository.path): say where it is with --repository")
            }
        }

        /// The store and the deployment over it.
        func open() throws -> (store: Store, deployment: Deployment) {
            let clock = ContinuousClock()
            let started = clock.now
            let store = try Store(path: databasePath, reserveBytes: 1 << 20)
            let deployment = try Deployment(
                store: store,
                vault: VaultFile(path: vaultPath, recordSize: VaultRecord.count),
                keys: keys,
                logKey: logKey,
                policies: policies,
                directory: directory,
                time: TimeSource(
                    now: { Date() },
                    monotonicMilliseconds: { Int64((clock.now - started).seconds * 1000) }
                ),
                cores: ProcessInfo.processInfo.activeProcessorCount
            )
            return (store, deployment)
        }
    }

    let ground: Ground
    private(set) var store: Store
    private(set) var deployment: Deployment
    let team: TeamID
    private(set) var worker: SignedIn
    private(set) var token: [UInt8]

    private static let signInName = "dinesh"
    private static let password = "a long enough password of dinesh"

    /// Founds the agency and signs in.
    static func found(on ground: Ground) async throws -> House {
        let (store, deployment) = try ground.open()
        let ceremony = deployment.staff.ceremony(root: try SigningKey.random())
        let agency = try await ceremony.agency(
            named: "Lagoon House (invented)",
            in: Invented.country("LK"),
            request: deployment.newRequest()
        )
        let team = try await ceremony.team(
            named: "Children's team",
            of: agency,
            isDesk: false,
            request: deployment.newRequest()
        )
        var password = Array(Self.password.utf8)
        _ = try await ceremony.person(
            signInName: signInName,
            password: Secret(moving: &password),
            roles: [.caseworker, .helpline],
            of: agency,
            in: [team],
            request: deployment.newRequest()
        )
        let (worker, token) = try await signIn(to: deployment)
        return House(
            ground: ground,
            store: store,
            deployment: deployment,
            team: team,
            worker: worker,
            token: token
        )
    }

    /// Signs the worker in once more.
    static func signIn(to deployment: Deployment) async throws -> (SignedIn, [UInt8]) {
        var password = Array(Self.password.utf8)
        let session = try await deployment.signIn.signIn(
            name: signInName,
            password: &password,
            request: deployment.newRequest()
        )
        return (try deployment.signIn.signedIn(bearer: session.token), session.token)
    }

    /// Closes the deployment, lets `change` at its files, and opens it again.
    mutating func reopen(after change: (Ground) throws -> Void) async throws {
        try deployment.close()
        try change(ground)
        (store, deployment) = try ground.open()
        (worker, token) = try await Self.signIn(to: deployment)
    }

    /// How many entries the log has.
    var logged: Int { get throws { try store.read { try $0.auditSize() } } }

    /// Opens cases through the desk, some at a time.
    func openCases(_ count: Int, atOnce: Int = 16) async throws -> [CaseReceipt] {
        try await Crowd.each(0..<count, atOnce: atOnce) { number in
            try await deployment.cases.open(
                Invented.opening(number, team: team),
                by: worker,
                request: deployment.newRequest(),
                once: Once(key: Array("case \(number)".utf8), request: Array("opening".utf8))
            )
        }
    }
}

/// Some at a time, each beginning when another ends: the clients of a benchmark without HTTP.
enum Crowd {
    static func each<Element: Sendable, Answer: Sendable>(
        _ elements: some Sequence<Element>,
        atOnce: Int,
        _ act: @escaping @Sendable (Element) async throws -> Answer
    ) async throws -> [Answer] {
        try await withThrowingTaskGroup(of: Answer.self) { group in
            var waiting = elements.makeIterator()
            var answers: [Answer] = []
            for _ in 0..<atOnce {
                guard let element = waiting.next() else { break }
                group.addTask { try await act(element) }
            }
            while let answer = try await group.next() {
                answers.append(answer)
                if let element = waiting.next() { group.addTask { try await act(element) } }
            }
            return answers
        }
    }
}
