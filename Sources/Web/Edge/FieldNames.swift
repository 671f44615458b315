import HTTPTypes

extension HTTPField.Name {
    static let acceptPost = literal("Accept-Post")
    static let acceptQuery = literal("Accept-Query")
    static let crossOriginOpenerPolicy = literal("Cross-Origin-Opener-Policy")
    static let idempotencyKey = literal("Idempotency-Key")
    static let referrerPolicy = literal("Referrer-Policy")
    static let requestID = literal("Request-Id")
    static let xFrameOptions = literal("X-Frame-Options")

    private static func literal(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else {
            preconditionFailure("the names above are tokens of RFC 9110, so each is a field name")
        }
        return name
    }
}
