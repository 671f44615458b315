import Foundation
import Glibc
import Sealing

/// Questions to whoever sits at the terminal. Where nobody does, the flags must say everything.
struct Questions {
    /// Whether somebody can be asked and sees the question.
    let canAsk: Bool

    init(canAsk: Bool = isatty(0) == 1 && isatty(1) == 1) {
        self.canAsk = canAsk
    }

    /// A value that was given, or the answer to a question.
    ///
    /// - Throws: ``FoundingRefusal/unanswered(_:)`` when nobody can be asked; ``FoundingRefusal/stopped`` at the end of the
    ///   input.
    func value(_ given: String?, _ question: String, flag: String) throws(FoundingRefusal) -> String {
        if let given, !given.isEmpty { return given }
        guard canAsk else { throw .unanswered("\(flag) is missing: \(question)") }
        while true {
            Terminal.out(question)
            guard let line = readLine() else { throw .stopped }
            let answer = line.trimmingCharacters(in: .whitespaces)
            if !answer.isEmpty { return answer }
        }
    }

    /// Asks for one group of a code, so that it is known to be on paper before anything depends on it.
    ///
    /// - Throws: ``FoundingRefusal/stopped`` after three wrong answers.
    func confirm(_ code: PrintedCode) throws(FoundingRefusal) {
        guard canAsk else { return }
        let group = Int.random(in: 1...PrintedCode.groups)
        for _ in 0..<3 {
            Terminal.out(
                "Type group \(group) of the founding code, as it stands on your paper (12 groups, from the first):"
            )
            let typed = try Self.line()
            if code.hasGroup(group, typed: typed) { return }
            Terminal.out("That is not group \(group).")
        }
        throw .stopped
    }

    /// The founding code, out of a file or typed.
    ///
    /// - Throws: ``FoundingRefusal/founding(_:)`` when it is none, ``FoundingRefusal/unanswered(_:)`` when nobody can be
    ///   asked.
    func foundingCode(file: String?) throws(FoundingRefusal) -> PrintedCode {
        if let file {
            return try Self.code(Self.contents(of: file), "\(file): this is no founding code")
        }
        guard canAsk else { throw .unanswered("--founding-code-file is missing, and nobody can be asked here") }
        Terminal.out("Type the founding code from its paper; small letters, spaces and dashes do not matter:")
        return try Self.code(Self.line(), "this is no founding code: compare each group with the paper")
    }

    /// Longest line that is a code: 60 letters with dashes or spaces around each.
    private static let lineBytes = 256

    private static func contents(of file: String) throws(FoundingRefusal) -> Secret {
        do {
            return try SecretFile.read(file, atMost: lineBytes)
        } catch {
            throw .founding(error.sentence(file, "the founding code"))
        }
    }

    /// A line of the terminal, never as text.
    private static func line() throws(FoundingRefusal) -> Secret {
        do {
            if let line = try SecretFile.line(of: 0, atMost: lineBytes) { return line }
        } catch {
            throw .stopped
        }
        throw .stopped
    }

    private static func code(_ typed: borrowing Secret, _ sentence: String) throws(FoundingRefusal) -> PrintedCode {
        do {
            return try PrintedCode(.founding, typed: typed)
        } catch {
            throw .founding(sentence)
        }
    }
}
