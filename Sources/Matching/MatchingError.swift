public import Directory

/// Why services cannot be matched at all.
public enum MatchingError: Error, Hashable, Sendable {
    /// Two services have the same identifier, so that an order could not be stable.
    case serviceListedTwice(ServiceID)
}
