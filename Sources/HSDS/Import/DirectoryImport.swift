public import DataFiles
import Directory

/// One import of a source into a country: what of it is taken, and the files that hold it then. Nothing is written here.
public struct DirectoryImport: Sendable {
    /// What becomes of every row.
    public private(set) var report = ImportReport()
    /// The country file of the source: `<CC>.<source>.yaml`.
    public private(set) var countryFile = ""
    /// The records beside it.
    public private(set) var kept = KeptRecords()

    private let rules: ImportRules
    private let harvest: Harvest
    private var entries: [(id: String, entry: CountryEntry)] = []
    private var organizations: [String: String] = [:]
    private var serviceOutcomes: [Int: (ImportReport.Outcome, [String])] = [:]
    private var organizationConcerns: [String: [String]] = [:]

    /// Judges a source against what was imported of it before: the country file of the source, nil at the first import, in
    /// which whatever people changed stays, and the records kept by the last import. Progress is told in services judged
    /// and services in all.
    public init(
        _ harvest: Harvest,
        rules: ImportRules,
        file: DataNode?,
        before: KeptRecords,
        progress: (Int, Int) -> Void = { _, _ in }
    ) {
        self.harvest = harvest
        self.rules = rules
        report.form = harvest.form
        let old = OldFile(file)
        let persons = PersonSigns(contacts: Self.contactNames(harvest))
        settleOrganizations(persons)
        var seen: Set<String> = []
        for (index, record) in harvest.services.enumerated() {
            if index % 50 == 0 { progress(index, harvest.services.count) }
            judge(record, persons, old, before, &seen)
        }
        progress(harvest.services.count, harvest.services.count)
        keepOthers(old, before, seen)
        account()
        countryFile = text(old)
    }

    private static func contactNames(_ harvest: Harvest) -> [String] {
        func names(_ object: JSONObject) -> [String] {
            object.members.flatMap { member -> [String] in
                switch member.value {
                case .object(let inner): names(inner)
                case .list(let items):
                    items.compactMap(\.object).flatMap { item in
                        (member.key == "contacts" ? [item.text("name")].compactMap(\.self) : []) + names(item)
                    }
                default: []
                }
            }
        }
        return harvest.services.flatMap { names($0.tree) } + harvest.organizations.values.flatMap { names($0.tree) }
    }

    /// An organisation whose texts name a person or ask for secrecy is kept by its name alone.
    private mutating func settleOrganizations(_ persons: PersonSigns) {
        for (id, record) in harvest.organizations {
            var concerns = Judgement.persons(in: record.tree, persons)
            if Judgement.asksForSecrecy(record.tree) { concerns.insert(.confidentialWord) }
            if !concerns.isEmpty { organizationConcerns[id] = concerns.sorted().map(\.rawValue) }
        }
    }

    private mutating func judge(
        _ record: Harvest.Record,
        _ persons: PersonSigns,
        _ old: OldFile,
        _ before: KeptRecords,
        _ seen: inout Set<String>
    ) {
        let owner = record.tree.text("organization_id").flatMap { harvest.organizations[$0] }
        let judged = Judgement(
            service: record.tree,
            organization: owner?.tree,
            rules: rules,
            persons: persons,
            fault: harvest.rows[record.row].fault
        )
        guard let id = record.tree.text("id") else { return }
        seen.insert(id)
        if let refusal = judged.refusal {
            serviceOutcomes[record.row] = (.refused, [refusal.rawValue])
            withdraw(id, old)
            return
        }
        let release = released(id, judged)
        guard let owner, judged.concerns.isEmpty || release != nil else {
            serviceOutcomes[record.row] = (.quarantined, judged.concerns.sorted().map(\.rawValue))
            withdraw(id, old)
            return
        }
        let isWithoutPlace = release == .withoutPlace || judged.isShelter
        let service = isWithoutPlace ? Places.withoutPlace(record.tree) : record.tree
        take(service, owner.tree, record, isShelter: judged.isShelter, isWithoutPlace: isWithoutPlace, old, before)
    }

