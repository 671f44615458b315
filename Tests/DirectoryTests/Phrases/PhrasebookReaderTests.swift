import DataFiles
import Directory
import Foundation
import Testing

/// Message files made for a test, and what is said from them.
struct PhrasebookReaderTests {
    private static let greeting = Phrase("talk.GREETING", "name")
    private static let hours = Phrase("talk.HOURS", counting: "hours")
    private static let goodbye = Phrase("end.GOODBYE")
    private static let phrases = [greeting, hours, goodbye]

    private static let english = """
        language: en
        reviewed: true
        unreviewed: Not confirmed.
        talk:
          GREETING: Hello {name}.
          HOURS:
            one: an hour
            other: "{hours} hours"
        end:
          GOODBYE: Goodbye.

        """

    private static let russian = """
        language: ru
        reviewed: false
        unreviewed: Не подтверждено.
        talk:
          GREETING: Здравствуйте, {name}.
          HOURS:
            one: "{hours} час"
            few: "{hours} часа"
            many: "{hours} часов"
        end:
          GOODBYE: До свидания.

        """

    private static func spanish(_ changes: (String, String)...) -> String {
        var text = english.replacing("language: en", with: "language: es").replacing("true", with: "false")
        for (old, new) in changes { text = text.replacing(old, with: new) }
        return text
    }

    private static func french(_ changes: (String, String)...) -> String {
        var text = spanish().replacing("language: es", with: "language: fr").replacing("an hour", with: "{hours} heure")
            .replacing("one: {hours} heure", with: "one: \"{hours} heure\"")
        for (old, new) in changes { text = text.replacing(old, with: new) }
        return text
    }

