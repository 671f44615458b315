import Care
import Foundation
import Testing

@Suite struct DeclinedServiceTests {
    @Test func `her no stands for good unless she named a time to ask again`() throws {  // F8
        let no = try DeclinedService(code: Fixtures.shelter, kind: .declined, declinedAt: Fixtures.noon)
        #expect(no.stands(at: Fixtures.noon + 1_000 * Fixtures.day))
        let notNow = try DeclinedService(
            code: Fixtures.shelter,
            kind: .notNow,
            declinedAt: Fixtures.noon,
            offerAgainFrom: Fixtures.noon + Fixtures.day
        )
        #expect(notNow.stands(at: Fixtures.noon + Fixtures.day - 1))
        #expect(!notNow.stands(at: Fixtures.noon + Fixtures.day))
        #expect(try read(DeclinedService.self, stored(notNow)) == notNow)
    }

    @Test func `no reason is asked for`() throws {
        #expect(
            try DeclinedService(code: Fixtures.shelter, kind: .stopContact, declinedAt: Fixtures.noon).reason == nil
        )
    }
}
