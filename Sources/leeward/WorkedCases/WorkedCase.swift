import Directory
import Foundation
import Matching

/// One worked case: a need, the services there are, and what the match must say of them.
struct WorkedCase {
    let id: String
    let now: Date
    let viewer: Viewer
    let context: CaseContext
    let profile: CountryProfile
    let services: ServiceIndex
    let expectations: Expectations

    /// What the rules say of it.
    func result(windows: WindowRules, parameters: MatchParameters) -> MatchResult {
        Matcher.match(
            context,
            among: services,
            profile: profile,
            windows: windows,
            parameters: parameters,
            now: now
        )
    }
}

/// What a worked case expects; what is left out is not compared.
struct Expectations {
    struct Exclusion {
        let service: String
        let reason: String?
    }

    struct FlagExpectation {
        /// Nil: of the case.
        let service: String?
        let flag: String
    }

    var outcome: String?
    var referralMayBeSent: Bool?
    var gates: [String] = []
    var included: [String]?
    var excluded: [Exclusion] = []
    var first: String?
    var before: [(better: String, worse: String)] = []
    var flags: [FlagExpectation] = []
    var secrets: [String] = []
}
