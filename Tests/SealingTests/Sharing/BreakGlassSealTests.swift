import Foundation
import Testing

@testable import Sealing

@Suite struct BreakGlassSealTests {
    private let fixtures: Fixtures
    private let trustees: [(ring: Keyring, trusted: TrustedKey)]
    private let requester: (ring: Keyring, trusted: TrustedKey)
    private let secrets: CaseSecrets
    private let place = BreakGlassSeal.Place(
        agency: Fixtures.agency,
        caseID: Fixtures.case,
        caseEpoch: 3,
        compartments: [.identity, .contact, .content]
    )
    private let seal: BreakGlassSeal
    private let sealed: [SealedShare]

    init() throws {
        let fixtures = try Fixtures()
        self.fixtures = fixtures
        trustees = try [UInt8(0x61), 0x62, 0x63].map { try fixtures.stranger($0) }
        requester = try fixtures.stranger(0x64)
        secrets = try CaseSecrets.random(for: place.compartments)
        (seal, sealed) = try BreakGlassSeal.seal(
            secrets,
            at: place,
            threshold: 2,
            trustees: trustees.map(\.trusted),
            by: fixtures.other,
            expires: Fixtures.end
        )
    }

    @Test func `the sealed share and the seal of the format page open, and are made again byte for byte`() throws {
        let place = BreakGlassSeal.Place(
            agency: Fixtures.agency,
            caseID: Fixtures.case,
            caseEpoch: 3,
            compartments: [.contact, .content]
        )
        let shares = try SecretSharing.split(
            Fixtures.seed(0x2a),
            total: 5,
            setID: Fixtures.keyID,
            coefficients: Secret(copying: Array(0..<64))
        )
        let own = try SealedShare(bytes: FormatExamples.sealedShare).open(
            terms: terms(at: place),
            with: fixtures.person,
            sealedBy: fixtures.trustedOther,
            at: Fixtures.now
        )
        #expect(try own.bytes().publicBytes() == FormatExamples.firstShare)
        let sealedAgain = try SealedShare.seal(
            own,
            terms: terms(at: place),
            to: fixtures.trustedPerson,
            by: fixtures.other,
            keyID: Fixtures.keyID,
            ephemeral: SealingPrivateKey(seed: Fixtures.seed(7))
        )
        #expect(sealedAgain.bytes == FormatExamples.sealedShare)
        let opened = try BreakGlassSeal(bytes: FormatExamples.breakGlass)
            .open([own, shares[2], shares[4]], at: place, madeBy: fixtures.trustedOther)
        #expect(try opened.secret(of: .contact).publicBytes() == [UInt8](repeating: 0x11, count: 32))
        #expect(try opened.secret(of: .content).publicBytes() == [UInt8](repeating: 0x12, count: 32))
        let again = try BreakGlassSeal.seal(
            opened,
            at: place,
            key: Fixtures.seed(0x2a),
            shares: shares,
            by: fixtures.other,
            salt: Fixtures.salt
        )
        #expect(again.bytes == FormatExamples.breakGlass)
    }

