import ArgumentParser
import DataFiles
import Directory
import Policy

/// Loads the data files and says what has to be corrected in them.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check Directory/ and Policies/: 'file:line: what is wrong, what to write'."
    )

    @Option(help: "The folder of the country files; by default beside the executable, else ./Directory.")
    var directory: String?

    @Option(help: "The folder of the rules; by default beside the executable, else ./Policies.")
    var policies: String?

    func run() throws {
        let reading = DirectoryReader.read(DataFolders.directory(directory))
        var problems = reading.problems
        do {
            _ = try PolicyReader.read(folder: DataFolders.policies(policies))
        } catch .problems(let found) {
            problems += found
        }
        for problem in problems { Terminal.out(problem.description) }
        for line in CheckReport.lines(reading) { Terminal.out(line) }
        if problems.isEmpty { return }
        Terminal.out(problems.count == 1 ? "1 problem" : "\(problems.count) problems")
        throw ExitCode.dataError
    }
}
