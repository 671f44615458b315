import Foundation

@testable import Sealing

/// The people and keys of docs/formats/sealing.md: invented, with seeds that count.
struct Fixtures {
    static let agency = id(0xa0)
    static let `case` = id(0xc0)
    static let person = id(0x50)
    static let other = id(0x51)
    static let team = id(0x70)
    static let referral = id(0x90)
    static let end = Date(timeIntervalSince1970: 2_000_000_000)
    static let now = Date(timeIntervalSince1970: 1_800_000_000)
    static let salt = [UInt8](0x40..<0x58)
    static let keyID = [UInt8](0x80..<0x90)

    let root: SigningKey
    let agencyKey: SigningKey
    /// The recipient of grants.
    let person: Keyring
    /// The granter and author.
    let other: Keyring
    let team: TeamKey
    let server: ServerKeys

    init() throws {
        root = try SigningKey(seed: Fixtures.seed(1))
        agencyKey = try SigningKey(seed: Fixtures.seed(2))
        let pins = try KeyringPins(
            root: root.verifyingKey,
            teams: [.init(id: Fixtures.team, epoch: 4)],
            checkpoint: .init(size: 9, root: [UInt8](repeating: 0xee, count: 32)),
            passwordFloor: .forDemonstration
        )
        person = try Keyring(
            owner: Fixtures.person,
            agency: Fixtures.agency,
            signing: SigningKey(seed: Fixtures.seed(3)),
            sealing: SealingPrivateKey(seed: Fixtures.seed(5)),
            pins: pins
        )
        other = try Keyring(
            owner: Fixtures.other,
            agency: Fixtures.agency,
            signing: SigningKey(seed: Fixtures.seed(4)),
            sealing: SealingPrivateKey(seed: Fixtures.seed(6)),
            pins: pins
        )
        team = try TeamKey(id: Fixtures.team, epoch: 4, seed: Fixtures.seed(0x33))
        server = try ServerKeys(
            pepper: Fixtures.seed(0x44),
            passwordCost: .forDemonstration,
            passwordFloor: .forDemonstration
        )
    }

    static func id(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 16) }

    static func seed(_ byte: UInt8) throws -> Secret { try Secret(copying: [UInt8](repeating: byte, count: 32)) }

    var trustedAgency: TrustedKey {
        get throws {
            try KeyBinding(bytes: FormatExamples.agencyBinding)
                .trustedAgency(Fixtures.agency, root: root.verifyingKey, atLeast: 1)
        }
    }

    var trustedPerson: TrustedKey {
        get throws {
            try KeyBinding(bytes: FormatExamples.personBinding)
                .trusted(.person, Fixtures.person, through: trustedAgency, atLeast: 1)
        }
    }

    var trustedOther: TrustedKey {
        get throws {
            try KeyBinding(bytes: FormatExamples.otherBinding)
                .trusted(.person, Fixtures.other, through: trustedAgency, atLeast: 1)
        }
    }

    var trustedTeam: TrustedKey {
        get throws {
            try KeyBinding(bytes: FormatExamples.teamBinding)
                .trusted(.team, Fixtures.team, through: trustedAgency, atLeast: 4)
        }
    }

    /// A member of the agency who was bound like everybody else and means no good.
    func stranger(_ byte: UInt8 = 0x66) throws -> (ring: Keyring, trusted: TrustedKey) {
        let ring = try Keyring.create(
            owner: Fixtures.id(byte),
            agency: Fixtures.agency,
            root: root.verifyingKey
        )
        let binding = try KeyBinding.person(
            ring.owner,
            epoch: 1,
            verifyingKey: ring.signing.verifyingKey,
            sealingKey: ring.sealing.publicKey,
            agency: Fixtures.agency,
            signedBy: agencyKey
        )
        return (ring, try binding.trusted(.person, ring.owner, through: trustedAgency, atLeast: 1))
    }
}
