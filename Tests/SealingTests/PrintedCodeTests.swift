import Testing

@testable import Sealing

@Suite struct PrintedCodeTests {
    private func code(_ kind: PrintedCode.Kind = .invitation) throws -> PrintedCode {
        try PrintedCode(kind, secret: Secret(copying: Array(0xe0...0xff)))
    }

    private func read(_ text: String, _ kind: PrintedCode.Kind = .invitation) throws -> PrintedCode {
        try PrintedCode(kind, typed: Array(text.utf8))
    }

    @Test func `the code of the format page is written and read letter by letter`() throws {
        #expect(String(decoding: try code().text(), as: UTF8.self) == FormatExamples.codeText)
        #expect(try code().digest == FormatExamples.codeDigest)
        #expect(try read(FormatExamples.codeText).digest == FormatExamples.codeDigest)
        #expect(try read(FormatExamples.codeText).secret.publicBytes() == Array(0xe0...0xff))
    }

    @Test(arguments: PrintedCode.Kind.allCases)
    func `a new code comes back from its text, in twelve groups of five`(kind: PrintedCode.Kind) throws {
        for _ in 0..<50 {
            let new = try PrintedCode.random(kind)
            let text = new.text()
            #expect(try PrintedCode(kind, typed: text).secret.publicBytes() == new.secret.publicBytes())
            let groups = text.split(separator: UInt8(ascii: "-"))
            #expect(groups.count == PrintedCode.groups)
            #expect(groups.allSatisfy { $0.count == PrintedCode.groupLetters })
            #expect(text.starts(with: Array(kind.mark.utf8)))
        }
    }

    @Test func `two codes are never alike`() throws {
        let codes = try (0..<200).map { _ in try PrintedCode.random(.invitation).digest }
        #expect(Set(codes).count == 200)
        #expect(try code(.invitation).digest != code(.recovery).digest)
    }

    @Test(arguments: [
        "nvw3g y5rz4 wqkef t79xb nysvf exzrf 3wqky ktzdx zrz7x fqz7x zvzgp 8bb7j",
        "NVW3GY5RZ4WQKEFT79XBNYSVFEXZRF3WQKYKTZDXZRZ7XFQZ7XZVZGP8BB7J",
        "\tNVw3g-y5RZ4-WQKEF_T79XB-NYSVF\r\n EXZRF–3WQKY—KTZDX‐ZRZ7X−FQZ7X\u{00A0}ZVZGP-8BB7J \n",
    ])
    func `case, spaces, line ends and dashes do not matter`(typed: String) throws {
        #expect(try read(typed).digest == FormatExamples.codeDigest)
    }

    @Test func `the letters that look like digits are read as those`() throws {
        let text = FormatExamples.foundingCode
        #expect(text.contains("0") && text.contains("1"))
        let digest = try read(text, .founding).digest
        for (digit, letters) in [("0", ["O", "o"]), ("1", ["I", "i", "L", "l"])] {
            for letter in letters {
                #expect(try read(text.replacing(digit, with: letter), .founding).digest == digest)
            }
        }
        #expect(throws: SealingError.badCode) { _ = try read(text.replacing("0", with: "U"), .founding) }
    }

    @Test func `every single mistyped letter is refused`() throws {
        let letters = Array(FormatExamples.codeText.utf8)
        var refused = 0
        for place in letters.indices where letters[place] != UInt8(ascii: "-") {
            for other in Base32.capitals where other != letters[place] {
                var typed = letters
                typed[place] = other
                #expect(throws: SealingError.badCode) { _ = try PrintedCode(.invitation, typed: typed) }
                refused += 1
            }
        }
        #expect(refused == 60 * 31)
    }

