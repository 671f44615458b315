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
    case refused
    case gated
    case wrongState = "wrong-state"
    case busy
    case auditUnavailable = "audit-unavailable"
    case withdrawalNotRecorded = "withdrawal-not-recorded"
    case stopped
    case damaged
    case `internal`

    /// One line of the catalogue.
    struct Entry {
        let status: HTTPResponse.Status
        /// The same few words each time.
        let title: String
        /// What happened, in one or two sentences.
        let detail: String
        /// What to do about it, for the help page.
        let help: String
    }

    var entry: Entry {
        switch self {
        case .notFound:
            Entry(
                status: .notFound,
                title: "Not found",
                detail: "There is nothing at this address, or it is not for you.",
                help:
                    "Check the address. A case or referral that you may not see answers exactly like one that does not "
                    + "exist. If you should see it, ask the person who leads your team."
            )
        case .unknownCountry:
            Entry(
                status: .notFound,
                title: "Unknown country",
                detail: "The directory holds no country with this code.",
                help:
                    "Write the two capital letters of ISO 3166-1, such as LK. If the code is right, the directory of this "
                    + "server has no page for that country yet."
            )
        case .methodNotAllowed:
            Entry(
                status: .methodNotAllowed,
                title: "Method not allowed",
                detail: "This address does not take this method; the Allow header names those it takes.",
                help: "Use one of the methods in the Allow header."
            )
        case .methodUnknown:
            Entry(
                status: .notImplemented,
                title: "Unknown method",
                detail: "This server does not know this method.",
                help: "The server knows GET, HEAD, POST, QUERY, DELETE and OPTIONS."
            )
        case .notAcceptable:
            Entry(
                status: .notAcceptable,
                title: "Not acceptable",
                detail: "The answer has no form that the Accept header allows.",
                help: "Send Accept: application/json, or leave the header out."
            )
        case .notJSON:
            Entry(
                status: .unsupportedMediaType,
                title: "Not JSON",
                detail: "The body must be JSON, unencoded, with Content-Type: application/json.",
                help: "Set Content-Type: application/json and send the body as UTF-8 without compression."
            )
        case .bodyTooLarge:
            Entry(
                status: .contentTooLarge,
                title: "Body too large",
                detail: "The body is larger than this request may be. It was not read, and nothing was changed.",
                help: "A body has at most 1 MiB, the body of a sign-in or an enrolment at most 16 KiB."
            )
        case .bodyMissing:
            Entry(
                status: .badRequest,
                title: "Body missing",
                detail: "This request needs a JSON body.",
                help: "Send a JSON object, and Content-Type: application/json."
            )
        case .bodyUnexpected:
            Entry(
                status: .badRequest,
                title: "Unexpected body",
                detail: "This request takes no body.",
                help: "Send the request without a body."
            )
        case .bodyBroken:
            Entry(
                status: .badRequest,
                title: "Broken body",
                detail: "The body did not arrive whole. Nothing was changed.",
                help: "Send the request again. Content-Length must be the number of bytes that follow."
            )
        case .malformedJSON:
            Entry(
                status: .badRequest,
                title: "Malformed JSON",
                detail: "The body is not JSON. Nothing was changed.",
                help: "The error names the byte, counted from 0, at which the body stops being JSON (RFC 8259)."
            )
        case .tooComplex:
            Entry(
                status: .badRequest,
                title: "Too complex",
                detail: "The body is nested too deeply or holds too many values. Nothing was changed.",
                help: "At most 32 levels, 200 fields in an object and 20,000 values in all."
            )
        case .duplicateField:
            Entry(
                status: .badRequest,
                title: "Duplicate field",
                detail: "The body names a field twice. Nothing was changed.",
                help: "Name each field once: readers differ in which of the two they take."
            )
        case .unknownField:
            Entry(
                status: .badRequest,
                title: "Unknown field",
                detail: "The body has a field that this request does not know. Nothing was changed.",
                help:
                    "The error lists the fields that are known there. Check the spelling: a field that is passed over in "
                    + "silence could be the one that keeps somebody safe."
            )
        case .invalidValue:
            Entry(
                status: .unprocessableContent,
                title: "Invalid value",
                detail: "A value cannot be used as it was written. Nothing was changed.",
                help: "Each error names the place by JSON Pointer (RFC 6901) and says what to write there."
            )
        case .unknownParameter:
            Entry(
                status: .badRequest,
                title: "Unknown parameter",
                detail: "The query has a parameter that this request does not take.",
                help:
                    "The error lists the parameters that are taken. Nothing personal and no search term ever stands in an "
                    + "address: they go into the body."
            )
        case .invalidParameter:
            Entry(
                status: .badRequest,
                title: "Invalid parameter",
                detail: "A parameter of the query cannot be used as it was written.",
                help: "Each error names the parameter and says what to write there."
            )
        case .idempotencyKey:
            Entry(
                status: .badRequest,
                title: "Idempotency-Key needed",
                detail: "This request makes something, so it needs an Idempotency-Key. Nothing was changed.",
                help:
                    "Send Idempotency-Key with up to 64 letters, digits, - or _, new for each thing that you make. Repeat "
                    + "a request whose answer was lost under the same key: it is never done twice."
            )
        case .keyReused:
            Entry(
                status: .unprocessableContent,
                title: "Idempotency-Key used before",
                detail: "The same Idempotency-Key came with another request. Nothing was changed.",
                help: "Take a new key for a new request. To repeat a request, send exactly the same body."
            )
        case .versionMissing:
            Entry(
                status: .preconditionRequired,
                title: "If-Match needed",
                detail: "This request changes something, so it needs If-Match. Nothing was changed.",
                help:
                    "Read it first, then send If-Match with the ETag of that answer. So nobody overwrites what a colleague "
                    + "has just written."
            )
        case .versionMalformed:
            Entry(
                status: .badRequest,
                title: "If-Match malformed",
                detail: "If-Match must hold the ETag of one answer. Nothing was changed.",
                help: "Send the ETag exactly as it came, with its quotes, such as If-Match: \"3\"."
            )
        case .stale:
            Entry(
                status: .preconditionFailed,
                title: "Changed meanwhile",
                detail: "Somebody changed it since you read it. Nothing was changed by this request.",
                help: "Read it again, look at what changed, and repeat with the new ETag."
            )
        case .notSignedIn:
            Entry(
                status: .unauthorized,
                title: "Not signed in",
                detail: "This needs a session, and there is none, or it has ended.",
                help:
                    "Sign in with POST /v1/session and send Authorization: Bearer with the token. A session ends when it "
                    + "has not been used for a while."
            )
        case .signInFailed:
            Entry(
                status: .unauthorized,
                title: "Sign-in failed",
                detail: "Name and password do not belong together.",
                help: "Check both. The server does not say which of them is wrong, nor whether the name exists."
            )
        case .enrolmentFailed:
            Entry(
                status: .forbidden,
                title: "Enrolment failed",
                detail: "This code opens no invitation. It may be mistyped, used before or older than seven days.",
                help:
                    "Compare each group of the code with the paper. If it was used before, sign in with POST /v1/session; if "
                    + "not by you, tell the person who gave it to you at once. Else ask for a new invitation."
            )
        case .refused:
            Entry(
                status: .forbidden,
                title: "Refused",
                detail: "The access policy does not allow you this act. The refusal has been recorded.",
                help: "The reason is a code of the access policy. The role matrix says who may do what."
            )
        case .gated:
            Entry(
                status: .conflict,
                title: "Not allowed yet",
                detail: "Consent, a safety rule or a conflict stands in the way. Nothing was shared.",
                help:
                    "The reason is a code; missing names what is needed first, such as the items that the consent does not "
                    + "cover."
            )
        case .wrongState:
            Entry(
                status: .conflict,
                title: "Wrong state",
                detail: "The step is not possible in the present state. Nothing was changed.",
                help: "Read it again: its state says which steps are possible."
            )
        case .busy:
            Entry(
                status: .serviceUnavailable,
                title: "Busy",
                detail: "Too much work of this kind is waiting. Nothing was changed.",
                help: "Repeat the request after the seconds in Retry-After."
            )
        case .auditUnavailable:
            Entry(
                status: .serviceUnavailable,
                title: "Cannot be recorded",
                detail: "The act could not be recorded in the audit log, so it was not done and nothing is shown.",
                help:
                    "Repeat the request. If it lasts, an operator must look: the disk may be full. Emergency lines of a "
                    + "country are served all the same."
            )
        case .withdrawalNotRecorded:
            Entry(
                status: .serviceUnavailable,
                title: "Withdrawal not yet recorded",
                detail: "Sharing has stopped, but the withdrawal could not be recorded yet. Repeat it until it is.",
                help:
                    "Repeat the request until it is answered with 200. Until then nothing is released under this consent."
            )
        case .stopped:
            Entry(
                status: .serviceUnavailable,
                title: "Stopped",
                detail: "The store met a fault and serves nothing until an operator has looked.",
                help: "Tell the operator. Repeating does not help."
            )
        case .damaged:
            Entry(
                status: .internalServerError,
                title: "Damaged",
                detail: "What is stored here cannot be opened. The operator must look.",
                help: "Tell the operator the Request-Id of this answer."
            )
        case .internal:
            Entry(
                status: .internalServerError,
                title: "Internal error",
                detail: "The server failed to do this.",
                help: "Tell the operator the Request-Id of this answer."
            )
        }
    }

    /// The address of the help page, which is also the `type` of the problem.
    var page: String { "/problems/\(rawValue)" }
}
