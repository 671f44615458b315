import Care
public import Directory

/// A case with all its needs, as far as a plan may look at it.
public struct WholeCase: Hashable, Sendable {
    /// One need that is still open.
    public struct OpenNeed: Hashable, Sendable {
        /// What is needed.
        public var sought: SoughtNeed
        /// Immediate danger to life (N7).
        public var isLifeThreatening: Bool

        /// An open need.
        public init(_ sought: SoughtNeed, isLifeThreatening: Bool = false) {
            self.sought = sought
            self.isLifeThreatening = isLifeThreatening
        }
    }

    /// What is known of her: its need, consent, other needs and danger to life are not read.
    public var facts: CaseContext
    /// Every open need.
    public var openNeeds: [OpenNeed]
    /// Her decision by service code; nobody asked her about a code that is not there.
    public var consents: [ServiceCode: ConsentOnFile]
    /// Codes of needs that are settled: they are not proposed again.
    public var settled: Set<ServiceCode>

    /// A case with these needs.
    public init(
        _ facts: CaseContext,
        openNeeds: [OpenNeed],
        consents: [ServiceCode: ConsentOnFile] = [:],
        settled: Set<ServiceCode> = []
    ) {
        self.facts = facts
        self.openNeeds = openNeeds
        self.consents = consents
        self.settled = settled
    }

    /// The open needs in the order of their codes, each code once for each court: of two alike the more pressing one, and
    /// in danger to life when either is.
    var distinctNeeds: [OpenNeed] {
        var needs: [OpenNeed] = []
        let sorted = openNeeds.sorted { Self.order($0.sought).lexicographicallyPrecedes(Self.order($1.sought)) }
        for need in sorted {
            guard let last = needs.indices.last, needs[last].sought.code == need.sought.code,
                needs[last].sought.jurisdiction == need.sought.jurisdiction
            else {
                needs.append(need)
                continue
            }
            needs[last].isLifeThreatening = needs[last].isLifeThreatening || need.isLifeThreatening
        }
        return needs
    }

    private static func order(_ sought: SoughtNeed) -> [String] {
        [sought.code.text, sought.jurisdiction?.text ?? "", String(sought.urgency.placeInOrder)]
    }

    /// The context of one of its needs.
    func context(of need: OpenNeed) -> CaseContext {
        var context = facts
        context.need = need.sought
        context.consent = consents[need.sought.code] ?? .notAsked
        context.otherNeeds = []
        context.isLifeThreatening = need.isLifeThreatening
        return context
    }
}

extension Urgency {
    /// 0 for what presses most.
    var placeInOrder: Int {
        switch self {
        case .emergency: 0
        case .urgent: 1
        case .routine: 2
        }
    }
}
