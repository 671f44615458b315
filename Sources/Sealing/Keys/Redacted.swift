/// What holds a secret prints as `[redacted]`, in descriptions, in string literals and under `dump`.
public protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Redacted {
    /// Always `[redacted]`.
    public var description: String { "[redacted]" }

    /// Always `[redacted]`.
    public var debugDescription: String { "[redacted]" }

    /// Without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
