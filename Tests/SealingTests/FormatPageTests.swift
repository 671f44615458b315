import Foundation
import Testing

@Suite struct FormatPageTests {
    @Test func `the format page shows the very examples that the tests open`() throws {
        let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardizedFileURL
        let page = try String(contentsOf: root.appendingPathComponent("docs/formats/sealing.md"), encoding: .utf8)
        let joined = page.filter { !$0.isWhitespace }
        let examples: [(String, [UInt8])] = [
            ("context", FormatExamples.context), ("envelope", FormatExamples.envelope),
            ("caseKey", FormatExamples.caseKey), ("caseDropBox", FormatExamples.caseDropBox),
            ("teamKey", FormatExamples.teamKey), ("teamDropBox", FormatExamples.teamDropBox),
            ("routingKey", FormatExamples.routingKey), ("blindIndex", FormatExamples.blindIndex),
            ("agencyBinding", FormatExamples.agencyBinding), ("personBinding", FormatExamples.personBinding),
            ("otherBinding", FormatExamples.otherBinding), ("teamBinding", FormatExamples.teamBinding),
            ("grant", FormatExamples.grant), ("teamGrant", FormatExamples.teamGrant),
            ("caseSecretWrap", FormatExamples.caseSecretWrap), ("vaultRecord", FormatExamples.vaultRecord),
            ("keyring", FormatExamples.keyring), ("slot", FormatExamples.slot), ("session", FormatExamples.session),
            ("packet", FormatExamples.packet), ("caseBox", FormatExamples.caseBox),
            ("intake", FormatExamples.intake), ("dropBox", FormatExamples.dropBox),
            ("codeDigest", FormatExamples.codeDigest),
            ("codeSlot", FormatExamples.codeSlot),
            ("firstShare", FormatExamples.firstShare),
            ("fifthShare", FormatExamples.fifthShare), ("sealedShare", FormatExamples.sealedShare),
            ("breakGlass", FormatExamples.breakGlass), ("authenticator", FormatExamples.authenticator),
            ("indexKey", FormatExamples.indexKey), ("phoneBucket", FormatExamples.phoneBucket),
            ("phoneToken", FormatExamples.phoneToken), ("nameBucket", FormatExamples.nameBucket),
            ("nameToken", FormatExamples.nameToken),
        ]
        for (name, bytes) in examples {
            #expect(joined.contains("\(name)(\(bytes.count)bytes)\(text(bytes))"), "\(name)")
        }
        #expect(joined.contains("tokenText\(FormatExamples.tokenText)"))
        #expect(joined.contains("codeText\(FormatExamples.codeText)"))
    }

    @Test func `the page of the founding file shows the very example that the tests open`() throws {
        let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardizedFileURL
        let page = try String(contentsOf: root.appendingPathComponent("docs/formats/founding-file.md"), encoding: .utf8)
        let joined = page.filter { !$0.isWhitespace }
        let file = FormatExamples.foundingFile
        #expect(joined.contains("foundingFile(\(file.count)bytes)\(text(file))"))
        #expect(joined.contains("foundingCode\(FormatExamples.foundingCode)"))
    }
}
