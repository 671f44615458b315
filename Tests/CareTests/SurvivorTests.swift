import Care
import Directory
import Testing

@Suite struct SurvivorTests {
    @Test func `nobody must give a name, an age or anything but the country she is in`() throws {  // C2
        let survivor = try Survivor(currentCountry: Fixtures.country)
        #expect(survivor.name == nil)
        #expect(survivor.isChild)  // T1: of an age nobody has established
        #expect(try stored(survivor) == #"{"accessibility":[],"current_country":"XA","languages":[]}"#)
    }

    @Test(arguments: ["", "   ", "\u{0}", "line\u{7}bell", String(repeating: "a", count: 101)])
    func `a name that is no name is refused by field and never repeated`(name: String) {
        #expect(
            throws: CareError.invalid(
                field: "survivor.name",
                write: "1 to 100 characters of plain text, or leave it out"
            )
        ) {
            try Survivor(currentCountry: Fixtures.country, name: name)
        }
    }

    @Test func `a name of a hundred characters in any script is kept`() throws {
        let name = String(repeating: "සි", count: 50)
        #expect(try Survivor(currentCountry: Fixtures.country, name: " \(name) ").name == name)
    }

    @Test func `one character with a thousand marks is refused`() {
        let name = "e" + String(repeating: "\u{301}", count: 1_000)
        #expect(name.count == 1)
        #expect(throws: CareError.self) { try Survivor(currentCountry: Fixtures.country, name: name) }
    }

    @Test func `a language stands once`() {
        let thai = LanguageTag("th")!
        #expect(throws: CareError.invalid(field: "survivor.languages", write: "each language once")) {
            try Survivor(currentCountry: Fixtures.country, languages: [thai, thai])
        }
    }
}
