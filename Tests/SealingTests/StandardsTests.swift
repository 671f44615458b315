import Testing

@testable import Sealing

// The examples printed in the standards. They always run; the larger published sets are in PublishedSetTests.

@Suite struct MACTests {
    @Test(
        arguments: [
            // 4.2 Test Case 1
            (
                [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            // 4.3 Test Case 2
            (
                Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            // 4.4 Test Case 3
            (
                [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
            ),
            // 4.7 Test Case 6
            (
                [UInt8](repeating: 0xaa, count: 131),
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ]
    )
    func `HMAC-SHA-256 agrees with RFC 4231, section 4`(key: [UInt8], message: [UInt8], code: String) throws {
        #expect(try MAC.hmacSHA256(key: Secret(copying: key), message) == hex(code))
    }

    @Test func `equality looks at every byte and at the length`() throws {
        let bytes = try Randomness.bytes(32)
        #expect(MAC.areEqual(bytes, bytes))
        for place in bytes.indices {
            var other = bytes
            other[place] ^= 0x80
            #expect(!MAC.areEqual(bytes, other))
        }
        #expect(!MAC.areEqual(bytes, Array(bytes.dropLast())))
        #expect(MAC.areEqual([], []))
    }
}

@Suite struct KeyDerivationTests {
    @Test(
        arguments: [
            (
                "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
                "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
            ),
            (
                """
                000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f
                303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f
                """,
                """
                606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f
                909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf
                """,
                """
                b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf
                e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff
                """,
                "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
                """
                b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09
                da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87
                """
            ),
            (
                "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "",
                "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
            ),
        ]
    )
    func `HKDF-SHA-256 agrees with RFC 5869, appendix A.1 to A.3`(
        key: String,
        salt: String,
        info: String,
        extracted: String,
        expanded: String
    ) throws {
        let secret = try Secret(copying: hex(key))
        let prk = try KeyDerivation.extractSHA256(salt: Secret(copying: hex(salt)), secret)
        #expect(prk.publicBytes() == hex(extracted))
        let out = hex(expanded)
        #expect(try KeyDerivation.expandSHA256(prk, info: hex(info), count: out.count).publicBytes() == out)
        let whole = try KeyDerivation.hkdfSHA256(secret, salt: hex(salt), info: hex(info), count: out.count)
        #expect(whole.publicBytes() == out)
    }

    @Test func `HKDF gives no more than 255 blocks and never nothing`() throws {
        let secret = try Secret.random(32)
        #expect(try KeyDerivation.expandSHA256(secret, info: [], count: 255 * 32).count == 8_160)
        #expect(throws: SealingError.self) { _ = try KeyDerivation.expandSHA256(secret, info: [], count: 255 * 32 + 1) }
        #expect(throws: SealingError.badParameters) { _ = try KeyDerivation.expandSHA256(secret, info: [], count: 0) }
    }

    // The fourth example (N = 2^20) takes 1 GiB of memory and is in no run.
    @Test(
        arguments: [
            (
                "", "", UInt64(16), UInt32(1), UInt32(1),
                """
                77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17
                e8d3e0fb2e0d3628cf35e20c38d18906
                """
            ),
            (
                "password", "NaCl", 1024, 8, 16,
                """
                fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830da
                c727afb94a83ee6d8360cbdfa2cc0640
                """
            ),
            (
                "pleaseletmein", "SodiumChloride", 16384, 8, 1,
                """
                7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9
                e61e85dc0d651e40dfcf017b45575887
                """
            ),
        ]
    )
    func `scrypt agrees with RFC 7914, section 12, the first three`(
        password: String,
        salt: String,
        n: UInt64,
        r: UInt32,
        p: UInt32,
        derived: String
    ) throws {
        let key = try KeyDerivation.scrypt(
            password: Secret(copying: Array(password.utf8)),
            salt: Array(salt.utf8),
            n: n,
            r: r,
            p: p,
            count: 64
        )
        #expect(key.publicBytes() == hex(derived))
    }
}

@Suite struct SealingPrivateKeyTests {
    @Test(
        arguments: [
            (
                "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
                "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"
            ),
            (
                "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
                "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
                "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"
            ),
        ]
    )
    func `X25519 agrees with RFC 7748, section 5.2`(scalar: String, u: String, out: String) throws {
        #expect(try X25519.sharedSecret(Secret(copying: hex(scalar)), hex(u)).publicBytes() == hex(out))
    }

    @Test func `two sides of RFC 7748, section 6.1, share one secret`() throws {
        let alice = try SealingPrivateKey(
            seed: Secret(copying: hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"))
        )
        let bob = try SealingPrivateKey(
            seed: Secret(copying: hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"))
        )
        #expect(alice.publicKey.bytes == hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"))
        #expect(bob.publicKey.bytes == hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"))
        let shared = hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
        #expect(try X25519.sharedSecret(alice.seed, bob.publicKey.bytes).publicBytes() == shared)
        #expect(try X25519.sharedSecret(bob.seed, alice.publicKey.bytes).publicBytes() == shared)
    }

    @Test func `a public key of low order is refused`() throws {
        let key = try SealingPrivateKey.random()
        for point in [[UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31)] {
            #expect(throws: SealingError.libcrypto("EVP_PKEY_derive")) {
                _ = try X25519.sharedSecret(key.seed, point)
            }
        }
    }

    @Test func `a seed of another length is refused`() throws {
        #expect(throws: SealingError.badParameters) { _ = try SealingPrivateKey(seed: Secret.random(31)) }
        #expect(SealingPublicKey(bytes: [1, 2, 3]) == nil)
    }
}

@Suite struct SigningKeyTests {
    @Test(
        arguments: [
            (
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                """
                e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b
                d25bf5f0595bbe24655141438e7a100b
                """
            ),
            (
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                """
                92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c
                387b2eaeb4302aeeb00d291612bb0c00
                """
            ),
            (
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                """
                6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659
                4a7c15e9716ed28dc027beceea1ec40a
                """
            ),
        ]
    )
    func `Ed25519 agrees with RFC 8032, section 7.1, tests 1 to 3`(
        seed: String,
        publicKey: String,
        message: String,
        signature: String
    ) throws {
        let key = try SigningKey(seed: Secret(copying: hex(seed)))
        #expect(key.verifyingKey.bytes == hex(publicKey))
        #expect(try key.sign(hex(message)) == hex(signature))
        #expect(key.verifyingKey.isValid(signature: hex(signature), for: hex(message)))
    }

    @Test func `a signature holds for its message and its key alone`() throws {
        let key = try SigningKey.random()
        let message = Array("an example".utf8)
        let signature = try key.sign(message)
        #expect(key.verifyingKey.isValid(signature: signature, for: message))
        #expect(!key.verifyingKey.isValid(signature: signature, for: message + [0]))
        #expect(try !SigningKey.random().verifyingKey.isValid(signature: signature, for: message))
        #expect(!key.verifyingKey.isValid(signature: Array(signature.dropLast()), for: message))
        for bit in 0..<signature.count * 8 {
            #expect(!key.verifyingKey.isValid(signature: signature.flipping(bit), for: message))
        }
        #expect(VerifyingKey(bytes: Array(key.verifyingKey.bytes.dropLast())) == nil)
    }
}

@Suite struct HPKETests {
    private let info = hex("4f6465206f6e2061204772656369616e2055726e")
    private let plaintext = hex("4265617574792069732074727574682c20747275746820626561757479")
    private let aad = hex("436f756e742d30")

    // RFC 9180 prints X25519 with AES-128-GCM (A.1) but not with AES-256-GCM: the authors' own set for that is in
    // PublishedSetTests. The one difference between the two suites is the AEAD's number and key length.
    @Test func `the sums agree with RFC 9180, appendix A.1.1, sequence number 0`() throws {
        let suite = HPKE.Suite(aead: 1, cipher: GCM(keyCount: 16))
        let ephemeral = try SealingPrivateKey(
            seed: Secret(copying: hex("52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736"))
        )
        let recipient = try SealingPrivateKey(
            seed: Secret(copying: hex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"))
        )
        #expect(
            recipient.publicKey.bytes == hex("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d")
        )

        let shared = try suite.sharedSecret(
            X25519.sharedSecret(ephemeral.seed, recipient.publicKey.bytes),
            encapsulation: ephemeral.publicKey.bytes,
            recipient: recipient.publicKey
        )
        #expect(
            shared.publicBytes() == hex("fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc")
        )
        let schedule = try HPKE.KeySchedule(shared: shared, info: info, suite: suite)
        #expect(schedule.key.publicBytes() == hex("4531685d41d65f03dc48f6b8302c05b0"))
        #expect(schedule.baseNonce == hex("56d890e5accaaf011cff4b7d"))

        let (encapsulation, ciphertext) = try suite.seal(
            Secret(copying: plaintext),
            to: recipient.publicKey,
            ephemeral: ephemeral,
            info: info,
            aad: aad
        )
        #expect(encapsulation == hex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"))
        #expect(
            ciphertext
                == hex(
                    """
                    f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a
                    """
                )
        )
        let opened = try suite.open(
            ciphertext,
            encapsulation: encapsulation,
            with: recipient,
            info: info,
            aad: aad
        )
        #expect(opened.publicBytes() == plaintext)
    }

    @Test func `what is sealed opens with its key, info and aad alone`() throws {
        let recipient = try SealingPrivateKey.random()
        let secret = try Secret.random(32)
        let (encapsulation, ciphertext) = try HPKE.seal(secret, to: recipient.publicKey, info: info, aad: aad)
        #expect(encapsulation.count == 32 && ciphertext.count == 48)
        let opened = try HPKE.open(ciphertext, encapsulation: encapsulation, with: recipient, info: info, aad: aad)
        let areEqual = opened.matches(secret)
        #expect(areEqual)
        let other = try SealingPrivateKey.random()
        #expect(throws: SealingError.damaged) {
            _ = try HPKE.open(ciphertext, encapsulation: encapsulation, with: other, info: info, aad: aad)
        }
        #expect(throws: SealingError.damaged) {
            _ = try HPKE.open(ciphertext, encapsulation: encapsulation, with: recipient, info: info + [0], aad: aad)
        }
        #expect(throws: SealingError.damaged) {
            _ = try HPKE.open(ciphertext, encapsulation: encapsulation, with: recipient, info: info, aad: [])
        }
        #expect(throws: SealingError.damaged) {
            _ = try HPKE.open(
                ciphertext,
                encapsulation: [UInt8](repeating: 0, count: 32),
                with: recipient,
                info: info,
                aad: aad
            )
        }
        #expect(throws: SealingError.damaged) {
            _ = try HPKE.open([1, 2, 3], encapsulation: encapsulation, with: recipient, info: info, aad: aad)
        }
    }
}

