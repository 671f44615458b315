import Audit
import Foundation
import Sealing
import Testing

@Suite struct SignedNoteTests {
    // The example of the C2SP signed-note text.
    static let vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    static let note = """
        This is an example message.

        \u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

        """

    @Test func `the example of C2SP signed-note verifies`() throws {
        let key = try LogVerifierKey(Self.vkey)
        #expect(key.name == "example.com/foo")
        #expect(key.id == [0x53, 0x0D, 0x90, 0x3A])
        #expect(key.text == Self.vkey)
        #expect(try SignedNote.text(of: Array(Self.note.utf8), signedBy: key) == "This is an example message.\n")
    }

    @Test func `a signed text verifies under its key and no other`() throws {
        let note = try SignedNote.sign("text\n", name: Fixture.origin, with: Fixture.signingKey())
        #expect(try SignedNote.text(of: note, signedBy: Fixture.verifierKey()) == "text\n")
        #expect(throws: AuditError.badSignature) { try SignedNote.text(of: note, signedBy: Fixture.verifierKey(2)) }
        #expect(throws: AuditError.badSignature) {
            try SignedNote.text(of: note, signedBy: Fixture.verifierKey(name: "another.example"))
        }
    }

    @Test func `any changed byte of a note is refused`() throws {
        let note = try SignedNote.sign("first\nsecond\n", name: Fixture.origin, with: Fixture.signingKey())
        let key = try Fixture.verifierKey()
        for place in note.indices {
            for bit in 0..<8 {
                var flipped = note
                flipped[place] ^= 1 << bit
                #expect(throws: AuditError.self) { try SignedNote.text(of: flipped, signedBy: key) }
            }
        }
    }

    @Test func `lines of unknown keys are passed over, a known key's false line is not`() throws {
        let key = try Fixture.verifierKey()
        let note = String(
            decoding: try SignedNote.sign("text\n", name: Fixture.origin, with: Fixture.signingKey()),
            as: UTF8.self
        )
        let own = try #require(note.split(separator: "\n").last)
        let witness = "\u{2014} witness.example AAAAAAECAwQ="
        let otherAlgorithm = "\u{2014} \(Fixture.origin) AAAAAAECAwQ="
        for lines in ["\(witness)\n\(own)", "\(own)\n\(witness)", "\(own)\n\(otherAlgorithm)", "\(own)\n\(own)"] {
            #expect(try SignedNote.text(of: Array("text\n\n\(lines)\n".utf8), signedBy: key) == "text\n")
        }
        let forged =
            "\u{2014} \(Fixture.origin) " + Data(key.id + [UInt8](repeating: 7, count: 64)).base64EncodedString()
        for lines in ["\(forged)", "\(own)\n\(forged)", "\(forged)\n\(own)", "\(witness)"] {
            #expect(throws: AuditError.badSignature) {
                try SignedNote.text(of: Array("text\n\n\(lines)\n".utf8), signedBy: key)
            }
        }
    }

    @Test(arguments: [
        "", "\n", "\n\n", "text", "text\n", "text\n\n", "text\n\n\u{2014} name\n", "text\n\n- name AAAAAAECAwQ=\n",
        "text\n\n\u{2014} name AAAAAAECAwQ=", "text\n\n\u{2014} name AAAA\n", "text\n\n\u{2014} na+me AAAAAAECAwQ=\n",
        "text\n\n\u{2014}  AAAAAAECAwQ=\n", "text\n\n\u{2014} name AAAAAAECAwQ= more\n",
        "text\n\u{2014} name AAAAAAECAwQ=\n",
        "te\txt\n\n\u{2014} name AAAAAAECAwQ=\n", "text\r\n\r\n\u{2014} name AAAAAAECAwQ=\r\n",
        "\n\u{2014} name AAAAAAECAwQ=\n", "text\n\n\u{2014} name AAAAAAECAwR=\n",
    ])
    func `what is not a note is refused`(_ text: String) throws {
        let key = try Fixture.verifierKey()
        #expect(throws: AuditError.badNote) { try SignedNote.text(of: Array(text.utf8), signedBy: key) }
    }

    @Test func `bytes that are not UTF-8, and a note without end, are refused`() throws {
        let key = try Fixture.verifierKey()
        #expect(throws: AuditError.badNote) { try SignedNote.text(of: [0xFF, 0xFE, 0x0A], signedBy: key) }
        let line = "\u{2014} witness.example AAAAAAECAwQ=\n"
        let many = "text\n\n" + String(repeating: line, count: 101)
        #expect(throws: AuditError.badNote) { try SignedNote.text(of: Array(many.utf8), signedBy: key) }
        let few = "text\n\n" + String(repeating: line, count: 100)
        #expect(throws: AuditError.badSignature) { try SignedNote.text(of: Array(few.utf8), signedBy: key) }
    }

    @Test(arguments: ["no newline", "tab\t\n", ""])
    func `a text that a note cannot carry is not signed`(_ text: String) throws {
        #expect(throws: AuditError.badNote) {
            try SignedNote.sign(text, name: Fixture.origin, with: Fixture.signingKey())
        }
    }

    @Test(arguments: ["", "two words", "plus+sign", "new\nline", "no\u{A0}break"])
    func `a name that a signature line cannot carry is refused`(_ name: String) throws {
        #expect(throws: AuditError.badKey) { try Fixture.verifierKey(name: name) }
    }

    @Test(arguments: [
        "", "a", "a+b", "a+b+c", "example.com/foo+530d903a",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2kAA==",
    ])
    func `a malformed text form of a key is refused`(_ text: String) {
        #expect(throws: AuditError.badKey) { try LogVerifierKey(text) }
    }
}
