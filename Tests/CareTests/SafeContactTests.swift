import Care
import Directory
import Foundation
import Testing

@Suite struct SafeContactTests {
    // 2026-03-10 is a Tuesday; Colombo is 5:30 ahead of UTC.
    private let tuesdayAt10 = Fixtures.noon - 7.5 * Fixtures.hour

    @Test func `without an answer nothing is safe`() throws {  // F2
        let blank = try SafeContact()
        for channel in SafeContact.Channel.allCases {
            #expect(blank.obstacles(to: channel, at: tuesdayAt10) == [.notAsked])
        }
        #expect(!blank.voicemailAllowed)
    }

    @Test func `she who prefers to call is never called`() throws {
        for permission in [SafeContact.Permission.sheContacts, .never] {
            let contact = try SafeContact(
                permission: permission,
                addresses: [SafeContact.Address(channel: .call, value: "+1 202 555 0101")],
                hours: ContactHours(slots: [], timeZone: "Asia/Colombo")
            )
            #expect(contact.obstacles(to: .call, at: tuesdayAt10) == [.noContact])
        }
    }

    @Test func `the named channel in the named hours is safe, any other is not`() throws {
        let contact = try Fixtures.safeContact()
        #expect(contact.isSafe(.call, at: tuesdayAt10))
        #expect(contact.obstacles(to: .text, at: tuesdayAt10) == [.channelNotNamed])
        #expect(contact.obstacles(to: .call, at: tuesdayAt10 + Fixtures.day) == [.outsideHours])
        #expect(contact.obstacles(to: .email, at: tuesdayAt10 + Fixtures.day) == [.channelNotNamed, .outsideHours])
    }

    @Test func `hours begin at their first minute and end before their last`() throws {
        let contact = try Fixtures.safeContact()
        let nine = tuesdayAt10 - Fixtures.hour
        #expect(!contact.isSafe(.call, at: nine - 1))
        #expect(contact.isSafe(.call, at: nine))
        #expect(contact.isSafe(.call, at: nine + 8 * Fixtures.hour - 1))
        #expect(!contact.isSafe(.call, at: nine + 8 * Fixtures.hour))
    }

    @Test func `no voice message unless she says so, and only where calls are safe`() throws {
        #expect(try Fixtures.safeContact().obstacles(to: .voicemail, at: tuesdayAt10) == [.channelNotNamed])
        let anyTime = try ContactHours(slots: [], timeZone: "Asia/Colombo")
        let allowed = try SafeContact(
            permission: .allowed,
            addresses: [SafeContact.Address(channel: .call, value: "+1 202 555 0101")],
            hours: anyTime,
            voicemailAllowed: true
        )
        #expect(allowed.isSafe(.voicemail, at: tuesdayAt10))
        let textsOnly = try SafeContact(
            permission: .allowed,
            addresses: [SafeContact.Address(channel: .text, value: "+1 202 555 0101")],
            hours: anyTime,
            voicemailAllowed: true
        )
        #expect(!textsOnly.isSafe(.voicemail, at: tuesdayAt10))
        #expect(throws: CareError.self) { try SafeContact.Address(channel: .voicemail, value: nil) }
    }

    @Test func `hours that were not named are not any hour, and a permission lapses`() throws {
        let noHours = try SafeContact(
            permission: .allowed,
            addresses: [SafeContact.Address(channel: .inPerson, value: nil)]
        )
        #expect(noHours.obstacles(to: .inPerson, at: tuesdayAt10) == [.hoursNotNamed])
        let lapsed = try SafeContact(
            permission: .allowed,
            addresses: [SafeContact.Address(channel: .inPerson, value: nil)],
            hours: ContactHours(slots: [], timeZone: "Asia/Colombo"),
            validUntil: tuesdayAt10
        )
        #expect(lapsed.obstacles(to: .inPerson, at: tuesdayAt10) == [.lapsed])
        #expect(lapsed.isSafe(.inPerson, at: tuesdayAt10 - 1))
    }

    @Test func `a zone or slot that cannot be is refused`() {
        #expect(throws: CareError.self) { try ContactHours(slots: [], timeZone: "Atlantis/Harbour") }
        #expect(throws: CareError.self) { try ContactHours.Slot(days: [], from: 0, until: 60) }
        #expect(throws: CareError.self) { try ContactHours.Slot(days: [.mon], from: 60, until: 60) }
        #expect(throws: CareError.self) { try ContactHours.Slot(days: [.mon], from: -1, until: 60) }
        #expect(throws: CareError.self) { try ContactHours.Slot(days: [.mon], from: 0, until: 1_441) }
    }
}
