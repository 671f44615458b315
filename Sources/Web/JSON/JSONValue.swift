/// One value of a JSON body, as it was written: nothing is converted, so `"14"` never passes for 14.
indirect enum JSONValue: Sendable {
    case null
    case flag(Bool)
    case whole(Int)
    case decimal(Double)
    case text(String)
    /// The text of a field that the route calls a secret: its bytes never became a `String`.
    case secret(SecretBytes)
    case list([JSONValue])
    case object([Member])

    /// One field of an object, in the order of the body.
    struct Member: Sendable {
        let name: String
        let value: JSONValue
    }
}
