public import Directory
public import Foundation

/// The content compartment of a case (D4): what she needs and wishes, what happened in the fewest words, and how far the
/// work is. Who she is, how to reach her and whom to keep away are compartments of their own.
public struct CaseContent: Hashable, Sendable {
    /// The organisation that holds the case.
    public let agency: AgencyID
    /// The team that holds the case.
    public let team: TeamID
    /// How far the work is.
    public internal(set) var lifecycle: CaseLifecycle
    /// The workers the case is assigned to; the first is the case owner. Nobody, for an intake that nobody has taken on.
    public internal(set) var assigned: [StaffID]
    /// What was asked at the first contact, with what was learnt since.
    public internal(set) var intake: Intake
    /// Nil until it is assessed.
    public internal(set) var risk: RiskLevel?
    /// What she asks for.
    public internal(set) var needs: [Need]
    /// What she said no to.
    public internal(set) var declined: [DeclinedService]
    /// The forms of exploitation, for statistics and protection, never for matching (T3).
    public internal(set) var contexts: [ExploitationContext]
    /// What she wishes of a service.
    public internal(set) var wishes: Wishes
    /// What must be done before a return is listed (M1).
    public internal(set) var returnChecks: ReturnChecks
    /// The earliest moment she can safely leave; nil: now.
    public internal(set) var canLeaveAt: Date?
    /// Organisations that already work with her.
    public internal(set) var currentProviders: Set<OrganizationID>
    /// Notes in the order they were written.
    public internal(set) var notes: [Note]
    /// Whether her case may be counted in statistics; asked apart from any other consent (N10).
    public internal(set) var consentReporting: Answer

    /// A case that is registered now.
    ///
    /// Nobody is assigned to what somebody outside the team filed.
    ///
    /// - Throws: `CareError.invalid` when one worker is named twice.
    public init(
        agency: AgencyID,
        team: TeamID,
        openedBy worker: StaffID,
        assigned: [StaffID],
        intake: Intake,
        wishes: Wishes? = nil,
        at moment: Date
    ) throws(CareError) {
        if !assigned.isEmpty { try Self.check(assigned) }
        self.agency = agency
        self.team = team
        self.lifecycle = CaseLifecycle(openedBy: worker, at: moment)
        self.assigned = assigned
        self.intake = intake
        self.risk = nil
        self.needs = []
        self.declined = []
        self.contexts = []
        self.wishes = if let wishes { wishes } else { try Wishes() }
        self.returnChecks = ReturnChecks()
        self.canLeaveAt = nil
        self.currentProviders = []
        self.notes = []
        self.consentReporting = .notAsked
    }

    static func check(_ assigned: [StaffID]) throws(CareError) {
        guard !assigned.isEmpty, Set(assigned).count == assigned.count, assigned.count <= Limits.fewEntries else {
            throw .invalid(field: "case.assigned", write: "one or more workers, each once, the case owner first")
        }
    }

    /// The need of that identifier; nil when the case has none.
    public func need(_ id: NeedID) -> Need? { needs.first { $0.id == id } }

    /// Whether she declined a service and her "no" stands (F8).
    public func isDeclined(_ code: ServiceCode, at moment: Date) -> Bool {
        declined.contains { $0.code == code && $0.stands(at: moment) }
    }

    /// Questions of the intake that nobody has asked yet (C2, C8), by their stored names.
    public var gaps: [String] {
        [
            ("separated", intake.isSeparated), ("immediate_danger", intake.isInImmediateDanger),
            ("injured_or_pregnant", intake.mayBeInjuredOrPregnant),
            ("thoughts_of_suicide", intake.hasThoughtsOfSuicide), ("consent_reporting", consentReporting),
        ]
        .filter { $0.1 == .notAsked }.map(\.0)
    }
}
