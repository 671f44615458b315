import Foundation

extension FuzzTarget {
    /// Envelopes of every kind, and behind them the plaintexts of vault records, keyrings, sessions and authenticator secrets.
    static let envelope = FuzzTarget(
        name: "envelope",
        seeds: made {
            let people = FuzzPeople.shared
            return try [
                seal(Array("An example.".utf8), .record), seal([UInt8](repeating: 7, count: 5_000), .record),
                VaultRecord.random(forCase: FuzzPeople.caseID, at: FuzzPeople.now).seal(under: people.key),
                people.person.seal(for: people.token),
                AuthenticatorSecret.random().seal(under: people.key, owner: people.person.owner, version: 1),
            ]
        },
        run: { input in
            let people = FuzzPeople.shared
            for kind in ObjectKind.allCases {
                guard let plain = try? Envelope.open(input, expecting: kind, under: people.key, context: place) else {
                    continue
                }
                // What opens is what would have been written: there is one envelope for a plaintext and a salt.
                let salt = Array(input[Header.count..<Header.count + ChunkedEncryption.saltCount])
                let again = made {
                    try Envelope.seal(
                        plain,
                        kind: kind,
                        keyID: people.key.id,
                        key: people.key.secret,
                        context: place,
                        salt: salt
                    )
                }
                require(again == input, "an envelope that is not the one way to write its content was opened")
            }
            if let record = try? VaultRecord.open(input, under: people.key) {
                require(record.isTombstone == ((try? record.eraseSecret()) == nil), "a tombstone with a secret")
            }
            if let ring = try? Keyring.open(input, for: people.token) {
                require(ring.owner.count == 16 && ring.pins.teams.count <= Limits.pinnedTeams, "a keyring out of range")
            }
            _ = try? AuthenticatorSecret.open(input, under: people.key, owner: people.person.owner, version: 1)
        },
        resealed: { input, mutation in
            let people = FuzzPeople.shared
            guard let kind = try? Envelope.kind(of: input) else { return nil }
            let (key, place) = keyAndContext(of: kind)
            guard let header = try? Header(kind: kind, keyID: key.id).bytes,
                let bytes = try? place.bytes(header: header),
                let plain = try? ChunkedEncryption.open(input, from: Header.count, key: key.secret, context: bytes)
            else { return nil }
            // With and without the padding, so that both the padding and what is under it are changed.
            let bare = mutation.choice(2) == 0 ? Padding.contentCount(in: plain.count) { plain[$0] } : nil
            let changed = mutation.changed(Array(plain.prefix(bare ?? plain.count)), 8_192)
            return try? ChunkedEncryption.seal(
                changed,
                tail: bare == nil ? [] : Padding.bytes(after: changed.count),
                after: header,
                key: key.secret,
                context: bytes,
                salt: Array(input[Header.count..<Header.count + ChunkedEncryption.saltCount])
            )
        }
    )

    /// The fields of a context, any bytes in each: what is accepted can be read back field by field.
    static let context = FuzzTarget(
        name: "context",
        seeds: [Array(repeating: 1, count: 90), Array("case_sheet".utf8) + [UInt8](repeating: 0, count: 80)],
        run: { input in
            var rest = input[...]
            func take(_ count: Int) -> [UInt8] {
                defer { rest = rest.dropFirst(count) }
                return Array(rest.prefix(count))
            }
            let lengths = take(5).map { $0 % 4 == 0 ? 0 : $0 % 4 == 1 ? 16 : Int($0) % 20 }
            guard lengths.count == 5 else { return }
            let ids = lengths.prefix(4).map(take)
            let numbers = take(16)
            guard numbers.count == 16 else { return }
            let made = RecordContext(
                agency: ids[0],
                caseID: ids[1],
                recordID: ids[2],
                recordType: String(decoding: rest, as: UTF8.self),
                schemaVersion: UInt32(bigEndian: numbers[0..<4]),
                recordVersion: UInt64(bigEndian: numbers[4..<12]),
                keyEpoch: UInt32(bigEndian: numbers[12..<16]),
                author: ids[3]
            )
            let header = [1, 1, 1, 0] + FuzzPeople.shared.key.id
            guard let bytes = try? made.bytes(header: header) else { return }
            var fields: [[UInt8]] = []
            var at = header.count
            while at + 2 <= bytes.count {
                let count = Int(bytes[at]) << 8 | Int(bytes[at + 1])
                require(at + 2 + count <= bytes.count, "a field longer than the context")
                fields.append(Array(bytes[at + 2..<at + 2 + count]))
                at += 2 + count
            }
            let read = [
                Array("leeward record v1".utf8), ids[0], ids[1], ids[2], Array(made.recordType.utf8),
                Array(numbers[0..<4]), Array(numbers[4..<12]), Array(numbers[12..<16]), ids[3],
            ]
            require(at == bytes.count && fields == read, "a context that reads as other fields")
        },
        resealed: { _, _ in nil }
    )

    /// The stored form of a password slot with its PHC string.
    static let slot = FuzzTarget(
        name: "slot",
        seeds: made {
            try ["$scrypt$ln=16,r=8,p=2$EBESExQVFhcYGRobHB0eHw", "$scrypt$ln=12,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA"].map {
                try slotBytes(Array($0.utf8))
            }
        },
        run: { input in
            guard let slot = try? PasswordSlot(bytes: input) else { return }
            require(slot.bytes == input, "a slot that is not the one way to write itself was read")
            require(slot.cost.isAtLeast(.forDemonstration), "a slot below every floor was read")
            require(
                128 << Int(slot.cost.logN) * Int(slot.cost.r) <= ScryptCost.ceilingBytes,
                "a slot above the ceiling"
            )
        },
        resealed: { input, mutation in
            guard input.count > 2 else { return nil }
            let count = Int(input[0]) << 8 | Int(input[1])
            guard input.count >= 2 + count else { return nil }
            return try? slotBytes(mutation.changed(Array(input[2..<2 + count]), 80))
        }
    )

    private static let place = RecordContext(
        agency: FuzzPeople.agency,
        caseID: FuzzPeople.caseID,
        recordType: "case_sheet",
        recordVersion: 7
    )

    private static func seal(_ plain: [UInt8], _ kind: ObjectKind) throws -> [UInt8] {
        try Envelope.seal(plain, kind: kind, under: FuzzPeople.shared.key, context: place)
    }

    private static func keyAndContext(of kind: ObjectKind) -> (SymmetricKey, RecordContext) {
        let people = FuzzPeople.shared
        switch kind {
        case .session:
            return (
                people.token.key,
                RecordContext(recordID: Array(people.token.digest.prefix(16)), recordType: "session")
            )
        case .vaultRecord: return (people.key, RecordContext(recordType: "vault"))
        case .authenticator:
            return (
                people.key,
                RecordContext(recordID: people.person.owner, recordType: "authenticator", recordVersion: 1)
            )
        default: return (people.key, place)
        }
    }

    private static func slotBytes(_ text: [UInt8]) throws -> [UInt8] {
        let header = try Header(kind: .slot, keyID: Array(0..<16)).bytes
        let sealed = header + [UInt8](repeating: 9, count: PasswordSlot.sealedCount - header.count)
        return UInt16(text.count).bigEndianBytes + text + sealed
    }
}
