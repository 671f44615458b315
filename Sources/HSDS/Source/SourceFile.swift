/// A file of a source, in memory: whoever has it has read it already.
public struct SourceFile: Sendable {
    /// Its name without folders: `services.csv`.
    public let name: String
    /// What it holds.
    public let bytes: [UInt8]

    /// A file with what it holds.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// The name without its last extension, in lower case.
    var stem: String {
        let lower = name.lowercased()
        return lower.lastIndex(of: ".").map { String(lower[..<$0]) } ?? lower
    }

    /// The last extension in lower case; empty when there is none.
    var fileExtension: String {
        let lower = name.lowercased()
        return lower.lastIndex(of: ".").map { String(lower[lower.index(after: $0)...]) } ?? ""
    }
}
