import Directory
import Foundation
import HTTPTypes
import NIOCore

/// What a handler answers with. The edge adds the headers that every answer has.
struct Answer: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields
    var body: [UInt8]

    /// Done, and there is nothing to say.
    static var nothing: Answer { Answer(status: .noContent, headers: [:], body: []) }

    /// A plain text.
    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status: status, headers: [.contentType: "text/plain; charset=utf-8"], body: Array(text.utf8))
    }

    /// JSON. The version, where there is one, becomes a strong ETag.
    static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        version: Int? = nil,
        location: String? = nil
    ) -> Answer {
        var answer = encoded(value, as: "application/json", status: status)
        if let version { answer.headers[.eTag] = "\"\(version)\"" }
        if let location { answer.headers[.location] = location }
        return answer
    }

    /// The same with the language that its words are in (RFC 9110 section 8.5).
    func said(in phrases: Phrases) -> Answer {
        var answer = self
        answer.headers[.contentLanguage] = phrases.language.text
        return answer
    }

    /// What was made, as JSON, and where it is.
    static func made(_ value: some Encodable, version: Int? = nil, at location: String? = nil) -> Answer {
        json(value, status: .created, version: version, location: location)
    }

    /// A value as JSON in snake_case with sorted names, so that the same answer is the same bytes.
    static func encoded(_ value: some Encodable, as type: String, status: HTTPResponse.Status) -> Answer {
        do {
            return Answer(status: status, headers: [.contentType: type], body: try JSONWriter.bytes(of: value))
        } catch {
            // Only a number that is not finite fails to encode; the answer is then an error without a body, and the
            // error itself, which may quote the value, is dropped.
            return Answer(status: .internalServerError, headers: [:], body: [])
        }
    }
}
