extension CaseworkError {
    /// The word that stands in the audit entry; a code, never a value.
    var code: String {
        switch self {
        case .notSignedIn: "not_signed_in"
        case .signInFailed: "sign_in_failed"
        case .enrolmentFailed: "enrolment_failed"
        case .confirmationNeeded: "confirmation_needed"
        case .confirmationFailed: "confirmation_failed"
        case .busy: "busy"
        case .notFound: "not_found"
        case .refused(let code): code
        case .gated(let code, _): code
        case .wrongState(let code): code
        case .stale: "stale"
        case .invalid: "invalid"
        case .keyReused: "key_reused"
        case .auditUnavailable: "audit_unavailable"
        case .withdrawalNotRecorded: "withdrawal_not_recorded"
        case .stopped: "stopped"
        case .damaged(let code): "damaged.\(code)"
        }
    }

    /// Whether it is a "no" by rule or consent, rather than something that could not be done.
    var isRefusal: Bool {
        switch self {
        case .notSignedIn, .signInFailed, .enrolmentFailed, .confirmationNeeded, .confirmationFailed, .notFound,
            .refused,
            .gated:
            true
        default: false
        }
    }
}
