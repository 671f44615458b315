import ArgumentParser
import Care
import DataFiles
import Foundation
import Policy

/// Shows the rules a deployment runs by.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Show who may do what.",
        subcommands: [Matrix.self]
    )

    /// Each act with the roles that may do it and on what conditions, read from the rules themselves.
    struct Matrix: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the role matrix: each act, who may do it, on what conditions."
        )

        @Option(help: "The folder of the rules; by default beside the executable, else ./Policies.")
        var policies: String?

        func run() throws {
            do {
                let read = try PolicyReader.read(folder: DataFolders.policies(policies))
                for line in RoleMatrix(read.access).lines { Terminal.out(line) }
            } catch {
                for problem in error.problems { Terminal.err(problem.description) }
                throw ExitCode.dataError
            }
        }
    }
}

/// The role matrix as a table that anybody can read.
struct RoleMatrix {
    private let policy: AccessPolicy

    init(_ policy: AccessPolicy) {
        self.policy = policy
    }

    /// A Markdown table: a line for each act and rule, in the order of the acts. What no line permits is refused.
    var lines: [String] {
        var lines = ["| act | rule | who | on what conditions |", "| --- | --- | --- | --- |"]
        for act in Act.allCases {
            let rules = policy.rules(for: act)
            guard !rules.isEmpty else {
                lines.append("| `\(act.rawValue)` | | nobody | |")
                continue
            }
            for rule in rules {
                var who: [String] = []
                var conditions: [String] = []
                for condition in rule.conditions {
                    switch condition {
                    case .anyone: who.append("anyone")
                    case .signedIn: who.append("anybody signed in")
                    case .role(let role): who.append(role.rawValue.replacingOccurrences(of: "_", with: " "))
                    default: conditions.append("`\(condition.code)`")
                    }
                }
                if who.isEmpty { who.append("anybody signed in") }
                lines.append(
                    "| `\(act.rawValue)` | \(rule.name) | \(who.joined(separator: " and ")) "
                        + "| \(conditions.joined(separator: ", ")) |"
                )
            }
        }
        return lines
    }
}
