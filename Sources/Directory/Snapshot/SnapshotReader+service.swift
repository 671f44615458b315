extension SnapshotReader {
    /// A service, field by field in the order of its type.
    func service(_ input: inout SnapshotInput) throws(SnapshotError) -> Service {
        let id = ServiceID(try text(&input))
        let organization = OrganizationID(try text(&input))
        let name = try text(&input)
        let kind = try cases.kinds.optional(&input)
        let country = try input.item(of: countryCodes)
        let coverage = try input.item(of: coverages)
        let area = try optionalText(&input)
        let status = try cases.statuses.value(&input)
        let offers = try input.item(of: offerLists)
        let contacts = try input.items { input throws(SnapshotError) in try contact(&input) }
        let note = try optionalText(&input)

        let ages = try ages(&input)
        let audience = try optionalText(&input)
        let genders = try input.optionalItem(of: genderSets)
        let languages = try input.optionalItem(of: languageLists)
        let languagesAsStated = try optionalText(&input)
        let interpreter = try input.answer()
        let accessible = try input.optionalItem(of: textSets)
        let childSpecialised = try input.answer()

        let modes = try input.optionalItem(of: modeLists)
        let hours = try input.optionalItem(of: hours)
        let hoursAsStated = try optionalText(&input)
        let leadHours = try yesOrNo(&input) ? Double(bitPattern: try input.word()) : nil
        let intake = try input.optionalItem(of: routeSets)
        let requires = try input.optionalItem(of: prerequisiteSets)
        let cost = try cases.costs.optional(&input)
        let capacity = try cases.capacities.value(&input)
        let publicAddress = try optionalText(&input)

        let jurisdictions = try input.optionalItem(of: countrySets)
        let staffGenders = try input.optionalItem(of: genderSets)
        let mandatedReporter = try input.answer()
        let consularOf = try input.optionalItem(of: countryCodes)
        let places = try input.item(of: textSets)
        let linkedParties = try input.item(of: textSets)
        let confidentialLocation = try yesOrNo(&input)

        var service = Service(
            id: id,
            organization: organization,
            name: name,
            country: country,
            coverage: coverage,
            status: status,
            offers: offers,
            provenance: try provenance(&input)
        )
        service.verification = try verification(&input)
        service.kind = kind
        service.area = area
        service.contacts = contacts
        service.note = note
        service.ages = ages
        service.audience = audience
        service.genders = genders
        service.languages = languages
        service.languagesAsStated = languagesAsStated
        service.interpreter = interpreter
        service.accessible = accessible.map { Set($0.map { AccessFeature($0) }) }
        service.childSpecialised = childSpecialised
        service.modes = modes
        service.hours = hours
        service.hoursAsStated = hoursAsStated
        service.leadHours = leadHours
        service.intake = intake
        service.requires = requires
        service.cost = cost
        service.capacity = capacity
        service.publicAddress = publicAddress
        service.jurisdictions = jurisdictions
        service.staffGenders = staffGenders
        service.mandatedReporter = mandatedReporter
        service.consularOf = consularOf
        if !places.isEmpty { service.places = Set(places.map { PlaceID($0) }) }
        if !linkedParties.isEmpty { service.linkedParties = Set(linkedParties.map { PartyID($0) }) }
        service.confidentialLocation = confidentialLocation
        return service
    }

    private func ages(_ input: inout SnapshotInput) throws(SnapshotError) -> AgeRange? {
        guard try yesOrNo(&input) else { return nil }
        let (from, through) = (try input.number(), try input.number())
        guard through <= 120, from <= through, let range = AgeRange(from: Int(from), through: Int(through)) else {
            throw .damaged
        }
        return range
    }
}
