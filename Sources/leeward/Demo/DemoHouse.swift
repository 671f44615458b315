import Audit
import Care
import Casework
import DataFiles
import Directory
import Foundation
import Policy
import Sealing
import Store

/// A whole deployment on throw-away keys in a temporary folder: the pepper, the root key and the log key live in memory
/// only and end with the process; the folder is deleted with it.
struct DemoHouse: Sendable {
    let deployment: Deployment
    let folder: URL
    let cast: DemoCast
    /// The team of the caseworker, by id.
    let team: TeamID
    /// The log's public key as an auditor would have written it down.
    let logKey: String

    /// Founds two invented agencies in a new folder.
    static func found(in folder: URL, directory: String, policies: String) async throws -> DemoHouse {
        let reading = DirectoryReader.read(directory)
        guard !reading.directory.countries.isEmpty else {
            throw DemoFailure("no directory at \(directory): say where it is with --directory")
        }
        let entries = try DemoCast.entries()
        let rules: Policies
        do {
            rules = try PolicyReader.read(folder: policies)
        } catch .problems(let problems) {
            throw DemoFailure(problems.map(\.description).joined(separator: "\n"))
        }
        let logKey = try LogKey(origin: "leeward.example/demo", key: SigningKey.random())
        let deployment = try Deployment(
            store: Store(path: folder.appending(path: "leeward.sqlite").path, reserveBytes: 1 << 20),
            vault: VaultFile(path: folder.appending(path: "leeward.vault").path, recordSize: VaultRecord.count),
            keys: ServerKeys(
                pepper: Secret.random(32),
                passwordCost: .forDemonstration,
                passwordFloor: .forDemonstration
            ),
            logKey: logKey,
            policies: rules,
            directory: reading.directory.adding(organizations: entries.organizations, services: entries.services),
            time: .ofThisMachine(),
            cores: ProcessInfo.processInfo.activeProcessorCount
        )
        let cast = try DemoCast { _ in try password() }
        let team = try await people(of: cast, in: deployment)
        return DemoHouse(
            deployment: deployment,
            folder: folder,
            cast: cast,
            team: team,
            logKey: logKey.verifier.text
        )
    }

    private static func people(of cast: DemoCast, in deployment: Deployment) async throws -> TeamID {
        guard let lk = CountryCode("LK"), let np = CountryCode("NP") else {
            throw DemoFailure("the demonstration's own codes cannot be read")
        }
        let ceremony = deployment.staff.ceremony(root: try SigningKey.random())
        let lagoon = try await ceremony.agency(
            named: "Lagoon House (invented)",
            in: lk,
            request: deployment.newRequest()
        )
        let pipal = try await ceremony.agency(
            named: "Pipal Tree Centre (invented)",
            in: np,
            request: deployment.newRequest()
        )
        func team(
            _ name: String,
            _ agency: AgencyID,
            services: [ServiceID] = []
        ) async throws -> TeamID {
            try await ceremony.team(
                named: name,
                of: agency,
                isDesk: !services.isEmpty,
                services: services,
                request: deployment.newRequest()
            )
        }
        let children = try await team("Children's team", lagoon)
        let adults = try await team("Young adults' team", lagoon, services: [DemoCast.youthTherapy])
        let desk = try await team("Online care desk", pipal, services: [DemoCast.onlineCare])
        func enrol(_ person: DemoCast.Person, _ agency: AgencyID, _ teams: [TeamID]) async throws {
            var bytes = Array(person.password.utf8)
            _ = try await ceremony.person(
                signInName: person.signInName,
                password: Secret(moving: &bytes),
                roles: [person.role],
                of: agency,
                in: teams,
                request: deployment.newRequest()
            )
        }
        try await enrol(cast.helpline, lagoon, [])
        try await enrol(cast.caseworker, lagoon, [children])
        try await enrol(cast.colleague, lagoon, [adults])
        try await enrol(cast.intake, pipal, [desk])
        try await enrol(cast.auditor, lagoon, [])
        return children
    }

    /// A password for one run: 100 random bits in letters that can be read out.
    private static func password() throws -> String {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
        let letters = try Randomness.bytes(20).map { String(alphabet[Int($0 & 31)]) }
        return stride(from: 0, to: letters.count, by: 5).map { letters[$0..<$0 + 5].joined() }.joined(separator: "-")
    }
}
