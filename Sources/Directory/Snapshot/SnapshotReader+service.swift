extension SnapshotReader {
    /// A service, field by field in the order of its type.
    func service(_ input: inout SnapshotInput) throws(SnapshotError) -> Service {
        Service(
            id: ServiceID(try text(&input)),
            organization: OrganizationID(try text(&input)),
            name: try text(&input),
            kind: try cases.kinds.optional(&input),
            country: try input.item(of: countryCodes),
            coverage: try input.item(of: coverages),
            area: try optionalText(&input),
            status: try cases.statuses.value(&input),
            offers: try input.item(of: offerLists),
            contacts: try input.items { input throws(SnapshotError) in try contact(&input) },
            note: try optionalText(&input),
            ages: try ages(&input),
            audience: try optionalText(&input),
            genders: try input.optionalItem(of: genderSets),
            languages: try input.optionalItem(of: languageLists),
            languagesAsStated: try optionalText(&input),
            interpreter: try input.answer(),
            accessible: try input.optionalItem(of: textSets).map { Set($0.map { AccessFeature($0) }) },
            childSpecialised: try input.answer(),
            modes: try input.optionalItem(of: modeLists),
            hours: try input.optionalItem(of: hours),
            hoursAsStated: try optionalText(&input),
            leadHours: try yesOrNo(&input) ? Double(bitPattern: try input.word()) : nil,
            intake: try input.optionalItem(of: routeSets),
            requires: try input.optionalItem(of: prerequisiteSets),
            cost: try cases.costs.optional(&input),
            capacity: try cases.capacities.value(&input),
            publicAddress: try optionalText(&input),
            jurisdictions: try input.optionalItem(of: countrySets),
            staffGenders: try input.optionalItem(of: genderSets),
            mandatedReporter: try input.answer(),
            consularOf: try input.optionalItem(of: countryCodes),
            places: Set(try input.item(of: textSets).map { PlaceID($0) }),
            linkedParties: Set(try input.item(of: textSets).map { PartyID($0) }),
            confidentialLocation: try yesOrNo(&input),
            provenance: try provenance(&input),
            verification: try verification(&input)
        )
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
