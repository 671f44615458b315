import Directory

/// What is looked for in the directory: the code of the need while its window is open or there is none, its fallback when
/// the window is over (H2–H4).
struct SoughtCodes {
    struct Target {
        let code: ServiceCode
        /// Last moment at which it may start, inclusive; nil without a limit that is known.
        let end: Int?
        /// The end that may be told; before `end` where an unconfirmed window keeps the code open.
        let told: Int?

        init(_ code: ServiceCode, _ context: CaseContext, _ profile: CountryProfile, _ windows: WindowRules) {
            self.code = code
            self.end = SoughtCodes.end(code, context, profile, windows)
            self.told = SoughtCodes.told(code, context, profile, windows)
        }
    }

    /// In the order to prefer them.
    let targets: [Target]
    /// The code of the need after its window, so that what offers it alone is told apart from what never did.
    let passed: ServiceCode?
    /// A window is open, by the clock or because the time is unknown (H3).
    let hasOpenWindow: Bool
    /// The need has a window and nobody knows since when it runs.
    let isTimeUnknown: Bool

    init(_ context: CaseContext, profile: CountryProfile, windows: WindowRules, now: Int) {
        let code = context.need.code
        let hasWindow = profile.hours(of: code, age: context.survivor.age, windows) != nil
        let target = Target(code, context, profile, windows)
        guard let end = target.end, end < now else {
            self.targets = [target]
            self.passed = nil
            self.hasOpenWindow = hasWindow
            self.isTimeUnknown = hasWindow && context.lastExposure == nil
            return
        }
        // A fallback whose own window is over would promise what cannot be given, like the code it stands for.
        let targets = windows.entry(for: code).fallback
            .map { Target($0, context, profile, windows) }
            .filter { target in target.end.map { now <= $0 } ?? true }
        self.targets = targets
        self.passed = code
        self.hasOpenWindow = targets.contains { $0.end != nil }
        self.isTimeUnknown = false
    }

    /// The last moment for any code, for what else a visit could cover too.
    static func end(
        _ code: ServiceCode,
        _ context: CaseContext,
        _ profile: CountryProfile,
        _ windows: WindowRules
    ) -> Int? {
        guard let told = told(code, context, profile, windows), let exposure = context.lastExposure.map(Milliseconds.of)
        else { return nil }
        return max(told, profile.keptOpenHours[code].map { exposure + $0 * Milliseconds.hour } ?? told)
    }

    private static func told(
        _ code: ServiceCode,
        _ context: CaseContext,
        _ profile: CountryProfile,
        _ windows: WindowRules
    ) -> Int? {
        guard let exposure = context.lastExposure.map(Milliseconds.of) else { return nil }
        return profile.hours(of: code, age: context.survivor.age, windows).map { exposure + $0 * Milliseconds.hour }
    }
}
