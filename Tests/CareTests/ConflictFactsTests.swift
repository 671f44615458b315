import Care
import Directory
import Testing

@Suite struct ConflictFactsTests {
    @Test func `links of everybody accused come together, and accused staff are barred`() throws {  // F5, DECISIONS 6
        let facts = try ConflictFacts(
            allegedPerpetrators: [
                AllegedPerpetrator(
                    party: PartyID("p1"),
                    organizations: [Fixtures.clinic],
                    places: [PlaceID("camp-1")],
                    isCaregiver: true
                ),
                AllegedPerpetrator(party: PartyID("p2"), organizations: [Fixtures.otherClinic], staff: Fixtures.worker),
            ],
            avoidedStaff: [Fixtures.supervisor]
        )
        #expect(facts.accusedParties == [PartyID("p1"), PartyID("p2")])
        #expect(facts.accusedOrganizations == [Fixtures.clinic, Fixtures.otherClinic])
        #expect(facts.accusedPlaces == [PlaceID("camp-1")])
        #expect(facts.hasAccusedCaregiver)
        #expect(facts.barredStaff == [Fixtures.worker, Fixtures.supervisor])
        #expect(facts.makesCaseRestricted)
        #expect(try read(ConflictFacts.self, stored(facts)) == facts)
    }

    @Test func `an unasked question accuses nobody and clears nobody`() throws {
        let facts = try ConflictFacts()
        #expect(!facts.hasAccusedCaregiver)
        #expect(facts.caregiverIsAccused == .notAsked)
        #expect(!facts.makesCaseRestricted)
    }

    @Test func `nobody is both safe and accused, or accused twice`() throws {
        let accused = try AllegedPerpetrator(party: PartyID("p1"))
        #expect(throws: CareError.self) {
            try ConflictFacts(allegedPerpetrators: [accused], safeCaregivers: [PartyID("p1")])
        }
        #expect(throws: CareError.self) { try ConflictFacts(allegedPerpetrators: [accused, accused]) }
    }
}
