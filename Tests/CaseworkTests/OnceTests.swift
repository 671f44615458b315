import Audit
import Care
import Foundation
import Store
import Testing

@testable import Casework

/// The same request twice makes one thing.
@Suite struct OnceTests {
    @Test func `a case that is opened twice with one key is one case, and both openings are recorded`() async throws {
        let house = try await House.founded()
        let worker = try house.session(.worker)
        let opening = try house.opening()
        let once = try house.once("key", "opening")
        let (first, _) = try await house.one { try await $0.cases.open(opening, by: worker, request: $1, once: once) }
        house.call(first.id.text, "case")
        let (second, entry) = try await house.one {
            try await $0.cases.open(opening, by: worker, request: $1, once: once)
        }
        #expect(second.id == first.id)
        #expect(
            entry.sentence
                == "worker case.open team permitted case.open:caseworker same_team case_management handles=case"
        )
        #expect(try house.store.read { try $0.count(.caseRouting) } == 1)
    }

    @Test func `another request under the same key is refused, and the same key of somebody else is another key`()
        async throws
    {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let worker = try house.session(.worker)
        let (made, _) = try await house.one {
            try await $0.cases.record(
                house.need("SOC-SHELTER"),
                in: receipt.id,
                at: 1,
                by: worker,
                request: $1,
                once: house.once("key", "shelter")
            )
        }
        let (error, entry) = try await house.refused {
            try await $0.cases.record(
                house.need("LEG-INFO"),
                in: receipt.id,
                at: 2,
                by: worker,
                request: $1,
                once: house.once("key", "law")
            )
        }
        #expect(error == .keyReused)
        #expect(entry.sentence == "worker need.record case failed key_reused assigned case_management")
        let (other, _) = try await house.one {
            try await $0.cases.record(
                house.need("LEG-INFO"),
                in: receipt.id,
                at: made.version,
                by: house.session(.supervisor),
                request: $1,
                once: house.once("key", "law")
            )
        }
        #expect(other.version == 3)
        // And the same key for another act.
        let (consented, _) = try await house.one {
            try await $0.consents.record(
                house.stated(),
                in: receipt.id,
                at: 3,
                by: worker,
                request: $1,
                once: house.once("key", "consent")
            )
        }
        #expect(consented.version == 4)
    }

    @Test func `a referral that is filed twice leaves once`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (consent, version) = try await house.recordedConsent(in: receipt)
        let worker = try house.session(.worker)
        let filing = try house.filing(receipt, consent)
        let once = try house.once("key", "filing")
        func file(_ deployment: Deployment, _ request: RequestID) async throws -> CaseReceipt {
            try await deployment.referrals.file(
                filing,
                in: receipt.id,
                at: version,
                by: worker,
                request: request,
                once: once
            )
        }
        let (first, _) = try await house.one(file)
        let referral = try #require(first.referral).routing.referral
        house.call(referral.text, "referral")
        let (second, entry) = try await house.one(file)
        #expect(second.referral?.routing.referral == referral)
        #expect(
            entry.sentence
                == "worker referral.file case permitted referral.file:assigned assigned referral handles=referral"
        )
        #expect(try house.store.read { try $0.count(.referralRouting) } == 1)
        #expect(try house.store.read { try $0.count(.packet) } == 1)
    }

    @Test func `the same filing sent eight times at once leaves once, and every answer is the same`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (consent, version) = try await house.recordedConsent(in: receipt)
        let worker = try house.session(.worker)
        let filing = try house.filing(receipt, consent)
        let size = try house.logSize
        let answers = await withTaskGroup(of: Result<ReferralID?, CaseworkError>.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do throws(CaseworkError) {
                        let made = try await house.deployment.referrals.file(
                            filing,
                            in: receipt.id,
                            at: version,
                            by: worker,
                            request: house.deployment.newRequest(),
                            once: try Once(key: [1], request: [2])
                        )
                        return .success(made.referral?.routing.referral)
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let made = Set(try answers.map { try $0.get() })
        #expect(made.count == 1 && made.first != .some(nil))
        #expect(try house.store.read { try $0.count(.packet) } == 1)
        #expect(try house.logSize == size + 8)
    }

    @Test func `the same case opened eight times at once is one case`() async throws {
        let house = try await House.founded()
        let worker = try house.session(.worker)
        let opening = try house.opening()
        let ids = try await withThrowingTaskGroup(of: CaseID.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await house.deployment.cases.open(
                        opening,
                        by: worker,
                        request: house.deployment.newRequest(),
                        once: Once(key: [1], request: [2])
                    ).id
                }
            }
            return try await group.reduce(into: Set<CaseID>()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        #expect(try house.store.read { try $0.count(.caseRouting) } == 1)
    }

    @Test func `a repeat does not show the case to somebody who was barred from it meanwhile`() async throws {
        let house = try await House.founded()
        let colleague = try house.session(.colleague)
        let opening = try house.opening()
        let once = try house.once("key", "opening")
        let (first, _) = try await house.one {
            try await $0.cases.open(opening, by: colleague, request: $1, once: once)
        }
        house.call(first.id.text, "case")
        try await house.change(first.id, by: .supervisor) { book in
            book.file.conflicts = try ConflictFacts(avoidedStaff: [house.staff(.colleague)])
        }
        let (error, entry) = try await house.refused {
            try await $0.cases.open(opening, by: colleague, request: $1, once: once)
        }
        #expect(error == .notFound)
        #expect(entry.sentence == "colleague case.open team denied not_found same_team case_management handles=case")
    }

    @Test func `a key may be used again after a day, and the old trace is replaced`() async throws {
        let house = try await House.founded()
        let worker = try house.session(.worker)
        let first = try await house.deployment.cases.open(
            house.opening(),
            by: worker,
            request: house.deployment.newRequest(),
            once: house.once("key", "one")
        )
        house.clock.advance(hours: 24)
        let second = try await house.deployment.cases.open(
            house.opening(),
            by: worker,
            request: house.deployment.newRequest(),
            once: house.once("key", "two")
        )
        #expect(first.id != second.id)
        #expect(try house.store.read { try $0.count(.idempotency) } == 1)
    }

    @Test func `the traces of one day do not pile up on those of the days before`() async throws {
        let house = try await House.founded()
        let worker = try house.session(.worker)
        let receipt = try await house.openedCase()
        var version = receipt.version
        func record(_ count: Int) async throws {
            for _ in 0..<count {
                version = try await house.deployment.cases.record(
                    house.need(),
                    in: receipt.id,
                    at: version,
                    by: worker,
                    request: house.deployment.newRequest(),
                    once: house.once()
                ).version
            }
        }
        try await record(60)
        #expect(try house.store.read { try $0.count(.idempotency) } == 61)
        house.clock.advance(hours: 25)
        try await record(12)
        // None is left of yesterday's, and none of today's has gone.
        #expect(try house.store.read { try $0.count(.idempotency) } == 12)
    }

    @Test func `a change against an older version is refused as stale and changes nothing`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (consent, version) = try await house.recordedConsent(in: receipt)
        let worker = try house.session(.worker)
        let (need, needed) = try await house.refused {
            try await $0.cases.record(
                house.need(),
                in: receipt.id,
                at: version - 1,
                by: worker,
                request: $1,
                once: house.once()
            )
        }
        #expect(need == .stale)
        #expect(needed.sentence == "worker need.record case failed stale assigned case_management")
        let (file, filed) = try await house.refused {
            try await $0.referrals.file(
                house.filing(receipt, consent),
                in: receipt.id,
                at: version - 1,
                by: worker,
                request: $1,
                once: house.once()
            )
        }
        #expect(file == .stale)
        #expect(filed.sentence == "worker referral.file case failed stale assigned referral")
        #expect(try house.store.read { try $0.count(.packet) } == 0)
        let sent = try await house.deployment.referrals.file(
            house.filing(receipt, consent),
            in: receipt.id,
            at: version,
            by: worker,
            request: house.deployment.newRequest(),
            once: house.once()
        )
        let referral = try #require(sent.referral).routing.referral
        house.call(referral.text, "referral")
        let (accept, accepted) = try await house.refused {
            try await $0.intake.accept(referral, at: 7, by: house.session(.intake), request: $1)
        }
        #expect(accept == .stale)
        #expect(accepted.sentence == "intake referral.accept referral failed stale receiving_desk referral")
    }
}
