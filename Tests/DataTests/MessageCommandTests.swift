import Foundation
import Testing

/// The commands with the messages that ship, and with messages that somebody spoilt.
struct MessageCommandTests {
    /// A folder with the directory of two countries and the messages, to be changed by a test.
    private struct Copy {
        let folder = FileManager.default.temporaryDirectory.appending(path: "leeward-copy-\(UUID().uuidString)")

        init() throws {
            let shipped = URL(filePath: ShippedDirectory.folder)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for name in ["taxonomy.yaml", "worldwide.yaml", "LK.yaml", "messages"] {
                try FileManager.default.copyItem(at: shipped.appending(path: name), to: folder.appending(path: name))
            }
        }

        func change(_ name: String, _ old: String, _ new: String) throws {
            let file = folder.appending(path: "messages/\(name)")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains(old))
            try Data(text.replacing(old, with: new).utf8).write(to: file)
        }

        /// The line on which a text first stands.
        func line(_ name: String, _ text: String) throws -> Int {
            let all = try String(contentsOf: folder.appending(path: "messages/\(name)"), encoding: .utf8)
            let before = try #require(all.range(of: text))
            return all[..<before.lowerBound].count { $0 == "\n" } + 1
        }

        func remove(_ name: String) throws { try FileManager.default.removeItem(at: folder.appending(path: name)) }

        func delete() { try? FileManager.default.removeItem(at: folder) }
    }

    private func withCopy(_ test: (Copy) throws -> Void) throws {
        let copy = try Copy()
        defer { copy.delete() }
        try test(copy)
    }

    private func lookup(_ copy: Copy, _ arguments: String...) throws -> CommandRun {
        try CommandRun(["lookup", "LK", "--need", "PSY-CRISIS", "--directory", copy.folder.path] + arguments)
    }

    @Test func `check names an unknown and a missing key, and an empty text, by file and line`() throws {
        try withCopy { copy in
            #expect(try CommandRun(["check", "--directory", copy.folder.path]).status == 0)
            try copy.change("fr.yaml", "  CONSENT_REVOKED:", "  CONSENT_REVOKD:")
            try copy.change("es.yaml", "    title: \"Ocupado\"", "    title: \"\"")
            try copy.remove("messages/en.yaml")
            let run = try CommandRun(["check", "--directory", copy.folder.path])
            #expect(run.status == 65)
            let lines = run.output.components(separatedBy: "\n").map {
                $0.replacing(copy.folder.path + "/messages/", with: "")
            }
            let wrong = try copy.line("fr.yaml", "CONSENT_REVOKD")
            let gates = try copy.line("fr.yaml", "SERVICE_REFUSED_BY_SURVIVOR")
            let empty = try copy.line("es.yaml", "title: \"\"")
            #expect(lines.contains("fr.yaml:\(wrong): unknown key 'CONSENT_REVOKD', write 'CONSENT_REVOKED'"))
            #expect(lines.contains("fr.yaml:\(gates): 'gates' has no 'CONSENT_REVOKED', write 'CONSENT_REVOKED: …'"))
            #expect(
                lines.contains("es.yaml:\(empty): 'problems.busy.title' is empty, write a value or remove the line")
            )
            #expect(lines.contains("en.yaml:1: cannot be read, write the file there"))
        }
    }

    @Test func `check names a value that a form leaves out`() throws {
        try withCopy { copy in
            try copy.change("ru.yaml", "за {hours}\u{a0}час ", "за час ")
            let line = try copy.line("ru.yaml", "начаться за час ")
            let run = try CommandRun(["check", "--directory", copy.folder.path])
            #expect(run.status == 65)
            #expect(run.output.contains("/ru.yaml:\(line): 'why.HOURS_TO_SPARE.one' leaves out '{hours}'"))
            #expect(run.output.hasSuffix("1 problem\n"))
        }
    }

    @Test(arguments: [
        ("fr", "URGENCE, Sri Lanka (LK)", "encore vérifié par personne", "Aucune personne de langue maternelle"),
        ("es", "EMERGENCIA, Sri Lanka (LK)", "todavía sin verificar por nadie", "Ninguna persona de lengua materna"),
        ("ru", "ЭКСТРЕННАЯ ПОМОЩЬ, Sri Lanka (LK)", "ещё никем не проверено", "Эти тексты ещё не подтверждены"),
    ])
    func `a look-up answers in the language that is asked for, and says that nobody has confirmed it`(
        language: String,
        head: String,
        verified: String,
        unreviewed: String
    ) throws {
        try withCopy { copy in
            for arguments in [["--language", language], ["--language", "si", "--answer-in", language + "-001"]] {
                let run = try CommandRun(
                    ["lookup", "LK", "--need", "PSY-CRISIS", "--directory", copy.folder.path] + arguments
                )
                #expect(run.status == 0 && run.error.isEmpty)
                #expect(run.output.hasPrefix(head + "\n  119  police\n"))
                #expect(run.output.contains("1929  Childline Sri Lanka 1929"))
                #expect(run.output.contains(verified))
                #expect(run.output.components(separatedBy: "\n").suffix(3).joined(separator: " ").contains(unreviewed))
                for word in ["not stated", "open now", "services for PSY", "confidence"] {
                    #expect(!run.output.contains(word), "\(word)")
                }
            }
            let json = try lookup(copy, "--answer-in", language, "--json")
            #expect(json.output.contains("\"language\" : \"\(language)\""))
            #expect(json.output.contains("\"language_reviewed\" : false"))
        }
    }

    @Test func `what the survivor speaks and what the answer is in are two things`() throws {
        try withCopy { copy in
            let english = try lookup(copy, "--language", "fr", "--answer-in", "en")
            #expect(english.output.hasPrefix("EMERGENCY, Sri Lanka (LK)"))
            #expect(!english.output.contains("native speaker"))
            #expect(try lookup(copy, "--language", "si").output.hasPrefix("EMERGENCY, Sri Lanka (LK)"))
            let unknown = try lookup(copy, "--answer-in", "de")
            #expect(unknown.status == 64 && unknown.output.isEmpty)
            #expect(unknown.error == "Unknown language to answer in 'de': write one of en, es, fr, ru.\n")
        }
    }

    @Test func `without its file a language is answered in English, and without any file by codes`() throws {
        try withCopy { copy in
            try copy.remove("messages/fr.yaml")
            let french = try lookup(copy, "--language", "fr")
            #expect(french.status == 0 && french.output.hasPrefix("EMERGENCY, Sri Lanka (LK)\n"))
            try copy.remove("messages")
            let bare = try lookup(copy, "--language", "fr")
            #expect(bare.status == 0 && bare.output.hasPrefix("EMERGENCY Sri Lanka (LK)\n  119  police\n"))
            #expect(bare.output.contains("1929  Childline Sri Lanka 1929"))
        }
    }
}
