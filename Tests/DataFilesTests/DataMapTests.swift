import DataFiles
import Testing

struct DataMapTests {
    private func map(_ text: String, keys: [String]) throws -> (DataMap?, [String]) {
        var problems: [DataProblem] = []
        let map = try DataFile.parse(text, file: "f.yaml").map("a service", keys: keys, &problems)
        return (map, problems.map(\.description))
    }

    @Test func `an unknown key names the nearest known one`() throws {
        let (_, problems) = try map("name: x\nlangauges: [en]\nzzz: 1\n", keys: ["name", "languages", "ages"])
        #expect(
            problems == [
                "f.yaml:2: unknown key 'langauges', write 'languages'",
                "f.yaml:3: unknown key 'zzz', write one of name, languages, ages",
            ]
        )
    }

    @Test func `known keys make no problem and are read as written`() throws {
        let (map, problems) = try map("name: NO\nlist: [a, on]\n", keys: ["name", "list"])
        var more: [DataProblem] = []
        #expect(problems.isEmpty)
        #expect(map?.requiredText("name", &more)?.text == "NO")
        #expect(map?.texts("list", &more)?.map(\.text) == ["a", "on"])
        #expect(map?.text("absent", &more) == nil)
        #expect(map?.texts("absent", &more) == nil)
        #expect(more.isEmpty)
    }

    @Test func `what is missing or of another shape is a problem each`() throws {
        let (map, _) = try map(
            "name:\nlist: a\nempty: []\ntext: [b]\nmap: {a: b}\n",
            keys: ["name", "list", "empty", "text", "map"]
        )
        var problems: [DataProblem] = []
        _ = map?.requiredText("id", &problems)
        _ = map?.requiredText("name", &problems)
        _ = map?.list("list", &problems)
        _ = map?.texts("empty", &problems)
        _ = map?.text("text", &problems)
        _ = map?.text("map", &problems)
        #expect(
            problems.map(\.description) == [
                "f.yaml:1: a service has no 'id', write 'id: …'",
                "f.yaml:1: 'name' is empty, write a value or remove the line",
                "f.yaml:2: 'list' is not a list, write [a, b] or one line '- …' an item",
                "f.yaml:3: 'empty' is empty, write a value or remove the line",
                "f.yaml:4: 'text' is a list, write one text",
                "f.yaml:5: 'map' is a map, write one text",
            ]
        )
    }

    @Test func `a list instead of a map is a problem`() throws {
        let (map, problems) = try map("- a\n", keys: ["name"])
        #expect(map == nil)
        #expect(problems == ["f.yaml:1: a service is not a map, write lines of 'key: value'"])
    }
}
