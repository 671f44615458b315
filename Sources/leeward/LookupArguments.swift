import DataFiles
import Directory
import Foundation

/// Turns what was typed into a question, or says what is unknown and what is near to it.
struct LookupArguments {
    /// What was typed and cannot be used.
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    private let command: LookupCommand
    private let directory: ServiceDirectory

    init(_ command: LookupCommand, directory: ServiceDirectory) {
        self.command = command
        self.directory = directory
    }

    func query(now: Date) throws(Mistake) -> LookupQuery {
        LookupQuery(
            country: try country(),
            needs: try needs(),
            age: try age(),
            gender: try choice(command.gender, "gender"),
            languages: try languages(),
            mode: try choice(command.mode, "mode"),
            avoidOrganizations: try avoided(),
            at: try moment(now)
        )
    }

    private func country() throws(Mistake) -> CountryCode {
        if let code = CountryCode(command.country), directory.countries[code] != nil { return code }
        let names = directory.countries.values.sorted { $0.code < $1.code }
        let byName = names.first { $0.name.lowercased() == command.country.lowercased() }
        let near = byName?.name ?? Spelling.nearest(to: command.country, among: names.map(\.name))
        let hint = names.first { $0.name == near }.map { "; \($0.name) is \($0.code)" } ?? ""
        throw Mistake(
            description: "Unknown country '\(command.country)': write its two letters, for example LK\(hint)."
        )
    }

    private func needs() throws(Mistake) -> [ServiceCode] {
        guard !command.need.isEmpty else {
            throw Mistake(description: "Say what is needed: --need PSY-CRISIS, or another type of taxonomy.yaml.")
        }
        var codes: [ServiceCode] = []
        for text in command.need {
            if let code = ServiceCode(text), directory.taxonomy.type(code) != nil {
                codes.append(code)
                continue
            }
            let known = directory.taxonomy.types.map(\.code.text)
            let sector = known.filter { $0.hasPrefix(text.uppercased().prefix(4)) }
            let near = Spelling.nearest(to: text, among: known).map { "the nearest is \($0)" }
            let some = sector.isEmpty ? known : sector
            let hint = near ?? "write one of \(some.joined(separator: ", "))"
            throw Mistake(description: "Unknown need '\(text)': \(hint).")
        }
        return codes
    }

    private func age() throws(Mistake) -> Int? {
        guard let age = command.age else { return nil }
        guard (0...120).contains(age) else {
            throw Mistake(description: "The age \(age) is not between 0 and 120.")
        }
        return age
    }

    private func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ text: String?,
        _ name: String
    ) throws(Mistake) -> Value? {
        guard let text else { return nil }
        if let value = Value(rawValue: text.lowercased().replacing("-", with: "_")) { return value }
        let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
        throw Mistake(description: "Unknown \(name) '\(text)': write one of \(known).")
    }

    private func languages() throws(Mistake) -> [LanguageTag] {
        var tags: [LanguageTag] = []
        for text in command.language {
            guard let tag = LanguageTag(text) else {
                throw Mistake(description: "Unknown language '\(text)': write a tag such as en, si or zh-hant.")
            }
            tags.append(tag)
        }
        return tags
    }

    /// What to say, in the language that was asked for, else in the first that the survivor speaks and there are words in.
    func phrases(of book: Phrasebook) throws(Mistake) -> Phrases {
        guard let text = command.answerIn else { return book.phrases(in: try languages()) }
        if let tag = LanguageTag(text), tag.ranges.contains(where: book.languages.contains) {
            return book.phrases(in: [tag])
        }
        let known = book.languages.map(\.text)
        let hint = known.isEmpty ? "there are no message files" : "write one of \(known.joined(separator: ", "))"
        throw Mistake(description: "Unknown language to answer in '\(text)': \(hint).")
    }

    private func avoided() throws(Mistake) -> Set<OrganizationID> {
        var avoided: Set<OrganizationID> = []
        for text in command.avoid {
            let same = directory.organizations.values.filter { organization in
                organization.id.text == text.lowercased() || organization.name.lowercased() == text.lowercased()
            }
            // Leaving out nothing where something was to be left out would put her at risk.
            guard !same.isEmpty else {
                let prefix = command.country.lowercased() + "-"
                let local = directory.organizations.values.filter { $0.id.text.hasPrefix(prefix) }
                let known = (local.map(\.name) + local.map(\.id.text)).sorted()
                let near = Spelling.nearest(to: text, among: known).map { "the nearest is '\($0)'" }
                throw Mistake(
                    description: "Unknown organisation to avoid: \(near ?? "write its id or its name as listed")."
                )
            }
            avoided.formUnion(same.map(\.id))
        }
        return avoided
    }

    private func moment(_ now: Date) throws(Mistake) -> Date {
        guard let text = command.at else { return now }
        if let date = ISO8601DateFormatter().date(from: text) { return date }
        throw Mistake(description: "Unknown moment '\(text)': write it as 2026-11-22T10:00:00Z.")
    }
}
