/// The bounds of what a case may hold, each with its reason. Lengths are in characters as a person counts them.
public enum Limits {
    /// The oldest age accepted; the directory's ages end there too.
    public static let oldestAge = 120
}
