import Care
import Directory
import Foundation
import Matching
import Testing

struct GateTests {
    private func result(_ change: (inout CaseContext) -> Void, profile: CountryProfile = Sample.profile) throws
        -> MatchResult
    {
        try Sample.match(Sample.context("PSY-PSS", .routine, change), [Sample.service("a")], profile: profile)
    }

    /// Age, who consented, the child's assent, whether a caregiver is accused, and the gates of N4 and N5.
    static let consents: [(Int, ConsentGiver, Bool?, Bool, [Gate])] = [
        (0, .caregiver, nil, false, []), (5, .guardian, nil, false, []), (5, .trustedAdult, false, false, []),
        (5, .supervisorBestInterests, nil, true, []), (5, .survivor, true, false, [.consentInvalidGiver]),
        (5, .caregiver, nil, true, [.consentInvalidGiver]), (5, .none, nil, false, [.consentInvalidGiver]),
        (6, .caregiver, true, false, []), (6, .caregiver, nil, false, [.assentMissing]),
        (6, .caregiver, false, false, [.assentMissing]), (9, .supervisorBestInterests, true, true, []),
        (9, .supervisorBestInterests, nil, true, [.assentMissing]), (9, .guardian, true, true, []),
        (9, .caregiver, true, true, [.consentInvalidGiver]),
        (14, .survivor, true, false, [.consentInvalidGiver]),
        (14, .survivor, nil, false, [.consentInvalidGiver, .assentMissing]),
        (14, .trustedAdult, true, false, []), (15, .survivor, nil, false, []),
        (15, .caregiver, true, false, [.consentInvalidGiver]), (15, .guardian, nil, false, [.consentInvalidGiver]),
        (15, .trustedAdult, nil, false, [.consentInvalidGiver]), (15, .supervisorBestInterests, nil, true, []),
        (17, .survivor, nil, true, []), (40, .survivor, nil, false, []),
        (40, .caregiver, nil, false, [.consentInvalidGiver]),
    ]

    @Test(arguments: consents)
    func `who may consent follows the age`(
        _ age: Int,
        _ giver: ConsentGiver,
        _ assent: Bool?,
        _ caregiverIsAccused: Bool,
        _ gates: [Gate]
    ) throws {
        let result = try result {
            $0.survivor.age = age
            $0.consent = ConsentOnFile(status: .granted, giver: giver, childAssent: assent)
            $0.caregiverIsAllegedPerpetrator = caregiverIsAccused
        }
        #expect(Array(result.gates) == gates)
        #expect(result.referralMayBeSent == gates.isEmpty)
        #expect(result.listed == ["a"], "looking is not sharing")
    }

    @Test func `the country where she is decides from which age she consents alone`() throws {
        let fifteen: (inout CaseContext) -> Void = { $0.survivor.age = 15 }
        #expect(try result(fifteen).gates.isEmpty)
        let later = try result(fifteen, profile: CountryProfile(ownConsentFromAge: 16))
        #expect(Array(later.gates) == [.consentInvalidGiver, .assentMissing])
    }

    @Test(arguments: [
        (Int?.some(15), ConsentGiver.survivor, Bool?.none, [Gate.consentAgeUnknown]),
        (15, .caregiver, true, [.consentAgeUnknown]), (6, .guardian, true, [.consentAgeUnknown]),
        (15, .supervisorBestInterests, true, []), (15, .supervisorBestInterests, nil, [.assentMissing]),
        (15, .none, nil, [.consentInvalidGiver, .consentAgeUnknown]), (5, .caregiver, nil, []),
        (18, .survivor, nil, []), (nil, .survivor, nil, [.consentAgeUnknown]),
        (nil, .supervisorBestInterests, true, []),
    ])
    func `where the age of own consent is not known only what holds on either side of it counts`(
        _ age: Int?,
        _ giver: ConsentGiver,
        _ assent: Bool?,
        _ gates: [Gate]
    ) throws {
        let result = try result(
            {
                $0.survivor.age = age
                $0.consent = ConsentOnFile(status: .granted, giver: giver, childAssent: assent)
            },
            profile: .unknown
        )
        #expect(Array(result.gates) == gates)
        #expect(result.referralMayBeSent == gates.isEmpty)
    }

    @Test(arguments: [
        (ConsentOnFile.Status.notAsked, ConsentGiver.none, Gate.consentNotAsked),
        (.revoked, .survivor, .consentRevoked),
    ])
    func `without a live consent options are listed and nothing is sent`(
        _ status: ConsentOnFile.Status,
        _ giver: ConsentGiver,
        _ gate: Gate
    ) throws {
        let result = try result { $0.consent = ConsentOnFile(status: status, giver: giver) }
        #expect(Array(result.gates) == [gate])
        #expect(result.listed == ["a"])
        #expect(!result.referralMayBeSent)
    }

    @Test(arguments: [(-1.0, true), (0.0, true), (1.0, false)])
    func `a consent holds until the moment it ends`(_ secondsLeft: Double, _ hasEnded: Bool) throws {
        let result = try result { $0.consent.expiresAt = Sample.now.addingTimeInterval(secondsLeft) }
        #expect(Array(result.gates) == (hasEnded ? [.consentExpired] : []))
        #expect(result.referralMayBeSent == !hasEnded)
    }

    @Test func `an ended consent of a wrong giver shows every fault`() throws {
        let result = try result {
            $0.survivor.age = 9
            $0.consent = ConsentOnFile(status: .granted, giver: .survivor, expiresAt: Sample.hours(-1))
        }
        #expect(Array(result.gates) == [.consentExpired, .consentInvalidGiver, .assentMissing])
    }

