import Foundation

/// How far a long work is, on one line of the terminal; silent where standard error is no terminal.
final class ProgressLine {
    private let word: String
    private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
    private var isShown = false

    init(_ word: String) { self.word = word }

    /// Shows how many of how many are done.
    func show(_ done: Int, of all: Int) {
        guard isTerminal, all > 0 else { return }
        isShown = true
        FileHandle.standardError.write(Data("\r\(word) \(done) of \(all) (\(done * 100 / all) %)\u{1B}[K".utf8))
    }

    /// Takes the line away.
    func end() {
        if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }
}
