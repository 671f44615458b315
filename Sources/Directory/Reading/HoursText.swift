/// Opening hours as directory files write them: `24/7`, or slots joined by `; `, each of days and times:
/// `Mon-Fri 09:00-17:00; Sat 10:00-13:00`, `daily 08:00-20:00`, `Mon Wed Fri 14:00-18:00`. A slot that closes at or
/// before the time it opens runs past midnight.
public enum HoursText {
    /// Whether a country file may hold the text as hours.
    public static func isReadable(_ text: String) -> Bool { read(text) != nil }

    /// What a text means.
    enum Meaning: Equatable {
        case always
        case slots([OpeningHours.Slot])
    }

    /// Nil when any part of the text is not understood: half-understood hours would send somebody to a closed door.
    static func read(_ text: String) -> Meaning? {
        if text == "24/7" { return .always }
        var slots: [OpeningHours.Slot] = []
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            guard let slot = slot(part) else { return nil }
            slots.append(slot)
        }
        return overlap(slots) ? nil : .slots(slots)
    }

    private static func slot(_ text: Substring) -> OpeningHours.Slot? {
        var words = text.split(separator: " ")
        guard let times = words.popLast(), !words.isEmpty, let (open, close) = self.times(times) else { return nil }
        if words == ["daily"] {
            return OpeningHours.Slot(days: Set(OpeningHours.Weekday.allCases), open: open, close: close)
        }
        var days: Set<OpeningHours.Weekday> = []
        for word in words {
            guard let named = self.days(word), days.isDisjoint(with: named) else { return nil }
            days.formUnion(named)
        }
        return OpeningHours.Slot(days: days, open: open, close: close)
    }

    /// `Mon`, or `Sun-Thu` in the order of the week, past its end if need be.
    private static func days(_ word: Substring) -> Set<OpeningHours.Weekday>? {
        let ends = word.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = ends.first.flatMap(weekday) else { return nil }
        if ends.count == 1 { return [first] }
        guard ends.count == 2, let last = weekday(ends[1]), last != first else { return nil }
        let week = OpeningHours.Weekday.allCases
        let length = (last.index - first.index + week.count) % week.count
        return Set((0...length).map { week[(first.index + $0) % week.count] })
    }

    private static func weekday(_ word: Substring) -> OpeningHours.Weekday? {
        guard let initial = word.first, initial.isUppercase else { return nil }
        return OpeningHours.Weekday(rawValue: word.lowercased())
    }

    private static func times(_ word: Substring) -> (open: Int, close: Int)? {
        let ends = word.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let open = minute(ends[0]), open < 1440, let close = minute(ends[1]) else { return nil }
        return (open, close)
    }

    /// `HH:MM` to minutes after midnight, 24:00 included.
    private static func minute(_ word: Substring) -> Int? {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }

    /// Whether two slots claim the same minute of the same day, which is always a slip.
    private static func overlap(_ slots: [OpeningHours.Slot]) -> Bool {
        for (index, slot) in slots.enumerated() {
            for other in slots[..<index] where !slot.days.isDisjoint(with: other.days) {
                let end = slot.close <= slot.open ? 1440 : slot.close
                let otherEnd = other.close <= other.open ? 1440 : other.close
                if slot.open < otherEnd && other.open < end { return true }
            }
        }
        return false
    }
}
