import Directory
import Foundation

/// One service as plain text: number and what it is, then hours, languages, ages, cost, source.
struct ServiceText {
    let found: FoundService
    let country: Country
    let phrases: Phrases
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
        let first = service.contacts.first.map(Self.text) ?? phrases.text(.noNumber)
        var lines = Paragraph.wrap("\(first)  \(service.name)", first: mark, rest: indent + " ")
        if let organization = found.organization, organization.name != service.name {
            lines += Paragraph.wrap(organization.name, first: indent, rest: indent + " ")
        }
        let column = (TerminalPhrase.heads.map { phrases.text($0).count }.max() ?? 0) + 2
        for (head, text) in fields {
            let name = phrases.text(head)
            let first = indent + name + String(repeating: " ", count: column - name.count)
            lines += Paragraph.wrap(text, first: first, rest: String(repeating: " ", count: column + indent.count))
        }
        lines += Paragraph.wrap(
            SourceText.line(service.provenance, service.verification, in: phrases),
            first: indent,
            rest: indent + "  "
        )
        return lines
    }

    private var fields: [(TerminalPhrase, String)] {
        var fields: [(TerminalPhrase, String)] = [
            (.hours, hours), (.languages, languages), (.ages, ages), (.cost, cost),
        ]
        if let area = service.area { fields.append((.onlyIn, area)) }
        if service.country != country.code { fields.append((.basedIn, service.country.text)) }
        if let dialled = dialled { fields.append((.dial, dialled)) }
        let others = service.contacts.dropFirst().map { contact in
            "\(phrases.text(Self.words(for: contact.kind))) \(Self.text(contact))"
        }
        if !others.isEmpty { fields.append((.also, others.joined(separator: separator))) }
        if let address = service.publicAddress { fields.append((.place, address)) }
        if let note = service.note { fields.append((.note, note)) }
        fields += service.provenance.conflicts.map { (.conflictHead, $0) }
        fields += service.provenance.checks.map { (.checkHead, $0) }
        return fields
    }

    private static func words(for kind: Contact.Kind) -> TerminalPhrase {
        switch kind {
        case .phone: .phone
        case .sms: .sms
        case .whatsapp: .whatsapp
        case .web: .web
        case .email: .email
        }
    }

    private static func words(for gender: Gender) -> TerminalPhrase {
        switch gender {
        case .female: .female
        case .male: .male
        case .nonBinary: .nonBinary
        }
    }

    private static func text(_ contact: Contact) -> String {
        contact.reaches.map { "\(contact.value) (\($0))" } ?? contact.value
    }

    private var hours: String {
        let stated = service.hoursAsStated ?? phrases.text(.stated)
        switch found.opening {
        case .unknown: return service.hoursAsStated == nil ? notStated : phrases.text(.asStated, ["hours": stated])
        case .open(nil): return phrases.text(.openNow, ["hours": stated])
        case .open(let until?): return phrases.text(.openUntil, ["hours": stated, "moment": clock(until)])
        case .closed(nil): return phrases.text(.closedNow, ["hours": stated])
        case .closed(let until?): return phrases.text(.closedUntil, ["hours": stated, "moment": clock(until)])
        }
    }

    private var separator: String { phrases.text(LookupPhrase.separator.phrase) }

    private var notStated: String { phrases.text(.notStated) }

    /// The conventions of the reader's language for dates and names of languages; English as in Britain.
    private var locale: Locale {
        Locale(identifier: phrases.language == .english ? "en_GB" : phrases.language.text)
    }

    /// A moment on the clock of the service, `Mon 23 Nov 09:00`.
    private func clock(_ date: Date) -> String {
        guard let hours = service.hours else { return "" }
        let zone: TimeZone? =
            switch hours.zone {
            case .named(let name): TimeZone(identifier: name)
            case .fixed(let seconds): TimeZone(secondsFromGMT: seconds)
            }
        let style = Date.VerbatimFormatStyle(
            format: Self.moment,
            locale: locale,
            timeZone: zone ?? .gmt,
            calendar: Calendar(identifier: .gregorian)
        )
        return date.formatted(style)
    }

    private var languages: String {
        if let stated = service.languagesAsStated { return stated }
        guard let languages = service.languages else { return notStated }
        return languages.map { tag in
            locale.localizedString(forIdentifier: tag.text) ?? tag.text
        }.joined(separator: ", ")
    }

    private var ages: String {
        var words: [String] = []
        switch service.ages {
        case nil: words.append(notStated)
        case .some(let ages) where ages.through == 120 && ages.from == 0: words.append(phrases.text(.agesAll))
        case .some(let ages) where ages.through == 120:
            words.append(phrases.text(.agesFrom, ["from": String(ages.from)]))
        case .some(let ages):
            words.append(phrases.text(.agesRange, ["from": String(ages.from), "through": String(ages.through)]))
        }
        if let audience = service.audience { words.append(phrases.text(.audience, ["audience": audience])) }
        if let genders = service.genders {
            let names = genders.sorted().map { phrases.text(Self.words(for: $0)) }.joined(separator: ", ")
            words.append(phrases.text(.onlyGenders, ["genders": names]))
        }
        return words.joined(separator: separator)
    }

    private var cost: String {
        switch service.cost {
        case nil: notStated
        case .free: phrases.text(.free)
        case .fee: phrases.text(.fee)
        }
    }

    private var dialled: String? {
        guard let contact = service.contacts.first, let reach = contact.reach else { return nil }
        switch reach {
        case .insideCountry: return phrases.text(.dialInside)
        case .nationalNumber: return phrases.text(.dialNational)
        case .anywhere: return nil
        }
    }
}