    @Test func `her no ends the matter`() throws {
        let result = try result {
            $0.consent = ConsentOnFile(status: .refused, giver: .survivor)
            $0.isLifeThreatening = true
        }
        #expect(result.outcome == .blocked)
        #expect(Array(result.gates) == [.serviceRefusedBySurvivor])
        #expect(result.listed.isEmpty)
        #expect(result.excluded.isEmpty)
        #expect(result.flags.isEmpty)
        #expect(!result.referralMayBeSent)
    }

    @Test func `the no of an accused caregiver is not hers`() throws {
        let result = try result {
            $0.survivor.age = 9
            $0.consent = ConsentOnFile(status: .refused, giver: .caregiver)
            $0.caregiverIsAllegedPerpetrator = true
        }
        #expect(result.listed == ["a"])
        #expect(Array(result.gates) == [.consentInvalidGiver])
        #expect(!result.referralMayBeSent)
    }

    @Test func `danger to life lets the minimum go out when nobody has asked her`() throws {
        let result = try result {
            $0.consent = .notAsked
            $0.isLifeThreatening = true
        }
        #expect(result.referralMayBeSent)
        #expect(Array(result.flags) == [.vitalInterestDisclosure])
        #expect(Array(result.gates) == [.consentNotAsked])
    }

    @Test(arguments: [
        ConsentOnFile(status: .revoked, giver: .survivor),
        ConsentOnFile(status: .granted, giver: .caregiver),
        ConsentOnFile(status: .granted, giver: .survivor, expiresAt: Sample.hours(-1)),
    ])
    func `danger to life does not overrule a decision that was made`(_ consent: ConsentOnFile) throws {
        let result = try result {
            $0.consent = consent
            $0.isLifeThreatening = true
        }
        #expect(!result.referralMayBeSent)
        #expect(!result.flags.contains(.vitalInterestDisclosure))
    }

    @Test func `danger to life sends nothing where nothing fits`() throws {
        let context = Sample.context {
            $0.consent = .notAsked
            $0.isLifeThreatening = true
        }
        let result = try Sample.match(context, [Sample.service("a") { $0.capacity = .full }])
        #expect(!result.referralMayBeSent)
        #expect(Array(result.flags) == [.vitalInterestDisclosure, .unmetNeed])
    }

    static let returns: [(ReturnChecks, [Gate])] = [
        (
            ReturnChecks(),
            [.bestInterestsDeterminationRequired, .returnRiskAssessmentRequired, .returnNotWanted]
        ),
        (
            ReturnChecks(
                hasBestInterestsDetermination: true,
                riskAssessment: .notSafe,
                survivorWantsReturn: true
            ),
            [.returnNotInBestInterests]
        ),
        (
            ReturnChecks(hasBestInterestsDetermination: true, riskAssessment: .safe, survivorWantsReturn: false),
            [.returnNotWanted]
        ),
        (
            ReturnChecks(hasBestInterestsDetermination: false, riskAssessment: .safe, survivorWantsReturn: true),
            [.bestInterestsDeterminationRequired]
        ),
        (
            ReturnChecks(hasBestInterestsDetermination: true, riskAssessment: .notDone, survivorWantsReturn: true),
            [.returnRiskAssessmentRequired]
        ),
    ]

    @Test(arguments: returns)
    func `a return without its checks is not even listed`(_ checks: ReturnChecks, _ gates: [Gate]) throws {
        let context = Sample.context("SOC-RETURN") { $0.returnChecks = checks }
        let result = try Sample.match(context, [Sample.service("a", offers: ["SOC-RETURN"])])
        #expect(result.outcome == .blocked)
        #expect(Array(result.gates) == gates)
        #expect(result.listed.isEmpty)
    }

    @Test func `a return with all its checks is matched like any need`() throws {
        let checks = ReturnChecks(
            hasBestInterestsDetermination: true,
            riskAssessment: .safe,
            survivorWantsReturn: true
        )
        let context = Sample.context("SOC-RETURN") { $0.returnChecks = checks }
        let result = try Sample.match(context, [Sample.service("a", offers: ["SOC-RETURN"])])
        #expect(result.listed == ["a"])
        #expect(result.referralMayBeSent)
    }

    @Test func `return checks are asked of a return alone`() throws {
        #expect(try result { $0.returnChecks = ReturnChecks() }.outcome == .options)
    }

    @Test func `details cross a border only where she agreed to it`() throws {
        let far = Sample.service("far") {
            $0.country = Sample.abroad
            $0.coverage = .worldwide
        }
        let kept = try Sample.match(Sample.context(), [far])
        #expect(kept.flags("far") == [.crossBorderConsentRequired])
        #expect(kept.gates.isEmpty)
        #expect(!kept.referralMayBeSent)
        let agreed = try Sample.match(Sample.context { $0.consent.allowsCrossBorder = true }, [far])
        #expect(agreed.flags("far") == [])
        #expect(agreed.referralMayBeSent)
    }

    @Test func `only the first option decides whether something may be sent now`() throws {
        let far = Sample.service("far") {
            $0.country = Sample.abroad
            $0.coverage = .worldwide
        }
        let near = Sample.service("near")
        let nearFirst = try Sample.match(Sample.context(), [far, near], travel: ["far": 5])
        #expect(nearFirst.listed == ["near", "far"])
        #expect(nearFirst.referralMayBeSent)
        let farFirst = try Sample.match(Sample.context(), [far, near], travel: ["near": 5])
        #expect(farFirst.listed == ["far", "near"])
        #expect(!farFirst.referralMayBeSent)
    }
}
