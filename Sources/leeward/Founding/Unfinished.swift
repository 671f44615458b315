import Foundation
import Synchronization

/// What a setup has made so far, so that a failure or Ctrl-C takes all of it back. Folders that stood before stay.
final class Unfinished: Sendable {
    private struct State {
        var made: [String] = []
        var isOver = false
    }

    private let state = Mutex(State())

    /// Notes a file or folder that this setup made, or is about to.
    func note(_ path: String) { state.withLock { $0.made.append(path) } }

    /// Removes everything that was noted, the last first. A folder that holds something else stays.
    func takeBack() {
        state.withLock { state in
            guard !state.isOver else { return }
            state.isOver = true
            for path in state.made.reversed() { Self.remove(path) }
        }
    }

    /// Does the last steps, in which nobody can take anything back from outside; from then on nothing is unfinished.
    func finish(_ steps: (_ note: (String) -> Void) throws(FoundingRefusal) -> Void) throws(FoundingRefusal) {
        let failure: FoundingRefusal? = state.withLock { state in
            guard !state.isOver else { return .stopped }
            do throws(FoundingRefusal) {
                try steps { state.made.append($0) }
                state.isOver = true
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    /// While this lives, Ctrl-C and a stop from outside take everything back before the process ends.
    func watchSignals() -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: DispatchQueue(label: "leeward.setup"))
            source.setEventHandler { [self] in
                takeBack()
                Terminal.err(FoundingRefusal.stopped.description)
                exit(128 + number)
            }
            source.resume()
            return source
        }
    }

    private static func remove(_ path: String) {
        let files = FileManager.default
        guard files.fileExists(atPath: path) else { return }
        // What is no folder has no contents to ask for.
        let contents = try? files.contentsOfDirectory(atPath: path)
        guard path.hasSuffix("/\(SetupFolders.staging)") || contents?.isEmpty ?? true else { return }
        do {
            try files.removeItem(atPath: path)
        } catch {
            Terminal.err("\(path) could not be deleted; delete it by hand")
        }
    }
}
