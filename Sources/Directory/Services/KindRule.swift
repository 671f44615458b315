/// What entries of one kind may offer. An offer outside of it is a problem of the file: a type is listed only where the
/// source supports it.
public struct KindRule: Hashable, Sendable {
    /// The kind in words.
    public let label: String
    /// What an entry of the kind offers as a rule.
    public let usual: [ServiceCode]
    /// What it offers besides only where its source says so.
    public let may: [ServiceCode]

    /// Whether an entry of the kind may offer a type.
    public func allows(_ code: ServiceCode) -> Bool { usual.contains(code) || may.contains(code) }
}
