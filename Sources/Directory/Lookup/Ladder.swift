/// What to show for a need that nobody in the country is known for: the same country first, then the world. It always
/// ends, because the reader refuses a directory whose worldwide fallbacks leave out a type.
struct Ladder {
    let directory: ServiceDirectory
    let query: LookupQuery
    let candidates: [Service]
    let listed: Set<ServiceID>

    /// How many services a step shows: enough for an alternative, few enough to be read out.
    private static let length = 3

    /// The steps for a need, nearest help first.
    func steps(for need: ServiceCode) -> [LookupFallback.Step] {
        var steps: [LookupFallback.Step] = []
        var shown = listed
        var hasCrisisLine = false
        let crisis = ServiceCode("PSY-CRISIS")
        func take(_ found: [FoundService]) -> [FoundService] {
            let new = Array(found.filter { !shown.contains($0.service.id) }.prefix(Self.length))
            shown.formUnion(new.map(\.service.id))
            if let crisis, new.contains(where: { $0.service.offers(crisis) }) { hasCrisisLine = true }
            return new
        }

        for code in directory.taxonomy.type(need)?.nearest ?? [] {
            let near = take(found { $0.offers(code) })
            guard !near.isEmpty else { continue }
            steps.append(.nearby(code, near))
            break
        }
        if steps.isEmpty {
            let kind = need.sector.kind
            let others = take(found { $0.kind == kind })
            if !others.isEmpty { steps.append(.sameSector(need.sector, others)) }
        }
        if query.age.map({ $0 < 18 }) ?? true {
            let lines = take(found { $0.kind == .childHelpline })
            if !lines.isEmpty { steps.append(.childLines(lines)) }
        }
        if !hasCrisisLine, let crisis {
            let lines = take(found { $0.offers(crisis) })
            if !lines.isEmpty { steps.append(.crisisLines(lines)) }
        }
        let worldwide = directory.fallbacks.filter { $0.helps(with: need) }
        if !worldwide.isEmpty { steps.append(.worldwide(worldwide)) }
        return steps
    }

    /// Services that fit, can be reached and meet a condition, best first.
    private func found(where condition: (Service) -> Bool) -> [FoundService] {
        let fits = candidates.filter { !$0.contacts.isEmpty && condition($0) }.map { service in
            LookupFit(query: query, service: service, covers: [])
        }
        return directory.ranked(fits.filter { !$0.isAvoided && $0.withheld == nil })
    }
}

extension Sector {
    /// The kind of entries that belong to the sector, whatever they offer.
    fileprivate var kind: ServiceKind {
        switch self {
        case .medical: .medical
        case .psychosocial: .psychological
        case .legal: .legal
        case .social: .shelter
        }
    }
}
