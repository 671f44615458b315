/// What the demonstration says on the terminal: chapters, what is done, what was answered.
struct Stage {
    /// Columns that a terminal is sure to have.
    private static let width = 88

    private let write: @Sendable (String) -> Void

    init(write: @escaping @Sendable (String) -> Void) {
        self.write = write
    }

    /// A chapter of the journey.
    func chapter(_ number: Int, _ title: String) {
        write("")
        write("\(number). \(title)")
        write(String(repeating: "-", count: min(Self.width, title.count + String(number).count + 2)))
    }

    /// A sentence of the story, wrapped.
    func say(_ text: String) {
        for line in Self.wrapped(text, to: Self.width) { write(line) }
    }

    /// Something that the server answered, set off from the story.
    func answer(_ text: String) {
        for line in Self.wrapped(text, to: Self.width - 6) { write("      " + line) }
    }

    /// An empty line.
    func pause() { write("") }

    private static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = String(word)
            } else {
                line += line.isEmpty ? String(word) : " " + word
            }
        }
        lines.append(line)
        return lines
    }
}