    /// What a person decided; a shelter with an address, or a word that asks for secrecy, is never let in as it is, and
    /// what has no status, no owner or two meanings has to be corrected in the source.
    private func released(_ id: String, _ judged: Judgement) -> ImportRules.Release? {
        let hard: Set<Judgement.Concern> = [.unknownStatus, .duplicateID, .orphan]
        guard judged.concerns.isDisjoint(with: hard) else { return nil }
        switch rules.releases[id] {
        case .withoutPlace: return .withoutPlace
        case .asItIs where judged.concerns.isDisjoint(with: [.shelterWithAddress, .confidentialWord]): return .asItIs
        case .asItIs, nil: return nil
        }
    }

    private mutating func withdraw(_ id: String, _ old: OldFile) {
        if old.entries[entryID(id)] != nil { report.withdrawn.append(id) }
    }

    private func entryID(_ id: String) -> String { "\(rules.country.text.lowercased())-\(id)" }

    private mutating func take(
        _ service: JSONObject,
        _ owner: JSONObject,
        _ record: Harvest.Record,
        isShelter: Bool,
        isWithoutPlace: Bool,
        _ old: OldFile,
        _ before: KeptRecords
    ) {
        let ownerID = owner.text("id") ?? ""
        let draft = EntryDraft(
            service: service,
            organization: owner,
            rules: rules,
            isShelter: isShelter,
            isWithoutPlace: isWithoutPlace
        )
        let id = service.text("id") ?? ""
        for remark in draft.remarks { report.remarks[remark.rawValue, default: 0] += 1 }
        var entry = draft.entry
        var outcome = ImportReport.Outcome.taken
        if let present = old.entries[entryID(id)] {
            outcome = .unchanged
            if let earlier = before.services[id] {
                let past = EntryDraft(
                    service: earlier,
                    organization: before.organizations[ownerID] ?? owner,
                    rules: rules,
                    isShelter: isShelter,
                    isWithoutPlace: isWithoutPlace
                )
                entry = merge(past.entry, present, draft.entry, id: id)
                if past.entry != draft.entry || !earlier.isSame(as: service) { outcome = .changed }
            } else {
                entry = merge(draft.entry, present, draft.entry, id: id)
            }
        }
        entries.append((entryID(id), entry))
        serviceOutcomes[record.row] = (outcome, [])
        kept.services[id] = service
        keep(owner, ownerID, isWithoutPlace: isWithoutPlace)
    }

