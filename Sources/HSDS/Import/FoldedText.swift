import Foundation

/// A text as words in lower case without accents, to look for signs in it.
struct FoldedText {
    /// The words in order.
    let words: [String]
    /// The text for scripts that write without spaces; nil when it is all in scripts that have them.
    let unspaced: String?

    init(_ text: String) {
        let folded = text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
        var words: [String] = []
        var word = String.UnicodeScalarView()
        var hasUnspaced = false
        for scalar in folded.unicodeScalars {
            let isLetter =
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || scalar.properties.generalCategory == .nonspacingMark
                || scalar.properties.generalCategory == .spacingMark
            if isLetter {
                word.append(scalar)
                if Self.unspacedScripts.contains(where: { $0.contains(scalar.value) }) { hasUnspaced = true }
            } else if scalar.value == 0x200D || scalar.value == 0x200C || scalar.value == 0x2019 || scalar == "'" {
                continue
            } else if !word.isEmpty {
                words.append(String(word))
                word = String.UnicodeScalarView()
            }
        }
        if !word.isEmpty { words.append(String(word)) }
        self.words = words
        unspaced = hasUnspaced ? folded : nil
    }

    /// Thai, Lao, Burmese, Khmer.
    private static let unspacedScripts: [ClosedRange<UInt32>] = [0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF]

    /// Whether any of the signs stands in it.
    func contains(_ signs: WordSigns) -> Bool {
        if let unspaced, signs.anywhere.contains(where: unspaced.contains) { return true }
        for index in words.indices {
            let word = words[index]
            if let endings = signs.phrases[word] {
                for ending in endings where follows(ending, index) { return true }
            }
            if signs.stems.contains(where: { word.hasPrefix($0) }) { return true }
        }
        return false
    }

    private func follows(_ ending: [String], _ index: Int) -> Bool {
        guard index + ending.count < words.count else { return false }
        for (offset, word) in ending.enumerated() where words[index + 1 + offset] != word { return false }
        return true
    }
}

/// Words and phrases to look for, folded as the text is.
struct WordSigns: Sendable {
    /// What may follow a word, by the word; an empty ending is the word alone.
    let phrases: [String: [[String]]]
    /// Beginnings of words.
    let stems: [String]
    /// For scripts without spaces.
    let anywhere: [String]

    init(phrases: [String], stems: [String] = [], anywhere: [String] = []) {
        var byFirst: [String: [[String]]] = [:]
        for phrase in phrases {
            let words = FoldedText(phrase).words
            guard let first = words.first else { continue }
            byFirst[first, default: []].append(Array(words.dropFirst()))
        }
        self.phrases = byFirst
        self.stems = stems.compactMap { FoldedText($0).words.first }
        self.anywhere = anywhere.map {
            $0.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
        }
    }
}
