import Care
import Testing

@Suite struct AgeTests {
    @Test(arguments: [
        (0, "0-5"), (5, "0-5"), (6, "6-11"), (11, "6-11"), (12, "12-14"), (14, "12-14"), (15, "15-17"), (17, "15-17"),
        (18, "18+"), (120, "18+"),
    ])
    func `every age falls into its band`(years: Int, band: String) throws {  // N4, D9
        #expect(try Age(years: years, basis: .stated).band.rawValue == band)
        #expect(try Age(years: years, basis: .stated).isChild == (years < 18))  // T1
    }

    @Test(arguments: [-1, 121, Int.max, Int.min])
    func `an age outside life is refused`(years: Int) {
        #expect(throws: CareError.invalid(field: "age", write: "whole years from 0 to 120")) {
            try Age(years: years, basis: .documented)
        }
    }

    @Test func `an adult age that is only estimated counts as a child's`() throws {  // T1
        let doubtful = try Age(years: 19, basis: .estimated)
        #expect(doubtful.isChild)
        #expect(doubtful.youngestYears == 17)
        #expect(Age(band: .adult, basis: .estimated).isChild)
        #expect(try !Age(years: 19, basis: .stated).isChild)
        #expect(try Age(years: 14, basis: .estimated).youngestYears == 14)
    }

    @Test func `of a band alone the youngest year counts`() {
        #expect(Age(band: .from15To17, basis: .stated).youngestYears == 15)
        #expect(Age(band: .from15To17, basis: .stated).years == nil)
    }

    @Test func `bands cover every age once and in order`() {
        let years = AgeBand.allCases.flatMap { Array($0.years) }
        #expect(years == Array(0...120))
        #expect(AgeBand.allCases == AgeBand.allCases.sorted())
    }
}
