import DataFiles
import Directory
import Foundation
import TestSupport
import Testing

/// Every row of the collected facts is in the directory: `LEEWARD_FACTS` names the file `facts.csv`.
struct DirectoryFactsTests {
    @Test func `every row of the facts is represented`() throws {
        guard let path = PublishedSets.folder("LEEWARD_FACTS") else {
            print("not run: the facts, because LEEWARD_FACTS names no file")
            return
        }
        let rows = try FactRow.read(path)
        var agreeing = 0
        var used: Set<ServiceID> = []
        for row in rows {
            let found =
                row.kind == "emergency"
                ? row.isEmergencyLine : row.service(notAmong: used).map { used.insert($0) } != nil
            if found { agreeing += 1 } else { Issue.record("row \(row.line): \(row.country) \(row.kind) is missing") }
        }
        print("rows of the facts: \(rows.count), represented: \(agreeing)")
        #expect(agreeing == rows.count)
        #expect(rows.count >= 1_497)
        #expect(used.count == ShippedDirectory.directory.services.count)
    }
}

/// A row of the facts as text.
private struct FactRow {
    let line: Int
    let fields: [String: String]

    var country: String { fields["country"] ?? "" }
    var kind: String { fields["kind"] ?? "" }
    private var confidence: String { fields["confidence"] ?? "" }
    private var date: String? { fields["source_date"].flatMap { $0.isEmpty ? nil : $0 } }

    private static func digits(_ text: String) -> String { text.filter { $0.isASCII && $0.isNumber } }

    private var numbers: Set<String> {
        let phone = (fields["phone"] ?? "").components(separatedBy: " / ")
        return Set((phone + [fields["sms"] ?? ""]).map(Self.digits).filter { !$0.isEmpty })
    }

    private var addresses: [String] { ["url", "email"].compactMap { fields[$0] }.filter { !$0.isEmpty } }

    /// The shipped source is the row's, but for numbers by which the collector filed public copies.
    private func isSource(_ shipped: String) -> Bool {
        func words(_ text: String) -> [String] {
            text.split { !($0.isLetter || $0.isNumber) }.map(String.init)
        }
        let wanted = words(fields["source"] ?? "")
        let given = words(shipped)
        guard given.first == wanted.first || wanted.first == "public", given.count * 10 >= wanted.count * 5 else {
            return false
        }
        var rest = wanted[...]
        for word in given where word != "a" {
            guard let index = rest.firstIndex(where: { $0 == word || $0 == word + "s" }) else { return false }
            rest = rest[(index + 1)...]
        }
        return true
    }

    private func agrees(_ provenance: Provenance) -> Bool {
        provenance.confidence.rawValue == confidence && provenance.sourceDate == date && isSource(provenance.source)
    }

    var isEmergencyLine: Bool {
        guard let code = CountryCode(country), let lines = ShippedDirectory.directory.countries[code]?.emergency else {
            return false
        }
        let notes = fields["notes"] ?? ""
        let shown = Set(lines.lines.map { Self.digits($0.number) })
        let also = notes.components(separatedBy: "; ").filter { $0.hasPrefix("libphonenumber also lists ") }
            .flatMap { $0.dropFirst("libphonenumber also lists ".count).components(separatedBy: ", ") }
        return numbers.isSubset(of: shown) && Set(also).isSubset(of: shown) && agrees(lines.provenance)
    }

    func service(notAmong used: Set<ServiceID>) -> ServiceID? {
        ShippedDirectory.directory.services.first { service in
            guard service.country.text == country, service.kind?.rawValue == kind, !used.contains(service.id),
                service.name == fields["service"], agrees(service.provenance),
                ShippedDirectory.directory.organizations[service.organization]?.name == fields["organization"]
            else { return false }
            let shown = Set(service.contacts.map { Self.digits($0.value) })
            let values = service.contacts.map(\.value)
            return numbers.isSubset(of: shown)
                && addresses.allSatisfy { address in values.contains { address.contains($0) } }
                && (service.cost == .free) == (fields["cost"] == "free")
                && (service.hoursAsStated != nil) == (fields["hours"]?.isEmpty == false)
        }?.id
    }

    /// Reads comma-separated values with quotes (RFC 4180).
    static func read(_ path: String) throws -> [FactRow] {
        try FactTable.rows(path).enumerated().map { FactRow(line: $0.offset + 2, fields: $0.element) }
    }
}
