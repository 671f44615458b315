import ArgumentParser
import AsyncHTTPClient
import Care
import Casework
import Directory
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals
import Web

/// Plays the main job on throw-away keys and invented people, then serves it on loopback until it is stopped.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Play the main job on invented people and throw-away keys, then serve it on loopback."
    )

    @Flag(help: "End after the journey instead of serving.")
    var once = false

    @Option(help: "The port on loopback; by default any free one.")
    var port: UInt16 = 0

    @Option(help: "The folder of the country files; by default beside the executable, else ./Directory.")
    var directory: String?

    @Option(help: "The folder of the rules; by default beside the executable, else ./Policies.")
    var policies: String?

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "leeward-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        defer { Self.remove(folder) }
        do {
            try await play(in: folder)
        } catch let failure as DemoFailure {
            Terminal.err("demo: \(failure.description)")
            throw ExitCode.failure
        }
    }

    private func play(in folder: URL) async throws {
        Terminal.out("Leeward demonstration: real directory, invented people, throw-away keys, loopback only.")
        let house = try await DemoHouse.found(
            in: folder,
            directory: DataFolders.directory(directory),
            policies: DataFolders.policies(policies)
        )
        let messages = PhrasebookReader.read(DataFolders.directory(directory))
        let interface = HTTPInterface(
            deployment: house.deployment,
            phrasebook: messages.phrasebook,
            record: { _ in }
        )
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let server = try interface.application(on: .loopback(host: "127.0.0.1", port: port)) { port in
            listening.yield(port ?? 0)
            listening.finish()
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: server)],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "leeward.demo") { _ in SwiftLogNoOpLogHandler() }
            )
        )
        let once = once
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask {
                for await port in ports { try await Self.story(house, "http://127.0.0.1:\(port)", serves: !once) }
                if once { await group.triggerGracefulShutdown() }
            }
            // The first failure stops the other; the server ends by a signal, or after the story when it plays once.
            try await tasks.next()
            try await tasks.next()
        }
        try house.deployment.close()
    }

    private static func story(_ house: DemoHouse, _ address: String, serves: Bool) async throws {
        let client = HTTPClient(eventLoopGroupProvider: .singleton)
        do {
            try await Journey(
                house: house,
                client: JourneyClient(client: client, address: address),
                stage: Stage { Terminal.out($0) }
            ).play()
            try await client.shutdown()
        } catch {
            try await client.shutdown()
            throw error
        }
        Terminal.out("")
        guard serves else {
            Terminal.out("The journey is over; the keys and the data are gone.")
            return
        }
        Terminal.out(
            "Serving at \(address) until Ctrl-C. Sign in with POST /v1/session; the names and passwords of this run:"
        )
        for person in house.cast.staff {
            Terminal.out("  \(person.signInName)  \(person.password)  (\(person.role.rawValue))")
        }
        Terminal.out("Everything is deleted when it stops.")
    }

    /// Deletes the folder. What cannot be deleted is named: it holds nothing that opens, its keys are gone.
    private static func remove(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            Terminal.err("demo: \(folder.path) could not be deleted; delete it by hand")
        }
    }
}
