import ArgumentParser

@main
struct Leeward: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leeward",
        subcommands: [MatchCommand.self]
    )
}
