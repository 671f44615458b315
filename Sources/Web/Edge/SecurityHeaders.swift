import HTTPTypes

/// The headers that every answer carries, errors too (SECURITY section 9).
enum SecurityHeaders {
    /// With Strict-Transport-Security where TLS is spoken; over plain HTTP browsers must not heed it (RFC 6797 section 7.2).
    static func fields(isSecured: Bool) -> HTTPFields {
        guard isSecured else { return fields }
        var fields = fields
        fields[.strictTransportSecurity] = "max-age=\(Limits.strictTransportSeconds)"
        return fields
    }

    static let fields: HTTPFields = [
        .cacheControl: "no-store",
        .contentSecurityPolicy:
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
        .crossOriginOpenerPolicy: "same-origin",
        .crossOriginResourcePolicy: "same-origin",
        .referrerPolicy: "no-referrer",
        .xContentTypeOptions: "nosniff",
        .xFrameOptions: "DENY",
    ]
}
