/// The tables of HSDS 3.2 ("Human Services Data Specification: an Open Referral resource", https://openreferral.org/):
/// what each is called as an object and as a CSV file, its fields in the order of the standard, and what it holds when
/// objects stand inside objects.
public enum HSDSTable: String, Sendable, CaseIterable {
    case organization
    case program
    case service
    case attribute
    case serviceAtLocation = "service_at_location"
    case location
    case phone
    case contact
    case address
    case schedule
    case funding
    case serviceArea = "service_area"
    case requiredDocument = "required_document"
    case language
    case accessibility
    case taxonomyTerm = "taxonomy_term"
    case metadata
    case tableDescription = "meta_table_description"
    case costOption = "cost_option"
    case organizationIdentifier = "organization_identifier"
    case taxonomy
    case serviceCapacity = "service_capacity"
    case unit
    case url

    /// The CSV file of the tabular form, as the standard names it.
    public var fileName: String {
        switch self {
        case .organization, .program, .service, .attribute, .location, .phone, .contact, .schedule, .language, .unit,
            .serviceArea, .requiredDocument, .taxonomyTerm, .tableDescription, .costOption, .organizationIdentifier:
            rawValue + "s.csv"
        case .address: "addresses.csv"
        case .taxonomy: "taxonomies.csv"
        case .serviceAtLocation, .funding, .accessibility, .metadata, .serviceCapacity, .url: rawValue + ".csv"
        }
    }

    /// Fields with a number in JSON.
    public var numbers: Set<String> {
        switch self {
        case .organization: ["year_incorporated"]
        case .service: ["minimum_age", "maximum_age"]
        case .location: ["latitude", "longitude"]
        case .phone: ["extension"]
        case .schedule: ["timezone", "count", "interval"]
        case .costOption: ["amount"]
        case .serviceCapacity: ["available", "maximum"]
        default: []
        }
    }

    /// The columns of the table in the order of the standard.
    public var columns: [String] { Self.allColumns[self] ?? [] }

    /// A property that holds objects of another table.
    struct Child: Sendable {
        let property: String
        let table: HSDSTable
        /// For a list, the column of the child that names the parent; for one object, the column of the parent that names
        /// the child.
        let key: String
        let isList: Bool

        static func list(_ property: String, _ table: HSDSTable, _ key: String) -> Child {
            Child(property: property, table: table, key: key, isList: true)
        }
        static func one(_ property: String, _ table: HSDSTable, _ key: String) -> Child {
            Child(property: property, table: table, key: key, isList: false)
        }
    }

    /// What stands inside an object of the table, attributes and metadata aside, which may stand in nearly every one.
    var children: [Child] {
        switch self {
        case .service:
            [
                .list("additional_urls", .url, "service_id"),
                .list("phones", .phone, "service_id"),
                .list("schedules", .schedule, "service_id"),
                .list("service_areas", .serviceArea, "service_id"),
                .list("service_at_locations", .serviceAtLocation, "service_id"),
                .list("languages", .language, "service_id"),
                .one("organization", .organization, "organization_id"),
                .list("funding", .funding, "service_id"),
                .list("cost_options", .costOption, "service_id"),
                .one("program", .program, "program_id"),
                .list("required_documents", .requiredDocument, "service_id"),
                .list("contacts", .contact, "service_id"),
                .list("capacities", .serviceCapacity, "service_id"),
            ]
        case .serviceAtLocation:
            [
                .list("service_areas", .serviceArea, "service_at_location_id"),
                .list("contacts", .contact, "service_at_location_id"),
                .list("phones", .phone, "service_at_location_id"),
                .list("schedules", .schedule, "service_at_location_id"),
                .one("location", .location, "location_id"),
            ]
        case .location:
            [
                .list("languages", .language, "location_id"),
                .list("addresses", .address, "location_id"),
                .list("contacts", .contact, "location_id"),
                .list("accessibility", .accessibility, "location_id"),
                .list("phones", .phone, "location_id"),
                .list("schedules", .schedule, "location_id"),
            ]
        case .organization:
            [
                .list("additional_websites", .url, "organization_id"),
                .list("funding", .funding, "organization_id"),
                .list("contacts", .contact, "organization_id"),
                .list("phones", .phone, "organization_id"),
                .list("locations", .location, "organization_id"),
                .list("programs", .program, "organization_id"),
                .list("organization_identifiers", .organizationIdentifier, "organization_id"),
            ]
        case .contact: [.list("phones", .phone, "contact_id")]
        case .phone: [.list("languages", .language, "phone_id")]
        case .serviceCapacity: [.one("unit", .unit, "unit_id")]
        case .attribute: [.one("taxonomy_term", .taxonomyTerm, "taxonomy_term_id")]
        case .taxonomyTerm: [.one("taxonomy_detail", .taxonomy, "taxonomy_id")]
        default: []
        }
    }

