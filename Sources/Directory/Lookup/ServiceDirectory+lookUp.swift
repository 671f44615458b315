extension ServiceDirectory {
    /// Answers a question; nil only for a country without a file. The answer is the same for the same directory, question
    /// and moment.
    public func lookUp(_ query: LookupQuery) -> LookupAnswer? {
        guard let country = countries[query.country] else { return nil }
        var needs: [ServiceCode] = []
        for need in query.needs where !needs.contains(need) { needs.append(need) }
        let candidates = services(in: query.country)

        var withheld: [WithheldReason: Int] = [:]
        var fits: [LookupFit] = []
        for service in candidates {
            let covers = needs.filter { service.offers($0) }
            guard !covers.isEmpty else { continue }
            let fit = LookupFit(query: query, service: service, covers: covers)
            if fit.isAvoided { continue }
            if let reason = fit.withheld { withheld[reason, default: 0] += 1 } else { fits.append(fit) }
        }
        let listed = ranked(fits)
        let ladder = Ladder(
            directory: self,
            query: query,
            candidates: candidates,
            listed: Set(listed.map(\.service.id))
        )
        let unmet = needs.filter { need in
            !listed.contains { $0.covers.contains(need) && !$0.service.contacts.isEmpty }
        }
        let fallbacks = unmet.map { LookupFallback(need: $0, steps: ladder.steps(for: $0)) }
        return LookupAnswer(
            country: country,
            needs: needs,
            statements: needs.map { LookupStatement(of: $0, in: listed) },
            services: listed,
            fallbacks: fallbacks,
            withheld: withheld
        )
    }

    /// Best first; of equals the smaller id, so that the same question has the same answer.
    func ranked(_ fits: [LookupFit]) -> [FoundService] {
        let found = fits.map { fit in
            let opening = fit.service.opening(at: fit.query.date)
            return (rank: fit.rank(opening), found: fit.found(in: self, opening: opening))
        }
        return found.sorted { left, right in
            if left.rank != right.rank { return left.rank.lexicographicallyPrecedes(right.rank) }
            return left.found.service.id < right.found.service.id
        }.map(\.found)
    }
}
