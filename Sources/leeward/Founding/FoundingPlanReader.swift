import Care
import DataFiles
import Directory

/// Reads a plan from a YAML file, with every problem in it.
struct FoundingPlanReader {
    /// What the plan is for.
    enum Use {
        /// A first installation: every agency is new and has a country, and somebody administers.
        case setup
        /// Later people and teams of agencies that stand.
        case later
    }

    private let directory: ServiceDirectory
    private let use: Use
    private var problems: [DataProblem] = []

    /// What has been named so far, and where.
    private var labels: [String: DataPlace] = [:]
    private var desks: [String: DataPlace] = [:]

    private init(_ directory: ServiceDirectory, _ use: Use) {
        self.directory = directory
        self.use = use
    }

    /// The plan of a file.
    ///
    /// - Throws: every problem of the file, in the order of its lines.
    static func read(
        _ path: String,
        for use: Use,
        directory: ServiceDirectory
    ) throws(FoundingRefusal) -> FoundingPlan {
        var reader = FoundingPlanReader(directory, use)
        let plan: FoundingPlan?
        do throws(DataProblem) {
            plan = reader.plan(try DataFile.read(path))
        } catch {
            throw .plan([error])
        }
        guard let plan, reader.problems.isEmpty else { throw .plan(reader.problems.sorted()) }
        return plan
    }

    private mutating func plan(_ root: DataNode) -> FoundingPlan? {
        guard let map = root.map("the plan", keys: ["agencies"], &problems),
            map.required("agencies", &problems) != nil
        else { return nil }
        var names: [String: DataPlace] = [:]
        var agencies: [FoundingPlan.Agency] = []
        for node in map.list("agencies", &problems) {
            guard let agency = agency(node) else { continue }
            let name = DataNode.Text(text: agency.name, place: agency.place)
            names[name.text] = once(name, "the agency", after: names[name.text])
            agencies.append(agency)
        }
        let people = agencies.flatMap(\.people)
        if use == .setup, problems.isEmpty, !people.contains(where: { $0.roles.contains(.administrator) }) {
            problem(root.place, "nobody is an administrator", "a person with 'roles: [administrator]'")
        }
        return FoundingPlan(agencies: agencies)
    }

    private mutating func agency(_ node: DataNode) -> FoundingPlan.Agency? {
        let keys = ["name"] + (use == .setup ? ["country"] : []) + ["teams", "desks", "people"]
        guard let map = node.map("an agency", keys: keys, &problems) else { return nil }
        let name = name(map)
        let country = use == .setup ? country(map) : nil
        var teamNames: [String: DataPlace] = [:]
        var teams: [FoundingPlan.Team] = []
        for text in map.texts("teams", &problems) ?? [] where isName(text) {
            teamNames[text.text] = once(text, "the team or desk", after: teamNames[text.text])
            teams.append(FoundingPlan.Team(name: text.text, services: [], place: text.place))
        }
        for desk in map.list("desks", &problems) {
            guard let desk = self.desk(desk) else { continue }
            let name = DataNode.Text(text: desk.name, place: desk.place)
            teamNames[name.text] = once(name, "the team or desk", after: teamNames[name.text])
            teams.append(desk)
        }
        var people: [FoundingPlan.Person] = []
        for node in map.list("people", &problems) {
            if let person = person(node, teams) { people.append(person) }
        }
        guard let name, use == .later || country != nil else { return nil }
        return FoundingPlan.Agency(name: name, country: country, teams: teams, people: people, place: map.place)
    }

    private mutating func country(_ map: DataMap) -> CountryCode? {
        guard let text = map.requiredText("country", &problems) else { return nil }
        guard let code = CountryCode(text.text), directory.countries[code] != nil else {
            problem(text.place, "'\(text.text)' is no country of the directory", "two capital letters such as LK")
            return nil
        }
        return code
    }

