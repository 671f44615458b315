public import Directory
public import Foundation

/// When she may be contacted, in her own time zone (F2).
public struct ContactHours: Hashable, Sendable {
    /// Days and minutes within which contact is safe: from <= t < until, inside one day. What runs past midnight is
    /// written as two slots, so that nobody has to guess whose night it is.
    public struct Slot: Hashable, Sendable {
        /// At least one.
        public let days: Set<OpeningHours.Weekday>
        /// Minutes after local midnight, 0...1439.
        public let from: Int
        /// Minutes after local midnight, 1...1440.
        public let until: Int

        /// A slot of at least one day and one minute.
        ///
        /// - Throws: `CareError.invalid` for no day, minutes outside the day, or an end not after the start.
        public init(days: Set<OpeningHours.Weekday>, from: Int, until: Int) throws(CareError) {
            guard !days.isEmpty, 0 <= from, from < until, until <= 1_440 else {
                throw .invalid(field: "safe_contact.hours", write: "days, and minutes from 0 to 1440, the end later")
            }
            self.days = days
            self.from = from
            self.until = until
        }
    }

    /// Named by her; empty means that she said "at any time".
    public let slots: [Slot]
    /// An IANA zone name, `Asia/Colombo`.
    public let timeZone: String

    /// Hours as she names them. An empty list is her own "at any time", never a blank.
    ///
    /// - Throws: `CareError.invalid` for a zone this machine does not know or too many slots.
    public init(slots: [Slot], timeZone: String) throws(CareError) {
        try Limits.count(slots.count, "safe_contact.hours", atMost: Limits.fewEntries)
        guard timeZone.utf8.count <= Limits.code, TimeZone(identifier: timeZone) != nil else {
            throw .invalid(field: "safe_contact.time_zone", write: "a zone name such as Asia/Colombo")
        }
        self.slots = slots
        self.timeZone = timeZone
    }

    /// Whether she named this moment as safe. A zone that is no longer known is never safe.
    public func includes(_ moment: Date) -> Bool {
        guard let zone = TimeZone(identifier: timeZone) else { return false }
        guard !slots.isEmpty else { return true }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let local = calendar.dateComponents([.weekday, .hour, .minute], from: moment)
        guard let weekday = local.weekday, let hour = local.hour, let minute = local.minute else { return false }
        let minutes = hour * 60 + minute
        // Foundation counts from Sunday = 1; the directory from Monday = 0.
        let day = (weekday + 5) % 7
        return slots.contains { slot in
            slot.from <= minutes && minutes < slot.until && slot.days.contains { $0.index == day }
        }
    }
}

extension ContactHours.Slot: Codable {
    private enum CodingKeys: String, CodingKey {
        case days
        case from
        case until
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            days: stored.codeSet(.days),
            from: stored.decode(Int.self, forKey: .from),
            until: stored.decode(Int.self, forKey: .until)
        )
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.put(set: days, .days)
        try stored.encode(from, forKey: .from)
        try stored.encode(until, forKey: .until)
    }
}

extension ContactHours: Codable {
    private enum CodingKeys: String, CodingKey {
        case slots
        case timeZone = "time_zone"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            slots: stored.decode([Slot].self, forKey: .slots),
            timeZone: stored.decode(String.self, forKey: .timeZone)
        )
    }
}
