import Care
import Casework
import Foundation
import Sealing

/// What is shown once: codes, and what to do with them. It is put together as bytes that are wiped, because codes are
/// never text.
struct FoundingSheet {
    private(set) var bytes: [UInt8] = []

    /// Room for a plan of some hundreds of people, so that no outgrown copy of a code is left behind.
    private static let room = 1 << 18

    init() { bytes.reserveCapacity(Self.room) }

    /// Writes it to standard output and wipes it.
    ///
    /// - Throws: ``FoundingRefusal/place(_:)`` when it could not be written whole.
    mutating func show() throws(FoundingRefusal) {
        do {
            try SecretFile.write(Secret(moving: &bytes), to: 1)
        } catch {
            throw .place("the codes could not be shown: standard output cannot be written to")
        }
    }

    mutating func line(_ text: String = "") { bytes += Array((text + "\n").utf8) }

    /// A code in two lines of six groups.
    mutating func code(_ code: PrintedCode) {
        var text = code.text()
        defer { Secret.wipe(&text) }
        let half = text.count / 2
        for part in [text[..<half], text[(half + 1)...]] {
            bytes += Array("      ".utf8)
            bytes += part
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    /// The invitations of a run.
    mutating func invitations(_ run: FoundingRun) {
        guard let first = run.people.first else { return }
        line(
            "INVITATIONS, each for one person alone: it opens an account once, until \(Self.text(first.invitation.endsAt))."
        )
        for person in run.people {
            line()
            let teams = person.teams.isEmpty ? "" : ", \(person.teams.joined(separator: ", "))"
            line("  \(person.label): \(person.roles.joined(separator: ", ")), \(person.agency)\(teams)")
            line("    enters the log as \(person.invitation.staff.text)")
            if !person.waitsFor.isEmpty {
                line("    waits until a supervisor lets them in: \(person.waitsFor.joined(separator: ", "))")
            }
            code(person.invitation.code)
        }
        line()
    }

    // MARK: - For machines

    private struct Agency: Encodable {
        struct Team: Encodable {
            let id: String
            let name: String
            let desk: Bool
        }

        let id: String
        let name: String
        let teams: [Team]
    }

    private struct Person: Encodable {
        let label: String
        let staff: String
        let agency: String
        let roles: [String]
        let teams: [String]
        let waitsFor: [String]
        let endsAt: String
    }

    private struct Rest: Encodable {
        let agencies: [Agency]
        let installation: [String: String]
    }

    /// The same as one JSON object. Codes are letters and dashes and need no escapes.
    mutating func json(
        _ run: FoundingRun,
        founding: PrintedCode?,
        _ installation: [String: String]
    ) throws(FoundingRefusal) {
        bytes += Array("{".utf8)
        if let founding {
            bytes += Array(#""founding_code":""#.utf8)
            append(founding)
            bytes += Array("\",".utf8)
        }
        bytes += Array(#""people":["#.utf8)
        for (number, person) in run.people.enumerated() {
            bytes += Array((number > 0 ? "," : "").utf8) + Array(#"{"code":""#.utf8)
            append(person.invitation.code)
            let rest = Person(
                label: person.label,
                staff: person.invitation.staff.text,
                agency: person.agency,
                roles: person.roles,
                teams: person.teams,
                waitsFor: person.waitsFor,
                endsAt: Self.text(person.invitation.endsAt)
            )
            bytes += Array("\",".utf8) + (try encoded(rest).dropFirst())
        }
        let agencies = run.agencies.map { agency in
            Agency(
                id: agency.id.text,
                name: agency.name,
                teams: agency.teams.map { Agency.Team(id: $0.id.text, name: $0.name, desk: $0.isDesk) }
            )
        }
        bytes += Array("],".utf8) + (try encoded(Rest(agencies: agencies, installation: installation)).dropFirst())
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ code: PrintedCode) {
        var text = code.text()
        bytes += text
        Secret.wipe(&text)
    }

    private func encoded(_ value: some Encodable) throws(FoundingRefusal) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw .place("the codes could not be written as JSON")
        }
    }

    static func text(_ date: Date) -> String { date.formatted(.iso8601) }
}
