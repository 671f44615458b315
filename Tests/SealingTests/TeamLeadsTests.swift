import Testing

@testable import Sealing

@Suite struct TeamLeadsTests {
    private static let team = [UInt8](repeating: 1, count: 16)
    private static let agencyID = [UInt8](repeating: 2, count: 16)

    /// An agency, a lead and a member who leads nothing.
    private struct Cast {
        let root: SigningKey
        let agency: SigningKey
        let trusted: TrustedKey
        let lead: Keyring
        let member: Keyring

        init() throws {
            root = try SigningKey.random()
            agency = try SigningKey.random()
            trusted = try KeyBinding.agency(agencyID, epoch: 1, key: agency.verifyingKey, signedBy: root)
                .trustedAgency(agencyID, root: root.verifyingKey, atLeast: 1)
            lead = try Keyring.create(
                owner: [UInt8](repeating: 3, count: 16),
                agency: agencyID,
                root: root.verifyingKey
            )
            member = try Keyring.create(
                owner: [UInt8](repeating: 4, count: 16),
                agency: agencyID,
                root: root.verifyingKey
            )
        }

        func leads(_ keyrings: [Keyring], term: UInt16, signedBy key: SigningKey? = nil) throws -> TeamLeads {
            try TeamLeads.sign(
                keyrings.map { TeamLeads.Lead(id: $0.owner, key: try $0.signing.verifyingKey) },
                of: team,
                term: term,
                agency: agencyID,
                signedBy: key ?? agency
            )
        }

        func binding(_ epoch: UInt32, by keyring: Keyring) throws -> KeyBinding {
            try KeyBinding.team(
                team,
                epoch: epoch,
                sealingKey: SealingPrivateKey.random().publicKey,
                signedBy: keyring
            )
        }
    }

    @Test func `a lead's word on the team's key is believed, a member's is not`() throws {
        let cast = try Cast()
        let leads = try cast.leads([cast.lead], term: 0).trusted(of: Self.team, through: cast.trusted)
        let key = try cast.binding(2, by: cast.lead).trustedTeam(Self.team, through: leads, atLeast: 1)
        #expect(key.epoch == 2)
        #expect(key.agency == Self.agencyID)
        #expect(try leads.areLed(by: cast.lead))
        #expect(try !leads.areLed(by: cast.member))
        #expect(throws: SealingError.notTrusted) {
            try cast.binding(2, by: cast.member).trustedTeam(Self.team, through: leads, atLeast: 1)
        }
        // Nor is the lead taken for the agency.
        #expect(throws: SealingError.notTrusted) {
            try cast.binding(2, by: cast.lead).trusted(.team, Self.team, through: cast.trusted, atLeast: 1)
        }
    }

    @Test func `a key older than the one that was seen is refused`() throws {
        let cast = try Cast()
        let leads = try cast.leads([cast.lead], term: 0).trusted(of: Self.team, through: cast.trusted)
        let binding = try cast.binding(2, by: cast.lead)
        _ = try binding.trustedTeam(Self.team, through: leads, atLeast: 2)
        #expect(throws: SealingError.notTrusted) {
            try binding.trustedTeam(Self.team, through: leads, atLeast: 3)
        }
    }

    @Test func `who led in an earlier term signs nothing that a member of a later one believes`() throws {
        let cast = try Cast()
        let first = try cast.leads([cast.lead, cast.member], term: 0).trusted(of: Self.team, through: cast.trusted)
        let second = try cast.leads([cast.lead], term: 1).trusted(of: Self.team, through: cast.trusted)
        let next = try second.epoch(after: 7)
        #expect(next == 0x1_0000)
        #expect(try second.epoch(after: next) == next + 1)
        _ = try cast.binding(next, by: cast.lead).trustedTeam(Self.team, through: second, atLeast: next)
        // The former lead has the statement of the first term, the highest epoch of it, and any epoch of the second.
        let last = try cast.binding(0xFFFF, by: cast.member)
        _ = try last.trustedTeam(Self.team, through: first, atLeast: 1)
        #expect(throws: SealingError.notTrusted) { try last.trustedTeam(Self.team, through: first, atLeast: next) }
        for leads in [first, second] {
            #expect(throws: SealingError.notTrusted) {
                try cast.binding(next + 1, by: cast.member).trustedTeam(Self.team, through: leads, atLeast: next)
            }
        }
        #expect(throws: SealingError.badParameters) { try first.epoch(after: 0xFFFF) }
        #expect(throws: SealingError.badParameters) { try first.epoch(after: next) }
    }

    @Test func `a statement that somebody else signed, or about another team, says nothing`() throws {
        let cast = try Cast()
        let planted = try cast.leads([cast.member], term: 0, signedBy: cast.member.signing)
        #expect(throws: SealingError.notTrusted) { try planted.trusted(of: Self.team, through: cast.trusted) }
        let own = try cast.leads([cast.lead], term: 0)
        #expect(throws: SealingError.notTrusted) { try own.trusted(of: Self.agencyID, through: cast.trusted) }
        let other = try KeyBinding.agency(
            [UInt8](repeating: 9, count: 16),
            epoch: 1,
            key: cast.agency.verifyingKey,
            signedBy: cast.root
        ).trustedAgency([UInt8](repeating: 9, count: 16), root: cast.root.verifyingKey, atLeast: 1)
        #expect(throws: SealingError.notTrusted) { try own.trusted(of: Self.team, through: other) }
    }

    @Test func `every flipped bit of a statement is refused`() throws {
        let cast = try Cast()
        let bytes = try cast.leads([cast.lead, cast.member], term: 3).bytes
        #expect(bytes.count == 55 + 2 * 48 + 64)
        for bit in 0..<bytes.count * 8 {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: SealingError.self, "bit \(bit)") {
                try TeamLeads(bytes: flipped).trusted(of: Self.team, through: cast.trusted)
            }
        }
    }

    @Test(arguments: [0, 17])
    func `nobody and too many are no leads`(count: Int) throws {
        let cast = try Cast()
        let key = try cast.lead.signing.verifyingKey
        let leads = (0..<count).map { TeamLeads.Lead(id: [UInt8](repeating: UInt8($0), count: 16), key: key) }
        #expect(throws: SealingError.badParameters) {
            try TeamLeads.sign(leads, of: Self.team, term: 0, agency: Self.agencyID, signedBy: cast.agency)
        }
    }
}
