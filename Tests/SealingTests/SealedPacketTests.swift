import Foundation
import Testing

@testable import Sealing

@Suite struct SealedPacketTests {
    private let fixtures: Fixtures
    private let terms = SealedPacket.Terms(
        referral: Fixtures.referral,
        agency: Fixtures.agency,
        purpose: "referral",
        expires: Fixtures.end,
        schemaVersion: 1
    )
    private let content = Array(#"{"name":"Example"}"#.utf8)

    init() throws { fixtures = try Fixtures() }

    @Test func `the packet of the format page opens`() throws {
        let packet = try SealedPacket(bytes: FormatExamples.packet)
        #expect(packet.author == Fixtures.other)
        #expect(try open(packet) == content)
    }

    @Test func `a packet opens for the desk it was sealed to`() throws {
        for count in [0, 5, 4_000, 40_000] {
            let content = [UInt8](repeating: 0x2a, count: count)
            let packet = try SealedPacket.seal(content, terms: terms, to: fixtures.trustedTeam, by: fixtures.other)
            #expect(try open(SealedPacket(bytes: packet.bytes)) == content)
        }
    }

    @Test func `another desk, or the desk's next key, opens nothing`() throws {
        let packet = try SealedPacket(bytes: FormatExamples.packet)
        let desks = [
            try TeamKey.random(id: Fixtures.team, epoch: 4), try TeamKey.random(id: Fixtures.id(0x71), epoch: 4),
            try TeamKey(id: Fixtures.team, epoch: 5, seed: Fixtures.seed(0x33)),
            try TeamKey(id: Fixtures.id(0x71), epoch: 4, seed: Fixtures.seed(0x33)),
        ]
        for desk in desks {
            #expect(throws: SealingError.badSignature) { _ = try open(packet, desk: desk) }
        }
    }

    @Test func `every single-bit flip of a packet is refused`() throws {
        let author = try fixtures.trustedOther
        for bit in 0..<FormatExamples.packet.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try SealedPacket(bytes: FormatExamples.packet.flipping(bit))
                    .open(terms: terms, with: fixtures.team, writtenBy: author, at: Fixtures.now)
            }
        }
        for count in [0, 19, 100, 180, 181, 300, 507] {
            #expect(throws: SealingError.self) {
                _ = try open(SealedPacket(bytes: Array(FormatExamples.packet.prefix(count))))
            }
        }
    }

    @Test func `a packet for another referral, purpose, agency or end is refused`() throws {
        let packet = try SealedPacket(bytes: FormatExamples.packet)
        let others = [
            SealedPacket.Terms(
                referral: Fixtures.id(0x91),
                agency: Fixtures.agency,
                purpose: "referral",
                expires: Fixtures.end,
                schemaVersion: 1
            ),
            SealedPacket.Terms(
                referral: Fixtures.referral,
                agency: Fixtures.id(0xa1),
                purpose: "referral",
                expires: Fixtures.end,
                schemaVersion: 1
            ),
            SealedPacket.Terms(
                referral: Fixtures.referral,
                agency: Fixtures.agency,
                purpose: "audit_review",
                expires: Fixtures.end,
                schemaVersion: 1
            ),
            SealedPacket.Terms(
                referral: Fixtures.referral,
                agency: Fixtures.agency,
                purpose: "referral",
                expires: Fixtures.end + 1,
                schemaVersion: 1
            ),
            SealedPacket.Terms(
                referral: Fixtures.referral,
                agency: Fixtures.agency,
                purpose: "referral",
                expires: Fixtures.end,
                schemaVersion: 2
            ),
        ]
        for terms in others {
            #expect(throws: SealingError.badSignature) { _ = try open(packet, terms) }
        }
    }

    @Test func `a packet holds to its last second and not beyond`() throws {
        let packet = try SealedPacket(bytes: FormatExamples.packet)
        #expect(try open(packet, at: Fixtures.end - 1) == content)
        #expect(throws: SealingError.expired) { _ = try open(packet, at: Fixtures.end) }
    }

    @Test func `a packet written by somebody else in a colleague's name is refused`() throws {
        let forger = try fixtures.stranger()
        let posing = try Keyring(
            owner: Fixtures.other,
            agency: Fixtures.agency,
            signing: forger.ring.signing,
            sealing: forger.ring.sealing,
            pins: forger.ring.pins
        )
        let forged = try SealedPacket.seal(content, terms: terms, to: fixtures.trustedTeam, by: posing)
        #expect(throws: SealingError.badSignature) { _ = try open(forged) }
        #expect(throws: SealingError.badSignature) {
            _ = try forged.open(
                terms: terms,
                with: fixtures.team,
                writtenBy: forger.trusted,
                at: Fixtures.now
            )
        }
    }

    @Test func `content of another packet to the same desk is refused`() throws {
        let one = try SealedPacket.seal(content, terms: terms, to: fixtures.trustedTeam, by: fixtures.other)
        let other = try SealedPacket.seal(content, terms: terms, to: fixtures.trustedTeam, by: fixtures.other)
        let crossed = try SealedPacket(bytes: Array(one.bytes[..<180]) + other.bytes[180...])
        #expect(throws: SealingError.badSignature) { _ = try open(crossed) }
    }

    @Test func `a packet goes to a team, from the author's own agency`() throws {
        #expect(throws: SealingError.badParameters) {
            _ = try SealedPacket.seal(content, terms: terms, to: fixtures.trustedPerson, by: fixtures.other)
        }
        let elsewhere = SealedPacket.Terms(
            referral: Fixtures.referral,
            agency: Fixtures.id(0xa1),
            purpose: "referral",
            expires: Fixtures.end,
            schemaVersion: 1
        )
        #expect(throws: SealingError.badParameters) {
            _ = try SealedPacket.seal(content, terms: elsewhere, to: fixtures.trustedTeam, by: fixtures.other)
        }
    }

    private func open(
        _ packet: SealedPacket,
        _ terms: SealedPacket.Terms? = nil,
        desk: TeamKey? = nil,
        at now: Date = Fixtures.now
    ) throws -> [UInt8] {
        try packet.open(
            terms: terms ?? self.terms,
            with: desk ?? fixtures.team,
            writtenBy: fixtures.trustedOther,
            at: now
        )
    }
}
