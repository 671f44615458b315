/// When a service can be reached, in its own time zone (H2). Hours that no source states are nil in ``Service/hours``
/// and never read as open (DECISIONS 1).
public struct OpeningHours: Hashable, Sendable {
    /// A day of the week.
    public enum Weekday: String, Sendable, CaseIterable, Comparable {
        case mon, tue, wed, thu, fri, sat, sun

        /// 0 for Monday to 6 for Sunday.
        public var index: Int {
            switch self {
            case .mon: 0
            case .tue: 1
            case .wed: 2
            case .thu: 3
            case .fri: 4
            case .sat: 5
            case .sun: 6
            }
        }

        /// Monday first.
        public static func < (left: Weekday, right: Weekday) -> Bool { left.index < right.index }
    }

    /// The zone that the hours are written in.
    public enum Zone: Hashable, Sendable {
        /// An IANA name, `Asia/Colombo`. The only form in `Directory/`.
        case named(String)
        /// A fixed offset in seconds east of UTC, as worked cases state it.
        case fixed(secondsFromGMT: Int)
    }

    /// A weekly slot: open <= t < close. One whose close is not after its open runs past midnight and belongs to the
    /// days it opens on.
    public struct Slot: Hashable, Sendable {
        /// The days it opens on.
        public let days: Set<Weekday>
        /// Minutes after local midnight, 0...1439.
        public let open: Int
        /// Minutes after local midnight, 0...1440.
        public let close: Int

        /// A slot on some days of the week.
        public init(days: Set<Weekday>, open: Int, close: Int) {
            self.days = days
            self.open = open
            self.close = close
        }
    }

    /// The zone of every slot and closed day.
    public let zone: Zone
    /// Open at any time; ``weekly`` is then empty.
    public let always: Bool
    /// The slots of a week; empty when it is always open.
    public let weekly: [Slot]
    /// Days, in local time, on which no slot opens.
    public let closedDates: Set<CalendarDay>

    /// Hours in a zone: always, or in weekly slots but for the closed days.
    public init(zone: Zone, always: Bool, weekly: [Slot] = [], closedDates: Set<CalendarDay> = []) {
        self.zone = zone
        self.always = always
        self.weekly = weekly
        self.closedDates = closedDates
    }
}
