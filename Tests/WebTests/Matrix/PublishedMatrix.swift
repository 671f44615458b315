import Care
import Foundation
import Testing

/// The page that auditors read, `docs/role-matrix.md`, as the tests take it at its word. Nothing here knows the rules.
struct PublishedMatrix: Sendable {
    /// One table: an act at its address, in one state of what it is asked about.
    struct Section: Hashable, Sendable {
        let act: String
        /// `GET /v1/cases/{case}`
        let route: String
        /// Empty where the answer turns on no state.
        let state: String

        /// The state in which whoever asks has confirmed the session; every other table asks with one that is not.
        static let confirmed = "in a confirmed session"

        var method: String { String(route.prefix { $0 != " " }) }
        var path: String { String(route.drop { $0 != " " }.dropFirst()) }
        var heading: String { "### `\(act)`: `\(route)`" + (state.isEmpty ? "" : ", \(state)") }
    }

    /// One cell of a table.
    struct Cell: Hashable, Sendable {
        let section: Section
        /// Nil: nobody is signed in.
        let role: Role?
        let standing: Standing
        /// As it stands on the page: `404 not_assigned`.
        let says: String

        var status: Int { Int(says.prefix(3)) ?? 0 }
        /// The rule that permits it, or the code of the refusal; nil where no entry is left.
        var rule: String? { says.count > 4 ? String(says.dropFirst(4)) : nil }
        var name: String { "\(section.heading) | \(role?.rawValue ?? "not signed in") | \(standing.rawValue)" }
    }

    /// A heading of the page with the rows of the table below it, the head of the table first.
    private struct Table {
        let heading: String
        var rows: [[String]] = []
    }

    let cells: [Cell]
    /// The relationships of a column, the nearest first.
    let held: [String: [String]]
    /// The relationship that a permission by a rule of that name stands with.
    let relationshipOfRule: [String: String]
    /// The acts that no address does, with the reason.
    let withoutAddress: [String: String]
    /// What is wrong with the page itself.
    let faults: [String]

    init(page: String) {
        var cells: [Cell] = []
        var held: [String: [String]] = [:]
        var relationships: [String: String] = [:]
        var withoutAddress: [String: String] = [:]
        var faults: [String] = []
        for table in Self.tables(page) {
            let rows = table.rows.dropFirst()
            switch table.heading {
            case "### The columns":
                for row in rows { held[row[0]] = Self.words(row[2]) }
            case "### The relationship in the log":
                for row in rows { for rule in Self.words(row[0]) { relationships[rule] = Self.words(row[1]).first } }
            case "### Acts without an address":
                for row in rows { for act in Self.words(row[0]) { withoutAddress[act] = row[1] } }
            default:
                guard let section = Self.section(table.heading), let head = table.rows.first else { continue }
                let columns = head.dropFirst().map { Standing(rawValue: $0) }
                for row in rows {
                    for name in row[0].split(separator: ", ").map(String.init) {
                        let role = Role(rawValue: name.replacing(" ", with: "_"))
                        if role == nil, name != "not signed in" { faults.append("\(table.heading): no role '\(name)'") }
                        for (column, says) in zip(columns, row.dropFirst()) {
                            guard let column else {
                                faults.append("\(table.heading): a column that is not explained")
                                continue
                            }
                            cells.append(Cell(section: section, role: role, standing: column, says: says))
                        }
                    }
                }
            }
        }
        self.cells = cells
        self.held = held
        self.relationshipOfRule = relationships
        self.withoutAddress = withoutAddress
        self.faults = faults
    }

    /// The page as it is committed.
    static func read() throws -> PublishedMatrix {
        PublishedMatrix(page: try String(contentsOfFile: Repository.folder("docs/role-matrix.md"), encoding: .utf8))
    }

    var sections: [Section] {
        var seen: Set<Section> = []
        return cells.map(\.section).filter { seen.insert($0).inserted }
    }

    private static func section(_ heading: String) -> Section? {
        let parts = heading.components(separatedBy: "`")
        guard heading.hasPrefix("### `"), parts.count == 5 else { return nil }
        return Section(act: parts[1], route: parts[3], state: String(parts[4].drop { ", ".contains($0) }))
    }

    private static func words(_ text: String) -> [String] {
        text.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }

    private static func tables(_ page: String) -> [Table] {
        var tables: [Table] = []
        for line in page.split(separator: "\n").map(String.init) {
            if line.hasPrefix("#") {
                tables.append(Table(heading: line))
            } else if line.hasPrefix("| "), !line.hasPrefix("| --"), !tables.isEmpty {
                let fields = line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
                tables[tables.count - 1].rows.append(fields.map { $0.trimmingCharacters(in: .whitespaces) })
            }
        }
        return tables
    }
}
