import Casework

extension Problem {
    /// The one place where a refusal of a desk becomes a status and a text. A case that one may not see and a case that
    /// does not exist both arrive here as `notFound` and leave with the same body.
    init(answering error: CaseworkError) {
        switch error {
        case .notSignedIn: self.init(.notSignedIn)
        case .signInFailed: self.init(.signInFailed)
        case .enrolmentFailed: self.init(.enrolmentFailed)
        case .confirmationNeeded: self.init(.confirmationNeeded)
        case .confirmationFailed: self.init(.confirmationFailed)
        case .busy(let seconds):
            self.init(.busy)
            retryAfterSeconds = max(1, seconds)
        case .notFound: self.init(.notFound)
        case .refused(let code):
            self.init(.refused)
            reason = code
        case .gated(let code, let items):
            self.init(.gated)
            reason = code
            missing = items
        case .wrongState(let code):
            self.init(.wrongState)
            reason = code
        case .stale: self.init(.stale)
        case .invalid(let field, let what):
            self.init(.invalidValue, Finding(place: .body(field), code: .invalid, detail: what))
        case .keyReused: self.init(.keyReused)
        case .auditUnavailable:
            self.init(.auditUnavailable)
            retryAfterSeconds = Limits.recordingRetrySeconds
        case .withdrawalNotRecorded:
            self.init(.withdrawalNotRecorded)
            retryAfterSeconds = Limits.recordingRetrySeconds
        case .stopped: self.init(.stopped)
        case .damaged(let code):
            self.init(.damaged)
            reason = code
        }
    }
}
