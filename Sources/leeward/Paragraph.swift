/// Breaks text at spaces so that no line is wider than 100 columns, a single longer word apart.
enum Paragraph {
    private static let width = 100

    static func wrap(_ text: String, first: String = "", rest: String = "") -> [String] {
        var lines: [String] = []
        var line = first
        var isEmpty = true
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = rest + word
            } else {
                line += isEmpty ? word : " " + word
            }
            isEmpty = false
        }
        lines.append(line)
        return lines
    }
}
