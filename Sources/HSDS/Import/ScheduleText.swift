/// Turns schedules of HSDS into the hours of a country file where they can be said exactly: weekly slots without limits.
enum ScheduleText {
    /// `Mon-Fri 09:00-17:00; Sat 10:00-13:00`; nil when any schedule says more than days and times, or a time cannot be
    /// read: half of the hours would send somebody to a closed door.
    static func hours(_ schedules: [JSONObject]) -> String? {
        var slots: [String: Set<Int>] = [:]
        for schedule in schedules {
            guard let freq = schedule.text("freq"), freq.uppercased() == "WEEKLY",
                (schedule.text("interval") ?? "1") == "1",
                !["valid_from", "valid_to", "until", "count", "byweekno", "bymonthday", "byyearday"]
                    .contains(where: { schedule.text($0) != nil }),
                let days = days(schedule.text("byday")),
                let opens = time(schedule.text("opens_at")), let closes = time(schedule.text("closes_at"))
            else { return nil }
            slots["\(opens)-\(closes == "23:59" && opens == "00:00" ? "24:00" : closes)", default: []].formUnion(days)
        }
        guard !slots.isEmpty else { return nil }
        if slots == ["00:00-24:00": Set(0...6)] { return "24/7" }
        let parts = slots.map { (times: $0.key, days: $0.value.sorted()) }
            .sorted { ($0.days.first ?? 0, $0.times) < ($1.days.first ?? 0, $1.times) }
        return parts.map { "\(text($0.days)) \($0.times)" }.joined(separator: "; ")
    }

    /// What the schedules say in words; nil when none has any.
    static func words(_ schedules: [JSONObject]) -> String? {
        var words: [String] = []
        for schedule in schedules {
            for text in [schedule.text("description"), schedule.text("notes")].compactMap(\.self)
            where !words.contains(text) { words.append(text) }
        }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    private static let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    private static func text(_ days: [Int]) -> String {
        if days.count == 7 { return "daily" }
        guard let first = days.first, let last = days.last else { return "" }
        if days.count > 2, last - first == days.count - 1 { return "\(names[first])-\(names[last])" }
        return days.map { names[$0] }.joined(separator: " ")
    }

    private static func days(_ text: String?) -> Set<Int>? {
        guard let text else { return nil }
        let codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        let days = text.uppercased().split(separator: ",").map { codes.firstIndex(of: $0.trimmed) }
        let known = days.compactMap(\.self)
        return known.isEmpty || known.count != days.count ? nil : Set(known)
    }

    /// `09:00`, from `09:00:00`, `9:00`, `09:00Z` (which publishers write for local time) or `9:00 AM`.
    private static func time(_ text: String?) -> String? {
        guard var text = text?.uppercased() else { return nil }
        var shift = 0
        if text.hasSuffix("Z") { text.removeLast() }
        for (suffix, hours) in [("AM", 0), ("PM", 12)] where text.hasSuffix(suffix) {
            text = text.dropLast(2).trimmed
            shift = hours
            if text.hasPrefix("12") { shift -= 12 }
        }
        let parts = text.split(separator: ":").map { Int($0) }
        guard (1...3).contains(parts.count), let hour = parts[0], let minute = parts.count > 1 ? parts[1] : 0,
            parts.count < 3 || parts[2] != nil, (0...24).contains(hour + shift), (0...59).contains(minute),
            (hour + shift) * 60 + minute <= 1440
        else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(hour + shift)):\(two(minute))"
    }
}