    @Test func `every two swapped letters, near or far, are refused`() throws {
        let letters = Array(FormatExamples.codeText.utf8).filter { $0 != UInt8(ascii: "-") }
        var refused = 0
        for one in letters.indices {
            for other in letters.indices where other > one && letters[other] != letters[one] {
                var typed = letters
                typed.swapAt(one, other)
                #expect(throws: SealingError.badCode) { _ = try PrintedCode(.invitation, typed: typed) }
                refused += 1
            }
        }
        #expect(refused > 1_500)
    }

    @Test func `a code with a letter or a group too few, too many or twice is refused`() throws {
        let text = FormatExamples.codeText
        let groups = text.split(separator: "-").map(String.init)
        var wrong = ["", "-", String(text.dropLast()), String(text.dropFirst()), text + "0", text + text, "0" + text]
        for place in groups.indices {
            var fewer = groups
            fewer.remove(at: place)
            wrong.append(fewer.joined(separator: "-"))
            var twice = groups
            twice.insert(groups[place], at: place)
            wrong.append(twice.joined(separator: "-"))
            if place > 0 {
                var swapped = groups
                swapped.swapAt(place - 1, place)
                wrong.append(swapped.joined(separator: "-"))
            }
        }
        wrong += [text + "!", text.replacing("-", with: "."), "é" + text, text + String(repeating: " ", count: 200)]
        for typed in wrong {
            #expect(throws: SealingError.badCode, "\(typed.utf8.count) bytes") { _ = try read(typed) }
        }
    }

    @Test func `a code of another kind is refused, however sound it is`() throws {
        for made in PrintedCode.Kind.allCases {
            for asked in PrintedCode.Kind.allCases where asked != made {
                #expect(throws: SealingError.badCode) { _ = try PrintedCode(asked, typed: code(made).text()) }
            }
        }
    }

    @Test func `the four bits that are always zero are zero`() throws {
        // A text with a sound check over a last value that has other bits than the format gives it.
        var values = FormatExamples.codeText.utf8.compactMap { Base32.capitals.firstIndex(of: $0).map(UInt8.init) }
        #expect(values.count == 60)
        values[53] |= 1
        let check = PrintedCode.check(of: Array(values.prefix(54)))
        let text = (values.prefix(54) + check).map { Base32.capitals[Int($0)] }
        #expect(throws: SealingError.badCode) { _ = try PrintedCode(.invitation, typed: text) }
    }

    @Test func `a group is known by its number and its five letters, typed in any way`() throws {
        let code = try code()
        let groups = FormatExamples.codeText.split(separator: "-").map(String.init)
        for (place, group) in groups.enumerated() {
            for typed in [group, group.lowercased(), " \(group)\r"] {
                #expect(code.hasGroup(place + 1, typed: try Secret(copying: Array(typed.utf8))))
            }
            for (other, text) in groups.enumerated() where other != place {
                #expect(!code.hasGroup(place + 1, typed: try Secret(copying: Array(text.utf8))))
            }
            for wrong in ["", String(group.dropLast()), group + "0", group + group] {
                #expect(!code.hasGroup(place + 1, typed: try Secret(copying: Array(wrong.utf8))))
            }
        }
        for outside in [0, 13, -1] {
            #expect(!code.hasGroup(outside, typed: try Secret(copying: Array(groups[0].utf8))))
        }
    }

    @Test func `a code is read out of locked memory as well`() throws {
        let typed = try Secret(copying: Array(FormatExamples.codeText.utf8))
        #expect(try PrintedCode(.invitation, typed: typed).digest == FormatExamples.codeDigest)
        let short = try Secret(copying: Array(FormatExamples.codeText.utf8.dropLast()))
        #expect(throws: SealingError.badCode) { _ = try PrintedCode(.invitation, typed: short) }
    }

    @Test func `nothing prints a code`() throws {
        let code = try code()
        var dumped = ""
        dump(code, to: &dumped)
        #expect("\(code)" == "[redacted]")
        #expect(String(reflecting: code) == "[redacted]")
        #expect(!dumped.contains("224"))
    }
}
