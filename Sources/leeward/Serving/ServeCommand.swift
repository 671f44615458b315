import ArgumentParser
import Casework

/// Serves a real installation until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve an installation until SIGTERM; SIGHUP reads directory and certificate again.",
        discussion: "Exit codes: 0 stopped in order, 64 flags, 65 damage or faulty data files, 66 nothing founded, "
            + "69 the address is taken, 74 disk, 75 in use by another process, 77 no permission, 78 settings or secrets."
    )

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try options.settings()
        let time = TimeSource.ofThisMachine()
        do throws(InstallationError) {
            try await Serving(settings: settings, time: time, log: .onStandardOutput(now: time.now)).run()
        } catch {
            Terminal.err(error.description)
            throw error.exitCode
        }
    }
}
