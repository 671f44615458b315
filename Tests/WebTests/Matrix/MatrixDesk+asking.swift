import Audit
import Care
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

extension MatrixDesk {
    typealias Cell = PublishedMatrix.Cell

    /// What a request was answered, and the entries that it left.
    struct Seen {
        let answer: TestResponse
        let entries: [AuditEntry]
        /// What the entries must name.
        let object: String

        /// As a cell of the page says it: `404 not_assigned`.
        var says: String {
            let rules = entries.map { entry in
                let word = entry.outcome == .failed ? "failed " : ""
                return word + (entry.rule.split(separator: ":").last.map(String.init) ?? "")
            }
            return ([String(answer.status.code)] + rules).joined(separator: " ")
        }
    }

    /// Sends the request of a cell in the role of the cell, and reads what it left in the log.
    func seen(_ cell: Cell, as role: Role, _ prepared: Errand? = nil) async throws -> Seen? {
        let made = prepared == nil ? try await Errand.of(cell, at: self) : prepared
        guard var errand = made else { return nil }
        let person = cell.standing.person
        try appoint(person, role)
        var token: String?
        if cell.section.act == "session.close" {
            // A session of its own, which it ends.
            let session = try await signIn(person)
            token = session.token
            errand.object = session.id
        } else if takesSession(cell.section) {
            let session =
                cell.section.state == PublishedMatrix.Section.confirmed
                ? try await confirmedSession(of: person) : try await session(of: person)
            token = session.token
            if cell.section.act == "session.confirm" {
                // It changes its session, and others are to be asked for with one that is not confirmed.
                let own = try await signIn(person)
                token = own.token
                errand.object = own.id
            }
        }
        let size = try house.logged
        let answer = try await send(errand, token: token)
        if cell.section.act == "session.open", answer.status == .created {
            errand.object = try answer.json["session"].text ?? ""
        }
        var entries = try house.entries(from: size)
        // The server's own entry that an erasure is done, which the page states beside the table.
        if cell.section.act == Act.eraseCase.rawValue, answer.status.code < 300 {
            #expect(entries.last?.act == Act.completeErasure.rawValue && entries.last?.actor == "none")
            entries.removeLast()
        }
        return Seen(answer: answer, entries: entries, object: errand.object)
    }

    /// Every way in which the server's answer and the entry differ from what the page says; empty when they do not.
    func differences(_ cell: Cell, on page: PublishedMatrix) async throws -> [String] {
        guard let role = cell.role, let seen = try await seen(cell, as: role) else {
            return ["\(cell.name): nobody can ask for it"]
        }
        var faults: [String] = []
        func same<Value: Equatable>(_ what: String, _ found: Value?, _ stated: Value?) {
            guard found != stated else { return }
            func text(_ value: Value?) -> String { value.map { "\($0)" } ?? "nothing" }
            faults.append("\(cell.name): \(what) is \(text(found)), and the page says \(text(stated))")
        }
        same("the answer", seen.says, cell.says)
        if cell.status >= 400 {
            let problem = try seen.answer.problem()
            same("the problem", problem.type, "/problems/\(problemType(of: cell))")
            same("the problem's instance", problem.instance, seen.answer.headers[.requestID])
            if cell.status == 404 {
                let missing = try await missing()
                same("the body", seen.answer.bodyWithoutRequest, missing)
            }
            // Whoever is kept out of a case is told what a stranger in that role is told.
            if cell.status == 403, problemType(of: cell) == "refused" {
                same("the reason", problem.reason, cell.rule == "barred" ? "wrong_role" : cell.rule)
            }
            if cell.status == 409 { same("the reason", problem.reason, cell.rule) }
        }
        same("the number of entries", seen.entries.count, cell.rule == nil ? 0 : 1)
        guard let rule = cell.rule, let entry = seen.entries.first else { return faults }
        let isPermitted = cell.status < 400
        // Nobody is known to have acted before there is a session, except whoever has just opened one.
        let isKnown = takesSession(cell.section) || (cell.section.act == "session.open" && isPermitted)
        same("the act", entry.act, cell.section.act)
        same("the outcome", entry.outcome, isPermitted ? .permitted : .denied)
        same("the rule", entry.rule, isPermitted ? "\(cell.section.act):\(rule)" : rule)
        same("the role", entry.role, isKnown ? role.rawValue : "none")
        same("the actor", entry.actor, isKnown ? try house.id(cell.standing.person).text : "none")
        same("the object", entry.object, seen.object)
        same("the purpose", entry.purpose, Act(rawValue: cell.section.act)?.usualPurpose.rawValue)
        same("the relationship", entry.relationship, page.relationship(of: cell))
        same("the request", entry.request, seen.answer.headers[.requestID])
        return faults
    }

    private func problemType(of cell: Cell) -> String {
        switch cell.status {
        case 401: cell.rule == "sign_in_failed" ? "sign-in-failed" : "not-signed-in"
        case 403:
            switch cell.rule {
            case "confirmation_needed": "confirmation-needed"
            case "confirmation_failed": "confirmation-failed"
            default: "refused"
            }
        case 404: "not-found"
        default: cell.rule == "packet_not_released" ? "wrong-state" : "gated"
        }
    }

    /// The body of the answer for a case that does not exist, but for the id of the request.
    private func missing() async throws -> String {
        if let missingBody { return missingBody }
        try appoint(.stranger, .caseworker)
        let errand = Errand(method: .get, path: "/v1/cases/c\(String(repeating: "0", count: 26))", object: "")
        let body = try await send(errand, token: try await session(of: .stranger).token).bodyWithoutRequest
        missingBody = body
        return body
    }
}

extension PublishedMatrix {
    /// The relationships in which the person of a cell stands to what it is about, the nearest first.
    func relationships(of cell: Cell) -> [String] {
        let path = cell.section.path
        // To a restricted case a colleague who is no reader stands as a stranger does.
        let isRestricted = cell.section.act.hasPrefix("reader.")
        if isRestricted, cell.standing == .colleague { return [] }
        let kinds: Set<String> =
            if path.contains("{referral}") {
                ["assigned", "same_team", "supervisor", "receiving_desk", "sending_worker"]
            } else if cell.section.act == "consent.withdraw" {
                ["assigned", "same_team", "supervisor", "reader", "sending_worker"]
            } else {
                ["assigned", "same_team", "supervisor", "reader"]
            }
        var held = (self.held[cell.standing.rawValue] ?? []).filter { kinds.contains($0) }
        if cell.role == .supervisor, let team = held.firstIndex(of: "same_team") {
            held.insert("supervisor", at: team + 1)
        }
        if isRestricted, [.assigned, .assignedAndMoved].contains(cell.standing) { held.append("reader") }
        return held
    }

    /// The relationship that the entry of a cell names: that of the rule where the person has it, else the nearest.
    func relationship(of cell: Cell) -> String {
        let held = relationships(of: cell)
        // Where consent is wanting, the entry names the relationship on which the person had come so far.
        let isGated = cell.status == 409 && cell.section.act == "referral.file"
        let rule = isGated ? (cell.role == .supervisor ? "supervisor" : "assigned") : cell.rule
        if cell.status < 400 || isGated, let rule, let named = relationshipOfRule[rule], held.contains(named) {
            return named
        }
        return held.first ?? "none"
    }
}
