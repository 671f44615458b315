import DataFiles
import Testing

struct SpellingTests {
    @Test(arguments: [
        ("PSY-CRISES", "PSY-CRISIS"), ("psy-crisis", "PSY-CRISIS"), ("MED-HIVPPE", "MED-HIVPEP"),
        ("LEGINFO", "LEG-INFO"),
    ])
    func `a slip finds the word that was meant`(written: String, meant: String) {
        #expect(Spelling.nearest(to: written, among: ["LEG-INFO", "MED-HIVPEP", "PSY-CRISIS"]) == meant)
    }

    @Test(arguments: ["", "XYZZY-QUUX", "SOC"])
    func `another word finds nothing`(written: String) {
        #expect(Spelling.nearest(to: written, among: ["LEG-INFO", "MED-HIVPEP", "PSY-CRISIS"]) == nil)
    }

    @Test func `of equally near words the first is taken and no list has none`() {
        #expect(Spelling.nearest(to: "ax", among: ["ab", "ac"]) == "ab")
        #expect(Spelling.nearest(to: "ax", among: []) == nil)
    }
}
