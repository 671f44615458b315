import Directory
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

/// What a reader of each language is answered, over the real router.
@Suite struct LanguageTests {
    private func header(_ language: String) -> HTTPFields { [.acceptLanguage: "\(language)-001, en;q=0.2"] }

    /// Checks what every answer with words says of its language.
    private func expect(_ answer: TestResponse, in language: String, _ location: SourceLocation = #_sourceLocation)
        throws
    {
        #expect(answer.headers[.contentLanguage] == language, sourceLocation: location)
        #expect(answer.headers[.vary] == "Accept, Accept-Language", sourceLocation: location)
        #expect(try answer.json["language_reviewed"].flag == (language == "en"), sourceLocation: location)
    }

    @Test(arguments: [
        ("en", "Not signed in", "This needs a session, and there is none, or it has ended."),
        ("fr", "Pas de session", "Il faut une session, et il n’y en a pas, ou elle est terminée."),
        ("es", "Sin sesión", "Hace falta una sesión, y no la hay o ha terminado."),
        ("ru", "Вход не выполнен", "Для этого нужен сеанс, а его нет или он завершён."),
    ])
    func `a problem is told in the reader's language`(language: String, title: String, detail: String) async throws {
        try await House.serving { _, client in
            let answer = try await client.send(.get, "/v1/cases", nil, header(language))
            let problem = try answer.expect(.notSignedIn)
            #expect(problem.title == title)
            #expect(problem.detail == detail)
            try expect(answer, in: language)
        }
    }

    @Test(arguments: [
        ("en", "The survivor has not been asked about this service yet: look, but send nothing.", "verified by anyone"),
        (
            "fr", "La personne n’a pas encore été consultée sur ce service\u{a0}: regardez, mais n’envoyez rien.",
            "vérifié"
        ),
        (
            "es", "Todavía no se ha preguntado a la persona por este servicio: mire, pero no envíe nada.",
            "sin verificar"
        ),
        ("ru", "О согласии на эту услугу ещё не спрашивали: смотрите, но ничего не отправляйте.", "не проверено"),
    ])
    func `a match is told in the reader's language`(language: String, gate: String, verified: String) async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let opened = try await OpenedCase(by: dinesh)
            let body = #"{"need":"\#(opened.need)"}"#
            let answer = try await dinesh.send(.post, "\(opened.path)/matches", body, header(language))
            #expect(answer.status == .ok)
            try expect(answer, in: language)
            let match = try answer.json
            #expect(match["gates"][0]["code"].text == "CONSENT_NOT_ASKED")
            #expect(match["gates"][0]["text"].text == gate)
            let phrases = Repository.phrasebook.phrases(in: [try #require(LanguageTag(language))])
            let options = match["options"].list
            #expect(!options.isEmpty)
            for option in options {
                #expect(option["verified"].text?.contains(verified) == true)
                for said in option["why"].list + option["flags"].list {
                    let text = try #require(said["text"].text)
                    #expect(text.hasSuffix(".") && text != said["code"].text)
                    let isCyrillic = text.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
                    #expect(isCyrillic == (language == "ru"), "\(text)")
                }
                #expect(
                    option["flags"].list.first { $0["code"].text == "NOT_VERIFIED" }?["text"].text
                        == phrases.text(LookupFlag.notVerified.phrase)
                )
            }
            for excluded in match["excluded"].list {
                #expect(excluded["reasons"].list.allSatisfy { $0["text"].text?.hasSuffix(".") == true })
            }
        }
    }