    /// Reads the files, each by its language, and gives the problems without the folder's name. Of those not given, the
    /// sound ones above are there; nil takes a file away.
    private func read(_ files: [String: String?] = [:]) throws -> (book: Phrasebook, problems: [String]) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "leeward-messages-\(UUID().uuidString)")
        let messages = folder.appending(path: "messages")
        try FileManager.default.createDirectory(at: messages, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let sound = ["en": Self.english, "fr": Self.french(), "es": Self.spanish(), "ru": Self.russian]
        for (language, text) in sound.mapValues(Optional.some).merging(files, uniquingKeysWith: { $1 }) {
            guard let text else { continue }
            try Data(text.utf8).write(to: messages.appending(path: "\(language).yaml"))
        }
        let reading = PhrasebookReader.read(folder.path + "/", saying: Self.phrases)
        let problems = reading.problems.map { $0.description.replacing(folder.path + "/messages/", with: "") }
        return (reading.phrasebook, problems)
    }

    private func phrases(_ book: Phrasebook, _ language: String) throws -> Phrases {
        book.phrases(in: [try #require(LanguageTag(language))])
    }

    @Test func `sound files have no problem and are said as they stand`() throws {
        let (book, problems) = try read()
        #expect(problems == [])
        #expect(book.languages.map(\.text) == ["en", "es", "fr", "ru"])
        let russian = try phrases(book, "ru")
        #expect(russian.text(Self.greeting, ["name": "{name}"]) == "Здравствуйте, {name}.")
        #expect(!russian.isReviewed && book.english.isReviewed)
        #expect(book.english.text(Sentence(Self.hours, count: 1)) == "an hour")
        #expect(try phrases(book, "fr-CA").language.text == "fr")
        #expect(try phrases(book, "si").language == .english)
    }

    @Test(arguments: [
        (1, "1 час"), (2, "2 часа"), (5, "5 часов"), (11, "11 часов"), (21, "21 час"), (22, "22 часа"),
        (25, "25 часов"),
    ])
    func `Russian words agree with their number`(number: Int, text: String) throws {
        #expect(try phrases(try read().book, "ru").text(Self.hours, count: number) == text)
    }

    @Test(
        arguments: [
            (("GREETING: Hello", "GREETNG: Hello"), "es.yaml:5: unknown key 'GREETNG', write 'GREETING'"),
            (("GREETING: Hello", "GREETNG: Hello"), "es.yaml:5: 'talk' has no 'GREETING', write 'GREETING: …'"),
            (("end:\n  GOODBYE: Goodbye.\n", ""), "es.yaml:1: the file has no 'end', write 'end: …'"),
            (("ends", "ends"), nil),
            (("Goodbye.", "\"\""), "es.yaml:10: 'end.GOODBYE' is empty, write a value or remove the line"),
            (("Goodbye.", "[a]"), "es.yaml:10: 'end.GOODBYE' is a list, write one text"),
            (("{name}", "{nmae}"), "es.yaml:5: 'talk.GREETING' has no value '{nmae}', write '{name}'"),
            (
                ("{name}", "you"),
                "es.yaml:5: 'talk.GREETING' leaves out '{name}', write '{name}' where the value belongs"
            ),
            (("Goodbye.", "\"{x}\""), "es.yaml:10: 'end.GOODBYE' has no value '{x}', write no braces"),
            (
                ("{name}", "{name"),
                "es.yaml:5: 'talk.GREETING' has a brace without its partner, write braces around the name of a value alone"
            ),
            (("    one: an hour\n", ""), "es.yaml:7: 'talk.HOURS' has no 'one', write 'one: …'"),
            (("one:", "few:"), "es.yaml:7: unknown key 'few', write one of one, other"),
            (
                ("\"{hours} hours\"", "some hours"),
                "es.yaml:8: 'talk.HOURS.other' leaves out '{hours}', write '{hours}' where the value belongs"
            ),
            (("reviewed: false", "reviewed: maybe"), "es.yaml:2: 'reviewed' is 'maybe', write true or false"),
            (
                ("language: es", "language: fr"),
                "es.yaml:1: the language is 'fr', the file is 'es.yaml', write 'es', or name the file by its language"
            ),
            (("Goodbye.", "{a: b"), "es.yaml:11: "),
        ] as [((String, String), String?)]
    )
    func `what is wrong is told by file and line, and English is said in its place`(
        change: (String, String),
        problem: String?
    ) throws {
        let (book, problems) = try read(["es": Self.spanish(change)])
        #expect(problem == nil ? problems == [] : problems.contains { $0.hasPrefix(problem ?? "") }, "\(problems)")
        for number in [1, 2] {
            #expect(try phrases(book, "es").text(Self.hours, count: number) == (number == 1 ? "an hour" : "2 hours"))
        }
        #expect(try phrases(book, "es").text(Self.greeting, ["name": "A"]) == "Hello A.")
        #expect(try phrases(book, "es").text(Self.goodbye) == "Goodbye.")
    }

    /// In Russian `one` is said of 21 too: without its number somebody would hear one hour.
    @Test func `a form that stands for several numbers names its number`() throws {
        let cut = Self.russian.replacing("\"{hours} час\"", with: "час")
        let (book, problems) = try read(["ru": cut])
        #expect(
            problems == ["ru.yaml:7: 'talk.HOURS.one' leaves out '{hours}', write '{hours}' where the value belongs"]
        )
        #expect(try phrases(book, "ru").text(Self.hours, count: 21) == "21 hours")
        #expect(try phrases(book, "ru").text(Self.goodbye) == "До свидания.")
    }

    @Test func `a language that is missing is told, and English is said`() throws {
        let (book, problems) = try read(["fr": nil])
        #expect(problems == ["fr.yaml:1: cannot be read, write the file there"])
        #expect(try phrases(book, "fr").text(Self.goodbye) == "Goodbye.")
        #expect(try phrases(book, "fr").language == .english)
    }

    @Test func `a language whose numbers are not known is told and not said`() throws {
        let (book, problems) = try read(["de": Self.english.replacing("language: en", with: "language: de")])
        #expect(
            problems == [
                "de.yaml:1: how 'de' counts is not known to the program, write one of en, es, fr, ru, or have its rule added"
            ]
        )
        #expect(try phrases(book, "de").language == .english)
    }

    @Test func `without English the code is said with its values, and nothing is ever empty`() throws {
        let (book, problems) = try read(["en": nil, "fr": Self.french(("  GOODBYE: Goodbye.", "  GOODBYE:"))])
        #expect(problems.count == 2)
        #expect(book.english.text(Self.greeting, ["name": "A"]) == "GREETING A")
        #expect(book.english.text(Self.hours, count: 3) == "HOURS 3")
        #expect(!book.english.isReviewed)
        #expect(try phrases(book, "fr").text(Self.goodbye) == "GOODBYE")
        #expect(Phrasebook.empty.english.text(Self.goodbye) == "GOODBYE")
    }

    @Test func `a value that is missing leaves no gap`() throws {
        let book = try read().book
        #expect(book.english.text(Self.greeting) == "GREETING")
        #expect(book.english.text(Self.hours) == "HOURS")
    }

    @Test func `a folder without messages gives a book without words and a problem a language`() throws {
        let reading = PhrasebookReader.read("/nonexistent", saying: Self.phrases)
        #expect(reading.problems.count == 4)
        #expect(reading.phrasebook.languages == [])
    }
}
