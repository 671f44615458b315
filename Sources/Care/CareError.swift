/// Why a value or a step of care is refused. It names fields, states and steps; it never repeats what was entered.
public enum CareError: Error, Hashable, Sendable {
    /// A field holds what it may not hold; `write` says what to write in its place.
    case invalid(field: String, write: String)
}
