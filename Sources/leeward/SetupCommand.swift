import ArgumentParser
import Casework
import Directory
import Foundation
import Glibc
import Policy
import Sealing
import Store

/// Makes a new installation: folders, keys, settings, agencies, desks, and an invitation for each person.
struct SetupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Make a new installation: keys, agencies, desks, and an invitation for each person.",
        discussion: """
            With --plan it founds what the file says. Without, it founds one agency and invites its first administrator.
            The codes that it shows are shown once and stored nowhere. --config names the file of settings that it writes.
            """
    )

    @OptionGroup var options: SettingsOptions

    @Option(help: "A YAML file of agencies, teams, desks with their services, and people with roles.")
    var plan: String?

    @Option(help: "Without a plan: the name of the agency.")
    var agency: String?

    @Option(help: "Without a plan: the agency's country, such as LK.")
    var country: String?

    @Option(help: "Without a plan: whom the first administrator's invitation is for; it stands on the paper alone.")
    var administrator: String?

    @Option(help: "The folder for the founding file, on a medium that is taken off this server.")
    var offline: String?

    @Flag(help: "Answer as one JSON object.")
    var json = false

    func run() async throws {
        // Every file that is made from here on is its owner's alone.
        _ = umask(0o077)
        _ = SecureMemory.forbidDumps()
        let unfinished = Unfinished()
        let signals = unfinished.watchSignals()
        defer { for signal in signals { signal.cancel() } }
        do {
            try await setUp(unfinished)
        } catch let refusal as FoundingRefusal {
            unfinished.takeBack()
            Terminal.err(refusal.description)
            throw refusal.exitCode
        } catch let error as InstallationError {
            unfinished.takeBack()
            Terminal.err(error.description)
            throw error.exitCode
        } catch {
            unfinished.takeBack()
            throw error
        }
    }

    private func setUp(_ unfinished: Unfinished) async throws {
        let questions = Questions(canAsk: json ? false : Questions().canAsk)
        let folders = try folders(questions)
        try folders.check()
        let plan = try readPlan(folders.settings, questions)

        try folders.make(unfinished)
        let lock = try folders.settings.data.lock(by: "leeward setup")
        defer { lock.release() }
        try folders.makeStaging(unfinished)
        try Self.writeSecrets(folders)
        let installation = try Installation.open(
            folders.staged,
            holding: try DataFolder(folders.data).lock(by: "leeward setup"),
            expecting: .new,
            time: .ofThisMachine()
        )
        let ceremony = installation.deployment.staff.ceremony(root: try SigningKey.random())
        let run = await FoundingRun.carryOut(plan, with: ceremony, in: installation.deployment)
        try installation.close()
        if let failure = run.failure { throw FoundingRefusal.refused(failure) }

        let code = try PrintedCode.random(.founding)
        let file: [UInt8]
        do {
            file = try ceremony.foundingFile(under: code)
        } catch {
            throw FoundingRefusal.refused(error)
        }
        try show(run, code, folders, installation.logVerifier)
        try questions.confirm(code)
        do throws(FoundingRefusal) {
            try unfinished.finish { note throws(FoundingRefusal) in
                try folders.place(foundingFile: file, config: configLines(folders), note)
            }
        } catch {
            Terminal.err("nothing was set up, and the codes that were shown open nothing")
            throw error
        }
        if !json { for line in Self.next(folders) { Terminal.out(line) } }
    }

    // MARK: - What is asked for

    private func folders(_ questions: Questions) throws -> SetupFolders {
        let environment = ProcessInfo.processInfo.environment
        let config = options.config ?? environment[Setting.fileKey] ?? SettingsSources.standardFile
        var flags = options.flags
        // Settings of another installation are none of this one: no file is read, and no credentials that systemd made.
        var around = environment
        around[Setting.fileKey] = "/dev/null"
        around["CREDENTIALS_DIRECTORY"] = nil
        if environment[Setting.logOrigin.key] == nil {
            flags[.logOrigin] = try questions.value(
                options.logOrigin,
                "The name of the audit log in its checkpoints, such as leeward.example.org/log; it can never be changed.",
                flag: "--log-origin"
            )
        }
        let settings: ServerSettings
        do throws(SettingsRefusal) {
            settings = try SettingsSources(flags: flags, file: nil, environment: around).settings()
        } catch {
            throw InstallationError.refused(error.description)
        }
        let offline = try questions.value(
            self.offline,
            "The folder for the founding file, on a medium that is taken off this server, such as /media/usb.",
            flag: "--offline"
        )
        return SetupFolders(settings: settings, config: absolute(config), offline: absolute(offline))
    }

    private func readPlan(_ settings: ServerSettings, _ questions: Questions) throws -> FoundingPlan {
        let reading = DirectoryReader.read(settings.directory)
        guard reading.problems.isEmpty else { throw InstallationError.data(reading.problems) }
        if let plan {
            guard agency == nil, country == nil, administrator == nil else {
                throw FoundingRefusal.unanswered(
                    "--plan says everything: leave --agency, --country and --administrator out"
                )
            }
            return try FoundingPlanReader.read(plan, for: .setup, directory: reading.directory)
        }
        let name = try questions.value(agency, "The name of the agency.", flag: "--agency (or --plan)")
        let text = try questions.value(country, "The agency's country, two letters such as LK.", flag: "--country")
        guard let code = CountryCode(text), reading.directory.countries[code] != nil else {
            throw FoundingRefusal.unanswered(
                "--country: the directory has no such country; write two letters such as LK"
            )
        }
        let label = administrator ?? "First administrator"
        return .one(agency: name, in: code, administrator: label)
    }

    private func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

    // MARK: - What is made

    private static func writeSecrets(_ folders: SetupFolders) throws(FoundingRefusal) {
        for path in [folders.staged.pepperFile, folders.staged.logKeyFile] {
            do {
                try SecretFile.create(path, holding: Secret.random(SecretFiles.seedBytes))
            } catch {
                throw .place("\(path) cannot be written: check the folder, its owner and the disk")
            }
        }
    }

    /// The file of settings: what every command needs, and what was set here.
    private func configLines(_ folders: SetupFolders) -> [String] {
        let settings = folders.settings
        var values: [Setting: String] = [
            .data: settings.data.path, .directory: absolute(settings.directory), .policies: absolute(settings.policies),
            .credentials: settings.credentials, .logOrigin: settings.logOrigin,
        ]
        let environment = ProcessInfo.processInfo.environment
        for setting in Setting.allCases where values[setting] == nil && setting.credentialName == nil {
            values[setting] = options.flags[setting] ?? environment[setting.key]
        }
        return ["# Made by leeward setup. docs/settings.md says what each line means."]
            + Setting.allCases.compactMap { setting in values[setting].map { "\(setting.key)=\($0)" } }
    }

    // MARK: - What is shown

    private func show(
        _ run: FoundingRun,
        _ code: PrintedCode,
        _ folders: SetupFolders,
        _ logVerifier: String
    ) throws(FoundingRefusal) {
        var sheet = FoundingSheet()
        guard !json else {
            try sheet.json(
                run,
                founding: code,
                [
                    "config": folders.config, "data": folders.settings.data.path,
                    "credentials": folders.settings.credentials, "founding_file": folders.foundingFile,
                    "log_key": logVerifier,
                ]
            )
            return try sheet.show()
        }
        sheet.line("What follows is shown once and stored nowhere. Print it or write it down now.")
        sheet.line()
        sheet.line("FOUNDING CODE. It opens \(folders.foundingFile), which can found teams and invite people.")
        sheet.code(code)
        sheet.line("  Keep paper and file in two places, both off this server.")
        sheet.line()
        sheet.invitations(run)
        sheet.line("THE LOG'S PUBLIC KEY, for every auditor to write down: with it they check that the log is whole.")
        sheet.line("      \(logVerifier)")
        sheet.line()
        try sheet.show()
    }

    private static func next(_ folders: SetupFolders) -> [String] {
        [
            "Done. Now, in this order:",
            "  1. Take \(folders.offline) off this server: two copies of leeward.founding, apart from the code.",
            "  2. Keep a copy of \(folders.settings.credentials) apart from every backup of "
                + "\(folders.settings.data.path):",
            "     without the pepper nobody can ever sign in again; with both, passwords can be guessed.",
            "  3. Start the server: leeward serve --config \(folders.config)",
            "  4. Hand each person the code with their label. They enrol with POST /v1/enrolments "
                + #"{"code": …, "name": …, "password": …}"#,
        ]
    }
}