    @Test func `two trustees of three open a case for the one who asked, through what they give out`() throws {
        #expect(seal.threshold == 2 && seal.total == 3 && seal.author == Fixtures.other && sealed.count == 3)
        #expect(seal.bytes.count == 22 + 3 * 32 + 16 + 72 + 96 + 64)
        #expect(sealed.allSatisfy { $0.bytes.count == SealedShare.count && SealedShare.count == 236 })
        let until = Fixtures.now + 4 * 3_600
        let givenOut = try [0, 2].map { place in
            let kept = try share(place)
            return try SealedShare.seal(
                kept,
                terms: terms(.breakGlass, until),
                to: requester.trusted,
                by: trustees[place].ring
            )
        }
        let received = try zip([0, 2], givenOut).map { place, given in
            try SealedShare(bytes: given.bytes).open(
                terms: terms(.breakGlass, until),
                with: requester.ring,
                sealedBy: trustees[place].trusted,
                at: Fixtures.now
            )
        }
        let opened = try BreakGlassSeal(bytes: seal.bytes)
            .open(received, at: place, madeBy: fixtures.trustedOther)
        for compartment in place.compartments {
            #expect(
                try opened.secret(of: compartment).publicBytes() == secrets.secret(of: compartment).publicBytes()
            )
        }
        // Four hours later what was given out is no more.
        #expect(throws: SealingError.expired) {
            _ = try givenOut[0].open(
                terms: terms(.breakGlass, until),
                with: requester.ring,
                sealedBy: trustees[0].trusted,
                at: until
            )
        }
    }

    @Test func `one trustee opens nothing`() throws {
        for place in 0..<3 {
            #expect(throws: SealingError.tooFewShares) { _ = try open([share(place)]) }
            #expect(throws: SealingError.mixedShares) { _ = try open([share(place), share(place)]) }
        }
        #expect(throws: SealingError.tooFewShares) { _ = try open([]) }
    }

    @Test func `a share that a trustee changed is named`() throws {
        let own = try share(1)
        let changed = SecretShare(splitting: own.splitting, index: 2, value: try Secret.random(32))
        #expect(throws: SealingError.badShare(2)) { _ = try open([share(0), changed]) }
        #expect(throws: SealingError.badShare(2)) {
            try seal.check(changed, at: place, madeBy: fixtures.trustedOther)
        }
        try seal.check(own, at: place, madeBy: fixtures.trustedOther)
        // A share of another case's set, under the same index.
        let other = try SecretSharing.split(Secret.random(32), threshold: 2, total: 3)
        #expect(throws: SealingError.badShare(3)) { _ = try open([share(0), other[2]]) }
    }

    @Test func `a share opens for its trustee alone`() throws {
        for (place, keeper) in trustees.enumerated() {
            for other in trustees.indices where other != place {
                #expect(throws: SealingError.badSignature) {
                    _ = try sealed[other].open(
                        terms: terms(),
                        with: keeper.ring,
                        sealedBy: fixtures.trustedOther,
                        at: Fixtures.now
                    )
                }
            }
        }
        #expect(throws: SealingError.expired) {
            _ = try sealed[0].open(
                terms: terms(),
                with: trustees[0].ring,
                sealedBy: fixtures.trustedOther,
                at: Fixtures.end
            )
        }
    }

    @Test func `a share for another case, epoch, compartment, purpose or end is refused`() throws {
        let others = [
            terms(at: place(caseID: Fixtures.id(0xc1))), terms(at: place(epoch: 4)),
            terms(at: place(compartments: [.identity])), terms(.breakGlass), terms(.trustee, Fixtures.end + 1),
        ]
        for terms in others {
            #expect(throws: SealingError.badSignature) {
                _ = try sealed[0].open(
                    terms: terms,
                    with: trustees[0].ring,
                    sealedBy: fixtures.trustedOther,
                    at: Fixtures.now
                )
            }
        }
    }

    @Test func `every single-bit flip of a sealed share is refused`() throws {
        let author = try fixtures.trustedOther
        for bit in 0..<sealed[0].bytes.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try SealedShare(bytes: sealed[0].bytes.flipping(bit))
                    .open(terms: terms(), with: trustees[0].ring, sealedBy: author, at: Fixtures.now)
            }
        }
        for count in [0, 19, 235, 237] {
            #expect(throws: SealingError.damaged) {
                _ = try SealedShare(bytes: Array((sealed[0].bytes + [0]).prefix(count)))
            }
        }
    }

    @Test func `every single-bit flip of a break-glass seal is refused`() throws {
        let author = try fixtures.trustedOther
        let shares = try [share(0), share(1)]
        for bit in 0..<seal.bytes.count * 8 {
            #expect(throws: SealingError.self) {
                _ = try BreakGlassSeal(bytes: seal.bytes.flipping(bit)).open(shares, at: place, madeBy: author)
            }
        }
        for count in 0..<seal.bytes.count {
            #expect(throws: SealingError.self) {
                _ = try BreakGlassSeal(bytes: Array(seal.bytes.prefix(count))).open(shares, at: place, madeBy: author)
            }
        }
    }

    @Test func `a seal moved to another case, epoch, compartment or agency is refused`() throws {
        let others = [
            place(caseID: Fixtures.id(0xc1)), place(epoch: 2), place(compartments: [.identity, .contact]),
            place(agency: Fixtures.id(0xa1)),
        ]
        for other in others {
            #expect(throws: SealingError.badSignature) {
                _ = try seal.open([share(0), share(1)], at: other, madeBy: fixtures.trustedOther)
            }
        }
    }

    @Test func `a seal planted by somebody with a whole set of shares is refused`() throws {
        // The attack: secrets the planter knows, so that what is written after the emergency is written for him.
        let planter = try fixtures.stranger()
        let (planted, shares) = try BreakGlassSeal.seal(
            CaseSecrets.random(for: place.compartments),
            at: place,
            threshold: 2,
            trustees: trustees.map(\.trusted),
            by: planter.ring,
            expires: Fixtures.end
        )
        #expect(throws: SealingError.badSignature) {
            _ = try shares[0].open(
                terms: terms(),
                with: trustees[0].ring,
                sealedBy: fixtures.trustedOther,
                at: Fixtures.now
            )
        }
        let opened = try [0, 1].map { place in
            try shares[place].open(
                terms: terms(),
                with: trustees[place].ring,
                sealedBy: planter.trusted,
                at: Fixtures.now
            )
        }
        #expect(throws: SealingError.badSignature) {
            _ = try planted.open(opened, at: place, madeBy: fixtures.trustedOther)
        }
        // Nor do the planted shares go with the true seal.
        #expect(throws: SealingError.badShare(1)) { _ = try open(opened) }
    }

    @Test func `a plan that is none is refused`() throws {
        func make(_ threshold: Int, _ trustees: [TrustedKey], _ place: BreakGlassSeal.Place) throws {
            _ = try BreakGlassSeal.seal(
                secrets,
                at: place,
                threshold: threshold,
                trustees: trustees,
                by: fixtures.other,
                expires: Fixtures.end
            )
        }
        let three = trustees.map(\.trusted)
        try make(3, three, place)
        #expect(throws: SealingError.badParameters) { try make(1, three, place) }
        #expect(throws: SealingError.badParameters) { try make(4, three, place) }
        #expect(throws: SealingError.badParameters) { try make(2, [three[0], three[0], three[1]], place) }
        #expect(throws: SealingError.badParameters) { try make(2, [three[0], fixtures.trustedTeam], place) }
        #expect(throws: SealingError.badParameters) { try make(2, three, place(compartments: [.identity])) }
        #expect(throws: SealingError.badParameters) { try make(2, three, place(agency: Fixtures.id(0xa1))) }
        #expect(throws: SealingError.badParameters) { try make(2, three, place(epoch: 0)) }
    }

    private func open(_ shares: [SecretShare]) throws -> CaseSecrets {
        try seal.open(shares, at: place, madeBy: fixtures.trustedOther)
    }

    private func share(_ place: Int) throws -> SecretShare {
        try sealed[place].open(
            terms: terms(),
            with: trustees[place].ring,
            sealedBy: fixtures.trustedOther,
            at: Fixtures.now
        )
    }

    private func terms(
        _ purpose: SealedShare.Purpose = .trustee,
        _ expires: Date = Fixtures.end,
        at place: BreakGlassSeal.Place? = nil
    ) -> SealedShare.Terms {
        SealedShare.Terms(purpose: purpose, place: place ?? self.place, expires: expires)
    }

    private func place(
        agency: [UInt8] = Fixtures.agency,
        caseID: [UInt8] = Fixtures.case,
        epoch: UInt32 = 3,
        compartments: Set<Compartment> = [.identity, .contact, .content]
    ) -> BreakGlassSeal.Place {
        BreakGlassSeal.Place(agency: agency, caseID: caseID, caseEpoch: epoch, compartments: compartments)
    }
}
