import DataFiles
import Foundation

/// The file of settings: a line `KEY=value` each, `#` begins a line that is not read. systemd reads the same form.
struct SettingsFile: Sendable {
    /// Where it lies.
    let path: String
    /// The value and the line of each key, of the right form or not.
    let entries: [String: (value: String, line: Int)]
    /// What is wrong with its lines, apart from the values.
    let problems: [SettingsProblem]

    /// Largest file that is read: a hundred times what all settings need.
    private static let mostBytes = 65_536

    /// Reads the file.
    ///
    /// - Throws: the one problem that it cannot be read at all.
    static func read(_ path: String) throws(SettingsProblem) -> SettingsFile {
        guard let handle = FileHandle(forReadingAtPath: path),
            // A file that cannot be read to its end is as good as none.
            let bytes = try? handle.read(upToCount: mostBytes + 1) ?? Data()
        else {
            throw SettingsProblem(
                at: path,
                "the file cannot be read",
                "name a file of settings, or let this user read it"
            )
        }
        guard bytes.count <= mostBytes, let text = String(bytes: bytes, encoding: .utf8) else {
            throw SettingsProblem(at: path, "this is no file of settings", "write a line KEY=value for each setting")
        }
        return SettingsFile(path: path, text: text)
    }

    /// The settings of a text.
    init(path: String, text: String) {
        var entries: [String: (value: String, line: Int)] = [:]
        var problems: [SettingsProblem] = []
        for (number, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.trimmingCharacters(in: .whitespaces.union(CharacterSet(charactersIn: "\r")))
            if line.isEmpty || line.hasPrefix("#") { continue }
            let place = "\(path):\(number + 1)"
            guard let equals = line.firstIndex(of: "="), equals != line.startIndex else {
                problems.append(
                    SettingsProblem(at: place, "this is no setting", "write KEY=value, or # before a remark")
                )
                continue
            }
            let key = line[..<equals].trimmingCharacters(in: .whitespaces)
            let value = line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces)
            if let quote = value.first, quote == "\"" || quote == "'" {
                problems.append(SettingsProblem(at: place, "\(key) is in quotes", "write the value without them"))
            } else if let first = entries[key] {
                problems.append(
                    SettingsProblem(at: place, "\(key) stands in line \(first.line) already", "keep one of the two")
                )
            } else {
                entries[key] = (value, number + 1)
            }
        }
        self.path = path
        self.entries = entries
        self.problems = problems
    }
}
