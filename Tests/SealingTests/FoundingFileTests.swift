import Testing

@testable import Sealing

@Suite struct FoundingFileTests {
    private let fixtures: Fixtures
    private let code: PrintedCode

    init() throws {
        fixtures = try Fixtures()
        code = try PrintedCode(.founding, typed: Array(FormatExamples.foundingCode.utf8))
    }

    @Test func `the file of the format page opens with its code`() throws {
        let file = try FoundingFile.open(FormatExamples.foundingFile, with: code)
        #expect(file.root.verifyingKey == fixtures.root.verifyingKey)
        #expect(file.agencies.map(\.id) == [Fixtures.agency])
        #expect(file.agencies.map(\.key.verifyingKey) == [fixtures.agencyKey.verifyingKey])
        let again = try Envelope.seal(
            file.plaintext(),
            kind: .foundingFile,
            under: FoundingFile.key(code),
            context: FoundingFile.context,
            salt: Fixtures.salt
        )
        #expect(again == FormatExamples.foundingFile)
    }

    @Test(arguments: [0, 1, 2, 7, 200])
    func `root and agencies come back as they were sealed`(count: Int) throws {
        let agencies = try (0..<count).map { number in
            FoundingFile.Agency(
                id: [UInt8](repeating: UInt8(255 - number % 256), count: 15) + [UInt8(number % 256)],
                key: try SigningKey.random()
            )
        }
        let root = try SigningKey.random()
        let code = try PrintedCode.random(.founding)
        let sealed = try FoundingFile(root: root, agencies: agencies).seal(under: code)
        let opened = try FoundingFile.open(sealed, with: code)
        #expect(opened.root.verifyingKey == root.verifyingKey)
        let order = agencies.sorted { $0.id.lexicographicallyPrecedes($1.id) }
        #expect(opened.agencies.map(\.id) == order.map(\.id))
        #expect(opened.agencies.map(\.key.verifyingKey) == order.map(\.key.verifyingKey))
    }

    @Test func `another code opens nothing, and a code of another kind is not tried`() throws {
        #expect(throws: SealingError.keyMismatch) {
            _ = try FoundingFile.open(FormatExamples.foundingFile, with: .random(.founding))
        }
        let invitation = try PrintedCode(.invitation, secret: code.secret.copy())
        #expect(throws: SealingError.badCode) {
            _ = try FoundingFile.open(FormatExamples.foundingFile, with: invitation)
        }
        #expect(throws: SealingError.badCode) {
            _ = try FoundingFile(root: fixtures.root, agencies: []).seal(under: invitation)
        }
    }

    @Test func `a changed file is refused, bit by bit, and so is one cut short or grown`() throws {
        let file = FormatExamples.foundingFile
        for bit in 0..<file.count * 8 {
            #expect(throws: SealingError.self) { _ = try FoundingFile.open(file.flipping(bit), with: code) }
        }
        for count in 0..<file.count {
            #expect(throws: SealingError.self) { _ = try FoundingFile.open(Array(file.prefix(count)), with: code) }
        }
        #expect(throws: SealingError.damaged) { _ = try FoundingFile.open(file + [0], with: code) }
    }

    @Test func `a layout that is not known and counts that do not fit are refused`() throws {
        func sealed(_ plaintext: [UInt8]) throws -> [UInt8] {
            try Envelope.seal(
                plaintext,
                kind: .foundingFile,
                under: FoundingFile.key(code),
                context: FoundingFile.context
            )
        }
        let root = [UInt8](repeating: 1, count: 32)
        let agency = Fixtures.agency + [UInt8](repeating: 2, count: 32)
        #expect(throws: SealingError.unknownFormat) {
            _ = try FoundingFile.open(sealed([2] + root + [0, 0]), with: code)
        }
        for short in [[], [1], [1] + root, [1] + root + [0]] as [[UInt8]] {
            #expect(throws: SealingError.damaged) { _ = try FoundingFile.open(sealed(short), with: code) }
        }
        for wrong in [[0, 1], [0, 0] + agency, [0, 2] + agency, [0, 1] + agency + [0]] as [[UInt8]] {
            #expect(throws: SealingError.damaged) { _ = try FoundingFile.open(sealed([1] + root + wrong), with: code) }
        }
        #expect(throws: SealingError.badParameters) {
            _ = try FoundingFile.open(sealed([1] + root + [0, 2] + agency + agency), with: code)
        }
    }

    @Test func `nothing prints the keys`() throws {
        let file = try FoundingFile.open(FormatExamples.foundingFile, with: code)
        var dumped = ""
        dump(file, to: &dumped)
        #expect("\(file)" == "[redacted]")
        #expect(!dumped.contains("agencies"))
    }
}
