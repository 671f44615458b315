import HTTPTypes

/// The headers that every answer carries, errors too (SECURITY section 9). Strict-Transport-Security is missing because
/// browsers must not heed it over plain HTTP (RFC 6797 section 7.2); it comes with TLS.
enum SecurityHeaders {
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
