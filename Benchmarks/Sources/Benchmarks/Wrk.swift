import Foundation

/// The load generator `wrk` (Debian's package of that name), a process of its own beside the server.
struct Wrk: Sendable {
    /// What one run saw.
    struct Run: Sendable {
        let requestsPerSecond: Double
        let requests: Int
        /// Bytes of an answer with its headers.
        let answerBytes: Double
        /// Milliseconds.
        let median: Double
        let p99: Double
    }

    let path: String

    /// Finds it.
    ///
    /// - Throws: a sentence with the line that installs it.
    init() throws {
        guard let path = Machine.output("which", ["wrk"]) else {
            throw BenchmarkFailure("wrk is missing: apt-get install -y --no-install-recommends wrk")
        }
        self.path = path
    }

    /// Sends requests for so many seconds; every answer must be a 2xx.
    func run(_ url: String, connections: Int, seconds: Double, script: URL? = nil) async throws -> Run {
        var arguments = ["-t2", "-c\(connections)", "-d\(Int(seconds))s", "--latency"]
        if let script { arguments += ["-s", script.path] }
        let all = arguments + [url]
        let text = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<String, any Error>) in
            // It blocks, and the threads of the pool are the server's.
            let thread = Thread {
                guard let text = Machine.output(path, all) else {
                    return continuation.resume(throwing: BenchmarkFailure("wrk failed"))
                }
                continuation.resume(returning: text)
            }
            thread.start()
        }
        if let line = text.split(separator: "\n").first(where: {
            $0.contains("Non-2xx") || $0.contains("Socket errors")
        }) {
            throw BenchmarkFailure("wrk:\(line)")
        }
        guard let rate = Self.number(after: "Requests/sec:", in: text),
            let requests = Self.number(before: " requests in", in: text)
        else { throw BenchmarkFailure("wrk answered in another way than expected") }
        return Run(
            requestsPerSecond: rate,
            requests: Int(requests),
            answerBytes: Self.bytesRead(text) / requests,
            median: Self.milliseconds(after: "50%", in: text),
            p99: Self.milliseconds(after: "99%", in: text)
        )
    }

    private static func word(after mark: String, in text: String) -> Substring? {
        guard let place = text.range(of: mark) else { return nil }
        return text[place.upperBound...].split(whereSeparator: \.isWhitespace).first
    }

    private static func number(after mark: String, in text: String) -> Double? {
        word(after: mark, in: text).flatMap { Double($0) }
    }

    private static func number(before mark: String, in text: String) -> Double? {
        guard let place = text.range(of: mark) else { return nil }
        return text[..<place.lowerBound].split(whereSeparator: \.isWhitespace).last.flatMap { Double($0) }
    }

    /// `1.23MB read`, in units of 1,024.
    private static func bytesRead(_ text: String) -> Double {
        guard let end = text.range(of: " read"), let word = text[..<end.lowerBound].split(separator: " ").last else {
            return .nan
        }
        for (unit, factor) in [("GB", 1_073_741_824.0), ("MB", 1_048_576), ("KB", 1024), ("B", 1)]
        where word.hasSuffix(unit) {
            return (Double(word.dropLast(unit.count)) ?? .nan) * factor
        }
        return .nan
    }

    private static func milliseconds(after mark: String, in text: String) -> Double {
        guard let word = word(after: mark, in: text) else { return .nan }
        for (unit, factor) in [("us", 0.001), ("ms", 1), ("s", 1000)] where word.hasSuffix(unit) {
            return (Double(word.dropLast(unit.count)) ?? .nan) * factor
        }
        return .nan
    }
}
