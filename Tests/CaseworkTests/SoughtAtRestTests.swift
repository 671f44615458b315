import Care
import Foundation
import Store
import Testing

@testable import Casework

/// What the helpline filed and what anybody searched for lies nowhere in clear: not in the database, its log, the vault, an entry or
/// an error.
@Suite struct SoughtAtRestTests {
    @Test func `no text of an intake, no note and no word that was searched for lies on the disk`() async throws {
        let house = try await House.founded(onDisk: true)
        let scratch = try #require(house.scratch)
        let sought = "Sought-Name-That-Nobody-Has"
        let soughtNumber = "+1 202 555 0188"
        let words = "கேட்கப்பட்ட சொற்கள்"
        let texts =
            Invented.texts + [
                ("dropped note", Dropped.note), ("sought name", sought), ("folded", IndexedForm.name(sought)),
                ("sought number", soughtNumber), ("sought digits", "12025550188"), ("sought words", words),
            ]
        func scan() throws {
            let files = try AtRestTests.files(in: scratch.folder)
            #expect(files.values.reduce(0) { $0 + $1.count } > 50_000)
            #expect(try AtRestTests.hits(of: texts, in: files) == [])
        }
        let id = try await house.filedIntake()
        _ = try await house.droppedNote(in: id)
        try scan()
        let errors = try await search(sought, soughtNumber, words, in: house)
        _ = try await house.foldIn(id)
        _ = try await house.read(id)
        let found = try await house.deployment.search.cases(
            .init(name: Invented.name, phone: Invented.phone),
            by: house.session(.worker),
            request: house.deployment.newRequest()
        )
        #expect(found.cases.count == 1)
        try scan()
        // Nor in an entry or an error.
        let entries = try house.store.read { try $0.auditEntries(from: 0, limit: 1_000) }
            .map { String(decoding: $0.entry, as: UTF8.self) }
        #expect(entries.count > 5)
        for (label, text) in texts {
            #expect(!entries.contains { $0.contains(text) }, "\(label)")
            #expect(!errors.contains { $0.contains(text) }, "\(label)")
        }
        try house.deployment.close()
        try scan()
        // The scan finds what is there.
        for (label, text) in texts {
            let planted = ["planted": Data("before \(text) after".utf8)]
            #expect(try AtRestTests.hits(of: [(label, text)], in: planted).isEmpty == false)
        }
    }

    private enum IndexedForm {
        static func name(_ text: String) -> String {
            String(decoding: IndexedText.name(text) ?? [], as: UTF8.self)
        }
    }

    /// Searches that find nothing, and one that is refused.
    private func search(_ name: String, _ number: String, _ words: String, in house: House) async throws -> [String] {
        let worker = try house.session(.worker)
        var errors: [String] = []
        for sought in [
            SearchDesk.Sought(name: name, phone: number), .init(alias: name), .init(phone: "not a number " + name),
        ] {
            do {
                let found = try await house.deployment.search.cases(
                    sought,
                    by: worker,
                    request: house.deployment.newRequest()
                )
                #expect(found.cases.isEmpty && found.ask.isEmpty)
            } catch {
                errors.append("\(error)")
            }
        }
        _ = try await house.deployment.search.texts(
            words,
            after: nil,
            by: worker,
            request: house.deployment.newRequest()
        )
        #expect(errors.count == 1)
        return errors
    }
}
