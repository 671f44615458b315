import Directory
import HTTPTypes

/// Every kind of problem that the server can answer with. The raw value is the last part of its `type`,
/// `/problems/<code>`, which is also the address of its help page; codes are never renamed.
enum ProblemKind: String, CaseIterable {
    case notFound = "not-found"
    case unknownCountry = "unknown-country"
    case methodNotAllowed = "method-not-allowed"
    case methodUnknown = "method-unknown"
    case notAcceptable = "not-acceptable"
    case notJSON = "not-json"
    case bodyTooLarge = "body-too-large"
    case bodyMissing = "body-missing"
    case bodyUnexpected = "body-unexpected"
    case bodyBroken = "body-broken"
    case malformedJSON = "malformed-json"
    case tooComplex = "too-complex"
    case duplicateField = "duplicate-field"
    case unknownField = "unknown-field"
    case invalidValue = "invalid-value"
    case unknownParameter = "unknown-parameter"
    case invalidParameter = "invalid-parameter"
    case idempotencyKey = "idempotency-key"
    case keyReused = "key-reused"
    case versionMissing = "version-missing"
    case versionMalformed = "version-malformed"
    case stale
    case notSignedIn = "not-signed-in"
    case signInFailed = "sign-in-failed"
    case enrolmentFailed = "enrolment-failed"
    case confirmationNeeded = "confirmation-needed"
    case confirmationFailed = "confirmation-failed"
    case refused
    case gated
    case wrongState = "wrong-state"
    case busy
    case auditUnavailable = "audit-unavailable"
    case withdrawalNotRecorded = "withdrawal-not-recorded"
    case stopped
    case damaged
    case `internal`

    /// The status of the answer.
    var status: HTTPResponse.Status {
        switch self {
        case .notFound, .unknownCountry: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .methodUnknown: .notImplemented
        case .notAcceptable: .notAcceptable
        case .notJSON: .unsupportedMediaType
        case .bodyTooLarge: .contentTooLarge
        case .bodyMissing, .bodyUnexpected, .bodyBroken, .malformedJSON, .tooComplex, .duplicateField, .unknownField,
            .unknownParameter, .invalidParameter, .idempotencyKey, .versionMalformed:
            .badRequest
        case .invalidValue, .keyReused: .unprocessableContent
        case .versionMissing: .preconditionRequired
        case .stale: .preconditionFailed
        case .notSignedIn, .signInFailed: .unauthorized
        case .refused, .enrolmentFailed, .confirmationNeeded, .confirmationFailed: .forbidden
        case .gated, .wrongState: .conflict
        case .busy, .auditUnavailable, .withdrawalNotRecorded, .stopped: .serviceUnavailable
        case .damaged, .internal: .internalServerError
        }
    }

    /// The same few words each time.
    var title: Phrase { Phrase("problems.\(rawValue).title") }

    /// What happened, in one or two sentences.
    var detail: Phrase { Phrase("problems.\(rawValue).detail") }

    /// What to do about it, for the help page.
    var help: Phrase { Phrase("problems.\(rawValue).help") }

    /// Everything that a problem can say.
    static var phrases: [Phrase] { allCases.flatMap { [$0.title, $0.detail, $0.help] } }

    /// The address of the help page, which is also the `type` of the problem.
    var page: String { "/problems/\(rawValue)" }
}
