import Directory
import Foundation

/// An answer as plain text of at most 100 columns: emergency lines, then each service with its number first.
struct LookupText {
    let answer: LookupAnswer
    let taxonomy: Taxonomy
    let showsAll: Bool

    /// Services shown unless all are asked for: what can be read out in a call.
    private static let shown = 10

    var lines: [String] {
        var lines = emergency
        for statement in answer.statements { lines += [""] + Paragraph.wrap(statement) }
        let services = showsAll ? answer.services : Array(answer.services.prefix(Self.shown))
        for (index, found) in services.enumerated() {
            lines.append("")
            lines += ServiceText(found: found, country: answer.country, number: index + 1).lines
        }
        if answer.services.count > services.count {
            lines += ["", "\(answer.services.count - services.count) more: --all"]
        }
        for fallback in answer.fallbacks { lines += [""] + self.lines(fallback) }
        if !answer.withheld.isEmpty { lines += ["", withheld] }
        return lines
    }

    private var emergency: [String] {
        let country = answer.country
        let lines = country.emergency
        var text = ["EMERGENCY, \(country.name) (\(country.code))"]
        let width = (lines.lines.map(\.number.count).max() ?? 0) + 2
        for line in lines.lines {
            var words = line.reaches ?? "what it reaches is not stated"
            if let by = line.listedBy { words += "; only listed by \(by)" }
            if lines.isUnconfirmed(line) { words += " (unconfirmed)" }
            let number = line.number + String(repeating: " ", count: width - line.number.count)
            text += Paragraph.wrap(words, first: "  " + number, rest: String(repeating: " ", count: width + 2))
        }
        var remarks = lines.note.map { [$0] } ?? []
        remarks += lines.provenance.conflicts.map { "Conflict: \($0)" } + lines.provenance.checks.map { "Check: \($0)" }
        remarks.append(SourceText.line(lines.provenance, lines.verification))
        for remark in remarks { text += Paragraph.wrap(remark, first: "  ", rest: "    ") }
        return text
    }

    private func lines(_ fallback: LookupFallback) -> [String] {
        var lines: [String] = []
        for step in fallback.steps {
            if !lines.isEmpty { lines.append("") }
            switch step {
            case .nearby(let code, let services):
                lines += Paragraph.wrap("Instead of \(fallback.need): \(label(code)), which comes near.")
                lines += self.lines(services)
            case .sameSector(let sector, let services):
                lines += Paragraph.wrap("Nobody listed gives \(fallback.need); others of the sector \(name(sector)):")
                lines += self.lines(services)
            case .childLines(let services):
                lines.append("Lines for children, who may know where to turn:")
                lines += self.lines(services)
            case .crisisLines(let services):
                lines.append("Crisis lines, who may know where to turn:")
                lines += self.lines(services)
            case .worldwide(let fallbacks):
                lines.append("Worldwide, when nothing above helps:")
                for fallback in fallbacks {
                    lines += Paragraph.wrap("\(fallback.contact.value)  \(fallback.name)", first: "  ", rest: "    ")
                    lines += Paragraph.wrap(fallback.reaches, first: "    ", rest: "    ")
                }
            }
        }
        return lines
    }

    private func lines(_ services: [FoundService]) -> [String] {
        services.flatMap { found in
            [""] + ServiceText(found: found, country: answer.country, number: nil).lines
        }
    }

    private func name(_ sector: Sector) -> String {
        switch sector {
        case .medical: "medical"
        case .psychosocial: "psychosocial"
        case .legal: "legal"
        case .social: "social"
        }
    }

    private func label(_ code: ServiceCode) -> String {
        LanguageTag("en").flatMap { taxonomy.type(code)?.labels[$0] }.map { "\(code) (\($0))" } ?? code.text
    }

    private var withheld: String {
        let reasons = answer.withheld.sorted { $0.key < $1.key }.map { reason, count in
            switch reason {
            case .lowConfidence: "\(count) hidden until verified: weak source"
            case .notRunning: "\(count) not running"
            case .age: "\(count) not for this age"
            case .gender: "\(count) not for this gender"
            }
        }
        return "Not shown: " + reasons.joined(separator: "; ") + "."
    }
}
