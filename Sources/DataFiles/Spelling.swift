/// Finds the word that somebody probably meant.
public enum Spelling {
    /// The candidate that is fewest typing errors away (insertion, deletion, replacement, two letters swapped), letter
    /// case aside; of equally near ones the first. Nil when even the nearest differs in more than a third of the longer
    /// word, and in more than one letter.
    public static func nearest(to word: String, among candidates: [String]) -> String? {
        let wanted = Array(word.lowercased())
        var best: (candidate: String, errors: Int)?
        for candidate in candidates {
            let letters = Array(candidate.lowercased())
            let errors = distance(wanted, letters)
            guard errors <= max(1, max(wanted.count, letters.count) / 3) else { continue }
            if best.map({ errors < $0.errors }) ?? true { best = (candidate, errors) }
        }
        return best?.candidate
    }

    /// Optimal string alignment distance.
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let same = left[row - 1] == right[column - 1]
                var least = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    least = min(least, beforeLast[column - 2] + 1)
                }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
