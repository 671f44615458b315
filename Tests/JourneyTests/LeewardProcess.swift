import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// The built `leeward`, run as a process of its own, as its user would.
final class LeewardProcess: @unchecked Sendable {
    private let process = Process()
    private let output = Pipe()
    private let lock = NSLock()
    private var collected = ""

    /// Where the test products lie, and the command beside them.
    static var executable: URL {
        let products = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }?
            .deletingLastPathComponent()
        return (products ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent())
            .appending(path: "leeward")
    }

    /// Starts `leeward` with these arguments; temporary files go to `temporaryFolder`, standard output to `other` or, with
    /// standard input, to a terminal where one is given. Another `executable` runs it, or runs with it on its path.
    init(
        executable: URL = LeewardProcess.executable,
        _ arguments: [String],
        temporaryFolder: URL,
        environment: [String: String] = [:],
        in folder: URL? = nil,
        output other: FileHandle? = nil,
        terminal: FileHandle? = nil
    ) throws {
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // The tests' own variables are no settings of the program.
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("LEEWARD_") }
            .merging(["TMPDIR": temporaryFolder.path]) { $1 }.merging(environment) { $1 }
        process.standardOutput = terminal ?? other ?? output
        if let terminal { process.standardInput = terminal }
        process.standardError = output
        output.fileHandleForReading.readabilityHandler = { [weak self] handle in
            guard let self else { return }
            let data = handle.availableData
            self.lock.withLock { self.collected += String(decoding: data, as: UTF8.self) }
        }
        try process.run()
    }

    var identifier: Int32 { process.processIdentifier }

    /// What it has printed so far, on both streams.
    var printed: String { lock.withLock { collected } }

    /// Waits until it ends and gives its exit code.
    func exitCode(within seconds: Double) async throws -> Int32 {
        try await wait(seconds, "the process to end") { !self.process.isRunning }
        output.fileHandleForReading.readabilityHandler = nil
        if let rest = try output.fileHandleForReading.readToEnd() {
            lock.withLock { collected += String(decoding: rest, as: UTF8.self) }
        }
        return process.terminationStatus
    }

    /// Waits until it has printed a text.
    func waitFor(_ text: String, within seconds: Double) async throws {
        try await wait(seconds, "'\(text)'") { self.printed.contains(text) || !self.process.isRunning }
        guard printed.contains(text) else { throw NotInTime("'\(text)'; it printed:\n\(printed.suffix(2000))") }
    }

    func terminate() { process.terminate() }

    /// Sends SIGHUP.
    func hangUp() { kill(process.processIdentifier, SIGHUP) }

    var isRunning: Bool { process.isRunning }

    private func wait(_ seconds: Double, _ what: String, _ isDone: @escaping () -> Bool) async throws {
        let deadline = Date(timeIntervalSinceNow: seconds)
        while !isDone() {
            guard Date() < deadline else { throw NotInTime(what) }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    struct NotInTime: Error, CustomStringConvertible {
        let description: String
        init(_ what: String) { description = "waited in vain for \(what)" }
    }
}

extension LeewardProcess {
    /// The address it serves at, from what it printed.
    var address: String? {
        printed.firstMatch(of: /Serving at (http:\/\/127\.0\.0\.1:\d+)/).map { String($0.1) }
    }

    /// The password of a sign-in name, from what it printed.
    func password(of name: String) -> String? {
        for line in printed.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 3, words[0] == name { return String(words[1]) }
        }
        return nil
    }
}

/// One request to a running server; the status and the body as text.
func send(
    _ method: HTTPMethod,
    _ url: String,
    json: String? = nil,
    token: String? = nil,
    headers: [String: String] = [:],
    by client: HTTPClient = .shared
) async throws -> (status: Int, body: String) {
    var request = HTTPClientRequest(url: url)
    request.method = method
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
    if let json {
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: json))
    }
    let response = try await client.execute(request, timeout: .seconds(30))
    let body = try await response.body.collect(upTo: 1 << 20)
    return (Int(response.status.code), String(buffer: body))
}

/// A folder that is deleted with the test, and what the test put beside it too.
func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let around = FileManager.default.temporaryDirectory.appending(path: "leeward-journey-\(UUID().uuidString)")
    let folder = around.appending(path: "place")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: around) }
    return try await body(folder)
}