    private mutating func desk(_ node: DataNode) -> FoundingPlan.Team? {
        guard let map = node.map("a desk", keys: ["name", "services"], &problems) else { return nil }
        let name = name(map)
        guard map.required("services", &problems) != nil else { return nil }
        var services: [FoundingPlan.Service] = []
        for text in map.texts("services", &problems) ?? [] {
            let id = ServiceID(text.text)
            guard directory.services.contains(where: { $0.id == id }) else {
                let near = Spelling.nearest(to: text.text, among: directory.services.map(\.id.text))
                problem(
                    text.place,
                    "the directory has no service '\(text.text)'",
                    near.map { "'\($0)'" } ?? "the id of a service in Directory/"
                )
                continue
            }
            desks[text.text] = once(text, "a desk for", after: desks[text.text])
            services.append(FoundingPlan.Service(id: id, place: text.place))
        }
        guard let name, !services.isEmpty else { return nil }
        return FoundingPlan.Team(name: name, services: services, place: map.place)
    }

    private mutating func person(_ node: DataNode, _ teams: [FoundingPlan.Team]) -> FoundingPlan.Person? {
        guard let map = node.map("a person", keys: ["label", "roles", "teams"], &problems) else { return nil }
        var label = map.requiredText("label", &problems)
        if let text = label, !isName(text) { label = nil }
        if let label { labels[label.text] = once(label, "the label", after: labels[label.text]) }
        var roles: Set<Role> = []
        if map.required("roles", &problems) != nil {
            for text in map.texts("roles", &problems) ?? [] {
                if let role = role(text) { roles.insert(role) }
            }
        }
        let memberships = map.texts("teams", &problems) ?? []
        for text in memberships where use == .setup && !teams.contains(where: { $0.name == text.text }) {
            let near = Spelling.nearest(to: text.text, among: teams.map(\.name))
            problem(
                text.place,
                "the agency has no team or desk '\(text.text)'",
                near.map { "'\($0)'" } ?? "one of its teams or desks"
            )
        }
        let work: Set<Role> = [.caseworker, .supervisor, .intake]
        if let role = roles.intersection(work).sorted(by: { $0.rawValue < $1.rawValue }).first, memberships.isEmpty {
            problem(map.place, "a person with the role \(role.rawValue) has no team", "'teams: [...]'")
        }
        if roles.isSuperset(of: [.administrator, .safeguardingFocalPoint]) {
            // DECISIONS 6: she stands outside administration.
            problem(map.place, "the safeguarding focal point is an administrator", "two people")
        }
        guard let label, !roles.isEmpty else { return nil }
        return FoundingPlan.Person(label: label.text, roles: roles, teams: memberships, place: map.place)
    }

    private mutating func role(_ text: DataNode.Text) -> Role? {
        if let role = Role(rawValue: text.text) { return role }
        let all = Role.allCases.map(\.rawValue)
        let near = Spelling.nearest(to: text.text, among: all)
        problem(
            text.place,
            "'\(text.text)' is no role",
            near.map { "'\($0)'" } ?? "one of \(all.joined(separator: ", "))"
        )
        return nil
    }

    // MARK: - Names

    private mutating func name(_ map: DataMap) -> String? {
        guard let text = map.requiredText("name", &problems), isName(text) else { return nil }
        return text.text
    }

    /// Whether a name fits on the paper and into its row: one line of at most 200 bytes.
    private mutating func isName(_ text: DataNode.Text) -> Bool {
        let isPlain = text.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        guard isPlain, text.text.utf8.count <= 200 else {
            problem(text.place, "this is no name", "one line of at most 200 bytes")
            return false
        }
        return true
    }

    /// The place where a name first stands; a second one is a problem.
    private mutating func once(_ name: DataNode.Text, _ thing: String, after first: DataPlace?) -> DataPlace {
        guard let first else { return name.place }
        problem(name.place, "\(thing) '\(name.text)' stands in line \(first.line) already", "each once")
        return first
    }

    private mutating func problem(_ place: DataPlace, _ what: String, _ write: String) {
        problems.append(DataProblem(at: place, what: what, write: write))
    }
}
