import Care
import Directory
import Foundation

/// A value as one text: equal values give equal texts on any machine, sets are sorted, nothing is left out. For digests by
/// which a match is compared with an earlier one; it is never stored or shown.
struct CanonicalText {
    private(set) var text = "leeward matching v1\n"

    /// Adds a line; the length stands before the value, so that no value can pass for the next line.
    mutating func add(_ name: String, _ value: String) { text += "\(name) \(value.utf8.count) \(value)\n" }

    /// Adds a line, or one that says that there is no value.
    mutating func add(_ name: String, optional value: String?) {
        guard let value else {
            text += "\(name) -\n"
            return
        }
        add(name, value)
    }

    /// Adds a line for each value, in their own order.
    mutating func add(_ name: String, _ values: [String]) {
        text += "\(name) \(values.count)\n"
        for value in values { add(name, value) }
    }

    /// Adds a moment in milliseconds.
    mutating func add(_ name: String, _ moment: Date?) {
        add(name, optional: moment.map { String(Milliseconds.of($0)) })
    }
}

extension Matcher {
    /// The edition of the rules in this code: raised by each change that can turn an answer, so that a match that comes out
    /// otherwise is told apart from one that never could have come out the same.
    public static let edition = 1
}

extension CaseContext {
    /// Everything that a match looks at of the case, as bytes that are equal when it is.
    public var canonicalBytes: [UInt8] {
        var text = CanonicalText()
        text.add("age", optional: survivor.age.map(String.init))
        text.add("gender", optional: survivor.gender?.rawValue)
        text.add("languages", optional: survivor.languages.map { $0.map(\.text).joined(separator: " ") })
        text.add("country", survivor.currentCountry.text)
        text.add("access", survivor.accessibilityNeeds.map(\.text).sorted())
        text.add("has", survivor.has.map(\.rawValue).sorted())
        text.add("need", need.code.text)
        text.add("urgency", need.urgency.rawValue)
        text.add("jurisdiction", optional: need.jurisdiction?.text)
        text.add("consent", consent.status.rawValue)
        text.add("giver", consent.giver.rawValue)
        text.add("assent", optional: consent.childAssent.map(String.init))
        text.add("expires", consent.expiresAt)
        text.add("abroad", String(consent.allowsCrossBorder))
        text.add("exposure", lastExposure)
        text.add("other needs", otherNeeds.map(\.text).sorted())
        text.add("danger", String(isLifeThreatening))
        text.add("leaves", canLeaveAt)
        text.add("caregiver", String(caregiverIsAllegedPerpetrator))
        text.add("conflicts", conflicts.map(\.canonicalText).sorted())
        text.add("feared", fearedStates.map(\.text).sorted())
        text.add("avoided", avoidedOrganizations.map(\.text).sorted())
        text.add("avoided places", avoidedPlaces.map(\.text).sorted())
        text.add("staff", optional: preferences.staffGender.map { "\($0.value.rawValue) \($0.isStrict)" })
        text.add("travel", optional: preferences.maxTravelHours.map { "\($0.value) \($0.isStrict)" })
        text.add("mode", optional: preferences.mode.map { "\($0.value.rawValue) \($0.isStrict)" })
        text.add("no report", String(preferences.noReportToAuthorities))
        text.add("routes", optional: safeRoutes.map { $0.map(\.rawValue).sorted().joined(separator: " ") })
        text.add("providers", currentProviders.map(\.text).sorted())
        text.add("determination", String(returnChecks.hasBestInterestsDetermination))
        text.add("assessment", "\(returnChecks.riskAssessment)")
        text.add("wants return", String(returnChecks.survivorWantsReturn))
        text.add("ways", travel.canonicalLines)
        return Array(text.text.utf8)
    }
}

extension ConflictLink {
    fileprivate var canonicalText: String {
        var text = CanonicalText()
        text.add("party", optional: party?.text)
        text.add("organizations", organizations.map(\.text).sorted())
        text.add("places", places.map(\.text).sorted())
        return text.text
    }
}

extension MatchAnswer {
    /// The whole answer as bytes that are equal when it is.
    public var canonicalBytes: [UInt8] {
        var text = CanonicalText()
        text.add("outcome", outcome.rawValue)
        text.add("gates", gates.map(\.rawValue))
        text.add("flags", flags.map(\.rawValue))
        text.add("may be sent", String(referralMayBeSent))
        for listed in options {
            let option = listed.option
            text.add("option", option.service.text)
            text.add("flags", option.flags.map(\.rawValue))
            text.add("soft points", String(option.softPoints))
            text.add("start", option.earliestStart)
            text.add("mode", optional: option.mode?.rawValue)
            text.add("code", option.matchedCode.text)
            text.add("covers", option.coveredNeeds.map(\.text))
            text.add("spare", optional: option.secondsToSpare.map(String.init))
            text.add("why", listed.why.map(\.code.rawValue))
        }
        for service in excluded {
            text.add("excluded", service.service.text)
            text.add("reasons", service.reasons.map(\.rawValue))
        }
        return Array(text.text.utf8)
    }
}
