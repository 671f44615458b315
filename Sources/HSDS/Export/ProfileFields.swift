import Directory

/// The properties that our Profile adds to a service, under names that HSDS does not use.
enum ProfileFields {
    static let names: Set<String> = [
        "disclosure", "redacted", "country", "jurisdiction", "entry_kind", "provenance", "verifications", "availability",
        "modes", "zone", "closures", "eligibility", "intake", "child_specialised",
    ]

    static func add(_ service: Service, to record: inout JSONObject) {
        record["disclosure"] = "public"
        if service.confidentialLocation { record["redacted"] = ["address"] }
        record["country"] = .text(service.country.text)
        if let places = service.jurisdictions, !places.isEmpty { record["jurisdiction"] = list(places.sorted()) }
        if let kind = service.kind { record["entry_kind"] = .text(kind.rawValue) }
        var provenance: JSONObject = [
            "source": .text(service.provenance.source), "confidence": .text(service.provenance.confidence.rawValue),
        ]
        if let date = service.provenance.sourceDate { provenance["source_date"] = .text(date) }
        record["provenance"] = .object(provenance)
        if let verification = service.verification {
            var item: JSONObject = ["date": .text(verification.on.description), "by_role": .text(verification.by)]
            if let method = verification.method { item["method"] = .text(method.rawValue) }
            record["verifications"] = .list([.object(item)])
        }
        let states: [Capacity: String] = [.available: "open", .waitlist: "waitlist", .full: "closed"]
        if let state = states[service.capacity] { record["availability"] = .object(["status": .text(state)]) }
        if let modes = service.modes { record["modes"] = .list(modes.map { .text($0.rawValue) }) }
        if case .named(let zone)? = service.hours?.zone { record["zone"] = .text(zone) }
        if let closed = service.hours?.closedDates, !closed.isEmpty {
            record["closures"] = .list(closed.map(\.description).sorted().map { .object(["date": .text($0)]) })
        }
        var eligibility: [JSONValue] = []
        if let genders = service.genders, !genders.isEmpty {
            eligibility.append(.object(["dimension": "gender", "codes": list(genders.sorted())]))
        }
        if let requires = service.requires, !requires.isEmpty {
            let codes = requires.map(\.rawValue).sorted().map { JSONValue.text($0) }
            eligibility.append(.object(["dimension": "requires", "codes": .list(codes)]))
        }
        if !eligibility.isEmpty { record["eligibility"] = .list(eligibility) }
        if let intake = service.intake, !intake.isEmpty {
            record["intake"] = .list(intake.map(\.rawValue).sorted().map { .text($0) })
        }
        if let isForChildren = service.childSpecialised { record["child_specialised"] = .truth(isForChildren) }
    }

    private static func list(_ codes: [CountryCode]) -> JSONValue { .list(codes.map { .text($0.text) }) }
    private static func list(_ genders: [Gender]) -> JSONValue { .list(genders.map { .text($0.rawValue) }) }
}

extension JSONValue: ExpressibleByArrayLiteral {
    /// A list.
    public init(arrayLiteral elements: JSONValue...) { self = .list(elements) }
}
