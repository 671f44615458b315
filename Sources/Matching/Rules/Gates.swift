import Care
import Directory

/// What the gates say before any service is looked at (M1, N4–N7).
struct GateFindings {
    let gates: CodeSet<Gate>
    /// Danger to life and nobody has asked her yet: the minimum may be sent (N7).
    let isVitalInterest: Bool

    var blocksListing: Bool { gates.contains(where: \.blocksListing) }

    /// Whether consent, as far as it does not depend on the recipient, lets her details go out.
    var allowsSending: Bool { gates.isEmpty || (isVitalInterest && gates.count == 1) }
}

/// The gates, each a question put to the case alone.
enum Gates {
    /// Under this age an adult decides and the child is told; from it on the child's assent is needed too (N4).
    private static let assentFromAge = 6
    /// Whatever the country says of younger ones, a grown-up decides herself (T1, N4).
    private static let adultFromAge = 18
    private static let returnCode = "SOC-RETURN"

    static func findings(_ context: CaseContext, profile: CountryProfile, now: Int) -> GateFindings {
        let decision = decisionGates(context, profile: profile, now: now)
        let gates = CodeSet(decision + returnGates(context))
        return GateFindings(
            gates: gates,
            isVitalInterest: context.isLifeThreatening && context.consent.status == .notAsked
                && !gates.contains(where: \.blocksListing)
        )
    }

    private static func decisionGates(_ context: CaseContext, profile: CountryProfile, now: Int) -> [Gate] {
        let consent = context.consent
        switch consent.status {
        case .refused:
            // What an accused caregiver decided never counts, a refusal in her name included (N5): it is no decision of
            // hers, so it neither opens the way nor shuts it.
            return isVoid(consent, context) ? [.consentInvalidGiver] : [.serviceRefusedBySurvivor]
        case .notAsked: return [.consentNotAsked]
        case .revoked: return [.consentRevoked]
        case .granted: break
        }
        var gates = giverGates(context, profile: profile)
        if let end = consent.expiresAt, Milliseconds.of(end) <= now { gates.append(.consentExpired) }
        return gates
    }

    /// Who may consent, and whether the child agreed (N4).
    private static func giverGates(_ context: CaseContext, profile: CountryProfile) -> [Gate] {
        let consent = context.consent
        guard let age = context.survivor.age, let ownAge = ownConsentAge(age: age, profile) else {
            return gatesOfUnknownAge(context)
        }
        let byAdult = isAdult(consent.giver) && !isVoid(consent, context)
        if age < assentFromAge { return byAdult ? [] : [.consentInvalidGiver] }
        if age < ownAge {
            return (byAdult ? [] : [.consentInvalidGiver]) + (consent.childAssent == true ? [] : [.assentMissing])
        }
        return consent.giver == .survivor || consent.giver == .supervisorBestInterests ? [] : [.consentInvalidGiver]
    }

    /// The age of own consent as far as this survivor's age leaves it open; nil when the country's is needed and not known.
    private static func ownConsentAge(age: Int, _ profile: CountryProfile) -> Int? {
        if let known = profile.ownConsentFromAge { return known }
        if age < assentFromAge || age >= adultFromAge { return adultFromAge }
        return nil
    }

    /// Where nobody can say who consents, a supervisor's decision with her assent holds on either side of the line.
    private static func gatesOfUnknownAge(_ context: CaseContext) -> [Gate] {
        let consent = context.consent
        if consent.giver == .supervisorBestInterests { return consent.childAssent == true ? [] : [.assentMissing] }
        let nobody = consent.giver == .none || isVoid(consent, context)
        return nobody ? [.consentInvalidGiver, .consentAgeUnknown] : [.consentAgeUnknown]
    }

    private static func isAdult(_ giver: ConsentGiver) -> Bool {
        switch giver {
        case .caregiver, .guardian, .trustedAdult, .supervisorBestInterests: true
        case .survivor, .none: false
        }
    }

    private static func isVoid(_ consent: ConsentOnFile, _ context: CaseContext) -> Bool {
        consent.giver == .caregiver && context.caregiverIsAllegedPerpetrator
    }

    private static func returnGates(_ context: CaseContext) -> [Gate] {
        guard context.need.code.text == returnCode else { return [] }
        let checks = context.returnChecks
        var gates: [Gate] = []
        if !checks.hasBestInterestsDetermination { gates.append(.bestInterestsDeterminationRequired) }
        switch checks.riskAssessment {
        case .notDone: gates.append(.returnRiskAssessmentRequired)
        case .notSafe: gates.append(.returnNotInBestInterests)
        case .safe: break
        }
        if !checks.survivorWantsReturn { gates.append(.returnNotWanted) }
        return gates
    }
}
