/// The phrases that the program says, nested as the message files nest them.
struct MessageTree {
    /// What stands under a key.
    indirect enum Branch {
        case phrase(Phrase)
        case part(MessageTree)
    }

    /// In the order in which the program names them.
    private(set) var keys: [String] = []
    private(set) var branches: [String: Branch] = [:]

    /// A phrase that is named twice stands once.
    init(_ phrases: [Phrase]) {
        for phrase in phrases { add(phrase, under: phrase.key.split(separator: ".")[...]) }
    }

    private mutating func add(_ phrase: Phrase, under parts: ArraySlice<Substring>) {
        guard let first = parts.first.map(String.init) else { return }
        if branches[first] == nil { keys.append(first) }
        guard parts.count > 1 else {
            branches[first] = .phrase(phrase)
            return
        }
        var part = MessageTree([])
        if case .part(let tree) = branches[first] { part = tree }
        part.add(phrase, under: parts.dropFirst())
        branches[first] = .part(part)
    }
}
