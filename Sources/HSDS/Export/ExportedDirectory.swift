public import Directory

/// The directory in the shapes of HSDS 3.2, with the properties of our Profile. Only what may be shown is in it, and the
/// place of a service that withholds it cannot get in: records are made of entries, which hold no such place, and of kept
/// records through ``Places/withoutPlace(_:)``.
public struct ExportedDirectory: Sendable {
    /// The entries that go out, in the order of their ids.
    public let services: [Service]
    /// The taxonomies and terms.
    public let taxonomy: ExportedTaxonomy
    private let directory: ServiceDirectory
    private let kept: KeptRecords
    private let serviceByID: [String: Int]
    private let servicesByOwner: [OrganizationID: [Int]]

    /// The directory with the records that imports have kept.
    public init(_ directory: ServiceDirectory, kept: KeptRecords = KeptRecords()) {
        self.directory = directory
        self.kept = kept
        taxonomy = ExportedTaxonomy(directory.taxonomy)
        let shown = directory.services.filter(\.mayBeShown).map { (id: ExportedID.of($0.id), service: $0) }
        let sorted = shown.sorted { $0.id < $1.id }
        services = sorted.map(\.service)
        var byID: [String: Int] = [:]
        var byOwner: [OrganizationID: [Int]] = [:]
        for (index, entry) in sorted.enumerated() {
            byID[entry.id] = index
            byOwner[entry.service.organization, default: []].append(index)
        }
        serviceByID = byID
        servicesByOwner = byOwner
    }

    /// The organisations that run what goes out, in the order of their ids in HSDS.
    public var organizations: [OrganizationID] {
        servicesByOwner.keys.sorted { ExportedID.of($0) < ExportedID.of($1) }
    }

    /// The id of an entry in HSDS.
    public static func id(of service: Service) -> String { ExportedID.of(service.id) }
    /// The id of an organisation in HSDS.
    public static func id(of organization: OrganizationID) -> String { ExportedID.of(organization) }
    /// The id of what joins a service with its place.
    public static func linkID(of service: Service) -> String { ExportedID.part(id(of: service), "service_at_location") }
    /// The id of a service type's term.
    public static func id(of code: ServiceCode) -> String { ExportedID.of(code) }

    /// The entry of an id in HSDS.
    public func service(_ id: String) -> Service? { serviceByID[id.lowercased()].map { services[$0] } }

    /// What an organisation runs of that which goes out.
    public func services(of organization: OrganizationID) -> [Service] {
        (servicesByOwner[organization] ?? []).map { services[$0] }
    }

    /// A service with everything that belongs to it.
    public func full(_ service: Service) -> JSONObject {
        var record = ExportedService(service, kept: kept.services[Self.id(of: service)], in: directory, taxonomy).record
        record["organization"] = .object(organization(service.organization))
        return record
    }

    /// A service as lists give it: without child arrays.
    public func brief(_ service: Service) -> JSONObject {
        var record = full(service)
        for member in record.members {
            if member.value.list != nil, !ProfileFields.names.contains(member.key) { record[member.key] = nil }
        }
        record["organization"] = .object(Self.brief(organization(service.organization)))
        return record
    }

    /// An organisation with what belongs to it, its services aside.
    public func organization(_ id: OrganizationID) -> JSONObject {
        let hides = services(of: id).contains(where: \.confidentialLocation)
        var record = kept.organizations[Self.id(of: id)] ?? JSONObject()
        if hides { record = Places.withoutPlace(organization: record) }
        record["id"] = .text(Self.id(of: id))
        record["name"] = .text(directory.organizations[id]?.name ?? id.text)
        if record.text("description") == nil { record["description"] = "No description is stated." }
        return record
    }

    /// A record without child arrays.
    public static func brief(_ record: JSONObject) -> JSONObject {
        var brief = record
        for member in record.members where member.value.list != nil { brief[member.key] = nil }
        return brief
    }
}
