import Foundation

/// Where and when the figures were taken.
struct Machine: Encodable, Sendable {
    let date: String
    let commit: String
    let cores: Int
    let processor: String
    let memory: String
    let kernel: String
    let fileSystem: String

    /// This machine; `folder` is where the files lie that are measured.
    init(folder: URL, repository: URL) {
        date = Date().formatted(.iso8601)
        let head = Self.output("git", ["-C", repository.path, "rev-parse", "--short", "HEAD"]) ?? "unknown"
        let isClean = Self.output("git", ["-C", repository.path, "status", "--porcelain", "Sources", "Benchmarks"])
        commit = head + (isClean?.isEmpty == false ? " with changes" : "")
        cores = ProcessInfo.processInfo.activeProcessorCount
        processor = Self.value("model name", in: "/proc/cpuinfo") ?? "unknown"
        memory = "\(ProcessInfo.processInfo.physicalMemory >> 30) GiB"
        kernel = Self.output("uname", ["-sr"]) ?? "unknown"
        fileSystem = Self.output("stat", ["-f", "-c", "%T", folder.path]) ?? "unknown"
    }

    var line: String {
        "\(date), commit \(commit); \(cores) cores (\(processor)), \(memory), \(kernel), files on \(fileSystem)"
    }

    /// What a command prints, trimmed; nil when it cannot be run or fails.
    static func output(_ command: String, _ arguments: [String]) -> String? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [command] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
            let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else { return nil }
            return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            // Not there: the caller says what is missing.
            return nil
        }
    }

    /// The value after a name and a colon in one of the kernel's files.
    static func value(_ name: String, in file: String) -> String? {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The resident memory of this process in MB.
    static var residentMegabytes: Double {
        let kilobytes = value("VmRSS", in: "/proc/self/status")?.split(separator: " ").first.flatMap { Double($0) }
        return (kilobytes ?? .nan) / 1000
    }
}
