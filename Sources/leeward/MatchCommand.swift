import ArgumentParser
import Directory
import Foundation
import Matching

/// `leeward match FILE [--check]`: what the rules of matching say of worked cases.
struct MatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Match the worked cases of a file, or check them against what they expect.",
        discussion: """
            Writes one JSON object a line, in the order of the file. With --check it prints what differs, one line each, \
            then the counts, and exits 1 when a safety expectation fails. A file that is not of this form exits 65 with \
            file: JSON pointer: what is wrong.
            """
    )

    @Argument(help: "A file of worked cases (JSON).")
    var file: String

    @Flag(help: "Compare with what each case expects.")
    var check = false

    @Option(help: "The folder whose messages say why; by default beside the executable, else ./Directory.")
    var directory: String?

    func run() throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            Terminal.err("\(file): cannot be read")
            throw ExitCode(Self.noInput)
        }
        let cases: WorkedCaseFile
        do throws(WorkedCaseProblem) {
            cases = try WorkedCaseFile([UInt8](data))
        } catch {
            Terminal.err("\(file): \(error)")
            throw ExitCode(Self.dataError)
        }
        for note in cases.notes { Terminal.err("\(file): \(note)") }
        let phrases = PhrasebookReader.read(DataFolders.directory(directory)).phrasebook.english
        if check { try compare(cases, phrases) } else { list(cases, phrases) }
    }

    /// EX_DATAERR of sysexits.h: the file is not of the form.
    private static let dataError: Int32 = 65
    /// EX_NOINPUT: there is no such file, or it may not be read.
    private static let noInput: Int32 = 66

    private func list(_ file: WorkedCaseFile, _ phrases: Phrases) {
        let lines = file.cases.map { worked in
            let result = worked.result(windows: file.windows, parameters: file.parameters)
            return AnswerWriter.line(id: worked.id, result.answer(for: worked.viewer), in: phrases)
        }
        if !lines.isEmpty { Terminal.out(lines.joined(separator: "\n")) }
    }

    private func compare(_ file: WorkedCaseFile, _ phrases: Phrases) throws {
        var safety = ExpectationCheck.Count()
        var quality = ExpectationCheck.Count()
        var lines: [String] = []
        for worked in file.cases {
            let result = worked.result(windows: file.windows, parameters: file.parameters)
            let line = AnswerWriter.line(id: worked.id, result.answer(for: worked.viewer), in: phrases)
            let check = ExpectationCheck(worked, result, line: line)
            lines += check.differences
            safety.add(check.safety)
            quality.add(check.quality)
        }
        lines.append("safety: \(safety.held) of \(safety.all), quality: \(quality.held) of \(quality.all)")
        Terminal.out(lines.joined(separator: "\n"))
        if safety.held < safety.all { throw ExitCode.failure }
    }
}
