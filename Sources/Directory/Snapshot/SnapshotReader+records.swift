// The records, field by field in the order of docs/formats/directory-snapshot.md.
extension SnapshotReader {
    func text(_ input: inout SnapshotInput) throws(SnapshotError) -> String { try input.item(of: texts) }

    func optionalText(_ input: inout SnapshotInput) throws(SnapshotError) -> String? {
        try input.optionalItem(of: texts)
    }

    func textList(_ input: inout SnapshotInput) throws(SnapshotError) -> [String] {
        try input.items { input throws(SnapshotError) in try text(&input) }
    }

    private func codes(_ input: inout SnapshotInput) throws(SnapshotError) -> [ServiceCode] {
        try input.items { input throws(SnapshotError) in try input.item(of: serviceCodes) }
    }

    /// 0 for no, 1 for yes.
    func yesOrNo(_ input: inout SnapshotInput) throws(SnapshotError) -> Bool {
        switch try input.byte() {
        case 0: return false
        case 1: return true
        default: throw .damaged
        }
    }

    func wording(_ input: inout SnapshotInput) throws(SnapshotError) -> Wording {
        var texts: [LanguageTag: String] = [:]
        for _ in 0..<(try input.count()) {
            let language = try input.item(of: languages)
            guard texts.updateValue(try text(&input), forKey: language) == nil else { throw .damaged }
        }
        let reviewed = try input.item(of: languageLists)
        guard Set(reviewed).count == reviewed.count, reviewed.allSatisfy({ texts[$0] != nil }) else { throw .damaged }
        return Wording(texts, reviewed: Set(reviewed))
    }

    func type(_ input: inout SnapshotInput) throws(SnapshotError) -> ServiceType {
        let code = try input.item(of: serviceCodes)
        let wording = try wording(&input)
        let definition = try text(&input)
        let nearest = try codes(&input)
        var mappings: [String: String] = [:]
        for _ in 0..<(try input.count()) {
            let system = try text(&input)
            guard mappings.updateValue(try text(&input), forKey: system) == nil else { throw .damaged }
        }
        return ServiceType(
            code: code,
            labels: wording.texts,
            reviewed: wording.reviewed,
            definition: definition,
            nearest: nearest,
            mappings: mappings
        )
    }

    func rule(_ input: inout SnapshotInput) throws(SnapshotError) -> KindRule {
        KindRule(label: try text(&input), usual: try codes(&input), may: try codes(&input))
    }

    func fallback(_ input: inout SnapshotInput) throws(SnapshotError) -> WorldwideFallback {
        let name = try text(&input)
        let contact = try contact(&input)
        let reaches = try wording(&input)
        let scopes = try input.items { input throws(SnapshotError) -> WorldwideFallback.Scope in
            try yesOrNo(&input)
                ? .type(try input.item(of: serviceCodes)) : .sector(try cases.sectors.value(&input))
        }
        return WorldwideFallback(
            name: name,
            contact: contact,
            reaches: reaches,
            scopes: scopes,
            source: try text(&input),
            sourceDate: try optionalText(&input)
        )
    }

    func country(_ input: inout SnapshotInput) throws(SnapshotError) -> Country {
        let code = try input.item(of: countryCodes)
        let name = try text(&input)
        let zones = try textList(&input)
        let lines = try input.items { input throws(SnapshotError) in
            EmergencyLine(
                number: try text(&input),
                reaches: try optionalText(&input),
                listedBy: try optionalText(&input),
                isUnconfirmed: try yesOrNo(&input)
            )
        }
        let emergency = EmergencyLines(
            lines: lines,
            note: try optionalText(&input),
            provenance: try provenance(&input),
            verification: try verification(&input)
        )
        return Country(code: code, name: name, zones: zones, emergency: emergency)
    }

    func organization(_ input: inout SnapshotInput) throws(SnapshotError) -> Organization {
        Organization(
            id: OrganizationID(try text(&input)),
            name: try text(&input),
            country: try input.item(of: countryCodes),
            isECPATMember: try yesOrNo(&input)
        )
    }

    func contact(_ input: inout SnapshotInput) throws(SnapshotError) -> Contact {
        Contact(
            kind: try cases.contactKinds.value(&input),
            value: try text(&input),
            reach: try cases.reaches.optional(&input),
            reaches: try optionalText(&input)
        )
    }

    func provenance(_ input: inout SnapshotInput) throws(SnapshotError) -> Provenance {
        Provenance(
            source: try text(&input),
            sourceDate: try optionalText(&input),
            confidence: try cases.confidences.value(&input),
            conflicts: try textList(&input),
            checks: try textList(&input),
            alsoIn: try textList(&input)
        )
    }

    func verification(_ input: inout SnapshotInput) throws(SnapshotError) -> Verification? {
        guard try yesOrNo(&input) else { return nil }
        return Verification(
            on: try day(&input),
            by: try text(&input),
            method: try cases.methods.optional(&input)
        )
    }

    private func day(_ input: inout SnapshotInput) throws(SnapshotError) -> CalendarDay {
        // No part of a day takes more than two bytes; the calendar says what is too large.
        let parts = (try input.number(), try input.number(), try input.number())
        guard max(parts.0, parts.1, parts.2) < 10_000,
            let day = CalendarDay(year: Int(parts.0), month: Int(parts.1), day: Int(parts.2))
        else { throw .damaged }
        return day
    }

    func openingHours(_ input: inout SnapshotInput) throws(SnapshotError) -> OpeningHours {
        let zone: OpeningHours.Zone
        if try yesOrNo(&input) {
            let seconds = try input.integer()
            // No zone is further than 14 hours from UTC.
            guard (-50_400...50_400).contains(seconds) else { throw .damaged }
            zone = .fixed(secondsFromGMT: seconds)
        } else {
            zone = .named(try text(&input))
        }
        let always = try yesOrNo(&input)
        let weekly = try input.items { input throws(SnapshotError) -> OpeningHours.Slot in
            let days = try input.choices(of: cases.weekdays.all)
            let (open, close) = (try input.integer(), try input.integer())
            guard (0...1_439).contains(open), (0...1_440).contains(close) else { throw .damaged }
            return OpeningHours.Slot(days: days, open: open, close: close)
        }
        let closed = try input.items { input throws(SnapshotError) in try day(&input) }
        return OpeningHours(zone: zone, always: always, weekly: weekly, closedDates: Set(closed))
    }
}
