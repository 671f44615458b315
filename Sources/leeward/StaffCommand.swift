import ArgumentParser
import Care
import Casework
import DataFiles
import Directory
import Foundation
import Glibc
import Sealing

/// Who works here.
struct StaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff",
        abstract: "Invite people and found teams of an installation that stands.",
        subcommands: [Invite.self]
    )

    /// Invites later people, with the founding file.
    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Found new teams of the agencies there are, and invite people. The server must be stopped."
        )

        @OptionGroup var options: SettingsOptions

        @Option(help: "A YAML file of agencies by name, their new teams and desks, and the people to invite.")
        var plan: String

        @Option(help: "The founding file that leeward setup wrote.")
        var founding: String

        @Option(help: "A file with the founding code, instead of typing it.")
        var foundingCodeFile: String?

        @Flag(help: "Answer as one JSON object.")
        var json = false

        func run() async throws {
            do {
                try await invite()
            } catch let refusal as FoundingRefusal {
                Terminal.err(refusal.description)
                throw refusal.exitCode
            } catch let error as InstallationError {
                Terminal.err(error.description)
                throw error.exitCode
            }
        }

        private func invite() async throws {
            // Every file that is made from here on is its owner's alone.
            _ = umask(0o077)
            _ = SecureMemory.forbidDumps()
            let settings = try options.settings()
            // Whatever can be wrong with what was given is found before anything of the installation is touched.
            let plan = try FoundingPlanReader.read(
                self.plan,
                for: .later,
                directory: DirectoryOnFile.read(settings).directory
            )
            let code = try Questions(canAsk: json ? false : Questions().canAsk).foundingCode(file: foundingCodeFile)
            let file = try foundingFile(code)
            let lock = try settings.data.lock(by: "leeward staff invite")
            let installation = try Installation.open(settings, holding: lock, time: .ofThisMachine())
            let run: FoundingRun
            do {
                run = try await carryOut(plan, file, in: installation.deployment)
            } catch {
                try installation.close()
                throw error
            }
            try installation.close()
            var sheet = FoundingSheet()
            if json {
                try sheet.json(run, founding: nil, [:])
            } else {
                sheet.line("What follows is shown once and stored nowhere. Print it or write it down now.")
                sheet.line()
                sheet.invitations(run)
            }
            try sheet.show()
            // What was founded before the failure stands, and its codes are good: so they were shown.
            if let failure = run.failure { throw FoundingRefusal.refused(failure) }
        }

        private func carryOut(
            _ plan: FoundingPlan,
            _ file: FoundingFile,
            in deployment: Deployment
        ) async throws(FoundingRefusal) -> FoundingRun {
            let ceremony: FoundingCeremony
            do {
                ceremony = try deployment.staff.ceremony(resuming: file)
            } catch .notFound {
                throw .founding("\(founding): this founding file is of another installation")
            } catch {
                throw .refused(error)
            }
            let standing = try compare(plan, ceremony)
            return await FoundingRun.carryOut(plan, with: ceremony, standing: standing, in: deployment)
        }

        private func foundingFile(_ code: PrintedCode) throws(FoundingRefusal) -> FoundingFile {
            guard let bytes = FileManager.default.contents(atPath: founding) else {
                throw .founding("\(founding): the founding file cannot be read")
            }
            do {
                return try FoundingFile.open(Array(bytes), with: code)
            } catch .keyMismatch {
                throw .founding("\(founding): this code is that of another founding file")
            } catch {
                throw .founding("\(founding): this is no founding file, or it is damaged; take the other copy")
            }
        }

        /// Compares a plan with what stands, and gives the agencies of the plan by name.
        ///
        /// - Throws: every problem at once; nothing is written then.
        private func compare(
            _ plan: FoundingPlan,
            _ ceremony: FoundingCeremony
        ) throws(FoundingRefusal) -> [String: AgencyID] {
            let agencies: [FoundingCeremony.StandingAgency]
            let teams: [FoundingCeremony.StandingTeam]
            do {
                agencies = try ceremony.standingAgencies()
                teams = try ceremony.standingTeams()
            } catch {
                throw .refused(error)
            }
            var problems: [DataProblem] = []
            var standing: [String: AgencyID] = [:]
            for agency in plan.agencies {
                guard let known = agencies.first(where: { $0.name == agency.name && $0.isHeld }) else {
                    let near = Spelling.nearest(to: agency.name, among: agencies.filter(\.isHeld).map(\.name))
                    problems.append(
                        DataProblem(
                            at: agency.place,
                            what: "no agency '\(agency.name)' was founded with this file",
                            write: near.map { "'\($0)'" } ?? "the name of one that was"
                        )
                    )
                    continue
                }
                standing[agency.name] = known.id
                let names = teams.filter { $0.agency == known.id }.map(\.name)
                problems += Self.problems(of: agency, among: names, served: Set(teams.flatMap(\.services)))
            }
            guard problems.isEmpty else { throw .plan(problems.sorted()) }
            return standing
        }

        private static func problems(
            of agency: FoundingPlan.Agency,
            among standing: [String],
            served: Set<ServiceID>
        ) -> [DataProblem] {
            var problems: [DataProblem] = []
            for team in agency.teams {
                if standing.contains(team.name) {
                    problems.append(
                        DataProblem(
                            at: team.place,
                            what: "the team or desk '\(team.name)' stands already",
                            write: "new ones only"
                        )
                    )
                }
                for service in team.services where served.contains(service.id) {
                    problems.append(
                        DataProblem(
                            at: service.place,
                            what: "a desk receives for '\(service.id.text)' already",
                            write: "a service without a desk"
                        )
                    )
                }
            }
            let new = agency.teams.map(\.name)
            for text in agency.people.flatMap(\.teams) where !(new + standing).contains(text.text) {
                problems.append(
                    DataProblem(
                        at: text.place,
                        what: "the agency has no team or desk '\(text.text)', and the plan founds none",
                        write: Spelling.nearest(to: text.text, among: new + standing).map { "'\($0)'" }
                            ?? "one that stands, or that this plan founds"
                    )
                )
            }
            return problems
        }
    }
}
