import Care
import Directory
import Foundation
import Testing

@Suite struct ReferralPacketTests {
    private func sender() throws -> ReferralPacket.Sender {
        try ReferralPacket.Sender(agency: Fixtures.agency, worker: Fixtures.worker, callBack: "+1 202 555 0100")
    }

    private func cut(
        to items: Set<DataItem>,
        consented: Set<DataItem>,
        allowed: Set<DataItem> = Set(DataItem.allCases),
        uncovered: UncoveredItems = .refuse
    ) throws -> PacketCut {
        ReferralPacket.cut(
            try fullFile().packetFields(for: fullNeed(), at: Fixtures.noon),
            to: items,
            consent: try Fixtures.consent(items: consented),
            allowed: allowed,
            uncovered: uncovered,
            for: try Fixtures.referral(),
            from: try sender(),
            at: Fixtures.noon
        )
    }

    /// A case with a value for every item there is.
    private func fullFile() throws -> CaseFile {
        var content = try Fixtures.content()
        content.revise(
            try Intake(
                firstContactAt: Fixtures.noon,
                isSeparated: .yes,
                isInImmediateDanger: .no,
                lastContact: .known(Fixtures.noon - 20 * Fixtures.hour),
                caregivers: [Caregiver(kind: .grandparent, isSafeToContact: .yes, isInformed: .yes)]
            )
        )
        return try Fixtures.file(content: content)
    }

    private func fullNeed() throws -> Need {
        try Need(
            id: Fixtures.needID,
            code: Fixtures.crisis,
            urgency: .urgent,
            reason: "cannot sleep",
            accompaniment: "a ride",
            restrictions: "do not tell the school",
            recordedAt: Fixtures.noon
        )
    }

    @Test func `a full case has a field for every item`() throws {
        let fields = try fullFile().packetFields(for: fullNeed(), at: Fixtures.noon)
        #expect(Set(fields.map(\.item)) == Set(DataItem.allCases))
        #expect(fields.count == DataItem.allCases.count)
    }

    @Test func `what was asked, consented and allowed leaves, and nothing else`() throws {  // N2, F7
        var numbers = Numbers(seed: 11)
        for _ in 0..<200 {
            let items = numbers.subset(of: DataItem.allCases)
            let consented = numbers.subset(of: DataItem.allCases).union([.ageBand])
            let allowed = numbers.subset(of: DataItem.allCases)
            guard
                case .packet(let packet, let stripped, let notOnFile) =
                    try cut(to: items, consented: consented, allowed: allowed, uncovered: .strip)
            else {
                Issue.record("stripping never refuses")
                return
            }
            #expect(packet.items == items.intersection(consented).intersection(allowed))
            #expect(stripped == items.subtracting(packet.items))
            #expect(notOnFile.isEmpty)
            #expect(try read(ReferralPacket.self, stored(packet)) == packet)
        }
    }

