import Directory
import Testing

@testable import Web

/// RFC 9110 section 12.5.4, with the lookup of RFC 4647 section 3.4.
@Suite struct AcceptLanguageTests {
    @Test(
        arguments: [
            (nil, "en"), ("", "en"), ("*", "en"), (",", "en"), ("fr", "fr"), ("FR", "fr"), ("es", "es"), ("ru", "ru"),
            ("fr-CA", "fr"), ("fr-Latn-CA", "fr"), ("es-419", "es"), ("ru-x-private", "ru"), ("en-GB, fr", "en"),
            // The weight decides, then the order.
            ("en;q=0.5, fr", "fr"), ("en;q=0.5, fr;q=0.7, es;q=0.6", "fr"), ("es;q=0.8,ru;q=0.8", "es"),
            ("fr;q=0.001, en;q=0", "fr"), ("da, en-gb;q=0.8, en;q=0.7", "en"), ("fr ; q=0.3 , ru ; Q=0.4", "ru"),
            // A language that there are no words in is passed over.
            ("si, ta;q=0.9, ru;q=0.1", "ru"), ("si", "en"), ("zh-Hant-TW, es;q=0.2", "es"), ("fra", "en"),
            // Refused by q=0.
            ("fr;q=0", "en"), ("fr;q=0, fr-CA", "en"), ("fr-CA;q=0, fr;q=0.5", "fr"), ("*, en;q=0", "es"),
            ("en;q=0", "en"), ("*;q=0", "en"), ("fr;q=0.0, *;q=0.1", "en"), ("fr;q=0.5, *", "en"),
            // What cannot be read is passed over, and what is left counts.
            ("fr;q=2, es", "es"), ("fr;q=1.001, es", "es"), ("fr;q=0.1234, es;q=0.1", "es"), ("fr;level=1, es", "es"),
            ("fr;q=, es;q=0.1", "es"), ("fr;q=0.5;x=1, ru", "ru"), ("f, ru;q=0.1", "ru"), ("fr_CA, es", "es"),
            ("fr;q=-1, es;q=0.1", "es"), ("zq7\"; DROP, es", "es"), ("fr;q=1.000", "fr"), ("fr;q=1.", "fr"),
        ] as [(String?, String)]
    )
    func `the reader is answered in the language they like best`(header: String?, language: String) {
        #expect(AcceptLanguage(header).phrases(of: Repository.phrasebook).language.text == language)
    }

    @Test func `without words there is still an answer`() {
        let phrases = AcceptLanguage("fr, *;q=0.5").phrases(of: .empty)
        #expect(phrases.text(ProblemKind.notFound.title) == "title")
        #expect(!phrases.isReviewed)
    }
}
