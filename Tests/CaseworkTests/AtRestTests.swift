import Care
import Foundation
import Testing

@testable import Casework

/// What a stolen disk shows (DECISIONS 26): nothing that was said of her, and no password. The scan first finds controls
/// that were planted, so that a scan that cannot find anything is no proof.
@Suite struct AtRestTests {
    /// A text as it might lie on a disk.
    static func forms(of text: String) throws -> [(form: String, bytes: [UInt8])] {
        let utf8 = Array(text.utf8)
        var forms: [(String, [UInt8])] = [("UTF-8", utf8)]
        forms.append(("UTF-16, little-endian", text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }))
        forms.append(("UTF-16, big-endian", text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }))
        var escaped = ""
        for unit in text.utf16 {
            let hex = String(unit, radix: 16)
            escaped +=
                unit < 0x80
                ? String(UnicodeScalar(UInt8(unit))) : "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }
        if escaped != text { forms.append(("JSON, escaped", Array(escaped.utf8))) }
        for shift in 0..<3 {
            // The characters that depend on the text alone, whatever stands before and after it.
            let coded = Data([UInt8](repeating: 0, count: shift) + utf8).base64EncodedString()
            let start = (shift * 8 + 5) / 6
            let end = (shift + utf8.count) * 8 / 6
            forms.append(("base64, shifted by \(shift)", Array(Array(coded.utf8)[start..<end])))
        }
        return forms
    }

    static func files(in folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            let url = URL(fileURLWithPath: folder).appending(path: path)
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            files[path] = try Data(contentsOf: url)
        }
        return files
    }

    static func hits(of texts: [(label: String, text: String)], in files: [String: Data]) throws -> [String] {
        var hits: [String] = []
        for (label, text) in texts {
            for (form, bytes) in try forms(of: text) {
                for (path, data) in files where data.range(of: Data(bytes)) != nil {
                    hits.append("\(label) in \(path) as \(form)")
                }
            }
        }
        return hits.sorted()
    }

    @Test func `nothing that was said of her and no password lies on the disk in any form`() async throws {
        let house = try await House.founded(onDisk: true)
        let scratch = try #require(house.scratch)
        var texts = Invented.texts
        for person in House.Person.allCases {
            texts.append(("password of \(person.rawValue)", person.password))
            texts.append(("sign-in name of \(person.rawValue)", person.signInName))
        }
        let (_, token) = try await House.signIn(.worker, in: house.deployment)
        texts.append(("bearer token", String(decoding: token, as: UTF8.self)))

        let sent = try await house.acceptedReferral()
        _ = try await house.deployment.intake.packet(
            of: sent.referral,
            by: house.session(.intake),
            request: house.deployment.newRequest()
        )
        _ = try await house.refused {
            var password = Array("a-wrong-password-typed".utf8)
            return try await $0.signIn.signIn(name: "somebody-typed", password: &password, request: $1)
        }
        texts += [("what was typed", "a-wrong-password-typed"), ("name that was typed", "somebody-typed")]

        // While it runs, with the log beside it; after a withdrawal; and after it has stopped.
        var scanned: Set<String> = []
        func scan() throws {
            let files = try Self.files(in: scratch.folder)
            scanned.formUnion(files.keys)
            #expect(files.values.reduce(0) { $0 + $1.count } > 50_000)
            #expect(try Self.hits(of: texts, in: files) == [])
        }
        try scan()
        _ = try await house.deployment.consents.withdraw(
            sent.consent,
            in: sent.id,
            by: house.session(.worker),
            request: house.deployment.newRequest()
        )
        try scan()
        try house.deployment.close()
        try scan()
        #expect(scanned.isSuperset(of: ["case.db", "case.db-wal", "case.db-shm", "case.db.reserve", "vault"]))

        // Each text in each form is found when it is there.
        for (label, text) in texts {
            for (form, bytes) in try Self.forms(of: text) {
                let planted = scratch.path("planted")
                var data = Data(repeating: 0x41, count: 7)
                data.append(contentsOf: bytes)
                data.append(contentsOf: [0x41, 0x42])
                try data.write(to: URL(fileURLWithPath: planted))
                let found = try Self.hits(
                    of: [(label, text)],
                    in: ["planted": try Data(contentsOf: URL(fileURLWithPath: planted))]
                )
                #expect(found.contains("\(label) in planted as \(form)"))
            }
        }
        // And base64 of a whole text in all three positions is one of the forms.
        for shift in 0..<3 {
            let coded = Data([UInt8](repeating: 0x7A, count: shift) + Array(Invented.note.utf8) + [0x7A])
                .base64EncodedData()
            #expect(try !Self.hits(of: [("note", Invented.note)], in: ["planted": coded]).isEmpty)
        }
    }
}
