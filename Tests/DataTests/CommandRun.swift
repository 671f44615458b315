import Foundation
import Testing

/// A command as a person runs it: what it printed, and how it ended.
struct CommandRun {
    let status: Int32
    let output: String
    let error: String

    init(_ arguments: [String]) throws {
        let products = try #require(Bundle.main.executableURL).resolvingSymlinksInPath().deletingLastPathComponent()
        let process = Process()
        process.executableURL = products.appending(path: "leeward")
        process.arguments = arguments
        let (out, err) = (Pipe(), Pipe())
        process.standardOutput = out
        process.standardError = err
        try process.run()
        output = String(decoding: try out.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        error = String(decoding: try err.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }
}
