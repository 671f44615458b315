import Care
import Foundation
import Store
import Testing

@testable import Casework
@testable import Sealing

/// What somebody opens who has the whole data folder and the pepper, and no password: the server's own rows, and nothing of
/// what was said. Every attempt is one that opens when it is given the right key, which is shown first.
@Suite struct StoppedServerTests {
    /// A row that is tried with secrets of 32 bytes; true when one of them opens it.
    private struct Lock {
        let kind: String
        /// A secret that a signed-in person has and that opens it; nil for the server's own.
        let control: [UInt8]?
        let opens: ([[UInt8]]) -> Bool
    }

    private static func secret(_ bytes: [UInt8]) throws -> Secret { try Secret(copying: bytes) }

    /// Whether the step gives something for one of the secrets.
    private static func any(_ secrets: [[UInt8]], _ step: ([UInt8]) throws -> Void) -> Bool {
        secrets.contains { bytes in
            do {
                try step(bytes)
                return true
            } catch {
                return false
            }
        }
    }

    @Test func `a data folder with its pepper opens routing rows and the index, and nothing that was said`()
        async throws
    {
        let house = try await House.founded(onDisk: true)
        let sent = try await house.acceptedReferral()
        _ = try await House.signIn(.worker, in: house.deployment)
        let controls = try controls(of: sent, in: house)
        try house.deployment.close()

        // From here on: the files, the pepper, and nothing in memory.
        let scratch = try #require(house.scratch)
        let store = try Store(path: scratch.path("case.db"), reserveBytes: 0)
        let keys = try House.keys(house.template.pepper)
        let vault = try VaultFile(path: scratch.path("vault"), recordSize: VaultRecord.count)
        let records = try vault.records()
        let vaultKey = try VaultRecord.open(records[0], under: keys.vault).vaultKey()
        let eraseSecrets = try records.dropFirst().map {
            try VaultRecord.open($0, under: vaultKey).eraseSecret().publicBytes()
        }
        #expect(eraseSecrets.count == 1)
        var known =
            [
                keys.routing.secret.publicBytes(), keys.vault.secret.publicBytes(), vaultKey.secret.publicBytes(),
                keys.password.publicBytes(), keys.graph.publicBytes(), house.template.pepper,
                [UInt8](repeating: 0, count: 32),
            ] + eraseSecrets
        // And whatever can be made of those by the usual steps.
        known += try known.map { try Digest.sha256($0) }

        let rows = try store.read { reading in
            try (UInt8.min...UInt8.max).flatMap { try reading.rows(RowKind(rawValue: $0), limit: 10_000) }
        }
        let locks = try locks(rows, keys, eraseSecrets, controls, house)
        var table: [String: (rows: Int, opened: Int)] = [:]
        for lock in locks {
            if let control = lock.control {
                #expect(lock.opens([control]), "the control of \(lock.kind) does not open")
            }
            table[lock.kind, default: (0, 0)].rows += 1
            if lock.opens(known) { table[lock.kind, default: (0, 0)].opened += 1 }
        }
        print("a stopped server, with the data folder and the pepper and no password:")
        for (kind, found) in table.sorted(by: { $0.key < $1.key }) {
            print("  \(kind): \(found.opened == 0 ? "does not open" : "opens"), \(found.opened) of \(found.rows)")
        }
        let opened = Set(table.filter { $0.value.opened > 0 }.keys)
        #expect(opened == ["routing row", "index key", "index token"])
        for kind in opened { #expect(table[kind]?.rows == table[kind]?.opened, "\(kind)") }
        #expect(
            Set(table.keys) == [
                "routing row", "index key", "index token", "case secrets", "case sheet", "consent", "keyring",
                "password slot", "packet",
            ]
        )
        #expect(
            locks.count == rows.filter { ![.binding, .earlierBinding, .leads].contains($0.kind) }.count,
            "every row but the public bindings and leads was tried"
        )
        // What the rows that open say holds nothing that was said of her.
        for row in rows where ObjectMark(of: row.sealed)?.kind == .routingRow {
            let plain = try Envelope.open(
                row.sealed,
                expecting: .routingRow,
                under: keys.routing,
                context: RecordContext(
                    recordID: Array(row.id.prefix(16)),
                    recordType: "row-\(row.kind.rawValue)",
                    recordVersion: UInt64(row.version)
                )
            )
            #expect(try AtRestTests.hits(of: Invented.texts, in: ["row": Data(plain)]) == [])
        }
    }

    // MARK: - Controls

    private struct Controls {
        let team: [UInt8]
        let desk: [UInt8]
        let secrets: [Compartment: [UInt8]]
        let keyrings: [[UInt8]: [UInt8]]
        let row: CaseRow
        let referral: ReferralRow
        let author: TrustedKey
        let id: CaseID
        let agencies: [[UInt8]]
    }

    /// What people who are signed in hold, so that each attempt can be seen to open when it should.
    private func controls(of sent: House.Sent, in house: House) throws -> Controls {
        let office = house.deployment.office
        let row = try #require(try office.read { try CaseShelf(office: office).row(sent.id, in: $0) }).row
        let team = try office.keys(of: row.team, for: house.session(.worker))
        let wrap = try #require(try house.stored(.caseSecrets, sent.id.bytes))
        let secrets = try CaseSecretWrap.open(wrap.sealed, at: row.secretsPlace(sent.id), with: team)
        let stored = try #require(try house.stored(.referralRouting, sent.referral.bytes))
        let referral = try office.rows.open(ReferralRow.self, stored)
        let desk = try office.keys(of: referral.desk.team, for: house.session(.intake))
        var keyrings: [[UInt8]: [UInt8]] = [:]
        for person in House.Person.allCases {
            let id = try house.staff(person).bytes
            let slot = try PasswordSlot(bytes: #require(try house.stored(.passwordSlot, id)).sealed)
            var password = Array(person.password.utf8)
            let key = try slot.open(password: Secret(moving: &password), server: office.rows.keys, owner: id)
            keyrings[id] = key.publicBytes()
        }
        return Controls(
            team: team.seed.publicBytes(),
            desk: desk.seed.publicBytes(),
            secrets: try Dictionary(
                uniqueKeysWithValues: Compartment.allCases.map { ($0, try secrets.secret(of: $0).publicBytes()) }
            ),
            keyrings: keyrings,
            row: row,
            referral: referral,
            author: try office.trustedPerson(
                referral.referral.sentBy,
                of: referral.sendingAgency,
                for: house.session(.intake)
            ),
            id: sent.id,
            agencies: try office.read { try $0.rows(.agency, limit: 100).map(\.id) }
        )
    }

    // MARK: - Attempts

    private func locks(
        _ rows: [StoredRow],
        _ keys: ServerKeys,
        _ eraseSecrets: [[UInt8]],
        _ controls: Controls,
        _ house: House
    ) throws -> [Lock] {
        try rows.compactMap { row in
            switch row.kind {
            case .binding, .earlierBinding, .leads: nil
            case .caseSecrets: caseSecrets(row, controls)
            case .caseIdentity: sheet(row, .identity, "case-identity", eraseSecrets, controls)
            case .caseContact: sheet(row, .contact, "case-contact", eraseSecrets, controls)
            case .caseConflicts: sheet(row, .conflicts, "case-conflicts", eraseSecrets, controls)
            case .caseContent: sheet(row, .content, "case-content", eraseSecrets, controls)
            case .consent: sheet(row, .content, "consent", eraseSecrets, controls)
            case .keyring: try keyring(row, keys, controls)
            case .passwordSlot: slot(row, keys, house)
            case .packet: packet(row, controls, house)
            case .indexKey: indexKey(row, keys, controls)
            case .indexToken: indexToken(row, keys, controls)
            default: routing(row)
            }
        }
    }

    private func routing(_ row: StoredRow) -> Lock {
        Lock(kind: "routing row", control: nil) { secrets in
            Self.any(secrets) { bytes in
                _ = try Envelope.open(
                    row.sealed,
                    expecting: .routingRow,
                    key: Self.secret(bytes),
                    context: RecordContext(
                        recordID: Array(row.id.prefix(16)),
                        recordType: "row-\(row.kind.rawValue)",
                        recordVersion: UInt64(row.version)
                    )
                )
            }
        }
    }

    /// The key of an index opens with the pepper: names and numbers can then be guessed, one after the other, and that is what
    /// docs/formats/search-index.md says.
    private func indexKey(_ row: StoredRow, _ keys: ServerKeys, _ controls: Controls) -> Lock {
        Lock(kind: "index key", control: nil) { secrets in
            secrets.contains(keys.routing.secret.publicBytes())
                && Self.any(
                    controls.agencies.flatMap { agency in IndexedField.allCases.map { agency + [$0.rawValue] } }
                ) {
                    let field = try #require(IndexedField(rawValue: $0[16]))
                    _ = try IndexKey.open(
                        row.sealed,
                        under: keys.routing,
                        agency: Array($0.prefix(16)),
                        field: field,
                        version: UInt64(row.version)
                    )
                }
        }
    }

    /// A token opens too: it says which case it is of, and nothing of the value but whether a guess is right.
    private func indexToken(_ row: StoredRow, _ keys: ServerKeys, _ controls: Controls) -> Lock {
        Lock(kind: "index token", control: nil) { secrets in
            secrets.contains(keys.routing.secret.publicBytes())
                && Self.any(
                    controls.agencies.flatMap { agency in IndexedField.allCases.map { agency + [$0.rawValue] } }
                ) {
                    let field = try #require(IndexedField(rawValue: $0[16]))
                    let key = try IndexKey.random(agency: Array($0.prefix(16)), field: field, bucketBits: 8)
                    _ = try key.look(for: [0x41]).caseID(in: row.sealed, row: row.id, under: keys.routing)
                }
        }
    }

    private func caseSecrets(_ row: StoredRow, _ controls: Controls) -> Lock {
        Lock(kind: "case secrets", control: controls.team) { secrets in
            Self.any(secrets) { bytes in
                let team = try TeamKey(id: controls.row.team.bytes, epoch: 1, seed: Self.secret(bytes))
                _ = try CaseSecretWrap.open(row.sealed, at: controls.row.secretsPlace(controls.id), with: team)
            }
        }
    }

    /// The erase secret is known: the case secret alone is what is missing.
    private func sheet(
        _ row: StoredRow,
        _ compartment: Compartment,
        _ type: String,
        _ eraseSecrets: [[UInt8]],
        _ controls: Controls
    ) -> Lock {
        Lock(kind: type == "consent" ? "consent" : "case sheet", control: controls.secrets[compartment]) { secrets in
            Self.any(secrets) { bytes in
                let key = try CaseKey.derive(
                    caseSecret: Self.secret(bytes),
                    eraseSecret: Self.secret(#require(eraseSecrets.first)),
                    case: controls.id.bytes,
                    compartment: compartment,
                    epoch: controls.row.epoch
                )
                _ = try Envelope.open(
                    row.sealed,
                    expecting: .record,
                    key: key.key.secret,
                    context: RecordContext(
                        agency: controls.row.agency.bytes,
                        caseID: controls.id.bytes,
                        recordID: row.id,
                        recordType: type,
                        recordVersion: UInt64(row.version),
                        keyEpoch: controls.row.epoch
                    )
                )
            }
        }
    }

    private func keyring(_ row: StoredRow, _ keys: ServerKeys, _ controls: Controls) throws -> Lock {
        Lock(kind: "keyring", control: controls.keyrings[row.id]) { secrets in
            Self.any(secrets) { bytes in
                for agency in [controls.row.agency.bytes, controls.referral.desk.agency.bytes] {
                    do {
                        _ = try Keyring.open(
                            row.sealed,
                            under: Self.secret(bytes),
                            owner: row.id,
                            agency: agency,
                            version: UInt64(row.version)
                        )
                        return
                    } catch {
                        continue
                    }
                }
                throw SealingError.damaged
            }
        }
    }

    /// The pepper is known, so guesses can be tried at the cost of a log-in each; none of these is the password.
    private func slot(_ row: StoredRow, _ keys: ServerKeys, _ house: House) -> Lock {
        let person = House.Person.allCases.first { (try? house.staff($0).bytes) == row.id }
        return Lock(kind: "password slot", control: person.map { Array($0.password.utf8) }) { guesses in
            Self.any(guesses.count == 1 ? guesses : Array(guesses.prefix(2)) + [Array("password".utf8)]) { bytes in
                _ = try PasswordSlot(bytes: row.sealed).open(password: Self.secret(bytes), server: keys, owner: row.id)
            }
        }
    }

    private func packet(_ row: StoredRow, _ controls: Controls, _ house: House) -> Lock {
        Lock(kind: "packet", control: controls.desk) { secrets in
            Self.any(secrets) { bytes in
                let desk = try TeamKey(id: controls.referral.desk.team.bytes, epoch: 1, seed: Self.secret(bytes))
                _ = try SealedPacket(bytes: row.sealed).open(
                    terms: controls.referral.packetTerms,
                    with: desk,
                    writtenBy: controls.author,
                    at: house.clock.now
                )
            }
        }
    }
}
