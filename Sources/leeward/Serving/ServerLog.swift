import Foundation
import Logging
import Synchronization
import Web

/// The server's log. Only ``ServerEvent`` and the values given here reach it.
struct ServerLog: Sendable {
    private let logger: Logger

    /// A log that gives its lines to `write`, one at a time.
    init(now: @escaping @Sendable () -> Date, write: @escaping @Sendable (String) -> Void) {
        self.logger = Logger(label: "leeward") { _ in JSONLineHandler(now: now, write: write) }
    }

    /// A log on standard output.
    static func onStandardOutput(now: @escaping @Sendable () -> Date) -> ServerLog {
        let output = Mutex(FileHandle.standardOutput)
        return ServerLog(now: now) { line in
            output.withLock { output in
                // A log that cannot be written (its disk is full, its reader has gone) must not stop the service.
                try? output.write(contentsOf: Data((line + "\n").utf8))
            }
        }
    }

    /// Says an event with values that everybody may see: codes, counts, paths of the operator's own files.
    func say(_ event: ServerEvent, _ values: [String: any CustomStringConvertible & Sendable] = [:]) {
        var metadata: Logger.Metadata = [:]
        for (key, value) in values { metadata[key] = Self.seen(value.description) }
        if let remedy = event.remedy { metadata["remedy"] = Self.seen(remedy) }
        logger.log(level: event.level, "\(event.rawValue)", metadata: metadata)
    }

    /// One answer: codes from fixed lists and the id of the request.
    func say(_ answered: AnsweredLine) {
        var values: [String: any CustomStringConvertible & Sendable] = [
            "method": answered.method, "route": answered.route, "status": answered.status,
            "milliseconds": answered.milliseconds, "request": answered.requestID,
        ]
        values["problem"] = answered.problem
        values["reason"] = answered.reason
        say(.answered, values)
    }

    private static func seen(_ text: String) -> Logger.MetadataValue {
        .attributed(text, attributes: [Visibility.everybody])
    }
}
