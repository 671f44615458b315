import AsyncHTTPClient
import Foundation
import Glibc

/// A running `leeward serve`.
final class ServingProcess: Sendable {
    private let leeward: LeewardProcess

    init(_ leeward: LeewardProcess) {
        self.leeward = leeward
    }

    var isRunning: Bool { leeward.isRunning }
    var identifier: Int32 { leeward.identifier }

    /// What it has printed so far.
    var printed: String { leeward.printed }

    /// Ends it as a power cut does, without a word.
    func kill() async {
        Glibc.kill(leeward.identifier, SIGKILL)
        _ = try? await leeward.exitCode(within: 30)
    }

    /// Asks it to end, and gives its exit code.
    func stop() async throws -> Int32 {
        leeward.terminate()
        return try await leeward.exitCode(within: 60)
    }

    /// Waits until it has logged an event.
    func waitFor(event: String, within seconds: Double = 30) async throws {
        try await leeward.waitFor(#""event":"\#(event)""#, within: seconds)
    }
}
