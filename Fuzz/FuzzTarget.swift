import Foundation

/// How an input is changed: libFuzzer's own way, with a number that decides between ways.
struct FuzzMutation {
    let seed: UInt32
    let changed: ([UInt8], Int) -> [UInt8]

    /// One of the ways, by the seed.
    func choice(_ count: Int) -> Int { Int(seed >> 1) % count }
}

/// A parser or opener under attack: inputs to start from, what is done with one, and the mutation that gets past its checks.
struct FuzzTarget: Sendable {
    let name: String
    let seeds: [[UInt8]]
    let run: @Sendable ([UInt8]) -> Void
    let resealed: @Sendable ([UInt8], FuzzMutation) -> [UInt8]?

    static let all = [envelope, grant, breakGlass, context, slot, share, age, authenticator]
}

/// Stops the run: a property of the module does not hold for this input.
func require(_ holds: Bool, _ property: String) {
    if !holds { preconditionFailure(property) }
}

/// A step of making seeds that cannot fail.
func made<Value: ~Copyable>(_ make: () throws -> Value) -> Value {
    do { return try make() } catch { preconditionFailure("a seed could not be made: \(error)") }
}

/// The people and keys of the targets.
struct FuzzPeople {
    static let agency = [UInt8](repeating: 0xa0, count: 16)
    static let caseID = [UInt8](repeating: 0xc0, count: 16)
    static let now = Date(timeIntervalSince1970: 1_800_000_000)
    static let end = Date(timeIntervalSince1970: 2_000_000_000)
    static let shared = FuzzPeople()

    let key: SymmetricKey
    let token: SessionToken
    let person: Keyring
    let author: Keyring
    let trustedPerson: TrustedKey
    let trustedAuthor: TrustedKey
    let desk: TeamKey
    let trustedDesk: TrustedKey

    private init() {
        func secret(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 32) }
        let root = made { try SigningKey(seed: Secret(copying: secret(1))) }
        let agencyKey = made { try SigningKey(seed: Secret(copying: secret(2))) }
        let trustedAgency = made {
            try KeyBinding.agency(FuzzPeople.agency, epoch: 1, key: agencyKey.verifyingKey, signedBy: root)
                .trustedAgency(FuzzPeople.agency, root: root.verifyingKey, atLeast: 1)
        }
        func ring(_ byte: UInt8) -> Keyring {
            made {
                try Keyring.create(
                    owner: [UInt8](repeating: byte, count: 16),
                    agency: FuzzPeople.agency,
                    root: root.verifyingKey
                )
            }
        }
        func trusted(_ ring: Keyring) -> TrustedKey {
            made {
                try KeyBinding.person(
                    ring.owner,
                    epoch: 1,
                    verifyingKey: ring.signing.verifyingKey,
                    sealingKey: ring.sealing.publicKey,
                    agency: FuzzPeople.agency,
                    signedBy: agencyKey
                ).trusted(.person, ring.owner, through: trustedAgency, atLeast: 1)
            }
        }
        key = made { try SymmetricKey(id: Array(0x80..<0x90), secret: Secret(copying: Array(0..<32))) }
        token = made { try SessionToken(token: Secret(copying: secret(3))) }
        person = ring(0x50)
        author = ring(0x51)
        trustedPerson = trusted(person)
        trustedAuthor = trusted(author)
        let team = made { try TeamKey.random(id: [UInt8](repeating: 0x70, count: 16), epoch: 1) }
        desk = team
        trustedDesk = made {
            try KeyBinding.team(
                team.id,
                epoch: 1,
                sealingKey: team.dropBox.publicKey,
                agency: FuzzPeople.agency,
                signedBy: agencyKey
            ).trusted(.team, team.id, through: trustedAgency, atLeast: 1)
        }
    }
}
