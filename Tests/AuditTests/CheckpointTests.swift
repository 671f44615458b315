import Audit
import Foundation
import Testing

@Suite struct CheckpointTests {
    private static let root = [UInt8](repeating: 0xA5, count: 32)

    @Test func `a signed checkpoint is verified under the log's key`() throws {
        let checkpoint = try Checkpoint(origin: Fixture.origin, size: 20, root: Self.root)
        #expect(checkpoint.text == "log.example/leeward\n20\npaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU=\n")
        let note = try checkpoint.signed(with: Fixture.signingKey())
        let verified = try VerifiedCheckpoint(note: note, signedBy: Fixture.verifierKey())
        #expect(verified.checkpoint == checkpoint)
        #expect(verified.note == note)
        #expect(throws: AuditError.badSignature) {
            try VerifiedCheckpoint(note: note, signedBy: Fixture.verifierKey(2))
        }
    }

    @Test func `a checkpoint of another log signed by the same key is refused`() throws {
        let other = "other.example\n20\n\(Data(Self.root).base64EncodedString())\n"
        let note = try SignedNote.sign(other, name: Fixture.origin, with: Fixture.signingKey())
        #expect(throws: AuditError.badCheckpoint) {
            try VerifiedCheckpoint(note: note, signedBy: Fixture.verifierKey())
        }
    }

    @Test func `further signed lines are passed over`() throws {
        let text = "\(Fixture.origin)\n3\n\(Data(Self.root).base64EncodedString())\nfurther line\n"
        let note = try SignedNote.sign(text, name: Fixture.origin, with: Fixture.signingKey())
        #expect(try VerifiedCheckpoint(note: note, signedBy: Fixture.verifierKey()).size == 3)
    }

    @Test(arguments: [
        "3\nROOT\n", "03\nROOT\n", "+3\nROOT\n", "-3\nROOT\n", "\nROOT\n", "3\n\n", "3\nAAAA\n", "3\nROOT=\n",
        "9223372036854775808\nROOT\n", "3\nROOT\n\nfurther\n", "3 \nROOT\n", "x\nROOT\n",
    ])
    func `what is not a checkpoint is refused, however well signed`(_ rest: String) throws {
        let text = "\(Fixture.origin)\n" + rest.replacing("ROOT", with: Data(Self.root).base64EncodedString())
        let note = try SignedNote.sign(text, name: Fixture.origin, with: Fixture.signingKey())
        if rest == "3\nROOT\n" {
            #expect(throws: Never.self) { try VerifiedCheckpoint(note: note, signedBy: Fixture.verifierKey()) }
        } else {
            #expect(throws: AuditError.badCheckpoint) {
                try VerifiedCheckpoint(note: note, signedBy: Fixture.verifierKey())
            }
        }
    }

    @Test func `wrong parts make no checkpoint`() {
        #expect(throws: AuditError.badHash) { try Checkpoint(origin: "a", size: 1, root: [1]) }
        #expect(throws: AuditError.badCheckpoint) { try Checkpoint(origin: "a", size: -1, root: Self.root) }
        #expect(throws: AuditError.badCheckpoint) { try Checkpoint(origin: "a b", size: 1, root: Self.root) }
    }
}
