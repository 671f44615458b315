import Testing

@testable import Web

@Suite struct AcceptTests {
    @Test(
        arguments: [
            nil, "*/*", "application/json", "application/*", "text/html, application/json;q=0.8", "APPLICATION/JSON",
            "application/json; q=0.001", "text/html, */*;q=0.1",
        ] as [String?]
    )
    func `JSON is taken`(header: String?) {
        #expect(Accept(header).takes("application/json"))
    }

    @Test(arguments: [
        "text/html", "text/*", "application/json;q=0", "application/json; q=0.000", "", ",", "application/xml",
    ])
    func `JSON is not taken`(header: String) {
        #expect(!Accept(header).takes("application/json"))
    }

    @Test func `taking anything is not the same as naming JSON`() {
        #expect(!Accept("*/*").namesJSON)
        #expect(Accept("text/html, application/json").namesJSON)
    }
}
