// The records, field by field in the order of docs/formats/directory-snapshot.md.
extension SnapshotWriter {
    mutating func write(_ text: String, _ output: inout SnapshotOutput) { output.count(self.text(text)) }

    mutating func write(_ text: String?, _ output: inout SnapshotOutput) {
        output.count(text.map { self.text($0) + 1 } ?? 0)
    }

    mutating func write(_ texts: [String], _ output: inout SnapshotOutput) {
        output.count(texts.count)
        for text in texts { write(text, &output) }
    }

    mutating func write(_ codes: [ServiceCode], _ output: inout SnapshotOutput) {
        output.count(codes.count)
        for code in codes { output.count(type(code)) }
    }

    mutating func write(_ wording: Wording, _ output: inout SnapshotOutput) {
        output.count(wording.texts.count)
        for (tag, text) in wording.texts.sorted(by: { $0.key < $1.key }) {
            output.count(language(tag))
            write(text, &output)
        }
        output.count(languageList(wording.reviewed.sorted()))
    }

    mutating func write(_ type: ServiceType, _ output: inout SnapshotOutput) {
        output.count(self.type(type.code))
        write(type.wording, &output)
        write(type.definition, &output)
        write(type.nearest, &output)
        output.count(type.mappings.count)
        for (system, name) in type.mappings.sorted(by: { $0.key < $1.key }) {
            write(system, &output)
            write(name, &output)
        }
    }

    mutating func write(_ rule: KindRule, _ output: inout SnapshotOutput) {
        write(rule.label, &output)
        write(rule.usual, &output)
        write(rule.may, &output)
    }

    mutating func write(_ fallback: WorldwideFallback, _ output: inout SnapshotOutput) {
        write(fallback.name, &output)
        write(fallback.contact, &output)
        write(fallback.reaches, &output)
        output.count(fallback.scopes.count)
        for scope in fallback.scopes {
            switch scope {
            case .sector(let sector):
                output.byte(0)
                output.choice(sector)
            case .type(let code):
                output.byte(1)
                output.count(type(code))
            }
        }
        write(fallback.source, &output)
        write(fallback.sourceDate, &output)
    }

    mutating func write(_ country: Country, _ output: inout SnapshotOutput) {
        output.count(self.country(country.code))
        write(country.name, &output)
        write(country.zones, &output)
        output.count(country.emergency.lines.count)
        for line in country.emergency.lines {
            write(line.number, &output)
            write(line.reaches, &output)
            write(line.listedBy, &output)
            output.byte(line.isUnconfirmed ? 1 : 0)
        }
        write(country.emergency.note, &output)
        write(country.emergency.provenance, &output)
        write(country.emergency.verification, &output)
    }

    mutating func write(_ organization: Organization, _ output: inout SnapshotOutput) {
        write(organization.id.text, &output)
        write(organization.name, &output)
        output.count(country(organization.country))
        output.byte(organization.isECPATMember ? 1 : 0)
    }

    mutating func write(_ contact: Contact, _ output: inout SnapshotOutput) {
        output.choice(contact.kind)
        write(contact.value, &output)
        output.choice(contact.reach)
        write(contact.reaches, &output)
    }

    mutating func write(_ provenance: Provenance, _ output: inout SnapshotOutput) {
        write(provenance.source, &output)
        write(provenance.sourceDate, &output)
        output.choice(provenance.confidence)
        write(provenance.conflicts, &output)
        write(provenance.checks, &output)
        write(provenance.alsoIn, &output)
    }

    mutating func write(_ verification: Verification?, _ output: inout SnapshotOutput) {
        output.byte(verification == nil ? 0 : 1)
        guard let verification else { return }
        write(verification.on, &output)
        write(verification.by, &output)
        output.choice(verification.method)
    }

    mutating func write(_ day: CalendarDay, _ output: inout SnapshotOutput) {
        for part in [day.year, day.month, day.day] { output.count(part) }
    }

    mutating func write(_ hours: OpeningHours, _ output: inout SnapshotOutput) {
        switch hours.zone {
        case .named(let name):
            output.byte(0)
            write(name, &output)
        case .fixed(let seconds):
            output.byte(1)
            output.integer(seconds)
        }
        output.byte(hours.always ? 1 : 0)
        output.count(hours.weekly.count)
        for slot in hours.weekly {
            output.choices(slot.days)
            output.integer(slot.open)
            output.integer(slot.close)
        }
        output.count(hours.closedDates.count)
        for day in hours.closedDates.sorted() { write(day, &output) }
    }
}
