/// One way to reach a service: a telephone number, a short code for texts, an address on the web.
public struct Contact: Hashable, Sendable {
    /// What kind of address it is.
    public enum Kind: String, Sendable, CaseIterable {
        case phone
        case sms
        case whatsapp
        case web
        case email

        /// Whether it is dialled or texted. An address on the web never stands where a number is looked for.
        public var isNumber: Bool {
            switch self {
            case .phone, .sms, .whatsapp: true
            case .web, .email: false
            }
        }
    }

    /// From where a number can be dialled as it is printed.
    public enum Reach: String, Sendable, CaseIterable {
        /// A short code or an emergency number: only on a network of that country.
        case insideCountry = "inside_country"
        /// A national number as dialled inside the country; from abroad it needs the country's prefix.
        case nationalNumber = "national_number"
        /// An international number with `+`.
        case anywhere
    }

    /// What kind of address it is.
    public let kind: Kind
    /// As dialled or opened: `1929`, `+94 11 000 0000`, `https://…`.
    public let value: String
    /// For numbers; nil for the web and e-mail.
    public let reach: Reach?
    /// What answers there, in a few words: `police`, `ambulance`, `Tamil line`. Nil when the service's name says it all.
    public let reaches: String?

    /// A way to reach a service; numbers say from where they can be dialled.
    public init(kind: Kind, value: String, reach: Reach?, reaches: String? = nil) {
        self.kind = kind
        self.value = value
        self.reach = reach
        self.reaches = reaches
    }
}
