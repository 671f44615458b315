import DataFiles

/// `worldwide.yaml`: where to send people when a country has nothing.
enum WorldwideFile {
    /// Reads the file; whatever is wrong is added to the problems and left out.
    static func read(_ node: DataNode, taxonomy: Taxonomy, _ problems: inout [DataProblem]) -> [WorldwideFallback] {
        guard let root = node.map("the file", keys: ["fallbacks"], &problems),
            root.required("fallbacks", &problems) != nil
        else { return [] }
        let read = root.list("fallbacks", &problems).compactMap { fallback($0, taxonomy, &problems) }
        for type in taxonomy.types where !read.contains(where: { $0.helps(with: type.code) }) {
            problems.append(
                DataProblem(at: root.place, what: "nothing helps with '\(type.code)'", write: "a fallback for it")
            )
        }
        return read
    }

    private static func fallback(
        _ node: DataNode,
        _ taxonomy: Taxonomy,
        _ problems: inout [DataProblem]
    ) -> WorldwideFallback? {
        let keys = ["name", "web", "reaches", "reviewed", "helps_with", "source", "source_date"]
        guard let map = node.map("a fallback", keys: keys, &problems) else { return nil }
        let name = map.requiredText("name", &problems)
        let web = map.requiredText("web", &problems)
        let reaches = Wording(reading: map, under: "reaches", &problems)
        let source = map.requiredText("source", &problems)
        let date = map.sourceDate(&problems)
        var scopes: [WorldwideFallback.Scope] = []
        if map.required("helps_with", &problems) != nil {
            let known = taxonomy.types.map(\.code.text)
            for text in map.texts("helps_with", &problems) ?? [] {
                if let sector = Sector(rawValue: text.text) {
                    scopes.append(.sector(sector))
                } else if let code = TaxonomyFile.serviceCode(text, known, &problems) {
                    scopes.append(.type(code))
                }
            }
        }
        guard let name, let web, let reaches, let source, !scopes.isEmpty else { return nil }
        guard NumberText.isWeb(web.text) else {
            problems.append(
                DataProblem(
                    at: web.place,
                    what: "'\(web.text)' is no address",
                    write: "an address that begins with https:// or http://"
                )
            )
            return nil
        }
        return WorldwideFallback(
            name: name.text,
            contact: Contact(kind: .web, value: web.text, reach: nil),
            reaches: reaches,
            scopes: scopes,
            source: source.text,
            sourceDate: date
        )
    }
}
