import Care
import Directory
import Foundation
import Testing

/// Everybody and everything here is made up; the telephone numbers are of a range that is reserved for fiction.
enum Invented {
    static let name = "අමාලි පෙරහැර"
    static let alias = "Wren-of-the-Lagoon"
    static let area = "พื้นที่ริมคลองสมมติ"
    static let phone = "+1 202 555 0164"
    static let cover = "библиотека на колёсах"
    static let codeWord = "سنونو أزرق"
    static let reason = "He says that he will publish the pictures"
    static let note = "Ela contou que o homem do ginásio pediu imagens; está com medo de voltar."
    static let callBack = "+1 202 555 0171"

    static var texts: [(label: String, text: String)] {
        [
            ("name", name), ("alias", alias), ("area", area), ("telephone number", phone), ("cover story", cover),
            ("code word", codeWord), ("reason of the need", reason), ("note", note), ("word of the note", "ginásio"),
            ("call-back number", callBack), ("digits of a number", "2025550164"), ("spaced digits", "202 555 0164"),
        ]
    }

    static func country(_ code: String) throws -> CountryCode { try #require(CountryCode(code)) }
    static func code(_ text: String) throws -> ServiceCode { try #require(ServiceCode(text)) }

    static let lantern = OrganizationID("zz-test-lantern")
    static let dunes = OrganizationID("zz-test-dunes")
    /// Psychological help with a receiving desk at the other agency.
    static let counselling = ServiceID("zz-test-lantern-counselling")
    /// Emergency medicine with the same desk.
    static let clinic = ServiceID("zz-test-lantern-clinic")
    /// Psychological help of an organisation that has no desk here.
    static let faraway = ServiceID("zz-test-dunes-line")
    /// Another desk of the other agency receives for this one.
    static let shelter = ServiceID("zz-test-dunes-shelter")

    static func services() throws -> [Service] {
        let lk = try country("LK")
        func service(_ id: ServiceID, _ organization: OrganizationID, _ offers: [String]) throws -> Service {
            var service = Service(
                id: id,
                organization: organization,
                name: "\(id.text) (invented)",
                country: lk,
                coverage: .countries([lk]),
                status: .active,
                offers: try offers.map { Offer(code: try code($0)) },
                provenance: Provenance(source: "invented for a test", sourceDate: nil, confidence: .high)
            )
            service.modes = [.phone]
            service.cost = .free
            service.capacity = .available
            service.hours = OpeningHours(zone: .named("Asia/Colombo"), always: true)
            return service
        }
        return [
            try service(counselling, lantern, ["PSY-ONLINE", "PSY-THERAPY"]),
            try service(clinic, lantern, ["MED-EMERG"]),
            try service(faraway, dunes, ["PSY-ONLINE"]),
            try service(shelter, dunes, ["SOC-SHELTER"]),
        ]
    }

    static func organizations() throws -> [Organization] {
        let lk = try country("LK")
        return [
            Organization(id: lantern, name: "Lantern (invented)", country: lk),
            Organization(id: dunes, name: "Dunes (invented)", country: lk),
        ]
    }
}
