import Directory
import Foundation

/// An answer as plain text of at most 100 columns: emergency lines, then each service with its number first.
struct LookupText {
    let answer: LookupAnswer
    let taxonomy: Taxonomy
    let phrases: Phrases
    let showsAll: Bool

    /// Services shown unless all are asked for: what can be read out in a call.
    private static let shown = 10

    var lines: [String] {
        var lines = emergency
        for statement in answer.statements {
            let sentence = statement.sentence(in: answer.country, of: taxonomy, for: phrases.language)
            lines += [""] + Paragraph.wrap(phrases.text(sentence))
        }
        let services = showsAll ? answer.services : Array(answer.services.prefix(Self.shown))
        for (index, found) in services.enumerated() {
            lines.append("")
            lines += ServiceText(found: found, country: answer.country, phrases: phrases, number: index + 1).lines
        }
        if answer.services.count > services.count {
            lines += ["", phrases.text(.more, count: answer.services.count - services.count)]
        }
        for fallback in answer.fallbacks { lines += [""] + self.lines(fallback) }
        if let notShown = answer.notShown(in: phrases) { lines += [""] + Paragraph.wrap(notShown) }
        if !answer.isReviewed(of: taxonomy, in: phrases) {
            lines += [""] + Paragraph.wrap(phrases.text(Phrases.unreviewed))
        }
        return lines
    }

    private var separator: String { phrases.text(LookupPhrase.separator.phrase) }

    private var emergency: [String] {
        let country = answer.country
        let lines = country.emergency
        var text = [phrases.text(.emergency, ["place": "\(country.name) (\(country.code))"])]
        let width = (lines.lines.map(\.number.count).max() ?? 0) + 2
        for line in lines.lines {
            var words = line.reaches ?? phrases.text(.reachNotStated)
            if let by = line.listedBy { words += separator + phrases.text(.onlyListedBy, ["by": by]) }
            if lines.isUnconfirmed(line) { words += " (" + phrases.text(.unconfirmed) + ")" }
            let number = line.number + String(repeating: " ", count: width - line.number.count)
            text += Paragraph.wrap(words, first: "  " + number, rest: String(repeating: " ", count: width + 2))
        }
        var remarks = lines.note.map { [$0] } ?? []
        remarks += lines.provenance.conflicts.map { phrases.text(.conflict, ["text": $0]) }
        remarks += lines.provenance.checks.map { phrases.text(.check, ["text": $0]) }
        remarks.append(SourceText.line(lines.provenance, lines.verification, in: phrases))
        for remark in remarks { text += Paragraph.wrap(remark, first: "  ", rest: "    ") }
        return text
    }

    private func lines(_ fallback: LookupFallback) -> [String] {
        var lines: [String] = []
        for step in fallback.steps {
            if !lines.isEmpty { lines.append("") }
            let sentence = step.sentence(for: fallback.need, of: taxonomy, in: phrases.language)
            lines += Paragraph.wrap(phrases.text(sentence))
            for found in step.services {
                lines += [""] + ServiceText(found: found, country: answer.country, phrases: phrases, number: nil).lines
            }
            guard case .worldwide(let places) = step else { continue }
            for place in places {
                lines += Paragraph.wrap("\(place.contact.value)  \(place.name)", first: "  ", rest: "    ")
                lines += Paragraph.wrap(place.reaches(in: [phrases.language]).text, first: "    ", rest: "    ")
            }
        }
        return lines
    }
}
