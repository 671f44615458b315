import DataFiles
import Foundation

extension Offer {
    /// A code, or a code with the hours after which this service no longer gives it: `MED-EC 72`.
    init?(reading text: DataNode.Text, known: [String], _ problems: inout [DataProblem]) {
        let words = text.text.split(separator: " ")
        guard words.count == 2, let hours = Int(words[1]), Limits.hours.contains(hours) else {
            guard let code = TaxonomyFile.serviceCode(text, known, &problems) else { return nil }
            self.init(code: code)
            return
        }
        let first = DataNode.Text(text: String(words[0]), place: text.place)
        guard let code = TaxonomyFile.serviceCode(first, known, &problems) else { return nil }
        self.init(code: code, windowHours: hours)
    }
}

extension Contact {
    /// One item of `contacts`: the kind as the key, `reaches` beside it if need be.
    init?(reading node: DataNode, _ problems: inout [DataProblem]) {
        let kinds = Kind.allCases.map(\.rawValue)
        guard let map = node.map("a contact", keys: kinds + ["reaches", "dialled_from"], &problems) else { return nil }
        let given = map.entries.compactMap { entry in Kind(rawValue: entry.key) }
        guard let kind = given.first, given.count == 1 else {
            problems.append(
                DataProblem(
                    at: map.place,
                    what: "a contact has \(given.isEmpty ? "no" : "more than one") number or address",
                    write: "one of \(kinds.joined(separator: ", ")) an item"
                )
            )
            return nil
        }
        let reaches = map.text("reaches", &problems)?.text
        let stated: Reach? = map.choice("dialled_from", &problems)
        guard let value = map.text(kind.rawValue, &problems) else { return nil }
        switch kind {
        case .phone, .sms, .whatsapp:
            guard NumberText.isNumber(value.text) else {
                problems.append(.badNumber(value))
                return nil
            }
            self.init(kind: kind, value: value.text, reach: stated ?? NumberText.reach(value.text), reaches: reaches)
        case .web, .email:
            guard kind == .web ? NumberText.isWeb(value.text) : NumberText.isEmail(value.text) else {
                let write = kind == .web ? "an address that begins with https:// or http://" : "name@host"
                problems.append(DataProblem(at: value.place, what: "'\(value.text)' is no address", write: write))
                return nil
            }
            self.init(kind: kind, value: value.text, reach: nil, reaches: reaches)
        }
    }
}

extension AgeRange {
    /// `ages: 0-17`, both ends served; 120 stands for no upper end. Nil when missing, or with a problem.
    init?(reading map: DataMap, _ problems: inout [DataProblem]) {
        guard let text = map.text("ages", &problems) else { return nil }
        let ends = text.text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        if ends.count == 2, let from = ends[0], let through = ends[1],
            let range = AgeRange(from: from, through: through)
        {
            self = range
            return
        }
        problems.append(
            DataProblem(
                at: text.place,
                what: "'ages' is '\(text.text)'",
                write: "the first and the last age served: 0-17, or words under 'audience'"
            )
        )
        return nil
    }
}

extension LanguageTag {
    /// A BCP 47 tag in lower case; nil with a problem, which says what to write, when it is none.
    init?(
        reading text: DataNode.Text,
        write: String = "a tag such as en, si or zh-hant, or words under 'languages_as_stated'",
        _ problems: inout [DataProblem]
    ) {
        if let tag = LanguageTag(text.text), tag.text == text.text {
            self = tag
            return
        }
        problems.append(DataProblem(at: text.place, what: "'\(text.text)' is no language tag", write: write))
        return nil
    }
}

extension OpeningHours {
    /// Reads `hours`, `zone` and `closed_dates`. Slots need a zone: the one given, else the country's only one.
    init?(reading map: DataMap, zones: [String], _ problems: inout [DataProblem]) {
        let closed = Self.closedDates(map, &problems)
        var stated: String?
        if let zone = map.text("zone", &problems) {
            if TimeZone(identifier: zone.text) == nil {
                problems.append(
                    DataProblem(
                        at: zone.place,
                        what: "unknown time zone '\(zone.text)'",
                        write: "an IANA name: Asia/Colombo"
                    )
                )
            } else {
                stated = zone.text
            }
        }
        guard let text = map.text("hours", &problems) else { return nil }
        switch HoursText.read(text.text) {
        case nil:
            problems.append(
                DataProblem(
                    at: text.place,
                    what: "'hours' is '\(text.text)'",
                    write: "24/7, or 'Mon-Fri 09:00-17:00; Sat 10:00-13:00' without overlap, or words under "
                        + "'hours_as_stated'"
                )
            )
            return nil
        case .always:
            self.init(zone: .named(stated ?? zones.first ?? "UTC"), always: true, closedDates: closed)
        case .slots(let slots):
            guard let zone = stated ?? (zones.count == 1 ? zones.first : nil) else {
                problems.append(
                    DataProblem(
                        at: text.place,
                        what: "'hours' has no time zone and the country has several",
                        write: "'zone: …' with one of \(zones.joined(separator: ", "))"
                    )
                )
                return nil
            }
            self.init(zone: .named(zone), always: false, weekly: slots, closedDates: closed)
        }
    }

    private static func closedDates(_ map: DataMap, _ problems: inout [DataProblem]) -> Set<CalendarDay> {
        var days: Set<CalendarDay> = []
        for text in map.texts("closed_dates", &problems) ?? [] {
            guard let day = CalendarDay(text.text) else {
                problems.append(DataProblem(at: text.place, what: "'\(text.text)' is no day", write: "YYYY-MM-DD"))
                continue
            }
            days.insert(day)
        }
        return days
    }
}
