import Care
import Synchronization
import Testing

@testable import Policy

/// That `RoleMatrixTests` sees every rule: each change of the rules turns cells of the published page red.
@Suite struct RuleSensitivityTests {
    typealias Cell = PublishedMatrix.Cell

    /// What became of the cells of some mutants: those that stayed as they are published.
    private final class Findings: Sendable {
        private let driven = Mutex(0)
        private let unmoved = Mutex<[String]>([])

        var count: Int { driven.withLock { $0 } }
        var all: [String] { unmoved.withLock { $0 } }

        func add(_ mutant: AccessMutant, _ cell: Cell, isMoved: Bool) {
            driven.withLock { $0 += 1 }
            if !isMoved { unmoved.withLock { $0.append("\(mutant.change): \(cell.name) still says \(cell.says)") } }
        }
    }

    /// Mutants of different acts go together, one of each act: a request is decided by the rules of its own act alone. Those
    /// of signing in and of confirming go alone, because under them nobody could ask for anything else.
    private func batches(_ mutants: [AccessMutant]) -> [[AccessMutant]] {
        var byAct: [Act: [AccessMutant]] = [:]
        for mutant in mutants { byAct[mutant.act, default: []].append(mutant) }
        let alone = [Act.signIn, .confirmSession].flatMap { byAct.removeValue(forKey: $0) ?? [] }
        let depth = byAct.values.map(\.count).max() ?? 0
        return alone.map { [$0] }
            + (0..<depth).map { number in
                Act.allCases.compactMap { act in byAct[act].flatMap { number < $0.count ? $0[number] : nil } }
            }
    }

    /// Makes all that the cells ask for under the rules that ship, then asks for it under the changed ones.
    private func drive(_ batch: [AccessMutant], at house: MatrixHouse, under changed: Bool = true) async throws
        -> Findings
    {
        let shipped = try MatrixHouse.shipped
        let errands = Mutex<[[Errand?]]>([])
        try await house.serving(shipped) { desk in
            for mutant in batch {
                var made: [Errand?] = []
                for cell in mutant.cells { made.append(try await Errand.of(cell, at: desk)) }
                errands.withLock { $0.append(made) }
            }
        }
        let mutated = Dictionary(uniqueKeysWithValues: batch.map { ($0.act, $0.rules) })
        let rules = Act.allCases.flatMap { act in
            (changed ? mutated[act] : nil) ?? shipped.access.rules(for: act)
        }
        let findings = Findings()
        let ready = errands.withLock { $0 }
        let policies = Policies(
            access: AccessPolicy(rules: rules),
            consent: shipped.consent,
            windows: shipped.windows,
            risk: shipped.risk,
            countries: shipped.countries,
            contentHash: shipped.contentHash
        )
        try await house.serving(policies) { desk in
            for (mutant, errands) in zip(batch, ready) {
                for (cell, errand) in zip(mutant.cells, errands) {
                    let role = try #require(cell.role)
                    let seen = try #require(try await desk.seen(cell, as: role, errand))
                    findings.add(mutant, cell, isMoved: seen.says != cell.says)
                }
            }
        }
        return findings
    }

    @Test func `each line taken away, added, loosened or turned to another purpose turns cells red`() async throws {
        let page = try PublishedMatrix.read()
        let policy = try MatrixHouse.shipped.access
        let house = try await MatrixHouse()
        let kinds = [
            AccessMutant.removed(policy, page), AccessMutant.widened(policy, page),
            AccessMutant.loosened(policy, page), AccessMutant.redirected(policy, page),
        ]
        for kind in kinds {
            for mutant in kind.mutants { #expect(!mutant.cells.isEmpty, "\(mutant.change): no cell is about it") }
            var cells = 0
            for batch in batches(kind.mutants) {
                let findings = try await drive(batch, at: house)
                cells += findings.count
                #expect(findings.all.isEmpty, "\(findings.all.joined(separator: "\n"))")
            }
            print(
                """
                rule mutants, \(kind.name): \(kind.mutants.count) over \(cells) cells, \
                \(kind.refusedByTheLoader) more refused by the loader, \
                \(kind.ofActsWithoutAddress) of acts without an address
                """
            )
        }
        #expect(kinds[0].mutants.count == policy.rules.count)
        // The control: what was made ready in the same way stays as published where nothing is changed.
        let control = try #require(batches(kinds[0].mutants).last { $0.count > 1 })
        let unchanged = try await drive(control, at: house, under: false)
        #expect(unchanged.all.count == unchanged.count)
    }
}
