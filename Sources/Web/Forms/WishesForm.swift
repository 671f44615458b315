import Care
import Directory

/// What she wishes of a service, as it is answered to those who may read it.
struct WishesForm: Encodable {
    let staffGender: String?
    let staffGenderIsStrict: Bool?
    let maximumTravelHours: Double?
    let maximumTravelHoursIsStrict: Bool?
    let mode: String?
    let modeIsStrict: Bool?
    let noReportToAuthorities: Bool
    let willingToUse: [String]?

    init(_ wishes: Wishes) {
        staffGender = wishes.staffGender?.value.rawValue
        staffGenderIsStrict = wishes.staffGender?.isStrict
        maximumTravelHours = wishes.maximumTravelHours?.value
        maximumTravelHoursIsStrict = wishes.maximumTravelHours?.isStrict
        mode = wishes.mode?.value.rawValue
        modeIsStrict = wishes.mode?.isStrict
        noReportToAuthorities = wishes.noReportToAuthorities
        willingToUse = wishes.willingToUse?.map(\.rawValue).sorted()
    }
}

extension Shape where Value == Wishes {
    /// The same as a request states it. A wish is not strict unless she says so (F3).
    static var wishes: Shape {
        .object { fields in
            let gender = fields.optional("staff_gender", Shape<Gender>.word)
            let genderIsStrict = fields.optional("staff_gender_is_strict", .flag)
            let hours = fields.optional("maximum_travel_hours", .number(0...168))
            let hoursAreStrict = fields.optional("maximum_travel_hours_is_strict", .flag)
            let mode = fields.optional("mode", Shape<ContactMode>.word)
            let modeIsStrict = fields.optional("mode_is_strict", .flag)
            let noReport = fields.optional("no_report_to_authorities", .flag, otherwise: false)
            let willing = fields.optional(
                "willing_to_use",
                .list(of: Shape<Prerequisite>.word, count: 0...Limits.fewValues)
            )
            return try Wishes(
                staffGender: wish(gender.get(), genderIsStrict.get(), "staff_gender"),
                maximumTravelHours: wish(hours.get(), hoursAreStrict.get(), "maximum_travel_hours"),
                mode: wish(mode.get(), modeIsStrict.get(), "mode"),
                noReportToAuthorities: noReport.get(),
                willingToUse: willing.get().map { Set($0) }
            )
        }
    }

    private static func wish<Wished>(
        _ value: Wished?,
        _ isStrict: Bool?,
        _ name: String
    ) throws(CareError) -> Wish<Wished>? {
        guard let value else {
            guard isStrict == nil else {
                throw .invalid(field: "\(name)_is_strict", write: "it with \(name) only")
            }
            return nil
        }
        return Wish(value, isStrict: isStrict ?? false)
    }
}
