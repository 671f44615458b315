// A case box, the signed statement of which public key leads into a compartment of a case. 169 bytes:
//
//   header          20   kind caseBox; the key id is random
//   case id         16
//   agency id       16   the agency that holds the case
//   compartment      1
//   epoch            4   of the case, big-endian, from 1
//   drop-box key    32   X25519
//   signer id       16   who made the case's secrets
//   signature       64   Ed25519 over fields: "leeward case box v1", the 105 bytes before
//
// Without it a key that somebody wrote into the database would be sent the next note about her. The row keeps who signed, under
// the routing key. The layout never changes; another one has another version byte.

/// A signed statement about the public half of a case's drop-box. It says nothing until it is verified.
public struct CaseBox: Hashable, Sendable {
    /// The length of every case box.
    public static let count = 169

    /// The stored form.
    public let bytes: [UInt8]
    /// Who signed it, 16 bytes; true once it was verified.
    public let signer: [UInt8]

    private static let signedCount = count - 64

    /// A case box from its stored form; nothing is verified yet.
    ///
    /// - Throws: `SealingError.damaged` when it is not one, `SealingError.unknownFormat`, `SealingError.wrongKind`.
    public init(bytes: [UInt8]) throws(SealingError) {
        _ = try Header(of: bytes, expecting: .caseBox)
        guard bytes.count == CaseBox.count, Compartment(rawValue: bytes[52]) != nil else { throw .damaged }
        self.bytes = bytes
        self.signer = Array(bytes[89..<105])
    }

    /// States the drop-box of a compartment of a case, by whoever made its secrets.
    ///
    /// - Throws: `SealingError.badParameters` unless both ids have 16 bytes and the epoch is above 0; `SealingError.libcrypto`.
    public static func sign(
        _ key: CaseKey,
        case caseID: [UInt8],
        agency: [UInt8],
        compartment: Compartment,
        epoch: UInt32,
        by maker: Keyring
    ) throws(SealingError) -> CaseBox {
        try sign(
            key.dropBox.publicKey,
            case: caseID,
            agency: agency,
            compartment: compartment,
            epoch: epoch,
            by: maker,
            keyID: Randomness.bytes(Header.keyIDCount)
        )
    }

    static func sign(
        _ key: SealingPublicKey,
        case caseID: [UInt8],
        agency: [UInt8],
        compartment: Compartment,
        epoch: UInt32,
        by maker: Keyring,
        keyID: [UInt8]
    ) throws(SealingError) -> CaseBox {
        guard caseID.count == 16, agency.count == 16, epoch > 0 else { throw .badParameters }
        let signed =
            try Header(kind: .caseBox, keyID: keyID).bytes + caseID + agency + [compartment.rawValue]
            + epoch.bigEndianBytes + key.bytes + maker.owner
        return try CaseBox(bytes: signed + maker.signing.sign(message(signed)))
    }

    /// The key, when this person stated it for this case, compartment and epoch.
    ///
    /// - Throws: `SealingError.notTrusted` when they did not.
    public func trusted(
        case caseID: [UInt8],
        agency: [UInt8],
        compartment: Compartment,
        epoch: UInt32,
        statedBy maker: TrustedKey
    ) throws(SealingError) -> TrustedCaseBox {
        let stated = caseID + agency + [compartment.rawValue] + epoch.bigEndianBytes
        guard maker.holder == .person, maker.id == signer, let verifying = maker.verifyingKey,
            Array(bytes[20..<57]) == stated, let key = SealingPublicKey(bytes: Array(bytes[57..<89])),
            verifying.isValid(
                signature: Array(bytes.suffix(64)),
                for: try CaseBox.message(Array(bytes.prefix(CaseBox.signedCount)))
            )
        else { throw .notTrusted }
        return TrustedCaseBox(caseID: caseID, agency: agency, compartment: compartment, epoch: epoch, key: key)
    }

    private static func message(_ signed: [UInt8]) throws(SealingError) -> [UInt8] {
        var fields = try Fields(domain: "leeward case box v1")
        try fields.add(signed)
        return fields.bytes
    }
}

/// The public half of a case's drop-box, as whoever made the case's secrets stated it. Only verifying a `CaseBox` makes one.
public struct TrustedCaseBox: Hashable, Sendable {
    /// The case, 16 bytes.
    public let caseID: [UInt8]
    /// The agency that holds the case, 16 bytes.
    public let agency: [UInt8]
    /// The compartment that it leads into.
    public let compartment: Compartment
    /// The epoch of the case.
    public let epoch: UInt32
    /// Seals to the case.
    public let key: SealingPublicKey
}
