import Directory
import Testing

/// The hash that tells whether a snapshot still fits the files.
struct ContentHashTests {
    private func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) } }

    /// Made with the xxHash library in another language, over the bytes 3, 10, 17, … .
    @Test(
        arguments: [
            (0, 0, 0xEF46_DB37_51D8_E999), (1, 0, 0x1F25_C8D0_BC1F_4BB6), (3, 0, 0x31D2_363F_52E5_64C9),
            (4, 0, 0x9BB6_4B7D_66EE_9FDA), (7, 0, 0x9A7B_1499_59CE_60D8), (8, 0, 0xDAB9_9D95_C6F9_0092),
            (15, 0, 0x1B47_CB82_43CC_8E32), (31, 0, 0xA2AA_5F33_CC4A_6119), (32, 0, 0x23C3_C17E_F790_FD97),
            (33, 0, 0x50A7_CFC7_BA58_8784), (63, 0, 0x5E3E_54B4_31C7_493C), (64, 0, 0x0EB6_4B3E_F6EE_B01F),
            (100, 0, 0xA61F_8D4C_170F_E531), (1_000, 0, 0x5F23_5FA0_33F1_A3FB), (0, 1, 0xD5AF_BA13_36A3_BE4B),
            (31, 1, 0xAACA_4E41_FFCA_E21C), (100, 1, 0x8D89_57E6_8F02_C7CE), (1_000, 1, 0xE67A_374D_77EC_CC3F),
        ] as [(Int, UInt64, UInt64)]
    )
    func `the reference is XXH64`(count: Int, seed: UInt64, hash: UInt64) {
        #expect(ReferenceHash.hash(bytes(count)[...], seed: seed) == hash)
    }

    @Test func `the hash of files is the one that its definition says, at every length`() {
        for count in Array(0...130) + [1_000, 4_099] {
            let content = bytes(count)
            var list: [UInt8] = []
            for (name, content) in [("a", content), ("bé", [])] {
                list += ReferenceHash.bytes(UInt64(name.utf8.count)) + Array(name.utf8)
                list += ReferenceHash.bytes(UInt64(content.count))
                for seed in [UInt64(0), 1] { list += ReferenceHash.bytes(ReferenceHash.hash(content[...], seed: seed)) }
            }
            let hash = ContentHash(files: [("a", content), ("bé", [])])
            #expect(hash.first == ReferenceHash.hash(list[...], seed: 0))
            #expect(hash.second == ReferenceHash.hash(list[...], seed: 1))
        }
    }

    @Test func `another name, content, order or border between files is another hash`() {
        let hashes = [
            ContentHash(files: []),
            ContentHash(files: [("a", [1]), ("b", [2])]),
            ContentHash(files: [("a", [2]), ("b", [1])]),
            ContentHash(files: [("b", [2]), ("a", [1])]),
            ContentHash(files: [("a", [1]), ("c", [2])]),
            ContentHash(files: [("a", [1, 2]), ("b", [])]),
            ContentHash(files: [("a", [1])]),
        ]
        #expect(Set(hashes).count == hashes.count)
        #expect(hashes.allSatisfy { $0.description.count == 32 })
        #expect(ContentHash(first: 0x1F, second: 0).description == "000000000000001f0000000000000000")
    }
}
