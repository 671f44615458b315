import Foundation
import Glibc
import Testing

/// `leeward setup` with somebody at the terminal.
@Suite struct SetupTerminalTests {
    /// A terminal of the system's with `leeward setup` at it.
    private final class Sitting {
        let process: LeewardProcess
        private let master: Int32
        private var shown: [UInt8] = []

        init(_ place: Place) throws {
            master = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
            var (locked, number): (Int32, Int32) = (0, 0)
            // TIOCSPTLCK and TIOCGPTN of ioctl_tty(2): the module of the C library does not have posix_openpt.
            guard master >= 0, unsafe ioctl(master, 0x4004_5431, &locked) == 0,
                unsafe ioctl(master, 0x8004_5430, &number) == 0
            else { throw LeewardProcess.NotInTime("a terminal") }
            let path = "/dev/pts/\(number)"
            // Without the echo, so that what is typed is not read back as if it had been shown.
            let side = unsafe open(path, O_RDWR | O_NOCTTY)
            var settings = termios()
            unsafe tcgetattr(side, &settings)
            settings.c_lflag &= ~tcflag_t(ECHO)
            unsafe tcsetattr(side, TCSANOW, &settings)
            let handle = FileHandle(fileDescriptor: side, closeOnDealloc: true)
            process = try LeewardProcess(
                ["setup", "--plan", place.plan.path] + place.usual,
                temporaryFolder: FileManager.default.temporaryDirectory,
                terminal: handle
            )
            _ = fcntl(master, F_SETFL, O_NONBLOCK)
        }

        deinit { close(master) }

        /// What was shown so far, once it holds a text.
        func shown(holding text: String) async throws -> String {
            let deadline = Date(timeIntervalSinceNow: 120)
            while true {
                var piece = [UInt8](repeating: 0, count: 65_536)
                let count = unsafe read(master, &piece, piece.count)
                if count > 0 { shown += piece[..<count] }
                let all = String(decoding: shown, as: UTF8.self)
                if all.contains(text) { return all }
                guard Date() < deadline else { throw LeewardProcess.NotInTime("'\(text)' in \(all.suffix(500))") }
                if count <= 0 { try await Task.sleep(for: .milliseconds(50)) }
            }
        }

        func forget() { shown = [] }

        func type(_ text: String) {
            let bytes = Array((text + "\n").utf8)
            _ = unsafe write(master, bytes, bytes.count)
        }

        /// The number of the group that is asked for, and the groups of the founding code that was shown.
        func question() async throws -> (asked: Int, groups: [String]) {
            let text = try await shown(holding: "of the founding code, as it stands")
            let asked = try #require(text.firstMatch(of: /Type group (\d+) of/).flatMap { Int($0.1) })
            let lines = text.split(separator: "\r\n").filter { $0.contains(/^ +([0-9A-Z]{5}-){5}[0-9A-Z]{5}$/) }
            let code = lines.prefix(2).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "-")
            let groups = code.split(separator: "-").map(String.init)
            #expect(groups.count == 12)
            #expect(code.hasPrefix("FD"))
            return (asked, groups)
        }
    }

    @Test func `it asks for a group of the founding code before anything is final, and is satisfied with that one`()
        async throws
    {
        try await withFolder { folder in
            let place = try Place(in: folder)
            let sitting = try Sitting(place)
            let (asked, groups) = try await sitting.question()
            #expect(!FileManager.default.fileExists(atPath: place.config.path))
            #expect(!FileManager.default.fileExists(atPath: place.founding.path))
            sitting.type(groups[asked % 12])
            _ = try await sitting.shown(holding: "That is not group \(asked).")
            sitting.type(" \(groups[asked - 1].lowercased()) ")
            _ = try await sitting.shown(holding: "Done.")
            #expect(try await sitting.process.exitCode(within: 60) == 0)
            #expect(try place.modes(of: place.data) == place.dataModes)
            #expect(FileManager.default.fileExists(atPath: place.founding.path))
        }
    }

    @Test func `three wrong groups set nothing up`() async throws {
        try await withFolder { folder in
            let place = try Place(in: folder)
            let sitting = try Sitting(place)
            let (asked, groups) = try await sitting.question()
            for wrong in ["", groups[asked % 12], "NV000"] {
                sitting.forget()
                sitting.type(wrong)
                _ = try await sitting.shown(holding: "That is not group \(asked).")
            }
            #expect(try await sitting.process.exitCode(within: 60) == 1)
            #expect(sitting.process.printed.contains("the codes that were shown open nothing"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["plan.yaml"])
        }
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `stopping it takes everything back`(signal: Int32) async throws {
        try await withFolder { folder in
            let place = try Place(in: folder)
            let sitting = try Sitting(place)
            _ = try await sitting.question()
            #expect(FileManager.default.fileExists(atPath: place.data.appending(path: ".setup-unfinished").path))
            kill(sitting.process.identifier, signal)
            #expect(try await sitting.process.exitCode(within: 60) == 128 + signal)
            #expect(sitting.process.printed.contains("the codes that were shown open nothing"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["plan.yaml"])
        }
    }

    @Test func `killed outright it leaves no installation, and the next one is made`() async throws {
        try await withFolder { folder in
            let place = try Place(in: folder)
            let sitting = try Sitting(place)
            _ = try await sitting.question()
            kill(sitting.process.identifier, SIGKILL)
            _ = try await sitting.process.exitCode(within: 60)
            for path in [place.config, place.founding, place.data.appending(path: "leeward.sqlite")] {
                #expect(!FileManager.default.fileExists(atPath: path.path))
            }
            #expect(try place.modes(of: place.credentials).keys.sorted() == [".setup-unfinished"])
            #expect(try await place.setUp().code == 0)
            #expect(try place.modes(of: place.credentials) == ["pepper": 0o600, "log-key": 0o600])
        }
    }
}
