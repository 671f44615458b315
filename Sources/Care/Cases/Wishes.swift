public import Directory

/// A wish of hers about a service, with whether nothing else will do. Set by her, never inferred (F3).
public struct Wish<Value: Hashable & Sendable>: Hashable, Sendable {
    /// What she wishes.
    public let value: Value
    /// Whether nothing else will do.
    public let isStrict: Bool

    /// A wish; strict when nothing else will do.
    public init(_ value: Value, isStrict: Bool) {
        self.value = value
        self.isStrict = isStrict
    }
}

/// What she wishes of a service and what she has and is willing to use (F3, M2, M5).
public struct Wishes: Hashable, Sendable {
    /// The gender of the staff who help her.
    public let staffGender: Wish<Gender>?
    /// How long she can travel, 0...168 hours.
    public let maximumTravelHours: Wish<Double>?
    /// How she wants to use the service.
    public let mode: Wish<ContactMode>?
    /// Whether she wants no report to authorities.
    public let noReportToAuthorities: Bool
    /// Papers, payment and the like that she has and is willing to use; nil: not asked.
    public let willingToUse: Set<Prerequisite>?

    /// Her wishes; nil where she named none.
    ///
    /// - Throws: `CareError.invalid` for travel hours outside 0...168.
    public init(
        staffGender: Wish<Gender>? = nil,
        maximumTravelHours: Wish<Double>? = nil,
        mode: Wish<ContactMode>? = nil,
        noReportToAuthorities: Bool = false,
        willingToUse: Set<Prerequisite>? = nil
    ) throws(CareError) {
        if let hours = maximumTravelHours?.value, !(0...168).contains(hours) {
            throw .invalid(field: "wishes.maximum_travel_hours", write: "hours from 0 to 168")
        }
        self.staffGender = staffGender
        self.maximumTravelHours = maximumTravelHours
        self.mode = mode
        self.noReportToAuthorities = noReportToAuthorities
        self.willingToUse = willingToUse
    }
}

extension Wishes: Codable {
    private enum CodingKeys: String, CodingKey {
        case staffGender = "staff_gender"
        case staffGenderIsStrict = "staff_gender_is_strict"
        case maximumTravelHours = "maximum_travel_hours"
        case maximumTravelHoursIsStrict = "maximum_travel_hours_is_strict"
        case mode
        case modeIsStrict = "mode_is_strict"
        case noReportToAuthorities = "no_report_to_authorities"
        case willingToUse = "willing_to_use"
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        func wish<Value>(_ value: Value?, _ strict: CodingKeys) throws -> Wish<Value>? {
            guard let value else { return nil }
            return Wish(value, isStrict: try stored.decode(Bool.self, forKey: strict))
        }
        let willing: [String]? = try stored.decodeIfPresent([String].self, forKey: .willingToUse)
        try self.init(
            staffGender: wish(stored.optionalCode(.staffGender), .staffGenderIsStrict),
            maximumTravelHours: wish(
                stored.decodeIfPresent(Double.self, forKey: .maximumTravelHours),
                .maximumTravelHoursIsStrict
            ),
            mode: wish(stored.optionalCode(.mode), .modeIsStrict),
            noReportToAuthorities: stored.decode(Bool.self, forKey: .noReportToAuthorities),
            willingToUse: willing == nil ? nil : stored.codeSet(.willingToUse)
        )
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.put(optional: staffGender?.value, .staffGender)
        try stored.encodeIfPresent(staffGender?.isStrict, forKey: .staffGenderIsStrict)
        try stored.encodeIfPresent(maximumTravelHours?.value, forKey: .maximumTravelHours)
        try stored.encodeIfPresent(maximumTravelHours?.isStrict, forKey: .maximumTravelHoursIsStrict)
        try stored.put(optional: mode?.value, .mode)
        try stored.encodeIfPresent(mode?.isStrict, forKey: .modeIsStrict)
        try stored.encode(noReportToAuthorities, forKey: .noReportToAuthorities)
        if let willingToUse { try stored.put(set: willingToUse, .willingToUse) }
    }
}
