import Care

/// The texts of an opened case, by the place where they stand. Codes, dates and ids are not words.
struct SearchedTexts {
    private let texts: [(place: SearchDesk.Place, text: String)]

    init(_ book: CaseBook) {
        let file = book.file
        var texts: [(SearchDesk.Place, String)] = []
        func add(_ place: SearchDesk.Place, _ values: String?...) {
            texts += values.compactMap { $0 }.map { (place, $0) }
        }
        add(.name, file.identity.name)
        add(.alias, file.identity.alias)
        add(.area, file.identity.area)
        add(.identityNumber, file.identity.identityNumber)
        for address in file.contact.addresses { add(.safeContact, address.value) }
        add(
            .safeContact,
            file.contact.whoMayAnswer,
            file.contact.coverIdentity,
            file.contact.codeWord,
            file.contact.note
        )
        add(.intake, file.content.intake.howIdentified)
        for need in file.content.needs { add(.needs, need.reason, need.accompaniment, need.restrictions) }
        for refusal in file.content.declined { add(.declined, refusal.reason) }
        for note in file.content.notes + book.droppedNotes { add(.notes, note.text) }
        self.texts = texts
    }

    /// Where the words stand, each place once.
    func places(holding sought: FoldedText) -> [SearchDesk.Place] {
        let found = Set(texts.filter { FoldedText($0.text).contains(sought) }.map(\.place))
        return SearchDesk.Place.allCases.filter(found.contains)
    }
}
