import Care
import Directory
import Foundation

/// Invented people and things; every identifier is a repeated byte.
enum Fixtures {
    static let noon = Date(timeIntervalSince1970: 1_773_144_000)  // 2026-03-10 12:00:00 UTC
    static let hour = 3_600.0
    static let day = 86_400.0

    static func bytes(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: 16) }

    static let caseID = CaseID(bytes: bytes(1))!
    static let referralID = ReferralID(bytes: bytes(2))!
    static let consentID = ConsentID(bytes: bytes(3))!
    static let needID = NeedID(bytes: bytes(4))!
    static let worker = StaffID(bytes: bytes(5))!
    static let supervisor = StaffID(bytes: bytes(6))!
    static let team = TeamID(bytes: bytes(7))!
    static let desk = TeamID(bytes: bytes(8))!
    static let agency = AgencyID(bytes: bytes(9))!

    static let crisis = ServiceCode("PSY-CRISIS")!
    static let shelter = ServiceCode("SOC-SHELTER")!
    static let clinic = OrganizationID("xa-clinic")
    static let otherClinic = OrganizationID("xa-other-clinic")
    static let country = CountryCode("XA")!

    static func consent(
        items: Set<DataItem> = [.ageBand, .languages, .safeContact],
        giver: ConsentGiver = .survivor,
        giverParty: PartyID? = nil,
        form: AgreementForm = .written,
        assent: Assent = .notAsked,
        bestInterests: BestInterests? = nil,
        allowsSendingAbroad: Bool = false,
        givenAt: Date = noon,
        days: Double = 30
    ) throws -> Consent {
        try Consent(
            id: consentID,
            caseID: caseID,
            code: crisis,
            recipient: clinic,
            items: items,
            allowsSendingAbroad: allowsSendingAbroad,
            giver: giver,
            giverParty: giverParty,
            form: form,
            assent: assent,
            bestInterests: bestInterests,
            limitsExplainedAt: givenAt,
            givenAt: givenAt,
            expiresAt: givenAt + days * day
        )
    }

    static func bestInterests() throws -> BestInterests {
        try BestInterests(
            reason: .noSafeCaregiver,
            explanation: "nobody safe can be reached",
            decidedBy: worker,
            signedBy: supervisor
        )
    }

    static func referral(
        basis: Referral.Basis = .consent(consentID),
        urgency: Urgency = .urgent,
        answerWithinHours: Int? = nil
    ) throws -> Referral {
        try Referral(
            id: referralID,
            caseID: caseID,
            need: needID,
            code: crisis,
            recipient: clinic,
            service: ServiceID("xa-clinic-crisis"),
            desk: desk,
            sentBy: worker,
            urgency: urgency,
            answerWithinHours: answerWithinHours ?? [.emergency: 24, .urgent: 72, .routine: 336][urgency] ?? 1,
            mode: .warm,
            basis: basis,
            createdAt: noon
        )
    }

    static func need(reason: String? = "cannot sleep", lifeThreatening: Bool = false) throws -> Need {
        try Need(
            id: needID,
            code: crisis,
            urgency: .urgent,
            reason: reason,
            isLifeThreatening: lifeThreatening,
            recordedAt: noon
        )
    }

    static func content() throws -> CaseContent {
        try CaseContent(
            agency: agency,
            team: team,
            openedBy: worker,
            assigned: [worker],
            intake: Intake(firstContactAt: noon, channel: .telephone, lastContact: .known(noon - 20 * hour)),
            at: noon
        )
    }

    /// Amina is invented.
    static func amina(age: Int = 16) throws -> Survivor {
        try Survivor(
            currentCountry: country,
            name: "Amina Fixture",
            alias: "A.",
            age: Age(years: age, basis: .stated),
            gender: .female,
            languages: [LanguageTag("si")!, LanguageTag("en")!],
            needsInterpreter: false,
            area: "eastern district",
            nationality: CountryCode("XB")!,
            accessibility: [AccessFeature("wheelchair")]
        )
    }

    static func safeContact() throws -> SafeContact {
        try SafeContact(
            permission: .allowed,
            addresses: [SafeContact.Address(channel: .call, value: "+1 202 555 0101")],
            hours: ContactHours(
                slots: [ContactHours.Slot(days: [.tue], from: 9 * 60, until: 17 * 60)],
                timeZone: "Asia/Colombo"
            ),
            codeWord: "lantern",
            askedAt: noon
        )
    }

    static func file(
        age: Int = 16,
        conflicts: ConflictFacts? = nil,
        content: CaseContent? = nil
    ) throws -> CaseFile {
        CaseFile(
            id: caseID,
            identity: try amina(age: age),
            contact: try safeContact(),
            conflicts: try conflicts ?? ConflictFacts(),
            content: try content ?? Fixtures.content()
        )
    }

    /// The bands of N4, written out here so that a changed file does not change these tests.
    static func rules(longestDays: Int = 365) throws -> ConsentRules {
        let adults: Set<ConsentGiver> = [.caregiver, .guardian]
        let standIns: Set<ConsentGiver> = [.trustedAdult, .supervisorBestInterests]
        return try ConsentRules(
            bands: [
                .from0To5: .init(givers: adults, standIns: standIns, form: .spoken, assent: .none),
                .from6To11: .init(givers: adults, standIns: standIns, form: .spoken, assent: .spoken),
                .from12To14: .init(givers: adults, standIns: standIns, form: .spoken, assent: .written),
                .from15To17: .init(
                    givers: [.survivor],
                    standIns: [.supervisorBestInterests],
                    form: .written,
                    assent: .none
                ),
                .adult: .init(givers: [.survivor], standIns: [], form: .spoken, assent: .none),
            ],
            longestDays: longestDays,
            bestInterestsDays: 14,
            minimumToSaveLife: [.ageBand, .languages, .area],
            vitalReviewHours: 24
        )
    }

    static func circumstances(
        age: Int? = 16,
        basis: AgeBasis = .stated,
        conflicts: ConflictFacts? = nil,
        isDeclined: Bool = false,
        isLifeInDanger: Bool = false,
        ownConsentFromAge: Int? = nil
    ) throws -> ConsentCircumstances {
        ConsentCircumstances(
            age: try age.map { try Age(years: $0, basis: basis) },
            conflicts: try conflicts ?? ConflictFacts(),
            isDeclined: isDeclined,
            isLifeInDanger: isLifeInDanger,
            ownConsentFromAge: ownConsentFromAge
        )
    }
}

/// The stored form, with keys in order.
func stored(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

func read<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(text.utf8))
}

/// Small numbers in a fixed order, so that a property test is the same on every machine.
struct Numbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 11
    }

    mutating func subset<Element: Hashable>(of all: [Element]) -> Set<Element> {
        Set(all.filter { _ in next() % 2 == 0 })
    }

    mutating func bytes() -> [UInt8] { (0..<16).map { _ in UInt8(truncatingIfNeeded: next()) } }
}
