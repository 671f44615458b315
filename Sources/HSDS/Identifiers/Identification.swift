/// Gives every object of a tree a stable id, and leaves `null` out, which HSDS has no place for.
enum Identification {
    /// The tree with ids that are UUIDs; an id that was none is kept beside as `source_id`.
    static func named(_ object: JSONObject, as table: HSDSTable, source: String) -> JSONObject {
        var named = JSONObject()
        let children = Dictionary(
            table.children.map { ($0.property, $0.table) },
            uniquingKeysWith: { first, _ in first }
        )
        var given: String?
        for member in object.members {
            switch member.value {
            case .null: continue
            case .object(let inner):
                let inside = children[member.key] ?? (member.key == "service" ? .service : nil)
                named.append(member.key, .object(inside.map { Self.named(inner, as: $0, source: source) } ?? inner))
            case .list(let items):
                let inside = children[member.key] ?? extra(member.key, in: table)
                let list = items.map { item in
                    guard let inside, let inner = item.object else { return item }
                    return JSONValue.object(Self.named(inner, as: inside, source: source))
                }
                named.append(member.key, .list(list))
            default:
                guard let id = member.value.scalar, let target = target(of: member.key, in: object, table) else {
                    named.append(member.key, member.value)
                    continue
                }
                let stable = NamedUUID.id(source: source, table: target, id: id)
                if member.key == "id", stable != id.lowercased() { given = id }
                named.append(member.key, .text(id.lowercased() == stable ? id : stable))
            }
        }
        if let given { named["source_id"] = .text(given) }
        return named
    }

    private static func extra(_ property: String, in table: HSDSTable) -> HSDSTable? {
        switch property {
        case "attributes" where table.hasAttributes: .attribute
        case "metadata" where table.hasMetadata: .metadata
        case "services" where table == .organization: .service
        default: nil
        }
    }

    private static func target(of key: String, in object: JSONObject, _ table: HSDSTable) -> String? {
        switch key {
        case "id": table.rawValue
        case "link_id" where table == .attribute: object.text("link_entity") ?? "service"
        case "resource_id" where table == .metadata: object.text("resource_type") ?? "service"
        default: table.columns.contains(key) ? HSDSTable.target(of: key)?.rawValue : nil
        }
    }
}
