import Directory
import Foundation
import Testing

@testable import Casework

/// Which spellings are one value of the index, as docs/formats/search-index.md says, and which are not.
@Suite struct IndexedTextTests {
    @Test(arguments: [
        ["Éloïse d’Exemple", "ELOISE D'EXEMPLE", "d'exemple, eloise", "Eloi\u{0308}se  Dexemple"],
        ["Anne-Marie Example", "anne marie example", "Example, Anne–Marie"],
        ["Łucja Żółć", "lucja zolc"], ["Straße", "STRASSE"], ["Şükrü Işık", "sukru isik"],
        ["Ζέφυρος Παπάς", "ΖΕΦΥΡΟΣ ΠΑΠΑΣ", "ζεφυρος παπας"], ["Алёна", "АЛЕНА"],
        ["محمّد علي", "محمد على", "علی محمد"], ["أحمد", "احمد"], ["فاطمة", "فاطمه"], ["מֹשֶׁה", "משה"],
        ["අමාලි පෙරහැර", "පෙරහැර අමාලි", "අමාලි\u{200D} පෙරහැර"], ["Ａｍａｌｉ", "amali"], ["नीलम २", "नीलम 2"],
    ])
    func `spellings of one name are one value`(spellings: [String]) throws {
        let values = Set(spellings.map(IndexedText.name))
        #expect(values.count == 1)
        #expect(values.first??.isEmpty == false)
    }

    @Test(arguments: [
        ("අමාලි", "අමල"), ("कमल", "कमला"), ("Amali", "අමාලි"), ("Amali", "Amalia"), ("วายุ", "วาย"), ("ガ", "カ"),
        ("Amali Perera", "Amali"),
    ])
    func `different names are different values`(one: String, other: String) {
        #expect(IndexedText.name(one) != IndexedText.name(other))
        #expect(IndexedText.name(one) != nil && IndexedText.name(other) != nil)
    }

    @Test(arguments: ["", " ", "-- ..", "'", "\u{200D}", "\u{0301}"])
    func `what holds no letter or digit is no name`(text: String) {
        #expect(IndexedText.name(text) == nil)
    }

    @Test func `spellings of one telephone number are one value`() throws {
        let britain = try #require(CountryCode("GB"))
        let spellings: [(String, CountryCode?)] = [
            ("+44 20 7946 0123", nil), ("+44 (0)20 7946-0123", nil), ("0044 20.7946.0123", nil),
            ("020 7946 0123", britain), ("+４４ ２０ ７９４６ ０１２３", nil), ("+٤٤٢٠٧٩٤٦٠١٢٣", nil),
            ("\u{202A}+44 20 7946 0123\u{202C}", nil),
        ]
        for (text, country) in spellings {
            #expect(IndexedText.phone(text, in: country) == Array("+442079460123".utf8))
        }
        let italy = try #require(CountryCode("IT"))
        #expect(IndexedText.phone("06 5550 0123", in: italy) == IndexedText.phone("+39 06 5550 0123", in: nil))
    }

    @Test(arguments: [
        "", "+", "1929", "020 7946 0123", "+0 555 0100", "+999 555 0100", "++44 20 7946 0123", "44+20 7946 0123",
        "ask for the aunt", "@account", "+44 20 7946 0123 0123 0123", "+1 202 555 0143 ext",
    ])
    func `what is no telephone number with a country is not indexed`(text: String) {
        #expect(IndexedText.phone(text, in: nil) == nil)
    }

    @Test func `spellings of one paper are one value`() {
        let values = Set(["X-12 345/6", "x123456", "Ｘ１２３４５６", "x 12 34 56"].map(IndexedText.identityNumber))
        #expect(values == [Array("x123456".utf8)])
        #expect(IndexedText.identityNumber("-/") == nil)
        #expect(IndexedText.identityNumber("X123457") != values.first)
    }

    @Test func `each international number of the directory begins with the code of its country in the table`() throws {
        var checked = 0
        for service in Repository.directory.services {
            for contact in service.contacts where contact.kind.isNumber && contact.value.hasPrefix("+") {
                let digits = String(contact.value.filter { $0.isASCII && $0.isNumber })
                checked += 1
                #expect(
                    CallingCodes.code(leading: digits) == CallingCodes.code(of: service.country),
                    "\(service.id.text)"
                )
            }
        }
        #expect(checked > 100)
    }

    @Test func `every country of the directory has a code`() {
        let without = Repository.directory.countries.keys.filter { CallingCodes.code(of: $0) == nil }
        #expect(without.isEmpty)
        #expect(Repository.directory.countries.count > 200)
    }
}
