public import Foundation

/// When she was last exposed to the risk; clinical windows count from it (C2, H3).
public enum LastContact: Hashable, Sendable {
    case known(Date)
    case unknown
    case ongoing
}

extension LastContact: Codable {
    private enum CodingKeys: String, CodingKey {
        case state
        case at
    }

    private enum State: String, StoredText {
        case known
        case unknown
        case ongoing
    }

    /// The moment; nil when it is not known or still going on.
    public var date: Date? {
        guard case .known(let date) = self else { return nil }
        return date
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        let state: State = try stored.code(.state)
        switch state {
        case .known: self = .known(try stored.moment(.at))
        case .unknown: self = .unknown
        case .ongoing: self = .ongoing
        }
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .known(let date):
            try stored.put(State.known, .state)
            try stored.put(moment: date, .at)
        case .unknown: try stored.put(State.unknown, .state)
        case .ongoing: try stored.put(State.ongoing, .state)
        }
    }

    func checked() throws(CareError) -> LastContact {
        guard case .known(let date) = self else { return self }
        return .known(try Limits.moment(date, "case.last_contact"))
    }
}
