import DataFiles
import Foundation

/// A country's file: its emergency lines, organisations and services. A further file of the country (`LK.harbour.yaml`),
/// such as an import writes, holds organisations and services alone.
struct CountryFile {
    let country: Country?
    let organizations: [Organization]
    let services: [(service: Service, place: DataPlace)]

    /// Reads the file; whatever is wrong is added to the problems and left out.
    init(_ node: DataNode, named name: String, taxonomy: TaxonomyFile, _ problems: inout [DataProblem]) {
        let keys = ["country", "name", "zones", "emergency", "organizations", "services"]
        guard let root = node.map("the file", keys: keys, &problems) else {
            (country, organizations, services) = (nil, [], [])
            return
        }
        let code = Self.code(root, named: name, &problems)
        let title = root.requiredText("name", &problems)
        let zones = Self.zones(root, &problems)
        let emergency = root.required("emergency", &problems).flatMap { EmergencyLines(reading: $0, &problems) }
        guard let code else {
            (country, organizations, services) = (nil, [], [])
            return
        }
        if let title, let emergency, !zones.isEmpty {
            country = Country(code: code, name: title.text, zones: zones, emergency: emergency)
        } else {
            country = nil
        }
        (organizations, services) = Self.entries(root, code, zones, taxonomy, &problems)
    }

    /// Reads a further file of a country that has one of its own.
    init(
        further node: DataNode,
        named name: String,
        of countries: [CountryCode: Country],
        taxonomy: TaxonomyFile,
        _ problems: inout [DataProblem]
    ) {
        country = nil
        let root = node.map("the file", keys: ["country", "organizations", "services"], &problems)
        guard let root, let code = Self.code(root, named: name, &problems) else {
            (organizations, services) = ([], [])
            return
        }
        guard let own = countries[code] else {
            problems.append(
                DataProblem(at: node.place, what: "there is no country \(code.text)", write: "\(code.text).yaml first")
            )
            (organizations, services) = ([], [])
            return
        }
        (organizations, services) = Self.entries(root, code, own.zones, taxonomy, &problems)
    }

    /// Whether a file is a further one of its country: `LK.harbour.yaml`.
    static func isFurther(_ name: String) -> Bool { name.split(separator: ".").count > 2 }

    private static func entries(
        _ root: DataMap,
        _ code: CountryCode,
        _ zones: [String],
        _ taxonomy: TaxonomyFile,
        _ problems: inout [DataProblem]
    ) -> (organizations: [Organization], services: [(service: Service, place: DataPlace)]) {
        let names = Self.organizations(root, code, &problems)
        var services: [(service: Service, place: DataPlace)] = []
        var members: Set<OrganizationID> = []
        let place = ServicePlace(country: code, zones: zones, organizations: names.map(\.key), taxonomy: taxonomy)
        for node in root.list("services", &problems) {
            guard let service = Service(reading: node, in: place, &problems) else { continue }
            services.append((service, node.place))
            if service.kind == .networkMember { members.insert(service.organization) }
        }
        let organizations = names.map { id, name in
            let id = OrganizationID(id)
            return Organization(id: id, name: name, country: code, isECPATMember: members.contains(id))
        }
        return (organizations, services)
    }

    private static func code(_ root: DataMap, named name: String, _ problems: inout [DataProblem]) -> CountryCode? {
        guard let text = root.requiredText("country", &problems) else { return nil }
        guard let code = CountryCode(text.text), code.text == text.text else {
            problems.append(
                DataProblem(at: text.place, what: "'\(text.text)' is no country code", write: "two letters: LK")
            )
            return nil
        }
        if name != "\(code.text).yaml", !(isFurther(name) && name.hasPrefix("\(code.text).")) {
            problems.append(
                DataProblem(
                    at: text.place,
                    what: "the country \(code.text) stands in the file \(name)",
                    write: "it in \(code.text).yaml"
                )
            )
        }
        return code
    }

    private static func zones(_ root: DataMap, _ problems: inout [DataProblem]) -> [String] {
        guard root.required("zones", &problems) != nil, let texts = root.texts("zones", &problems) else { return [] }
        return texts.compactMap { text in
            if TimeZone(identifier: text.text) != nil { return text.text }
            problems.append(
                DataProblem(
                    at: text.place,
                    what: "unknown time zone '\(text.text)'",
                    write: "an IANA name: Asia/Colombo"
                )
            )
            return nil
        }
    }

    private static func organizations(
        _ root: DataMap,
        _ country: CountryCode,
        _ problems: inout [DataProblem]
    ) -> [(key: String, name: String)] {
        guard let node = root["organizations"] else { return [] }
        guard case .map(let entries) = node.content else {
            problems.append(
                DataProblem(at: node.place, what: "'organizations' is not a map", write: "lines of 'id: name'")
            )
            return []
        }
        let prefix = country.text.lowercased() + "-"
        return entries.compactMap { entry in
            guard NumberText.isSlug(entry.key), entry.key.hasPrefix(prefix) else {
                problems.append(
                    DataProblem(
                        at: entry.keyPlace,
                        what: "the id '\(entry.key)' is malformed",
                        write: "'\(prefix)' and words of small letters and digits joined by hyphens"
                    )
                )
                return nil
            }
            return entry.value.text("the name of '\(entry.key)'", &problems).map { (entry.key, $0) }
        }
    }
}
