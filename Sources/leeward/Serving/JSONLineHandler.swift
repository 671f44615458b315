import Foundation
import Logging

/// What may be seen of a value in the log. A value that is not marked is dropped, so that forgetting is safe.
enum Visibility: Int64, Logger.MetadataValueAttributes.Attribute {
    case everybody = 1
}

/// Writes log lines as JSON, one a line: the time, the level, the code of the event, and the values marked for everybody.
/// A message that is no ``ServerEvent`` is not written out: it may hold anything.
struct JSONLineHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    private let now: @Sendable () -> Date
    private let write: @Sendable (String) -> Void

    init(now: @escaping @Sendable () -> Date, write: @escaping @Sendable (String) -> Void) {
        self.now = now
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = #"{"time":\#(Self.quoted(Self.time(now()))),"level":\#(Self.quoted(event.level.rawValue))"#
        let code = ServerEvent(rawValue: event.message.description)
        line += #","event":\#(Self.quoted(code?.rawValue ?? "unlisted"))"#
        let values = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            guard value.attributes[Visibility.self] == .everybody else { continue }
            line += ",\(Self.quoted(key)):\(Self.value(value.description))"
        }
        write(line + "}")
    }

    /// Milliseconds, UTC.
    private static func time(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// A number as a number, everything else as text.
    private static func value(_ text: String) -> String {
        let isNumber =
            (1...15).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
            && (text == "0" || !text.hasPrefix("0"))
        return isNumber ? text : quoted(text)
    }

    /// A JSON string (RFC 8259 section 7). What could end the line or colour a terminal is escaped.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _
            where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                || (0x2028...0x202E).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value):
                let hex = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
