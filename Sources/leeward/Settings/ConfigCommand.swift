import ArgumentParser
import Foundation

/// The settings, checked and shown.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Check or show the settings of an installation.",
        subcommands: [Check.self, Show.self]
    )

    /// Says everything that is wrong with the settings and with what they name.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say all that is wrong with the settings and the files they name. Exits 0, 64 or 78."
        )

        @OptionGroup var options: SettingsOptions

        func run() throws {
            let problems = InstallationCheck(try options.settings()).problems()
            for problem in problems { Terminal.err(problem) }
            guard problems.isEmpty else { throw ExitCode.configuration }
            Terminal.out("the settings are in order")
        }
    }

    /// Prints every setting as it would be used.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show every setting as it would be used, right or wrong; of a secret, whether its file is there."
        )

        @OptionGroup var options: SettingsOptions

        @Flag(help: "Say of each value where it came from.")
        var origin = false

        @Flag(help: "Print JSON.")
        var json = false

        private struct Line: Encodable {
            let key: String
            let value: String?
            let origin: String?
            let secret: String?
        }

        func run() throws {
            let sources: SettingsSources
            do throws(SettingsRefusal) {
                sources = try options.sources()
            } catch {
                Terminal.err(error.description)
                throw ExitCode.configuration
            }
            let lines = Setting.allCases.map { line($0, sources.found[$0]) }
            guard !json else {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                Terminal.out(String(decoding: try encoder.encode(lines), as: UTF8.self))
                return
            }
            for line in lines {
                let remarks = [line.secret, line.origin].compactMap { $0 }
                let setting = line.value.map { "\(line.key)=\($0)" } ?? "# \(line.key) is not set"
                // A line of its own, so that the output is a file of settings.
                if !remarks.isEmpty { Terminal.out("# \(remarks.joined(separator: ", "))") }
                Terminal.out(setting)
            }
        }

        private func line(_ setting: Setting, _ found: SettingsSources.Found?) -> Line {
            var secret: String?
            if setting.namesSecret {
                secret = found.map { FileManager.default.fileExists(atPath: $0.value) } == true ? "set" : "unset"
            }
            return Line(
                key: setting.key,
                value: found?.value,
                origin: origin ? found.map { "from \($0.origin.text)" } ?? "not set" : nil,
                secret: secret
            )
        }
    }
}
