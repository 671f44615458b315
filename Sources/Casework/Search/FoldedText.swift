import Foundation

/// A text as it is compared, in any script: Unicode compatibility composition (NFKC), full case folding, and without what is
/// not seen (joiners, soft hyphens, marks of direction).
struct FoldedText: Hashable, Sendable {
    /// The folded form.
    let text: String

    init(_ text: String) {
        var folded = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCompatibilityMapping.unicodeScalars
        where !scalar.properties.isDefaultIgnorableCodePoint {
            // Upper case first: ß and SS, ς and Σ meet there, as in the Unicode standard's full case folding.
            for upper in scalar.properties.uppercaseMapping.unicodeScalars {
                folded.append(contentsOf: upper.properties.lowercaseMapping.unicodeScalars)
            }
        }
        self.text = String(folded).precomposedStringWithCompatibilityMapping
    }

    /// Whether the other text stands anywhere in this one.
    func contains(_ other: FoldedText) -> Bool {
        let (text, sought) = (Array(text.utf8), Array(other.text.utf8))
        guard let first = sought.first, sought.count <= text.count else { return sought.isEmpty }
        return (0...(text.count - sought.count)).contains { start in
            text[start] == first && text[start..<start + sought.count].elementsEqual(sought)
        }
    }
}
