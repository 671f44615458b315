import ArgumentParser
import DataFiles
import Directory
import Foundation

/// Answers from the directory in the terminal, number first. It stores nothing.
struct LookupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lookup",
        abstract: "Find services of a country: leeward lookup LK --need PSY-CRISIS --age 14"
    )

    @Argument(help: "The country by its two letters: LK.")
    var country: String

    @Option(help: "A service type of taxonomy.yaml, for example PSY-CRISIS; may be repeated.")
    var need: [String] = []

    @Option(help: "Her age in whole years.")
    var age: Int?

    @Option(help: "female, male or non_binary.")
    var gender: String?

    @Option(
        help: """
            A language that the survivor speaks, as a tag such as en or si; may be repeated. The answer is in the first of \
            them that the program has words in.
            """
    )
    var language: [String] = []

    @Option(help: "The language to answer in, whatever the survivor speaks: en, fr, es or ru.")
    var answerIn: String?

    @Option(help: "in_person, phone, video or chat.")
    var mode: String?

    @Option(help: "An organisation to leave out, by its id or name; may be repeated. Never stored.")
    var avoid: [String] = []

    @Option(help: "The moment to answer for, as 2026-11-22T10:00:00Z; by default now.")
    var at: String?

    @Flag(help: "Show every service, not only the first ten.")
    var all = false

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: "The folder of the country files; by default beside the executable, else ./Directory.")
    var directory: String?

    @Option(help: "The file that leeward check keeps for a quick start.")
    var snapshot: String?

    func run() throws {
        let folder = DataFolders.directory(directory)
        let reading =
            snapshot.map { DirectoryReader.load(folder: folder, snapshot: $0) } ?? DirectoryReader.read(folder)
        guard !reading.directory.countries.isEmpty else {
            for problem in reading.problems { Terminal.err(problem.description) }
            throw ExitCode.dataError
        }
        let query: LookupQuery
        let book = PhrasebookReader.read(folder).phrasebook
        let phrases: Phrases
        do {
            let arguments = LookupArguments(self, directory: reading.directory)
            query = try arguments.query(now: Date())
            phrases = try arguments.phrases(of: book)
        } catch {
            Terminal.err(error.description)
            throw ExitCode.usage
        }
        guard let answer = reading.directory.lookUp(query) else {
            Terminal.err("The file of \(query.country) has a problem: leeward check --directory \(folder)")
            throw ExitCode.dataError
        }
        // What is sound is served: a slip in one entry must not take the others from somebody who needs a number.
        if !reading.problems.isEmpty {
            Terminal.err(
                "\(reading.problems.count) problems in \(folder): run leeward check. What has one is not shown."
            )
        }
        if json {
            Terminal.out(try LookupJSON(answer, of: reading.directory.taxonomy, in: phrases).text())
        } else {
            let taxonomy = reading.directory.taxonomy
            let text = LookupText(answer: answer, taxonomy: taxonomy, phrases: phrases, showsAll: all)
            Terminal.out(text.lines.joined(separator: "\n"))
        }
    }
}
