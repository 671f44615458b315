import Care
import Casework
import Foundation
import HTTPTypes

/// What auditors read: entries of codes and handles, the signed checkpoint, and the log as it is stored.
struct AuditRoutes: Sendable {
    let desk: AuditDesk
    let signIn: SignInDesk

    private enum Outcome: String, CaseIterable {
        case permitted
        case denied
        case failed
    }

    private struct Extract: Encodable {
        let key: String
        let size: Int
        let from: Int
        let next: Int?
        let entries: [String]
        let checkpoints: [String]

        init(_ extract: AuditDesk.Extract) {
            let end = extract.from + extract.entries.count
            key = extract.key
            size = extract.size
            from = extract.from
            next = end < extract.size ? end : nil
            entries = extract.entries.map { Data($0).base64EncodedString() }
            checkpoints = extract.checkpoints.map { Data($0).base64EncodedString() }
        }
    }

    /// Entries in their order, each exactly as it is stored.
    func entries(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: signIn)
        let filter = try asked.query { fields in
            let after = fields.optional("after", .digits(0...Int.max))
            let limit = fields.optional("limit", .digits(1...Limits.auditEntries), otherwise: Limits.auditEntries / 2)
            let act = fields.optional("act", Shape<Act>.word)
            let outcome = fields.optional("outcome", Shape<Outcome>.word)
            return try AuditDesk.Filter(
                after: after.get(),
                limit: limit.get(),
                act: act.get(),
                outcome: outcome.get()?.rawValue
            )
        }
        let page = try await desk.entries(filter, for: signedIn, request: asked.request)
        let next = page.next.map { #","next":\#($0)"# } ?? ""
        // An entry is canonical JSON already; written again it would no longer be the bytes that the log has hashed.
        var body = Array(#"{"entries":["#.utf8)
        for (index, entry) in page.entries.enumerated() {
            if index > 0 { body.append(UInt8(ascii: ",")) }
            body += entry
        }
        body += Array("]\(next),\"size\":\(page.size)}".utf8)
        return Answer(status: .ok, headers: [.contentType: "application/json"], body: body)
    }

    /// The newest signed checkpoint.
    func checkpoint(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: signIn)
        var answer = Answer.text("")
        answer.body = try await desk.checkpoint(for: signedIn, request: asked.request)
        return answer
    }

    /// A part of the log as it is stored, for a check without this server.
    func extract(_ asked: Asked) async throws -> Answer {
        let signedIn = try asked.signedIn(at: signIn)
        let (from, size) = try asked.query { fields in
            try fields.all(
                fields.optional("from", .digits(0...Int.max), otherwise: 0),
                fields.optional("up_to", .digits(0...Int.max))
            )
        }
        do {
            return .json(
                Extract(try await desk.extract(from: from, upTo: size, for: signedIn, request: asked.request))
            )
        } catch CaseworkError.invalid(let field, let what) {
            let name = field == "up_to" ? field : "from"
            throw Problem(.invalidParameter, Problem.Finding(place: .parameter(name), code: .invalid, detail: what))
        }
    }
}