    private mutating func keep(_ owner: JSONObject, _ id: String, isWithoutPlace: Bool) {
        let name = (owner.text("name") ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        organizations[entryID(id)] = name.isEmpty ? "(name not stated)" : name
        if isWithoutPlace || organizationConcerns[id] != nil {
            // Where one of its services is hidden, the organisation is not found through another either.
            kept.organizations[id] = Places.withoutPlace(organization: owner)
        } else if kept.organizations[id] == nil {
            kept.organizations[id] = owner
        }
    }

    /// Field by field: what only the source changed is taken, what only a person changed stays, and so it does where both
    /// did, with a word in the report.
    private mutating func merge(
        _ past: CountryEntry,
        _ present: CountryEntry,
        _ new: CountryEntry,
        id: String
    ) -> CountryEntry {
        var merged = present
        for key in Set(past.fields.map(\.key) + new.fields.map(\.key)).sorted() {
            guard past[key] != new[key] else { continue }
            if present[key] == past[key] {
                merged[key] = new[key]
            } else if present[key] != new[key] {
                report.conflicts.append((id, key))
            }
        }
        // That a place is withheld is never an older opinion.
        if new.text("confidential_location") == "yes" {
            merged["confidential_location"] = .text("yes")
            merged["public_address"] = nil
        }
        return merged
    }

    /// Entries that the source does not hold: those of an earlier import stay and are reported, those that a person wrote
    /// stay without a word.
    private mutating func keepOthers(_ old: OldFile, _ before: KeptRecords, _ seen: Set<String>) {
        let prefix = rules.country.text.lowercased() + "-"
        for (key, entry) in old.entries.sorted(by: { $0.key < $1.key }) {
            let id = String(key.dropFirst(prefix.count))
            guard !seen.contains(id) else { continue }
            entries.append((key, entry))
            if let owner = entry.text("organization"), organizations[owner] == nil {
                organizations[owner] = old.organizations[owner]
                let ownerID = String(owner.dropFirst(prefix.count))
                if kept.organizations[ownerID] == nil { kept.organizations[ownerID] = before.organizations[ownerID] }
            }
            guard let record = before.services[id] else { continue }
            kept.services[id] = record
            report.missing.append(id)
        }
    }

    /// Gives every row its outcome: its own fault, else that of the services it went into.
    private mutating func account() {
        var best: [Int: (outcome: ImportReport.Outcome, reasons: [String])] = [:]
        let rank: [ImportReport.Outcome: Int] = [.refused: 0, .quarantined: 1, .unchanged: 2, .changed: 3, .taken: 4]
        func note(_ row: Int, _ outcome: ImportReport.Outcome, _ reasons: [String]) {
            if let known = best[row], rank[known.outcome] ?? 0 >= rank[outcome] ?? 0 { return }
            best[row] = (outcome, reasons)
        }
        var byOwner: [String: (ImportReport.Outcome, [String])] = [:]
        for record in harvest.services {
            guard let (outcome, reasons) = serviceOutcomes[record.row] else { continue }
            let inherited = reasons.isEmpty ? [] : ["with_its_service"]
            for row in record.rows { note(row, outcome, row == record.row ? reasons : inherited) }
            note(record.row, outcome, reasons)
            guard let owner = record.tree.text("organization_id") else { continue }
            if let known = byOwner[owner], rank[known.0] ?? 0 >= rank[outcome] ?? 0 { continue }
            byOwner[owner] = (outcome, inherited)
        }
        for (id, record) in harvest.organizations {
            var (outcome, reasons) = byOwner[id] ?? (.refused, ["unused"])
            if let concerns = organizationConcerns[id], outcome != .refused {
                (outcome, reasons) = (.quarantined, concerns)
            }
            for row in record.rows where harvest.rows[row].table != "service" {
                note(
                    row,
                    outcome,
                    row == record.row || outcome == .refused
                        ? reasons : reasons.isEmpty ? [] : ["with_its_organization"]
                )
            }
        }
        for (number, row) in harvest.rows.enumerated() {
            var (outcome, reasons) = best[number] ?? (.refused, ["unused"])
            switch row.fault {
            case .orphan: (outcome, reasons) = (.quarantined, ["orphan"])
            case .duplicateID:
                if best[number]?.outcome != .quarantined || best[number]?.reasons.isEmpty ?? true {
                    (outcome, reasons) = (.quarantined, ["duplicate_id"])
                }
            case .unreadable, .noID, .repeated: (outcome, reasons) = (.refused, [row.fault?.rawValue ?? ""])
            case .unused, nil: break
            }
            report.lines.append(
                ImportReport.Line(place: row.place, table: row.table, id: row.id, outcome: outcome, reasons: reasons)
            )
        }
    }

    private func text(_ old: OldFile) -> String {
        var text = """
            # Imported from a directory in the form of HSDS; what an entry has no place for stands beside, in the file of
            # the same name that ends in .hsds.ndjson. You may edit any entry here, as README.md says: the next import
            # changes only what has changed in the source.

            country: \(rules.country.text)

            """
        if !organizations.isEmpty {
            text += "\norganizations:\n"
            for (id, name) in organizations.sorted(by: { $0.key < $1.key }) {
                text += "  \(id): \(CountryEntry.scalar(old.organizations[id] ?? name))\n"
            }
        }
        if !entries.isEmpty {
            text += "\nservices:\n"
            text += entries.sorted { $0.id < $1.id }.map { $0.entry.yaml() }.joined(separator: "\n")
        }
        return text
    }
}

/// The country file of an earlier import.
private struct OldFile {
    var entries: [String: CountryEntry] = [:]
    var organizations: [String: String] = [:]

    init(_ node: DataNode?) {
        guard case .map(let fields)? = node?.content else { return }
        for field in fields {
            switch (field.key, field.value.content) {
            case ("services", .list(let items)):
                for entry in items.compactMap(CountryEntry.init(reading:)) {
                    if let id = entry.text("id") { entries[id] = entry }
                }
            case ("organizations", .map(let names)):
                for name in names {
                    if case .text(let text) = name.value.content { organizations[name.key] = text }
                }
            default: break
            }
        }
    }
}
