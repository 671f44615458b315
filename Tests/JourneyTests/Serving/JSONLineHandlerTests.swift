import Foundation
import Logging
import Synchronization
import Testing

@testable import leeward

@Suite struct JSONLineHandlerTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
        var last: String { all.withLock { $0.last ?? "" } }
    }

    private func logger(_ lines: Lines) -> Logger {
        Logger(label: "test") { _ in
            JSONLineHandler(now: { Date(timeIntervalSince1970: 1_800_000_000.125) }) { line in
                lines.all.withLock { $0.append(line) }
            }
        }
    }

    @Test func `a value that nobody marked is dropped, wherever it came from`() {
        let lines = Lines()
        var logger = logger(lines)
        logger[metadataKey: "name"] = "zq7marker"
        logger[metadataKey: "host"] = .attributed("shown", attributes: [Visibility.everybody])
        logger.error(
            "answered",
            metadata: [
                "word": "zq7marker", "list": ["zq7marker"], "map": ["zq7marker": "zq7marker"],
                "status": .attributed(503, attributes: [Visibility.everybody]),
            ]
        )
        #expect(
            lines.last
                == #"{"time":"2027-01-15T08:00:00.125Z","level":"error","event":"answered","host":"shown","status":503}"#
        )
    }

    @Test func `a message that is no event of ours is not written out`() {
        let lines = Lines()
        logger(lines).critical("could not open zq7marker")
        #expect(lines.last.contains(#""event":"unlisted""#))
        #expect(!lines.last.contains("zq7marker"))
    }

    @Test func `a line stays one line of JSON, whatever a value holds`() throws {
        let lines = Lines()
        let text = "a\"b\\c\n\u{1B}[31m\u{202E}\u{85}සිංහල"
        logger(lines).info("ready", metadata: ["text": .attributed(text, attributes: [Visibility.everybody])])
        #expect(lines.last.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E && $0.value != 0x85 })
        let read = try #require(
            try JSONSerialization.jsonObject(with: Data(lines.last.utf8)) as? [String: String]
        )
        #expect(read["text"] == text)
    }

    @Test func `what an operator has to do stands in the line`() {
        let lines = Lines()
        let log = ServerLog(now: { Date(timeIntervalSince1970: 0) }) { line in lines.all.withLock { $0.append(line) } }
        for event in ServerEvent.allCases where event.level >= .warning {
            log.say(event)
            #expect(lines.last.contains(#""remedy":""#), "\(event)")
        }
    }
}
