extension SnapshotWriter {
    /// A service, field by field in the order of its type.
    mutating func write(_ service: Service, _ output: inout SnapshotOutput) {
        write(service.id.text, &output)
        write(service.organization.text, &output)
        write(service.name, &output)
        output.choice(service.kind)
        output.count(country(service.country))
        output.count(coverage(service.coverage))
        write(service.area, &output)
        output.choice(service.status)
        output.count(offerList(service.offers))
        output.count(service.contacts.count)
        for contact in service.contacts { write(contact, &output) }
        write(service.note, &output)

        output.byte(service.ages == nil ? 0 : 1)
        if let ages = service.ages {
            output.count(ages.from)
            output.count(ages.through)
        }
        write(service.audience, &output)
        output.count(service.genders.map { genderSet($0) + 1 } ?? 0)
        output.count(service.languages.map { languageList($0) + 1 } ?? 0)
        write(service.languagesAsStated, &output)
        output.answer(service.interpreter)
        output.count(service.accessible.map { textSet($0.map(\.text)) + 1 } ?? 0)
        output.answer(service.childSpecialised)

        output.count(service.modes.map { modeList($0) + 1 } ?? 0)
        output.count(service.hours.map { hours($0) + 1 } ?? 0)
        write(service.hoursAsStated, &output)
        output.byte(service.leadHours == nil ? 0 : 1)
        if let lead = service.leadHours { output.word(lead.bitPattern) }
        output.count(service.intake.map { routeSet($0) + 1 } ?? 0)
        output.count(service.requires.map { prerequisiteSet($0) + 1 } ?? 0)
        output.choice(service.cost)
        output.choice(service.capacity)
        write(service.publicAddress, &output)

        output.count(service.jurisdictions.map { countrySet($0) + 1 } ?? 0)
        output.count(service.staffGenders.map { genderSet($0) + 1 } ?? 0)
        output.answer(service.mandatedReporter)
        output.count(service.consularOf.map { country($0) + 1 } ?? 0)
        output.count(textSet(service.places.map(\.text)))
        output.count(textSet(service.linkedParties.map(\.text)))
        output.byte(service.confidentialLocation ? 1 : 0)

        write(service.provenance, &output)
        write(service.verification, &output)
    }
}