@Suite struct ChunkedEncryptionTests {
    // "Message chunking" of c2sp.org/chunked-encryption: its four examples, as lengths of the chunks' plaintexts; and its
    // formula for the place of chunk k in "Implementation notes", 56 + k * (16 KiB + 16).
    @Test(
        arguments: [(0, [0]), (1_024, [1_024]), (16_384, [16_384, 0]), (20_480, [16_384, 4_096])]
    )
    func `messages are cut as the C2SP text says`(message: Int, chunks: [Int]) throws {
        let expected = 56 + chunks.reduce(0) { $0 + $1 + 16 }
        #expect(ChunkedEncryption.sealedCount(of: message) == expected)
        #expect(ChunkedEncryption.messageCount(of: expected) == message)
        let key = try Secret.random(32)
        let content = try Randomness.bytes(message)
        let salt = try Randomness.bytes(24)
        let sealed = try ChunkedEncryption.seal(content, tail: [], after: [], key: key, context: [1], salt: salt)
        #expect(sealed.count == expected && Array(sealed.prefix(24)) == salt)
        #expect(try ChunkedEncryption.open(sealed, from: 0, key: key, context: [1]) == content)
        #expect(try ChunkedEncryption.openSecret(sealed, from: 0, key: key, context: [1]).publicBytes() == content)
    }

