import Directory
import Foundation

/// One service as plain text: number and what it is, then hours, languages, ages, cost, source.
struct ServiceText {
    let found: FoundService
    let country: Country
    let number: Int?

    /// `Mon 23 Nov 09:00`.
    private static let moment: Date.FormatString = """
        \(weekday: .abbreviated) \(day: .defaultDigits) \(month: .abbreviated) \
        \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)
        """

    private var service: Service { found.service }

    var lines: [String] {
        let mark = number.map { "\($0). " } ?? "- "
        let indent = "   "
        let first = service.contacts.first.map(Self.text) ?? "no number known"
        var lines = Paragraph.wrap("\(first)  \(service.name)", first: mark, rest: indent + " ")
        if let organization = found.organization, organization.name != service.name {
            lines += Paragraph.wrap(organization.name, first: indent, rest: indent + " ")
        }
        for (name, text) in fields {
            let head = indent + name + String(repeating: " ", count: max(1, 11 - name.count))
            lines += Paragraph.wrap(text, first: head, rest: String(repeating: " ", count: 14))
        }
        lines += Paragraph.wrap(
            SourceText.line(service.provenance, service.verification),
            first: indent,
            rest: indent + "  "
        )
        return lines
    }

    private var fields: [(String, String)] {
        var fields = [("hours", hours), ("languages", languages), ("ages", ages), ("cost", cost)]
        if let area = service.area { fields.append(("only in", area)) }
        if service.country != country.code { fields.append(("based in", service.country.text)) }
        if let dialled = dialled { fields.append(("dial", dialled)) }
        let others = service.contacts.dropFirst().map { contact in "\(contact.kind.rawValue) \(Self.text(contact))" }
        if !others.isEmpty { fields.append(("also", others.joined(separator: "; "))) }
        if let address = service.publicAddress { fields.append(("place", address)) }
        if let note = service.note { fields.append(("note", note)) }
        fields += service.provenance.conflicts.map { ("conflict", $0) }
        fields += service.provenance.checks.map { ("check", $0) }
        return fields
    }

    private static func text(_ contact: Contact) -> String {
        contact.reaches.map { "\(contact.value) (\($0))" } ?? contact.value
    }

    private var hours: String {
        let stated = service.hoursAsStated
        switch found.opening {
        case .unknown: return stated.map { "\($0) (as stated; whether it is open now is unknown)" } ?? "not stated"
        case .open(let until): return "\(stated ?? "stated"), open now" + (until.map { " until \(clock($0))" } ?? "")
        case .closed(let until):
            return "\(stated ?? "stated"), closed now" + (until.map { ", opens \(clock($0))" } ?? "")
        }
    }

    /// A moment on the clock of the service, `Mon 23 Nov 09:00 there`.
    private func clock(_ date: Date) -> String {
        guard let hours = service.hours else { return "" }
        let zone: TimeZone? =
            switch hours.zone {
            case .named(let name): TimeZone(identifier: name)
            case .fixed(let seconds): TimeZone(secondsFromGMT: seconds)
            }
        let style = Date.VerbatimFormatStyle(
            format: Self.moment,
            locale: Locale(identifier: "en_GB"),
            timeZone: zone ?? .gmt,
            calendar: Calendar(identifier: .gregorian)
        )
        return date.formatted(style) + " there"
    }

    private var languages: String {
        if let stated = service.languagesAsStated { return stated }
        guard let languages = service.languages else { return "not stated" }
        let english = Locale(identifier: "en")
        return languages.map { tag in
            english.localizedString(forIdentifier: tag.text) ?? tag.text
        }.joined(separator: ", ")
    }

    private var ages: String {
        var words: [String] = []
        switch service.ages {
        case nil: words.append("not stated")
        case .some(let ages) where ages.through == 120 && ages.from == 0: words.append("all")
        case .some(let ages) where ages.through == 120: words.append("from \(ages.from)")
        case .some(let ages): words.append("\(ages.from) to \(ages.through)")
        }
        if let audience = service.audience { words.append("for \(audience)") }
        if let genders = service.genders {
            words.append(genders.sorted().map(\.rawValue).joined(separator: ", ") + " only")
        }
        return words.joined(separator: "; ")
    }

    private var cost: String {
        switch service.cost {
        case nil: "not stated"
        case .free: "free"
        case .fee: "costs money"
        }
    }

    private var dialled: String? {
        guard let contact = service.contacts.first, let reach = contact.reach else { return nil }
        switch reach {
        case .insideCountry: return "only inside the country"
        case .nationalNumber: return "as printed inside the country; from abroad with the country's prefix"
        case .anywhere: return nil
        }
    }
}
