public import Directory
public import Foundation

/// A request to one recipient to help with one need, while the case stays where it is (X1, X6). Its state is the outcome
/// of the steps on file and nothing else: reading a referral back takes every step again.
public struct Referral: Hashable, Sendable {
    /// On what ground data leave (D1): her consent, or the danger to her life until the review (N7).
    public enum Basis: Hashable, Sendable {
        case consent(ConsentID)
        case lifeInDanger(reviewBy: Date)
    }

    /// How it is handed over (F1).
    public enum Mode: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
        /// The worker introduces, calls with her, or accompanies.
        case warm
        /// Details are handed over; only as her choice.
        case cold
    }

    /// Its own random code, not the code of the case (D3).
    public let id: ReferralID
    /// The case it belongs to.
    public let caseID: CaseID
    /// The need it is for.
    public let need: NeedID
    /// The service that is asked for.
    public let code: ServiceCode
    /// The organisation that is asked.
    public let recipient: OrganizationID
    /// The entry of the directory; nil where the recipient is asked without one.
    public let service: ServiceID?
    /// The receiving desk; nil where the recipient has no account here and answers by telephone or letter (DECISIONS 13).
    public let desk: TeamID?
    /// The worker who files it and may take it back.
    public let sentBy: StaffID
    /// How soon it must be answered (C5).
    public let urgency: Urgency
    /// Hours within which the receiver answers, as the rules stood when it was drafted (C5): a later rule moves no due time
    /// that she and the desk were told.
    public let answerWithinHours: Int
    /// How it is handed over (F1).
    public let mode: Mode
    /// On what ground data leave.
    public let basis: Basis
    /// When it was drafted.
    public let createdAt: Date
    /// Every step taken, in order.
    public private(set) var history: [ReferralEvent]
    /// Where it stands: the outcome of ``history``.
    public private(set) var state: ReferralState

    /// A draft.
    ///
    /// - Throws: `CareError.invalid` for a recipient, service, date or number of hours out of bounds.
    public init(
        id: ReferralID,
        caseID: CaseID,
        need: NeedID,
        code: ServiceCode,
        recipient: OrganizationID,
        service: ServiceID?,
        desk: TeamID?,
        sentBy: StaffID,
        urgency: Urgency,
        answerWithinHours: Int,
        mode: Mode,
        basis: Basis,
        createdAt: Date
    ) throws(CareError) {
        try Limits.slugs([recipient], "referral.recipient")
        try Limits.slugs(service.map { [$0] } ?? [], "referral.service")
        guard Limits.responseHours.contains(answerWithinHours) else {
            throw .invalid(
                field: "referral.answer_within_hours",
                write: "whole hours from 1 to \(Limits.responseHours.upperBound)"
            )
        }
        self.id = id
        self.caseID = caseID
        self.need = need
        self.code = code
        self.recipient = recipient
        self.service = service
        self.desk = desk
        self.sentBy = sentBy
        self.urgency = urgency
        self.answerWithinHours = answerWithinHours
        self.mode = mode
        switch basis {
        case .consent: self.basis = basis
        case .lifeInDanger(let reviewBy):
            self.basis = .lifeInDanger(reviewBy: try Limits.moment(reviewBy, "referral.review_by"))
        }
        self.createdAt = try Limits.moment(createdAt, "referral.created_at")
        self.history = []
        self.state = .draft
    }

    /// The moment it was sent; nil before.
    public var sentAt: Date? { history.first { $0.step == .send }?.at }

    /// When the receiver's answer is due: sent plus ``answerWithinHours``. Nil before it is sent.
    public var answerDueAt: Date? { sentAt?.adding(hours: answerWithinHours) }

    /// The next appointment; nil unless it is scheduled.
    public var appointment: Date? {
        guard state == .scheduled, case .schedule(let appointment)? = history.last?.step else { return nil }
        return appointment
    }

    /// Whether the step may be taken now, apart from the time that ``expire(at:)`` waits for.
    public func canTake(_ step: ReferralStep.Name) -> Bool { state.after(step) != nil }

    /// Takes any step; the acts below say it in words.
    ///
    /// - Throws: `CareError.wrongState` where the state does not take the step, `CareError.notBefore` for an expiry before
    ///   the answer is due, `CareError.invalid` for an appointment out of bounds or too many steps. A step that ends the
    ///   referral is never one too many: stopping always works (N8).
    public mutating func take(_ step: ReferralStep, at moment: Date) throws(CareError) {
        guard let next = state.after(step.name) else { throw .wrongState(from: state, step: step.name) }
        if !next.isEnded { try Limits.count(history.count + 1, "referral.history", atMost: Limits.steps) }
        let moment = moment.wholeMilliseconds
        var step = step
        if case .schedule(let appointment) = step {
            step = .schedule(for: try Limits.moment(appointment, "referral.appointment"))
        }
        if step == .expire, let due = answerDueAt, moment < due { throw .notBefore(due, step: .expire) }
        history.append(ReferralEvent(step: step, at: moment))
        state = next
    }
}
