import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct RouteTableTests {
    private func edge(_ table: RouteTable) -> Edge {
        Edge(table: table, newRequest: { TestDesk.request(1) }, record: { _ in })
    }

    @Test func `the router has the routes of the table and no others`() {
        let table = Routes.table()
        let routed = table.router(behind: edge(table)).routes.map { "\($0.method.rawValue) \($0.path)" }
        let listed = table.routes.map { "\($0.method.rawValue) \($0.path)" }
        #expect(!listed.isEmpty)
        #expect(routed.sorted() == listed.sorted())
        #expect(Set(listed).count == listed.count)
    }

    @Test func `an address holds ids and codes in braces and fixed words, nothing else`() {
        for route in Routes.table().routes {
            for part in route.path.split(separator: "/") {
                let isPlain = part.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
                let isNamed =
                    part.hasPrefix("{") && part.hasSuffix("}") && part.dropFirst().dropLast().allSatisfy(\.isLowercase)
                #expect(isPlain || isNamed, "\(route.path)")
            }
            #expect(RouteTable.knownMethods.contains(route.method))
        }
    }

    @Test func `the methods of an address are those of its lines, with HEAD and OPTIONS`() {
        let table = TestDesk().table
        #expect(table.methods(at: "/notes").map(\.rawValue) == ["GET", "HEAD", "OPTIONS", "POST"])
        #expect(table.methods(at: "/notes/7").map(\.rawValue) == ["GET", "HEAD", "OPTIONS"])
        #expect(table.methods(at: "/lookup").map(\.rawValue) == ["OPTIONS", "QUERY"])
        #expect(table.methods(at: "/notes/7/8").isEmpty)
        #expect(table.methods(at: "/").isEmpty)
    }
}
