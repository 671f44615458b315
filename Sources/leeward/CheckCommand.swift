import ArgumentParser
import DataFiles
import Directory
import Policy

/// Loads the data files and says what has to be corrected in them.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check Directory/ with its messages and Policies/: 'file:line: what is wrong, what to write'."
    )

    @Option(help: "The folder of the country files; by default beside the executable, else ./Directory.")
    var directory: String?

    @Option(help: "The folder of the rules; by default beside the executable, else ./Policies.")
    var policies: String?

    @Option(help: "A file in which to keep the directory ready for a quick start; written anew when the files changed.")
    var snapshot: String?

    func run() throws {
        let folder = DataFolders.directory(directory)
        let reading =
            snapshot.map { DirectoryReader.load(folder: folder, snapshot: $0) } ?? DirectoryReader.read(folder)
        var problems = reading.problems + PhrasebookReader.read(folder).problems
        var rules: Policies?
        do {
            let read = try PolicyReader.read(folder: DataFolders.policies(self.policies))
            problems += read.windows.problems(knowing: reading.directory.taxonomy.types.map(\.code))
            rules = read
        } catch .problems(let found) {
            problems += found
        }
        for problem in problems { Terminal.out(problem.description) }
        for line in CheckReport.lines(reading) { Terminal.out(line) }
        if let rules { for line in CheckReport.lines(rules) { Terminal.out(line) } }
        if let sentence = CheckReport.sentence(reading.snapshot) { Terminal.out(sentence) }
        guard reading.snapshot != .unwritable else { throw ExitCode.cannotCreate }
        if problems.isEmpty { return }
        Terminal.out(problems.count == 1 ? "1 problem" : "\(problems.count) problems")
        throw ExitCode.dataError
    }
}
