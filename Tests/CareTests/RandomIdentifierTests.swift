import Care
import Foundation
import Testing

private func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

@Suite struct RandomIdentifierTests {
    @Test func `known bytes have the text that Crockford's alphabet gives them`() {
        // Worked by hand: 128 bits in groups of five from the front, two zero bits at the end.
        #expect(CaseID(bytes: Array(repeating: 0, count: 16))?.text == "c" + String(repeating: "0", count: 26))
        #expect(CaseID(bytes: Array(repeating: 0xFF, count: 16))?.text == "c" + String(repeating: "z", count: 25) + "w")
        #expect(
            ReferralID(bytes: [0x08] + Array(repeating: 0, count: 14) + [0x01])?.text == "r1"
                + String(repeating: "0", count: 24) + "4"
        )
    }

    @Test func `any sixteen bytes come back from their text`() throws {
        var numbers = Numbers(seed: 7)
        for _ in 0..<500 {
            let bytes = numbers.bytes()
            let identifier = try #require(SessionID(bytes: bytes))
            #expect(identifier.bytes == bytes)
            #expect(identifier.text.count == 27)
            #expect(SessionID(identifier.text) == identifier)
            #expect(try read([SessionID].self, stored([identifier])) == [identifier])
        }
    }

    @Test func `each kind has its own letter and reads no other`() {
        let texts = [
            CaseID(bytes: Fixtures.bytes(1))!.text, ReferralID(bytes: Fixtures.bytes(1))!.text,
            ConsentID(bytes: Fixtures.bytes(1))!.text, NeedID(bytes: Fixtures.bytes(1))!.text,
            StaffID(bytes: Fixtures.bytes(1))!.text, TeamID(bytes: Fixtures.bytes(1))!.text,
            AgencyID(bytes: Fixtures.bytes(1))!.text, RequestID(bytes: Fixtures.bytes(1))!.text,
            SessionID(bytes: Fixtures.bytes(1))!.text,
        ]
        #expect(texts.map { String($0.prefix(1)) } == ["c", "r", "n", "d", "s", "t", "a", "q", "e"])
        #expect(texts.filter { CaseID($0) != nil } == [texts[0]])
    }

    @Test(arguments: [
        "", "c", "c" + zeros(25), "c" + zeros(27), "C" + zeros(26), "r" + zeros(26), "c" + zeros(25) + "A",
        "c" + zeros(24) + "i0", "c" + zeros(24) + "l0", "c" + zeros(24) + "o0", "c" + zeros(24) + "u0",
        "c" + zeros(24) + "A0", "c" + zeros(24) + "-0", " c" + zeros(25), "c" + zeros(25) + "\n",
        "c" + zeros(25) + "é", "c" + zeros(24) + "é",
        // The last two bits are padding and must be zero.
        "c" + zeros(25) + "1", "c" + zeros(25) + "2", "c" + zeros(25) + "3", "c" + zeros(25) + "z",
    ])
    func `any other text is refused`(text: String) {
        #expect(CaseID("c" + zeros(25) + "4") != nil)
        #expect(CaseID(text) == nil)
    }

    @Test func `only sixteen bytes make an identifier`() {
        for count in [0, 15, 17, 32] { #expect(CaseID(bytes: Array(repeating: 0, count: count)) == nil) }
    }

    @Test func `a stored text that is none is refused without repeating it`() {
        #expect {
            try read([CaseID].self, "[\"amina\"]")
        } throws: { error in
            !"\(error)".contains("amina") && error is CareError
        }
    }

    @Test func `identifiers sort by their bytes`() {
        let low = CaseID(bytes: [0x00] + Array(repeating: 0xFF, count: 15))!
        let high = CaseID(bytes: [0x01] + Array(repeating: 0x00, count: 15))!
        #expect(low < high)
        #expect(!(high < low))
        #expect(low.text < high.text)
    }
}
