import Care
import Directory
import Foundation

/// Everybody and everything that the demonstration makes up. Nobody here exists; the telephone number is from a range that
/// is reserved for fiction (555-01xx).
struct DemoCast: Sendable {
    /// A person on the staff of one of the invented agencies.
    struct Person: Sendable {
        let signInName: String
        /// As the story calls the person.
        let name: String
        let role: Role
        let password: String
    }

    let helpline: Person
    let caseworker: Person
    let colleague: Person
    let intake: Person
    let auditor: Person

    var staff: [Person] { [helpline, caseworker, colleague, intake, auditor] }

    let survivorName = "නෙතුමි සඳරේණු"
    let alias = "Nilathari"
    let aunt = "ரேவதி அத்தை"
    let phone = "+1 202 555 0143"
    let coverIdentity = "नृत्य कक्षाकी साथी"
    let codeWord = "белая чайка"
    let narrative = "සෙල්ලමකදී හමු වූ කෙනෙක් තවත් පින්තූර ඉල්ලා බිය ගන්වයි"
    let needReason = "Someone met in a game threatens to publish pictures unless more are sent"
    let callBack = "+1 202 555 0107"

    /// A cast whose passwords were drawn for this one run.
    init(passwords: (String) throws -> String) rethrows {
        func person(_ signInName: String, _ name: String, _ role: Role) throws -> Person {
            Person(signInName: signInName, name: name, role: role, password: try passwords(signInName))
        }
        self.helpline = try person("amara", "Amara, helpline worker", .helpline)
        self.caseworker = try person("dinesh", "දිනේෂ් (Dinesh), caseworker", .caseworker)
        self.colleague = try person("ruwan", "Ruwan, a colleague of another team", .caseworker)
        self.intake = try person("pema", "पेमा (Pema), at the receiving desk", .intake)
        self.auditor = try person("oksana", "Оксана (Oksana), auditor", .auditor)
    }

    /// What must be found nowhere on the disk, each under a label that may be printed.
    var secrets: [(label: String, text: String)] {
        [
            ("her name", survivorName), ("what she is called", alias), ("a relative's name", aunt),
            ("the telephone number", phone), ("the cover story", coverIdentity), ("the code word", codeWord),
            ("the caseworker's note", narrative), ("words of the note", "පින්තූර"), ("the reason of the need", needReason),
            ("the call-back number", callBack),
        ] + staff.map { ("\($0.signInName)'s password", $0.password) }
    }
}

extension DemoCast {
    static let lagoonHouse = OrganizationID("lk-demo-lagoon-house")
    static let pipalTree = OrganizationID("np-demo-pipal-tree")
    static let harbourClub = OrganizationID("lk-demo-harbour-club")
    static let onlineCare = ServiceID("np-demo-online-care")
    static let youthTherapy = ServiceID("lk-demo-youth-therapy")
    static let clubCounselling = ServiceID("lk-demo-club-counselling")

    /// Invented organisations and services beside the real directory.
    static func entries() throws -> (organizations: [Organization], services: [Service]) {
        guard let lk = CountryCode("LK"), let np = CountryCode("NP"), let online = ServiceCode("PSY-ONLINE"),
            let therapy = ServiceCode("PSY-THERAPY")
        else { throw DemoFailure("the demonstration's own codes cannot be read") }
        let invented = Provenance(
            source: "invented for the demonstration",
            sourceDate: nil,
            confidence: .medium
        )
        func service(_ id: ServiceID, _ of: OrganizationID, _ name: String, _ country: CountryCode) -> Service {
            var service = Service(
                id: id,
                organization: of,
                name: name,
                country: country,
                coverage: .countries([lk, np]),
                status: .active,
                offers: [Offer(code: online), Offer(code: therapy)],
                provenance: invented
            )
            service.contacts = [Contact(kind: .phone, value: "+1 202 555 0199", reach: .anywhere)]
            service.intake = [.workerIntroduces, .survivorContacts]
            service.modes = [.video, .phone]
            service.cost = .free
            service.capacity = .available
            return service
        }
        var care = service(onlineCare, pipalTree, "Care after online exploitation (invented)", np)
        care.ages = AgeRange(from: 8, through: 17)
        care.languages = ["si", "ta", "en", "ne"].compactMap { LanguageTag($0) }
        care.childSpecialised = true
        care.hours = OpeningHours(zone: .named("Asia/Kathmandu"), always: true)
        var youth = service(youthTherapy, lagoonHouse, "Therapy for young adults (invented)", lk)
        youth.ages = AgeRange(from: 18, through: 25)
        youth.languages = ["si", "en"].compactMap { LanguageTag($0) }
        let club = service(clubCounselling, harbourClub, "Counselling at the harbour club (invented)", lk)
        return (
            [
                Organization(id: lagoonHouse, name: "Lagoon House (invented)", country: lk),
                Organization(id: pipalTree, name: "Pipal Tree Centre (invented)", country: np),
                Organization(id: harbourClub, name: "Harbour Club (invented)", country: lk),
            ],
            [care, youth, club]
        )
    }
}

/// Why the demonstration cannot go on: a sentence for the terminal.
struct DemoFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
