import ArgumentParser

@main
struct Leeward: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leeward",
        abstract: "Confidential referral for children and survivors of sexual exploitation.",
        subcommands: [
            CheckCommand.self, LookupCommand.self, MatchCommand.self, AuditCommand.self, PolicyCommand.self,
            SetupCommand.self, ServeCommand.self, StaffCommand.self, ConfigCommand.self, HealthCommand.self,
            EraseCommand.self, BackupCommand.self, DemoCommand.self, DirectoryCommand.self,
        ]
    )
}