    @Test func `an item that is not covered is refused by name, never dropped silently`() throws {  // N2
        #expect(
            try cut(to: [.ageBand, .name, .area], consented: [.ageBand, .area], allowed: [.ageBand, .name])
                == .refused(notConsented: [.name], notAllowed: [.area])
        )
        #expect(
            try cut(to: [.ageBand, .area], consented: [.ageBand, .area], allowed: [.ageBand])
                == .refused(notConsented: [], notAllowed: [.area])
        )
        #expect(
            try cut(to: [.ageBand, .name], consented: [.ageBand]) == .refused(notConsented: [.name], notAllowed: [])
        )
        guard
            case .packet(let packet, let stripped, _) =
                try cut(to: [.ageBand, .name], consented: [.ageBand], uncovered: .strip)
        else {
            Issue.record("refused although stripping was asked for")
            return
        }
        #expect(packet.items == [.ageBand])
        #expect(stripped == [.name])
    }

    @Test func `no value of an item that stayed behind is in the bytes`() throws {  // N2
        guard case .packet(let packet, _, _) = try cut(to: [.ageBand], consented: [.ageBand]) else {
            Issue.record("refused")
            return
        }
        let text = try stored(packet)
        for secret in ["Amina", "eastern district", "lantern", "+1 202 555 0101", "cannot sleep", "female", "school"] {
            #expect(!text.contains(secret))
        }
        #expect(text.contains(#"{"item":"age_band","value":"15-17"}"#))
        #expect(text.contains("+1 202 555 0100"))
    }

    @Test func `what may go but is not on file is told`() throws {
        let bare = CaseFile(
            id: Fixtures.caseID,
            identity: try Survivor(currentCountry: Fixtures.country),
            contact: try SafeContact(),
            conflicts: try ConflictFacts(),
            content: try Fixtures.content()
        )
        let result = ReferralPacket.cut(
            bare.packetFields(for: try Fixtures.need(), at: Fixtures.noon),
            to: [.ageBand, .country, .safeContact],
            consent: try Fixtures.consent(items: [.ageBand, .country, .safeContact]),
            allowed: Set(DataItem.allCases),
            for: try Fixtures.referral(),
            from: try sender(),
            at: Fixtures.noon
        )
        guard case .packet(let packet, let stripped, let notOnFile) = result else {
            Issue.record("refused")
            return
        }
        #expect(packet.items == [.country])
        #expect(stripped.isEmpty)
        #expect(notOnFile == [.ageBand, .safeContact])
    }

    @Test func `to save life the minimum takes the place of the consent`() throws {  // N7
        let basis = Referral.Basis.lifeInDanger(reviewBy: Fixtures.noon + Fixtures.day)
        func cut(_ items: Set<DataItem>) throws -> PacketCut {
            ReferralPacket.cutToSaveLife(
                try fullFile().packetFields(for: fullNeed(), at: Fixtures.noon),
                to: items,
                minimum: [.ageBand, .area],
                allowed: Set(DataItem.allCases),
                for: try Fixtures.referral(basis: basis),
                from: try sender(),
                at: Fixtures.noon
            )
        }
        #expect(try cut([.name]) == .refused(notConsented: [.name], notAllowed: []))
        guard case .packet(let packet, _, _) = try cut([.ageBand, .area]) else {
            Issue.record("refused")
            return
        }
        #expect(packet.consent == nil)
        #expect(packet.basis == basis)
        #expect(try read(ReferralPacket.self, stored(packet)) == packet)
    }

    @Test func `the packet says who asks, for what, by when and on what ground`() throws {  // X1
        guard case .packet(let packet, _, _) = try cut(to: [.ageBand], consented: [.ageBand]) else {
            Issue.record("refused")
            return
        }
        #expect(packet.referral == Fixtures.referralID)
        #expect(packet.answerDueAt == Fixtures.noon + 72 * Fixtures.hour)
        #expect(packet.consent?.items == [.ageBand])
        #expect(packet.consent?.expiresAt == Fixtures.noon + 30 * Fixtures.day)
        #expect(packet.sender.callBack == "+1 202 555 0100")
    }

    @Test func `a packet with more than its consent, an item twice or another version is refused`() throws {
        guard case .packet(let packet, _, _) = try cut(to: [.ageBand], consented: [.ageBand]) else {
            Issue.record("refused")
            return
        }
        let text = try stored(packet)
        let field = #"{"item":"age_band","value":"15-17"}"#
        let added = text.replacingOccurrences(of: field, with: field + #",{"item":"name","value":"A"}"#)
        let twice = text.replacingOccurrences(of: field, with: field + "," + field)
        let newer = text.replacingOccurrences(of: #""version":1"#, with: #""version":2"#)
        for damaged in [added, twice, newer] {
            #expect(damaged != text)
            #expect(throws: CareError.self) { try read(ReferralPacket.self, damaged) }
        }
        #expect(throws: Never.self) { try read(ReferralPacket.self, text) }
    }

    @Test func `an accused caregiver is never named to a receiver`() throws {  // N5, F5
        func named(_ caregivers: [Caregiver], _ conflicts: ConflictFacts) throws -> Caregiver? {
            var content = try Fixtures.content()
            content.revise(try Intake(firstContactAt: Fixtures.noon, caregivers: caregivers))
            let file = try Fixtures.file(conflicts: conflicts, content: content)
            for case .caregiver(let caregiver) in file.packetFields(for: try Fixtures.need(), at: Fixtures.noon) {
                return caregiver
            }
            return nil
        }
        let unknown = try Caregiver(kind: .parent)
        let first = try Caregiver(party: PartyID("p1"), kind: .parent)
        let second = try Caregiver(party: PartyID("p2"), kind: .parent)
        let accused = try AllegedPerpetrator(party: PartyID("p1"), isCaregiver: true)
        #expect(try named([unknown], ConflictFacts()) == unknown)
        #expect(try named([unknown], ConflictFacts(caregiverIsAccused: .yes)) == nil)
        #expect(try named([first, second], ConflictFacts(allegedPerpetrators: [accused])) == nil)
        #expect(
            try named([first, second], ConflictFacts(allegedPerpetrators: [accused], safeCaregivers: [PartyID("p2")]))
                == second
        )
        let stranger = try AllegedPerpetrator(party: PartyID("p1"))
        #expect(try named([first, second], ConflictFacts(allegedPerpetrators: [stranger])) == second)
    }

    @Test(arguments: [
        (0.0, "within_24_hours"), (24, "within_24_hours"), (24.01, "within_72_hours"), (72, "within_72_hours"),
        (120, "within_120_hours"), (168, "within_168_hours"), (168.01, "within_336_hours"), (336, "within_336_hours"),
        (336.01, "longer"),
    ])
    func `time since the incident leaves in bands, their ends inclusive`(hours: Double, band: String) {  // H2
        let last = LastContact.known(Fixtures.noon - hours * Fixtures.hour)
        #expect(TimeSinceIncident(since: last, at: Fixtures.noon).rawValue == band)
    }

    @Test func `a time that is not known stays unknown`() {  // H3
        #expect(TimeSinceIncident(since: .unknown, at: Fixtures.noon) == .unknownOrOngoing)
        #expect(TimeSinceIncident(since: .ongoing, at: Fixtures.noon) == .unknownOrOngoing)
    }

    @Test func `a code has its own list or that of its sector`() throws {  // F7
        let list = try AllowList([
            "MED": [.ageBand], "PSY": [.alias], "LEG": [.name], "SOC": [.area], "MED-EMERG": [.ageBand, .area],
        ])
        #expect(list.items(for: ServiceCode("MED-STI")!) == [.ageBand])
        #expect(list.items(for: ServiceCode("MED-EMERG")!) == [.ageBand, .area])
        #expect(list.items(for: Fixtures.crisis) == [.alias])
        #expect(list.codes == [ServiceCode("MED-EMERG")!])
        #expect(throws: CareError.self) { try AllowList(["MED": [], "PSY": [], "LEG": []]) }
        #expect(throws: CareError.self) {
            try AllowList(["MED": [], "PSY": [], "LEG": [], "SOC": [], "med-emerg": []])
        }
    }
}
