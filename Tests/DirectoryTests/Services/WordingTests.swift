import Directory
import Testing

/// What a type or a sector is called, for somebody who reads another language.
struct WordingTests {
    private func tag(_ text: String) throws -> LanguageTag { try #require(LanguageTag(text)) }

    private func type(_ labels: [String: String], reviewed: [String] = ["en"]) throws -> ServiceType {
        let labels = try labels.map { (try tag($0.key), $0.value) }
        return ServiceType(
            code: try #require(ServiceCode("PSY-CRISIS")),
            labels: Dictionary(uniqueKeysWithValues: labels),
            reviewed: Set(try reviewed.map { try tag($0) }),
            definition: "Support"
        )
    }

    @Test(arguments: [
        (["fr"], "Soutien", "fr"), (["ru", "fr"], "Soutien", "fr"), (["fr", "en"], "Soutien", "fr"),
        (["fr-ca"], "Soutien", "fr"), (["zh-hant-tw", "fr"], "繁體", "zh-hant"), (["zh"], "Support", "en"),
        (["zh-hant-x-y"], "繁體", "zh-hant"), (["ru"], "Support", "en"), ([], "Support", "en"),
    ])
    func `the first language with a label wins, else English`(wanted: [String], text: String, language: String) throws {
        let type = try type(["en": "Support", "fr": "Soutien", "zh-hant": "繁體"])
        let label = type.label(in: try wanted.map { try tag($0) })
        #expect(label.text == text)
        #expect(label.language == (try tag(language)))
        #expect(label.description == text)
    }

    @Test func `a label says whether somebody has reviewed it`() throws {
        let type = try type(["en": "Support", "fr": "Soutien", "es": "Apoyo"], reviewed: ["en", "es"])
        #expect(type.isReviewed(.english))
        #expect(type.isReviewed(try tag("es")))
        #expect(!type.isReviewed(try tag("fr")))
        #expect(!type.isReviewed(try tag("es-mx")))
        #expect(type.label(in: [try tag("es-mx")]).isReviewed)
        #expect(!type.label(in: [try tag("fr")]).isReviewed)
    }

    @Test func `no label counts as reviewed where there is none`() throws {
        let type = try type(["en": "Support"], reviewed: ["en", "fr"])
        #expect(!type.isReviewed(try tag("fr")))
        #expect(type.wording.reviewed == [.english])
    }

    @Test func `without any label the code stands in, unreviewed`() throws {
        let label = try type([:], reviewed: []).label(in: [try tag("fr")])
        #expect(label == Label(text: "PSY-CRISIS", language: .english, isReviewed: false))
        #expect(Taxonomy(types: [])?.label(of: .legal, in: []).text == "LEG")
    }
}
