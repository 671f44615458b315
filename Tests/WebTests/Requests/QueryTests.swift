import Testing

@testable import Web

@Suite struct QueryTests {
    private func kind(_ query: String?, taking taken: [String] = ["box", "limit"]) -> ProblemKind? {
        do throws(Problem) {
            _ = try Query.read(query, taking: taken)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test func `parameters that the route lists are read`() throws {
        let members = try Query.read("limit=5&box=inbox", taking: ["box", "limit"])
        #expect(members.map(\.name) == ["limit", "box"])
        #expect(kind(nil) == nil)
        #expect(kind("") == nil)
        #expect(try Query.read("box=&limit", taking: ["box", "limit"]).isEmpty)
    }

    @Test(arguments: ["name=x", "box=inbox&name=x", "Box=inbox", "b%6fx=inbox", "&", "=", "box=a&", "box[]=a"])
    func `every other parameter is refused`(query: String) {
        #expect(kind(query) == .unknownParameter)
    }

    @Test(arguments: ["box=a&box=a", "box=%61", "box=a+b", "box=<x>", "box=a=b", "box=é"])
    func `a value that needs an escape, or stands twice, is refused`(query: String) {
        #expect(kind(query) == .invalidParameter)
    }

    @Test func `a route without parameters takes none`() {
        #expect(kind("box=inbox", taking: []) == .unknownParameter)
    }

    @Test func `more parameters than any route has are refused before they are read`() {
        #expect(kind(Array(repeating: "box=a", count: 17).joined(separator: "&")) == .unknownParameter)
    }
}