    @Test(arguments: [
        ("en", "No service for MED-HIVPEP (HIV post-exposure prophylaxis) is listed for Sri Lanka (LK).", "in"),
        ("fr", "Aucun service pour MED-HIVPEP (", "monde"),
        ("es", "No consta ningún servicio para MED-HIVPEP (", "mundo"),
        ("ru", "По запросу MED-HIVPEP (Постконтактная профилактика ВИЧ-инфекции)", "миру"),
    ])
    func `a look-up is told in the reader's language, its ladder and its codes too`(
        language: String,
        statement: String,
        world: String
    ) async throws {
        try await House.serving { house, client in
            let amara = try await house.caller("amara", client)
            let body = #"{"country":"LK","needs":["MED-HIVPEP"],"age":14}"#
            let answer = try await amara.send(.post, "/v1/lookup", body, header(language))
            #expect(answer.status == .ok)
            try expect(answer, in: language)
            let found = try answer.json
            #expect(found["statements"][0].text?.hasPrefix(statement) == true)
            let steps = found["fallbacks"][0]["steps"].list
            #expect(steps.count > 1)
            for step in steps {
                #expect(step["text"].text?.hasSuffix(step["kind"].text == "nearby" ? "." : ":") == true)
            }
            #expect(steps.last?["text"].text?.lowercased().contains(world) == true)
            let places = try #require(steps.last?["places"].list)
            let shipped = try #require(Repository.directory).fallbacks
            let tag = try #require(LanguageTag(language))
            for place in places {
                let entry = try #require(shipped.first { $0.name == place["name"].text })
                #expect(place["reaches"].text == entry.reaches.texts[tag])
            }
            let codes = Set(
                steps.flatMap { $0["services"].list }.flatMap { $0["why"].list + $0["flags"].list }.compactMap(\.text)
            )
            #expect(!codes.isEmpty)
            for code in codes { #expect(found["meanings"][code].text?.hasSuffix(".") == true, "\(code)") }
            let page = try await amara.get("/v1/countries/LK", header(language))
            try expect(page, in: language)
            let phrases = Repository.phrasebook.phrases(in: [tag])
            #expect(try page.json["emergency_source"]["verified"].text == phrases.text(nil as Verification?))
        }
    }

    @Test func `the help pages are in the reader's language, and say when nobody has confirmed it`() async throws {
        try await House.serving { _, client in
            let russian = try await client.send(.get, "/problems/gated", nil, header("ru"))
            #expect(russian.headers[.contentLanguage] == "ru")
            #expect(russian.text.hasPrefix("Пока не разрешено (409)\n"))
            #expect(russian.text.contains("Эти тексты ещё не подтверждены носителем русского языка."))
            let english = try await client.send(.get, "/problems/gated", nil, header("en"))
            #expect(!english.text.contains("native speaker"))
            var headers = header("es")
            headers[.accept] = "application/json"
            try expect(try await client.send(.get, "/problems/stale", nil, headers), in: "es")
            let list = try await client.send(.get, "/problems", nil, header("fr"))
            #expect(list.headers[.contentLanguage] == "fr")
            #expect(list.text.contains("Introuvable (404)"))
        }
    }

    @Test func `a server without message files answers with bare codes, never with nothing`() async throws {
        try await House.serving(saying: .empty) { house, client in
            let missing = try await client.send(.get, "/nothing", nil, header("fr"))
            let problem = try missing.expect(.notFound)
            #expect(problem.title == "title" && problem.detail == "detail")
            #expect(missing.headers[.contentLanguage] == "en")
            #expect(try missing.json["language_reviewed"].flag == false)
            let dinesh = try await house.caller("dinesh", client)
            let opened = try await OpenedCase(by: dinesh)
            let match = try await dinesh.post("\(opened.path)/matches", #"{"need":"\#(opened.need)"}"#).json
            #expect(match["gates"][0]["text"].text == "CONSENT_NOT_ASKED")
            let why = match["options"].list.flatMap { $0["why"].list }
            #expect(why.contains { $0["text"].text == "OFFERS_NEED PSY-ONLINE" })
            #expect(why.allSatisfy { $0["text"].text?.isEmpty == false })
            let amara = try await house.caller("amara", client)
            let found = try await amara.post("/v1/lookup", #"{"country":"LK","needs":["PSY-CRISIS"]}"#).json
            #expect(found["services"][0]["number"].text == "1938")
            #expect(found["statements"][0].text?.hasPrefix("SERVICES ") == true)
        }
    }
}
