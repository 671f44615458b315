import ArgumentParser
import Care
import Casework
import Directory
import Foundation
import Hummingbird
import Policy
import Web

/// The server as a process of its own, so that its start and its memory can be measured: it says that it is ready, with its
/// resident megabytes, and ends.
struct StartOnce: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "start-once", shouldDisplay: false)

    @Option var snapshot: String
    @Option var data: String
    @Option var repository: String

    func run() async throws {
        let home = URL(filePath: repository)
        let reading = DirectoryReader.load(folder: home.appending(path: "Directory").path, snapshot: snapshot)
        guard reading.snapshot == .taken else { throw BenchmarkFailure("the snapshot was not taken") }
        let folder = URL(filePath: data)
        let ground = try House.Ground(folder: folder, repository: home, directory: reading.directory)
        let (_, deployment) = try ground.open()
        let phrasebook = PhrasebookReader.read(home.appending(path: "Directory").path, saying: HTTPInterface.phrases)
            .phrasebook
        let application = try HTTPInterface(deployment: deployment, phrasebook: phrasebook, record: { _ in })
            .application(on: ListenAddress("127.0.0.1:0")) { _ in
                let isReady = deployment.readiness().allSatisfy(\.isReady)
                Terminal.out(isReady ? "ready \(Machine.residentMegabytes)" : "not ready")
                do {
                    try deployment.close()
                    try FileManager.default.removeItem(at: folder)
                } catch {
                    Self.exit(withError: error)
                }
                Self.exit()
            }
        try await application.runService(gracefulShutdownSignals: [])
    }
}
