public import Foundation

/// A step that was taken, and when.
public struct ReferralEvent: Hashable, Sendable {
    /// What was done.
    public let step: ReferralStep
    /// When, in whole milliseconds.
    public let at: Date
}

extension ReferralEvent: Codable {
    private enum CodingKeys: String, CodingKey {
        case step
        case at
        case reason
        case appointment
        case witness
        case cause
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.at = try stored.moment(.at)
        let name: ReferralStep.Name = try stored.code(.step)
        self.step =
            switch name {
            case .makeReady: .makeReady
            case .send: .send
            case .receive: .receive
            case .accept: .accept
            case .decline: .decline(try stored.code(.reason))
            case .schedule: .schedule(for: try stored.moment(.appointment))
            case .attend: .attend
            case .startService: .startService
            case .complete: .complete(onWordOf: try stored.code(.witness))
            case .noShow: .noShow
            case .unreachable: .unreachable
            case .withdraw: .withdraw
            case .revoke: .revoke(try stored.code(.cause))
            case .expire: .expire
            case .rematch: .rematch
            }
    }

    /// Writes the stored form: the step's code and moment, and the one fact that the step carries.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.put(step.name, .step)
        try stored.put(moment: at, .at)
        switch step {
        case .decline(let reason): try stored.put(reason, .reason)
        case .schedule(let appointment): try stored.put(moment: appointment, .appointment)
        case .complete(let witness): try stored.put(witness, .witness)
        case .revoke(let cause): try stored.put(cause, .cause)
        default: break
        }
    }
}
