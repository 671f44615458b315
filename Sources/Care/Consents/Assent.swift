public import Foundation

/// Whether an agreement was spoken or written. Written is signed, marked or typed by the person herself.
public enum AgreementForm: String, Hashable, Sendable, CaseIterable, Codable, StoredText {
    case spoken
    case written
}

/// A child's own agreement beside the consent of an adult (N4).
public enum Assent: Hashable, Sendable {
    case notAsked
    /// "No" is a complete answer.
    case refused(at: Date)
    case given(AgreementForm, at: Date)
}

extension Assent: Codable {
    private enum CodingKeys: String, CodingKey {
        case state
        case form
        case at
    }

    private enum State: String, StoredText {
        case notAsked = "not_asked"
        case refused
        case given
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        let state: State = try stored.code(.state)
        switch state {
        case .notAsked: self = .notAsked
        case .refused: self = .refused(at: try stored.moment(.at))
        case .given: self = .given(try stored.code(.form), at: try stored.moment(.at))
        }
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .notAsked:
            try stored.put(State.notAsked, .state)
        case .refused(let moment):
            try stored.put(State.refused, .state)
            try stored.put(moment: moment, .at)
        case .given(let form, let moment):
            try stored.put(State.given, .state)
            try stored.put(form, .form)
            try stored.put(moment: moment, .at)
        }
    }

    /// The same with its moment in whole milliseconds and within bounds.
    func checked() throws(CareError) -> Assent {
        switch self {
        case .notAsked: .notAsked
        case .refused(let moment): .refused(at: try Limits.moment(moment, "assent.at"))
        case .given(let form, let moment): .given(form, at: try Limits.moment(moment, "assent.at"))
        }
    }
}
