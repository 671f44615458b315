import Foundation

/// Identifiers of HSDS records. One that is a UUID already is kept, so that a record has the same name everywhere; any
/// other becomes a UUID of version 5 (RFC 9562, 5.5) of its source, its table and its id, the same at each import.
public enum NamedUUID {
    /// The namespace of everything this program names: version 5 of the DNS namespace and `leeward.invalid`.
    private static let namespace = UUID(
        uuid: (0x55, 0xCE, 0x65, 0xA1, 0x36, 0x7A, 0x53, 0x0E, 0x95, 0xFD, 0x74, 0x81, 0x7A, 0xF3, 0x14, 0xD8)
    )

    /// The id of a record of a source, in lower case.
    public static func id(source: String, table: String, id: String) -> String {
        known(id) ?? text(of: "\(source)\u{1F}\(table)\u{1F}\(id)")
    }

    /// The text in lower case when it is a UUID that names something; nil when it is none, or all zeros.
    public static func known(_ text: String) -> String? {
        let lower = text.lowercased()
        guard lower.utf8.count == 36, UUID(uuidString: lower) != nil, lower.utf8.contains(where: { 0x31...0x66 ~= $0 })
        else { return nil }
        return lower
    }

    /// The id of a name within this program, in lower case.
    public static func text(of name: String) -> String { version5(namespace, name).uuidString.lowercased() }

    /// RFC 9562, 5.5: SHA-1 over the namespace and the name, with the version and variant bits set.
    static func version5(_ namespace: UUID, _ name: String) -> UUID {
        let id = namespace.uuid
        let bytes = [
            id.0, id.1, id.2, id.3, id.4, id.5, id.6, id.7, id.8, id.9, id.10, id.11, id.12, id.13, id.14, id.15,
        ]
        var hash = Array(SHA1.hash(bytes + Array(name.utf8)).prefix(16))
        hash[6] = hash[6] & 0x0F | 0x50
        hash[8] = hash[8] & 0x3F | 0x80
        return UUID(
            uuid: (
                hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7],
                hash[8], hash[9], hash[10], hash[11], hash[12], hash[13], hash[14], hash[15]
            )
        )
    }
}
