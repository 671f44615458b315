import Directory

// The hard rules of M2: each looks at one service and answers with its bit of ``Rule`` when it is broken, else with none.
// What no source states breaks no rule (DECISIONS 1).
extension Query {
    /// Every rule that can be judged without the clock.
    func broken(_ row: ServiceRow) -> UInt32 {
        status(row) | offers[Int(row.offers)].broken | coverages[Int(row.coverage)]
            | jurisdictions[Int(row.jurisdictions)].broken | age(row) | gender(row)
            | organizations[Int(row.organization)].broken | places[Int(row.places)] | parties[Int(row.parties)]
            | consulates[Int(row.consulate)] | prerequisite(row) | cost(row) | capacity(row)
            | accessible[Int(row.accessible)].broken | language(row) | contactRoute(row) | staffGender(row) | mode(row)
    }

    private func status(_ row: ServiceRow) -> UInt32 { row.status == .active ? 0 : Rule.status }

    private func age(_ row: ServiceRow) -> UInt32 {
        guard let age else { return 0 }
        return Int(row.youngest) <= age && (age <= Int(row.oldest) || !row.statesAges) ? 0 : Rule.age
    }

    private func gender(_ row: ServiceRow) -> UInt32 {
        guard row.genders.isStated, let genderBits else { return 0 }
        return row.genders.overlaps(genderBits) ? 0 : Rule.gender
    }

    private func prerequisite(_ row: ServiceRow) -> UInt32 {
        guard row.requires.isStated else { return 0 }
        return row.requires.isSubset(of: has) ? 0 : Rule.prerequisite
    }

    private func cost(_ row: ServiceRow) -> UInt32 { row.cost == .fee && !canPay ? Rule.cost : 0 }

    private func capacity(_ row: ServiceRow) -> UInt32 { row.capacity == .full ? Rule.capacity : 0 }

    private func language(_ row: ServiceRow) -> UInt32 {
        // An interpreter that nobody says is there or is not leaves the question open.
        guard !languageIsWaived, row.interpreter == false else { return 0 }
        return languages[Int(row.languages)].broken
    }

    private func contactRoute(_ row: ServiceRow) -> UInt32 {
        guard row.intake.isStated, let safeRoutes else { return 0 }
        return row.intake.overlaps(safeRoutes) ? 0 : Rule.contactRoute
    }

    private func staffGender(_ row: ServiceRow) -> UInt32 {
        guard let strictStaff, row.staffGenders.isStated else { return 0 }
        return row.staffGenders.overlaps(strictStaff) ? 0 : Rule.staffGender
    }

    private func mode(_ row: ServiceRow) -> UInt32 {
        guard let strictMode, row.modes.isStated else { return 0 }
        return row.modes.overlaps(strictMode) ? 0 : Rule.mode
    }
}
