import Foundation
import Glibc

/// One line on a terminal that says how far something is; nothing where standard error is no terminal.
final class Progress {
    private let isShown: Bool
    private var last = -1

    init(isShown: Bool = isatty(2) == 1) {
        self.isShown = isShown
    }

    /// How much is done of how much.
    func say(_ what: String, _ done: Int, of all: Int) {
        guard isShown, all > 0 else { return }
        let percent = min(100, done * 100 / all)
        guard percent != last else { return }
        last = percent
        FileHandle.standardError.write(Data("\r\(what) \(percent) %\u{1B}[K".utf8))
    }

    /// Ends the line.
    func end() {
        guard isShown, last >= 0 else { return }
        last = -1
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
