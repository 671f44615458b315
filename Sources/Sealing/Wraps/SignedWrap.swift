// The signed wrap, the front of every object that one person seals to another's public key:
//
//   header          20
//   encapsulation   32   HPKE
//   ciphertext       n   HPKE: n - 16 bytes of secret
//   signer id       16
//   signature       64   Ed25519
//
// What it is about (subject, recipient, purpose, end) is not in it: the reader states it from the row, and any other
// statement fails. HPKE info = domain and purpose; HPKE aad = the other terms; signature over info, aad, encapsulation,
// ciphertext and, where an object has content, SHA-256 of it; all as length-prefixed fields.

/// What a wrap is bound to: two lists of fields.
struct WrapTerms {
    /// Domain and purpose: HPKE's info.
    let info: [UInt8]
    /// Everything else that is signed: HPKE's associated bytes.
    let aad: [UInt8]
}

/// A secret sealed to a public key and signed by who sealed it.
struct SignedWrap {
    static let overhead = Header.count + 32 + GCM.tagCount + 16 + 64

    let header: Header
    let encapsulation: [UInt8]
    let ciphertext: [UInt8]
    let signer: [UInt8]
    let signature: [UInt8]

    var bytes: [UInt8] { header.bytes + encapsulation + ciphertext + signer + signature }

    /// Reads the wrap of a secret of this length.
    init(_ bytes: ArraySlice<UInt8>, expecting kind: ObjectKind, secretCount: Int) throws(SealingError) {
        let bytes = Array(bytes)
        self.header = try Header(of: bytes, expecting: kind)
        guard bytes.count == SignedWrap.overhead + secretCount else { throw .damaged }
        let end = 52 + secretCount + GCM.tagCount
        self.encapsulation = Array(bytes[20..<52])
        self.ciphertext = Array(bytes[52..<end])
        self.signer = Array(bytes[end..<end + 16])
        self.signature = Array(bytes[(end + 16)...])
    }

    /// Seals and signs a secret. The content, where there is one, was sealed before.
    init(
        _ secret: borrowing Secret,
        header: Header,
        to recipient: SealingPublicKey,
        by key: SigningKey,
        signer: [UInt8],
        terms: WrapTerms,
        content: [UInt8]? = nil,
        ephemeral: SealingPrivateKey
    ) throws(SealingError) {
        let (encapsulation, ciphertext) = try HPKE.Suite.leeward.seal(
            secret,
            to: recipient,
            ephemeral: ephemeral,
            info: terms.info,
            aad: terms.aad
        )
        self.header = header
        self.encapsulation = encapsulation
        self.ciphertext = ciphertext
        self.signer = signer
        self.signature = try key.sign(
            SignedWrap.message(terms, encapsulation: encapsulation, ciphertext: ciphertext, content: content)
        )
    }

    /// The secret, when this signer made it under these terms. The signature is checked before anything is opened.
    func open(
        with key: SealingPrivateKey,
        signedBy author: TrustedKey,
        terms: WrapTerms,
        content: [UInt8]? = nil
    ) throws(SealingError) -> Secret {
        guard author.id == signer, let verifying = author.verifyingKey,
            verifying.isValid(
                signature: signature,
                for: try SignedWrap.message(
                    terms,
                    encapsulation: encapsulation,
                    ciphertext: ciphertext,
                    content: content
                )
            )
        else { throw .badSignature }
        return try HPKE.open(ciphertext, encapsulation: encapsulation, with: key, info: terms.info, aad: terms.aad)
    }

    private static func message(
        _ terms: WrapTerms,
        encapsulation: [UInt8],
        ciphertext: [UInt8],
        content: [UInt8]?
    ) throws(SealingError) -> [UInt8] {
        var fields = Fields()
        try fields.add(terms.info)
        try fields.add(terms.aad)
        try fields.add(encapsulation)
        try fields.add(ciphertext)
        if let content { try fields.add(Digest.sha256(content)) }
        return fields.bytes
    }
}
