import Directory

/// The ids under which the directory goes out: the UUID that an imported entry carries in its own id, else a UUID of
/// version 5 of that id, the same in every export and every answer.
enum ExportedID {
    static func of(_ id: ServiceID) -> String { exported(id.text, "service") }
    static func of(_ id: OrganizationID) -> String { exported(id.text, "organization") }
    static func of(_ code: ServiceCode) -> String { NamedUUID.text(of: "term\u{1F}\(code.text)") }
    /// Something that belongs to a record and has no id of its own.
    static func part(_ owner: String, _ part: String) -> String { NamedUUID.text(of: "\(owner)\u{1F}\(part)") }

    private static func exported(_ slug: String, _ table: String) -> String {
        let parts = slug.split(separator: "-", maxSplits: 1)
        if parts.count == 2, let known = NamedUUID.known(String(parts[1])) { return known }
        return NamedUUID.text(of: "\(table)\u{1F}\(slug)")
    }
}
