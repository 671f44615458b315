public import Directory

/// A service that fails at least one hard rule, with every rule it fails.
public struct ExcludedService: Hashable, Sendable {
    /// Which one.
    public let service: ServiceID
    /// Every rule it fails.
    public let reasons: CodeSet<ExclusionReason>
}

/// The excluded services in the order of their identifiers; each is named only when it is read.
public struct ExcludedServices: RandomAccessCollection, Sendable {
    struct Entry {
        let row: Int32
        let broken: UInt32
    }

    private let index: ServiceIndex
    private let entries: [Entry]

    init(_ entries: [Entry], of index: ServiceIndex) {
        self.entries = entries
        self.index = index
    }

    /// 0.
    public var startIndex: Int { 0 }

    /// The number of excluded services.
    public var endIndex: Int { entries.count }

    /// The excluded service at a position.
    public subscript(position: Int) -> ExcludedService {
        let entry = entries[position]
        return ExcludedService(
            service: index.ids[Int(entry.row)],
            reasons: CodeSet(bits: entry.broken)
        )
    }

    /// How many services fail each rule, for the map of unmet needs (R6). Counts this small identify people: suppress them
    /// before they leave (D9).
    public var counts: [ExclusionReason: Int] {
        var counts: [ExclusionReason: Int] = [:]
        for (place, reason) in ExclusionReason.allCases.enumerated() {
            let bit: UInt32 = 1 << UInt32(place)
            let count = entries.count { $0.broken & bit != 0 }
            if count > 0 { counts[reason] = count }
        }
        return counts
    }

    /// How many services each strict wish alone keeps away (M8): what she would gain by relaxing it.
    public var openedByWish: [ExclusionReason: Int] {
        var counts: [ExclusionReason: Int] = [:]
        for service in self where service.reasons.count == 1 {
            for reason in service.reasons where reason.isStrictWish { counts[reason, default: 0] += 1 }
        }
        return counts
    }

    /// Those that `viewer` may know of.
    func visible(to viewer: Viewer) -> ExcludedServices {
        switch viewer {
        case .insideTheCase: return self
        case .outsideTheCase:
            let hidden = CodeSet<ExclusionReason>.keptInsideTheCase.bits
            return ExcludedServices(entries.filter { $0.broken & hidden == 0 }, of: index)
        }
    }
}
