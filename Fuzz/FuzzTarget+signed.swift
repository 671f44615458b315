import Foundation

extension FuzzTarget {
    /// Grants, sealed shares and referral packets: signed wraps, read and opened.
    static let grant = FuzzTarget(
        name: "grant",
        seeds: made {
            let people = FuzzPeople.shared
            return try [1, 4].map { count in
                let some = Set(Compartment.allCases.prefix(count))
                return try KeyGrant.seal(
                    CaseSecrets.random(for: some),
                    terms: terms(some.count),
                    to: people.trustedPerson,
                    by: people.author
                ).bytes
            } + [
                SealedShare.seal(
                    shares[0],
                    terms: shareTerms,
                    to: people.trustedPerson,
                    by: people.author
                ).bytes,
                SealedPacket.seal(
                    Array(#"{"name":"Example"}"#.utf8),
                    terms: packetTerms,
                    to: people.trustedDesk,
                    by: people.author
                ).bytes,
            ]
        },
        run: { input in
            let people = FuzzPeople.shared
            if let grant = try? KeyGrant(bytes: input) {
                require(grant.bytes == input, "a grant that is not what was read")
                let count = (input.count - SignedWrap.overhead) / 32
                let opened = try? grant.openCase(
                    terms: terms(count),
                    with: people.person,
                    grantedBy: people.trustedAuthor,
                    at: FuzzPeople.now
                )
                if let opened { require(opened.compartments.count == count, "other compartments than granted") }
            }
            if let share = try? SealedShare(bytes: input) {
                require(share.bytes == input, "a sealed share that is not what was read")
                let opened = try? share.open(
                    terms: shareTerms,
                    with: people.person,
                    sealedBy: people.trustedAuthor,
                    at: FuzzPeople.now
                )
                if let opened { require(opened.index <= opened.total, "a share out of its set") }
            }
            if let packet = try? SealedPacket(bytes: input) {
                _ = try? packet.open(
                    terms: packetTerms,
                    with: people.desk,
                    writtenBy: people.trustedAuthor,
                    at: FuzzPeople.now
                )
            }
        },
        resealed: { input, mutation in
            // Sealed and signed anew around a changed secret; what is inside is any bytes then, and the lengths others.
            let people = FuzzPeople.shared
            guard let kind = try? Envelope.kind(of: input), let header = try? Header(of: input) else { return nil }
            let secret = mutation.changed(Array(input.dropFirst(52).prefix(96)), 160)
            let author = people.author
            let (recipient, wrapTerms): (SealingPublicKey, WrapTerms?)
            switch kind {
            case .share:
                recipient = people.person.sealing.publicKey
                wrapTerms = try? shareTerms.wrapTerms(
                    header: header,
                    recipient: people.person.owner,
                    key: recipient,
                    author: author.owner
                )
            default:
                recipient = people.person.sealing.publicKey
                wrapTerms = try? terms(max(1, min(4, secret.count / 32))).wrapTerms(
                    header: header,
                    recipient: people.person.owner,
                    key: recipient,
                    granter: author.owner
                )
            }
            guard let wrapTerms else { return nil }
            return try? SignedWrap(
                Secret(copying: secret),
                header: header,
                to: recipient,
                by: author.signing,
                signer: author.owner,
                terms: wrapTerms,
                ephemeral: SealingPrivateKey(seed: Secret(copying: [UInt8](repeating: 7, count: 32)))
            ).bytes
        }
    )

    /// Break-glass seals.
    static let breakGlass = FuzzTarget(
        name: "break-glass",
        seeds: [
            made {
                try BreakGlassSeal.seal(
                    CaseSecrets.random(for: place.compartments),
                    at: place,
                    key: Secret(copying: [UInt8](repeating: 0x2a, count: 32)),
                    shares: shares,
                    by: FuzzPeople.shared.author,
                    salt: [UInt8](repeating: 4, count: 24)
                ).bytes
            }
        ],
        run: { input in
            guard let seal = try? BreakGlassSeal(bytes: input) else { return }
            require(seal.bytes == input && seal.threshold <= seal.total, "a seal out of range")
            let opened = try? seal.open([shares[0], shares[2]], at: place, madeBy: FuzzPeople.shared.trustedAuthor)
            if let opened { require(opened.compartments.count == place.compartments.count, "other compartments") }
        },
        resealed: { input, mutation in
            let changed = mutation.changed(Array(input.dropLast(64)), 2_048)
            guard let signature = try? FuzzPeople.shared.author.signing.sign(place.message(changed)) else { return nil }
            return changed + signature
        }
    )

    /// Shares, read and joined.
    static let share = FuzzTarget(
        name: "share",
        seeds: made { try shares.map { try $0.bytes().publicBytes() } },
        run: { input in
            guard let secret = try? Secret(copying: input), let share = try? SecretShare(bytes: secret) else { return }
            require((try? share.bytes().publicBytes()) == input, "a share that is not the one way to write itself")
            for other in shares {
                guard let joined = try? SecretSharing.join([share, other]) else { continue }
                require(joined.publicBytes() == [UInt8](repeating: 0x2a, count: 32), "a wrong secret was given out")
            }
        },
        resealed: { input, mutation in
            let changed = mutation.changed(Array(input.prefix(84)), 84)
            guard let fields = try? Fields(domain: "leeward share v1"), changed.count == 84 else { return nil }
            var all = fields
            guard (try? all.add(changed)) != nil, let digest = try? Digest.sha256(all.bytes) else { return nil }
            return changed + digest.prefix(4)
        }
    )

    private static let place = BreakGlassSeal.Place(
        agency: FuzzPeople.agency,
        caseID: FuzzPeople.caseID,
        caseEpoch: 3,
        compartments: [.contact, .content]
    )

    private static let shares = made {
        try SecretSharing.split(
            Secret(copying: [UInt8](repeating: 0x2a, count: 32)),
            total: 3,
            setID: Array(0..<16),
            coefficients: Secret(copying: Array(0..<32))
        )
    }

    private static let shareTerms = SealedShare.Terms(purpose: .trustee, place: place, expires: FuzzPeople.end)

    private static let packetTerms = SealedPacket.Terms(
        referral: [UInt8](repeating: 0x90, count: 16),
        agency: FuzzPeople.agency,
        purpose: "referral",
        expires: FuzzPeople.end,
        schemaVersion: 1
    )

    private static func terms(_ count: Int) -> GrantTerms {
        .ofCase(
            FuzzPeople.caseID,
            compartments: Set(Compartment.allCases.prefix(count)),
            epoch: 3,
            purpose: .caseWork,
            expires: FuzzPeople.end
        )
    }
}