    /// Whether objects of the table may carry `attributes`.
    var hasAttributes: Bool { ![.attribute, .taxonomy, .taxonomyTerm, .metadata].contains(self) }
    /// Whether objects of the table may carry `metadata`.
    var hasMetadata: Bool { self != .metadata }

    /// The table that a column names a row of: `service_id` a service; nil for any other column.
    static func target(of column: String) -> HSDSTable? {
        switch column {
        case "organization_id", "parent_organization_id": .organization
        case "program_id": .program
        case "service_id": .service
        case "location_id": .location
        case "service_at_location_id": .serviceAtLocation
        case "contact_id": .contact
        case "phone_id": .phone
        case "taxonomy_term_id", "parent_id": .taxonomyTerm
        case "taxonomy_id": .taxonomy
        case "unit_id": .unit
        default: nil
        }
    }

    private static let allColumns: [HSDSTable: [String]] = [
        .organization: [
            "id", "name", "alternate_name", "description", "email", "website", "tax_status", "tax_id",
            "year_incorporated", "legal_status", "logo", "uri", "parent_organization_id",
        ],
        .program: ["id", "organization_id", "name", "alternate_name", "description"],
        .service: [
            "id", "organization_id", "program_id", "name", "alternate_name", "description", "url", "email", "status",
            "interpretation_services", "application_process", "fees_description", "wait_time", "fees", "accreditations",
            "eligibility_description", "minimum_age", "maximum_age", "assured_date", "assurer_email", "licenses",
            "alert", "last_modified",
        ],
        .attribute: ["id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value", "label"],
        .serviceAtLocation: ["id", "service_id", "location_id", "description"],
        .location: [
            "id", "location_type", "url", "organization_id", "name", "alternate_name", "description", "transportation",
            "latitude", "longitude", "external_identifier", "external_identifier_type",
        ],
        .phone: [
            "id", "location_id", "service_id", "organization_id", "contact_id", "service_at_location_id", "number",
            "extension", "type", "description",
        ],
        .contact: [
            "id", "organization_id", "service_id", "service_at_location_id", "location_id", "name", "title",
            "department", "email",
        ],
        .address: [
            "id", "location_id", "attention", "address_1", "address_2", "city", "region", "state_province",
            "postal_code", "country", "address_type",
        ],
        .schedule: [
            "id", "service_id", "location_id", "service_at_location_id", "valid_from", "valid_to", "dtstart",
            "timezone", "until", "count", "wkst", "freq", "interval", "byday", "byweekno", "bymonthday", "byyearday",
            "description", "opens_at", "closes_at", "schedule_link", "attending_type", "notes",
        ],
        .funding: ["id", "organization_id", "service_id", "source"],
        .serviceArea: [
            "id", "service_id", "service_at_location_id", "name", "description", "extent", "extent_type", "uri",
        ],
        .requiredDocument: ["id", "service_id", "document", "uri"],
        .language: ["id", "service_id", "location_id", "phone_id", "name", "code", "note"],
        .accessibility: ["id", "location_id", "description", "details", "url"],
        .taxonomyTerm: [
            "id", "code", "name", "description", "parent_id", "taxonomy", "language", "taxonomy_id", "term_uri",
        ],
        .metadata: [
            "id", "resource_id", "resource_type", "last_action_date", "last_action_type", "field_name",
            "previous_value", "replacement_value", "updated_by",
        ],
        .tableDescription: ["id", "name", "language", "character_set"],
        .costOption: [
            "id", "service_id", "valid_from", "valid_to", "option", "currency", "amount", "amount_description",
        ],
        .organizationIdentifier: ["id", "organization_id", "identifier_scheme", "identifier_type", "identifier"],
        .taxonomy: ["id", "name", "description", "uri", "version"],
        .serviceCapacity: [
            "id", "service_id", "unit_id", "available", "maximum", "description", "updated",
        ],
        .unit: ["id", "name", "scheme", "identifier", "uri"],
        .url: ["id", "label", "url", "organization_id", "service_id"],
    ]
}
