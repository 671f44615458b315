public import Foundation

/// One step in the life of a case (C1, C7).
public enum CaseStep: Hashable, Sendable {
    case open
    /// To another open state; a review may lead back to assessment.
    case move(to: CaseState)
    /// With the supervisor who signed it off.
    case close(ClosureReason, signedBy: StaffID)
    case reopen

    /// The step as a code.
    public enum Name: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
        case open
        case move
        case close
        case reopen
    }

    /// Which step it is.
    public var name: Name {
        switch self {
        case .open: .open
        case .move: .move
        case .close: .close
        case .reopen: .reopen
        }
    }
}

/// A step that was taken, by whom and when.
public struct CaseEvent: Hashable, Sendable {
    /// What was done.
    public let step: CaseStep
    /// By whom.
    public let by: StaffID
    /// When, in whole milliseconds.
    public let at: Date
}

extension CaseEvent: Codable {
    private enum CodingKeys: String, CodingKey {
        case step
        case by
        case at
        case state
        case reason
        case signedBy = "signed_by"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.by = try stored.decode(StaffID.self, forKey: .by)
        self.at = try stored.moment(.at)
        let name: CaseStep.Name = try stored.code(.step)
        self.step =
            switch name {
            case .open: .open
            case .move: .move(to: try stored.code(.state))
            case .close:
                .close(try stored.code(.reason), signedBy: try stored.decode(StaffID.self, forKey: .signedBy))
            case .reopen: .reopen
            }
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.put(step.name, .step)
        try stored.encode(by, forKey: .by)
        try stored.put(moment: at, .at)
        switch step {
        case .move(let state): try stored.put(state, .state)
        case .close(let reason, let supervisor):
            try stored.put(reason, .reason)
            try stored.encode(supervisor, forKey: .signedBy)
        case .open, .reopen: break
        }
    }
}