    @Test func `a message cut short is refused at every length`() throws {
        let key = try Secret.random(32)
        let sealed = try ChunkedEncryption.seal(
            Randomness.bytes(16_384 + 40),
            tail: [],
            after: [],
            key: key,
            context: [],
            salt: Randomness.bytes(24)
        )
        let lengths = Array(0...120) + Array(16_400...16_600) + [sealed.count - 17, sealed.count - 1]
        for length in lengths where length < sealed.count {
            #expect(throws: SealingError.damaged) {
                _ = try ChunkedEncryption.open(Array(sealed.prefix(length)), from: 0, key: key, context: [])
            }
        }
        // A full last chunk is a message cut short: the lengths say so before anything is derived.
        #expect(ChunkedEncryption.messageCount(of: 56 + 16_400) == nil)
        #expect(ChunkedEncryption.messageCount(of: 56 + 16_400 + 15) == nil)
        #expect(ChunkedEncryption.messageCount(of: 55) == nil)
    }

    @Test func `a tail is the end of the message, wherever the chunks are cut`() throws {
        let key = try Secret.random(32)
        let salt = try Randomness.bytes(24)
        for (body, tail) in [(16_380, 10), (16_384, 3), (0, 16_385), (5, 0), (20_000, 20_000)] {
            let whole = try Randomness.bytes(body + tail)
            let apart = try ChunkedEncryption.seal(
                Array(whole.prefix(body)),
                tail: Array(whole.suffix(tail)),
                after: [9],
                key: key,
                context: [],
                salt: salt
            )
            let joined = try ChunkedEncryption.seal(whole, tail: [], after: [9], key: key, context: [], salt: salt)
            #expect(apart == joined)
            #expect(try ChunkedEncryption.open(apart, from: 1, key: key, context: []) == whole)
        }
    }

    @Test func `a key of another length is refused`() throws {
        for count in [0, 16, 31, 33] {
            #expect(throws: SealingError.badParameters) {
                _ = try ChunkedEncryption.seal(
                    [1],
                    tail: [],
                    after: [],
                    key: Secret.random(count),
                    context: [],
                    salt: Randomness.bytes(24)
                )
            }
        }
    }
}
