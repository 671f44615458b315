import Directory
import Foundation
import Testing

/// Directories to make snapshots of, and what tests do with the bytes.
enum SnapshotFixture {
    static let hash = ContentHash(first: 0x0102_0304_0506_0708, second: 0x1112_1314_1516_1718)

    /// The folder of docs/formats/directory-snapshot.md: as little as can be. It lacks sectors, kinds and fallbacks that
    /// a real one needs, which is reported and does not matter here.
    static func small() throws -> ServiceDirectory {
        try DirectoryFixture.read(
            ["XA.yaml": example("XA.yaml")],
            taxonomy: example("taxonomy.yaml"),
            worldwide: example("worldwide.yaml")
        ).directory
    }

    /// Every field of every type is set, every case of the enumerations and every form of a zone is used.
    static func full() throws -> ServiceDirectory {
        let base = try small()
        let code = try #require(ServiceCode("MED-EC"))
        let country = try #require(CountryCode("XA"))
        let other = try #require(CountryCode("XB"))
        var services: [Service] = []
        for index in 0..<5 {
            var service = Service(
                id: ServiceID("xa-full-\(index)"),
                organization: OrganizationID("xa-full"),
                name: "Пункт помощи \(index)",
                country: country,
                coverage: [.worldwide, .countries([other, country]), .countries([])][index % 3],
                status: ServiceStatus.allCases[index % 4],
                offers: [
                    Offer(code: code, windowHours: 72),
                    Offer(code: try #require(ServiceCode("PSY-CRISIS")), windowHours: 87_600),
                ],
                provenance: Provenance(
                    source: "invented for tests",
                    sourceDate: "2026-03",
                    confidence: Provenance.Confidence.allCases[index % 3],
                    conflicts: ["An older page prints 1235."],
                    checks: ["Check that it still answers.", ""],
                    alsoIn: ["another list (2024)"]
                )
            )
            service.kind = ServiceKind.allCases[index]
            service.area = "North"
            service.contacts = Contact.Kind.allCases.enumerated().map { place, kind in
                Contact(
                    kind: kind,
                    value: "+1 202 555 010\(place)",
                    reach: Contact.Reach.allCases[place % 3],
                    reaches: "desk"
                )
            }
            service.note = "Cafe\u{301}"
            service.ages = AgeRange(from: index, through: 120)
            service.audience = "children"
            service.genders = [[.female], [.male, .nonBinary], Set(Gender.allCases)][index % 3]
            service.languages = [try #require(LanguageTag("zh-hant")), .english]
            service.languagesAsStated = "53 languages"
            service.interpreter = index % 2 == 0
            service.accessible = [AccessFeature("wheelchair"), AccessFeature("sign_language")]
            service.childSpecialised = index % 2 == 1
            service.modes = ContactMode.allCases.reversed()
            service.hours = OpeningHours(
                zone: index % 2 == 0 ? .named("Asia/Colombo") : .fixed(secondsFromGMT: -12_600),
                always: index == 4,
                weekly: [
                    .init(days: [.mon, .sun], open: 0, close: 1_440), .init(days: Set([.wed]), open: 1_439, close: 60),
                ],
                closedDates: [try #require(CalendarDay("2026-12-25")), try #require(CalendarDay("9999-12-31"))]
            )
            service.hoursAsStated = "office hours"
            service.leadHours = 0.25 * Double(index)
            service.intake = Set(FirstContactRoute.allCases.prefix(index % 4 + 1))
            service.requires = Set(Prerequisite.allCases.suffix(index + 1))
            service.cost = Cost.allCases[index % 2]
            service.capacity = Capacity.allCases[index % 4]
            service.publicAddress = "1 Example Road"
            service.jurisdictions = [other]
            service.staffGenders = [.female]
            service.mandatedReporter = index % 2 == 0
            service.consularOf = other
            service.places = [PlaceID("place-2"), PlaceID("place-1")]
            service.linkedParties = [PartyID("party-1")]
            service.confidentialLocation = true
            service.verification = Verification(
                on: try #require(CalendarDay("2026-11-20")),
                by: "the helpline team",
                method: Verification.Method.allCases[index % 3]
            )
            services.append(service)
        }
        services.append(
            Service(
                id: ServiceID("xa-bare"),
                organization: OrganizationID("xa-full"),
                name: "Caf\u{E9}",
                country: country,
                coverage: .worldwide,
                status: .active,
                offers: [],
                provenance: Provenance(source: "", sourceDate: nil, confidence: .low)
            )
        )
        let organization = Organization(
            id: OrganizationID("xa-full"),
            name: "Full",
            country: country,
            isECPATMember: true
        )
        return base.adding(organizations: [organization], services: services)
    }

    /// Two directories are alike in every part, and answer alike.
    static func expectAlike(_ one: ServiceDirectory, _ other: ServiceDirectory) {
        #expect(one.taxonomy == other.taxonomy)
        #expect(one.kinds == other.kinds)
        #expect(one.fallbacks == other.fallbacks)
        #expect(one.countries == other.countries)
        #expect(one.organizations == other.organizations)
        #expect(one.services.count == other.services.count)
        for (left, right) in zip(one.services, other.services) {
            #expect(left == right)
            #expect(other.service(left.id) == left)
        }
        for code in one.countries.keys {
            #expect(one.services(in: code).map(\.id) == other.services(in: code).map(\.id))
            #expect(one.page(code) == other.page(code))
        }
        // `==` on texts passes over how an accent is written; the bytes do not.
        #expect(
            DirectorySnapshot.bytes(of: one, contentHash: hash) == DirectorySnapshot.bytes(of: other, contentHash: hash)
        )
    }

    /// The snapshot with the checksum that fits it, whatever has been done to it.
    static func sealed(_ bytes: [UInt8]) -> [UInt8] {
        let body = bytes.dropLast(8)
        return Array(body) + ReferenceHash.bytes(ReferenceHash.hash(body))
    }

    /// A part of the format's page: what stands in the block that the line names.
    static func example(_ name: String) throws -> String {
        let page = URL(filePath: DirectoryFixture.shipped).deletingLastPathComponent()
            .appending(path: "docs/formats/directory-snapshot.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let parts = text.components(separatedBy: "\n`\(name)`:\n\n```")
        try #require(parts.count == 2)
        let block = try #require(parts[1].components(separatedBy: "\n```").first)
        return String(block.drop { $0 != "\n" }.dropFirst()) + "\n"
    }
}
