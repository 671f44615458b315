import Foundation

/// The one place that writes to the terminal.
enum Terminal {
    /// Answers go to standard output.
    static func out(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    /// What went wrong goes to standard error.
    static func err(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
