public import Directory

/// What a plan says in words, by code: of the whole plan, of a need, of a visit. The words stand in the message files.
public enum PlanPhrase: String, Hashable, Sendable, CaseIterable {
    // Of the plan.
    case proposedTogether = "PROPOSED_TOGETHER"
    /// H6: no list decides what is right for her.
    case clinicianDecides = "CLINICIAN_DECIDES"
    case askFirst = "ASK_FIRST"
    case timeUnknown = "TIME_UNKNOWN"
    case nobodyInTime = "NOBODY_IN_TIME"
    // Of a need (H7: hours and the local clock).
    case timeLeft = "TIME_LEFT"
    case lessThanAnHourLeft = "LESS_THAN_AN_HOUR_LEFT"
    case noCutOff = "NO_CUT_OFF"
    case startUnknown = "START_UNKNOWN"
    case keptOpen = "KEPT_OPEN"
    case over = "OVER"
    case standsFor = "STANDS_FOR"
    // Of a visit.
    case covers = "COVERS"
    case notTimed = "NOT_TIMED"

    /// The words without their values.
    public var phrase: Phrase {
        let key = "plan.\(rawValue)"
        return switch self {
        case .proposedTogether: Phrase(key, counting: "hours")
        case .timeLeft: Phrase(key, "until", counting: "hours")
        case .lessThanAnHourLeft: Phrase(key, "until")
        case .nobodyInTime, .over, .standsFor, .covers: Phrase(key, "codes")
        case .clinicianDecides, .askFirst, .timeUnknown, .noCutOff, .startUnknown, .keptOpen, .notTimed: Phrase(key)
        }
    }

    /// The words with service codes in them.
    func sentence(_ codes: [ServiceCode]) -> Sentence {
        Sentence(phrase, ["codes": codes.map(\.text).joined(separator: ", ")])
    }
}

/// A code of a plan with its words.
public struct PlanStatement: Hashable, Sendable {
    /// The code, for programs.
    public let code: PlanPhrase
    /// The words with their values.
    public let sentence: Sentence

    init(_ code: PlanPhrase, _ sentence: Sentence? = nil) {
        self.code = code
        self.sentence = sentence ?? Sentence(code.phrase)
    }
}

extension CasePlan {
    /// Everything that a plan can say.
    public static var phrases: [Phrase] { PlanPhrase.allCases.map(\.phrase) }

    /// What is said of the plan as a whole; `hours` is the age under which the bundle is proposed.
    public func statements(within hours: Int) -> [PlanStatement] {
        var said: [PlanStatement] = []
        if isBundle {
            said.append(PlanStatement(.proposedTogether, Sentence(PlanPhrase.proposedTogether.phrase, count: hours)))
            said.append(PlanStatement(.clinicianDecides))
        }
        if isTimeUnknown { said.append(PlanStatement(.timeUnknown)) }
        if needs.contains(where: \.isProposed) { said.append(PlanStatement(.askFirst)) }
        if !unmet.isEmpty {
            said.append(PlanStatement(.nobodyInTime, PlanPhrase.nobodyInTime.sentence(unmet.map { needs[$0].code })))
        }
        return said
    }

    /// What is said of a visit.
    public func statements(of visit: PlannedVisit) -> [PlanStatement] {
        let codes = visit.covers.map { needs[$0.need].code }
        return [PlanStatement(.covers, PlanPhrase.covers.sentence(codes))]
            + (visit.isTimed ? [] : [PlanStatement(.notTimed)])
    }
}

extension PlannedNeed {
    /// What is said of it. `until` is its last moment on a local clock, as the reader is shown it (H7).
    public func statements(until: String?) -> [PlanStatement] {
        var said: [PlanStatement] = []
        switch clock {
        case .noCutOff: said.append(PlanStatement(.noCutOff))
        case .unknown: said.append(PlanStatement(.startUnknown))
        case .keptOpen: said.append(PlanStatement(.keptOpen))
        case .over(let instead): said.append(PlanStatement(.over, PlanPhrase.over.sentence(instead)))
        case .open(_, let seconds):
            let code: PlanPhrase = seconds < 3600 ? .lessThanAnHourLeft : .timeLeft
            let count = seconds < 3600 ? nil : seconds / 3600
            said.append(PlanStatement(code, Sentence(code.phrase, ["until": until ?? ""], count: count)))
        case .untold: break
        }
        if !standsFor.isEmpty { said.append(PlanStatement(.standsFor, PlanPhrase.standsFor.sentence(standsFor))) }
        return said
    }
}
