import Directory
import HTTPTypes

extension Problem {
    /// The members of RFC 9457 and ours.
    private struct Body: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let instance: String
        let reason: String?
        let missing: [String]?
        let errors: [Line]?
        let languageReviewed: Bool
    }

    private struct Line: Encodable {
        var pointer: String?
        var parameter: String?
        var header: String?
        var byte: Int?
        let code: String
        let detail: String

        init(_ finding: Finding) {
            code = finding.code.rawValue
            detail = finding.detail
            switch finding.place {
            case .body(let pointer): self.pointer = pointer
            case .parameter(let name): parameter = name
            case .header(let name): header = name
            case .byte(let offset): byte = offset
            case .query: break
            }
        }
    }

    /// The answer to a request with that id, in the reader's language.
    func answer(requestID: String, in phrases: Phrases) -> Answer {
        let codes = missing.filter(Self.isCode)
        let body = Body(
            type: kind.page,
            title: phrases.text(kind.title),
            status: kind.status.code,
            detail: phrases.text(kind.detail),
            instance: requestID,
            reason: reason.flatMap { Self.isCode($0) ? $0 : nil },
            missing: codes.isEmpty ? nil : codes,
            errors: findings.isEmpty ? nil : findings.map(Line.init),
            languageReviewed: phrases.isReviewed
        )
        var answer = Answer.encoded(body, as: "application/problem+json", status: kind.status)
            .said(in: phrases)
        if let retryAfterSeconds { answer.headers[.retryAfter] = String(retryAfterSeconds) }
        switch kind {
        case .notSignedIn, .signInFailed:
            answer.headers[.wwwAuthenticate] = "Bearer"
        case .methodNotAllowed:
            answer.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
        case .notJSON:
            answer.headers[.acceptPost] = "application/json"
            answer.headers[.acceptEncoding] = "identity"
        default: break
        }
        return answer
    }
}
