import Foundation
import Testing

@testable import Sealing

@Suite(.serialized) struct SecretTests {
    @Test func `a secret keeps its bytes and gives copies, parts and joins`() throws {
        let bytes = try Randomness.bytes(40)
        let secret = try Secret(copying: bytes)
        #expect(secret.count == 40)
        let lent = unsafe secret.withBytes { unsafe Array($0) }
        #expect(lent == bytes)
        let copy = try secret.copy()
        let areEqual = copy.matches(secret)
        #expect(areEqual)
        #expect(try secret.slice(8..<16).publicBytes() == Array(bytes[8..<16]))
        #expect(try secret.followed(by: secret.slice(0..<2)).publicBytes() == bytes + bytes[0..<2])
        #expect(try Secret(copying: []).publicBytes() == [])
        #expect(throws: SealingError.badParameters) { _ = try secret.slice(30..<41) }
    }

    @Test func `secrets match only when every byte does`() throws {
        let bytes = try Randomness.bytes(32)
        let secret = try Secret(copying: bytes)
        for bit in 0..<256 {
            let other = try Secret(copying: bytes.flipping(bit))
            let areEqual = secret.matches(other)
            #expect(!areEqual)
        }
        let shorter = try Secret(copying: Array(bytes.dropLast()))
        let areEqual = secret.matches(shorter)
        #expect(!areEqual)
    }

    @Test func `two random secrets differ`() throws {
        let one = try Secret.random(32)
        let other = try Secret.random(32)
        let areEqual = one.matches(other)
        #expect(!areEqual)
    }

    @Test func `a secret moved out of an array leaves the array empty`() throws {
        var bytes = try Randomness.bytes(32)
        let kept = bytes
        let secret = try Secret(moving: &bytes)
        #expect(bytes.isEmpty)
        #expect(secret.publicBytes() == kept)
    }

    @Test func `wiping overwrites the storage of an array in place`() throws {
        var bytes = [UInt8](repeating: 0xa5, count: 64)
        let before = unsafe bytes.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
        Secret.overwrite(&bytes)
        let after = unsafe bytes.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
        #expect(before == after)
        #expect(bytes == [UInt8](repeating: 0, count: 64))
        Secret.wipe(&bytes)
        #expect(bytes.isEmpty)
    }

    @Test func `the bytes are gone from memory once the secret ends`() throws {
        // The arena stays mapped for the life of the process, so its memory may be read after the secret gave it back:
        // whatever lies there then, it is not what lay there before. (Another secret may have taken the place meanwhile.)
        guard SecureMemory.state != .none else { return }
        let pattern = try Randomness.bytes(512)
        var address: UInt = 0
        do {
            let secret = try Secret(copying: pattern)
            address = unsafe secret.withBytes { UInt(bitPattern: $0.baseAddress) }
            #expect(read(address, 512) == pattern, "the control: the secret is where we look")
            _ = consume secret
        }
        let after = read(address, 512)
        for start in stride(from: 0, to: 512, by: 16) {
            #expect(after[start..<start + 16] != pattern[start..<start + 16])
        }
    }

    @Test func `nothing that holds a secret prints it`() throws {
        let secret = try Secret(copying: Array("do not print".utf8))
        #expect(secret.description == "[redacted]")
        let person = try Keyring.create(
            owner: [UInt8](repeating: 1, count: 16),
            agency: [UInt8](repeating: 2, count: 16),
            root: SigningKey.random().verifyingKey
        )
        let holders: [any Redacted] = [
            person, try person.signing, try person.sealing, try SymmetricKey.random(), try SessionToken.random(),
            try TeamKey.random(id: [UInt8](repeating: 3, count: 16), epoch: 1),
            try ServerKeys(pepper: Secret.random(32)), try CaseSecrets.random(for: [.identity]),
            try VaultRecord.random(forCase: [UInt8](repeating: 4, count: 16), at: .init(timeIntervalSince1970: 0)),
        ]
        for holder in holders {
            var dumped = ""
            dump(holder, to: &dumped)
            #expect("\(holder)" == "[redacted]" && String(reflecting: holder) == "[redacted]")
            // `dump` numbers objects; what follows the description is that number and nothing else.
            #expect(dumped.split(separator: "\n") == ["- [redacted] #0"])
        }
    }

    @Test func `secrets outgrow the locked arena and are still kept and wiped`() throws {
        let most = Limits.secretBytes
        let large = try (0..<2 * Limits.secureArenaBytes / most).map { _ in try SymmetricHolder(Secret.random(most)) }
        #expect(large.allSatisfy { $0.secret.count == most })
        #expect(throws: SealingError.badParameters) { _ = try Secret.random(Limits.secretBytes + 1) }
    }

    @Test func `the arena holds the keys of ten thousand open cases`() throws {
        guard SecureMemory.state != .none else { return }
        let key = try SymmetricHolder(Secret.random(32))
        #expect(SecureMemory.usedBytes >= 32 && key.secret.count == 32)
        #expect(SecureMemory.arenaBytes >= 10_000 * 4 * 2 * 32)
    }

    #if os(Linux)
        @Test func `a secret lies in memory that is locked and left out of core dumps`() throws {
            let secret = try Secret.random(32)
            let address = unsafe secret.withBytes { UInt(bitPattern: $0.baseAddress) }
            guard SecureMemory.state == .locked,
                // A file of the kernel has no length and comes a page at a time.
                let file = FileHandle(forReadingAtPath: "/proc/self/smaps"),
                let contents = try? file.readToEnd()
            else {
                print("locked memory: not checked, the lock limit of this process is too low or its map is hidden")
                return
            }
            var flags: [Substring] = []
            var isHere = false
            for line in String(decoding: contents, as: UTF8.self).split(separator: "\n") {
                let words = line.split(separator: " ", omittingEmptySubsequences: true)
                let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
                if ends.count == 2, words.count > 1, !words[0].hasSuffix(":") {
                    isHere = (ends[0]..<ends[1]).contains(address)
                } else if isHere, words[0] == "VmFlags:" {
                    flags = Array(words.dropFirst())
                }
            }
            // proc(5): "lo" pages are locked in memory, "dd" do not include area into core dump.
            #expect(flags.contains("lo") && flags.contains("dd"), "\(flags)")
            #expect(secret.count == 32)
        }
    #endif

    @Test func `a process that forbids dumps leaves none`() async {
        await #expect(processExitsWith: .success) {
            guard !SecureMemory.dumpsAreForbidden else { exit(1) }
            guard SecureMemory.forbidDumps(), SecureMemory.dumpsAreForbidden else { exit(2) }
        }
    }

    private func read(_ address: UInt, _ count: Int) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count))
    }
}

/// A place for a secret in an array.
private final class SymmetricHolder {
    let secret: Secret
    init(_ secret: consuming Secret) { self.secret = secret }
}
