import Foundation

extension PasswordSlot {
    /// The stored form.
    public var bytes: [UInt8] {
        let text = Array(parameters.utf8)
        return UInt16(text.count).bigEndianBytes + text + sealed
    }

    /// The PHC string of cost and salt: `$scrypt$ln=16,r=8,p=2$` and 22 characters of base64.
    public var parameters: String {
        let salt = Data(salt).base64EncodedString().prefix { $0 != "=" }
        return "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)$\(salt)"
    }

    /// A slot from its stored form.
    ///
    /// - Throws: `SealingError.damaged` when lengths or text are not as written, `SealingError.unknownFormat` for another
    ///   kind of slot, `SealingError.badParameters` for a cost above the ceiling.
    public init(bytes: [UInt8]) throws(SealingError) {
        guard bytes.count > 2 else { throw .damaged }
        let textCount = Int(UInt16(bigEndian: bytes[0..<2]))
        guard textCount <= 64, bytes.count == 2 + textCount + PasswordSlot.sealedCount else { throw .damaged }
        let sealed = Array(bytes[(2 + textCount)...])
        _ = try Header(of: sealed, expecting: .slot)
        let (cost, salt) = try PasswordSlot.parse(String(decoding: bytes[2..<2 + textCount], as: UTF8.self))
        self.init(cost: cost, salt: salt, sealed: sealed)
        // One way to write each slot: leading zeros, other orders and loose base64 do not come back the same.
        guard self.bytes == bytes else { throw .damaged }
    }

    private static func parse(_ text: String) throws(SealingError) -> (ScryptCost, [UInt8]) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].isEmpty else { throw .damaged }
        guard parts[1] == "scrypt" else { throw .unknownFormat }
        let values = parts[2].split(separator: ",", omittingEmptySubsequences: false)
        guard values.count == 3, values[0].hasPrefix("ln="), values[1].hasPrefix("r="), values[2].hasPrefix("p="),
            let logN = UInt8(values[0].dropFirst(3)), let r = UInt32(values[1].dropFirst(2)),
            let p = UInt32(values[2].dropFirst(2)),
            let salt = Data(base64Encoded: parts[3] + "=="), salt.count == saltCount
        else { throw .damaged }
        return (try ScryptCost(checking: logN, r: r, p: p), Array(salt))
    }
}
