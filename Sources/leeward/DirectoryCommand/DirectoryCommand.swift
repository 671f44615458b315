import ArgumentParser

/// Takes other directories in.
struct DirectoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "directory",
        abstract: "Exchange services with other directories in the form of HSDS.",
        subcommands: [DirectoryImportCommand.self]
    )
}
