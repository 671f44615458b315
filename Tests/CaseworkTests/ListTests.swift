import Audit
import Care
import Foundation
import Store
import Testing

@testable import Casework

/// Lists are whole, and every case and referral that was shown stands in the log (DOMAIN A4, DECISIONS 17).
@Suite struct ListTests {
    @Test func `a list of many cases is whole, and the entries name each of them`() async throws {
        let house = try await House.founded()
        var opened: Set<CaseID> = []
        for number in 0..<120 {
            opened.insert(try await house.openedCase(house.opening(hasPhone: false), called: "case\(number)").id)
        }
        let size = try house.logSize
        let cases = try await house.deployment.cases.list(
            for: house.session(.colleague),
            request: house.deployment.newRequest()
        )
        #expect(cases.count == 120)
        #expect(Set(cases.map(\.id)) == opened)
        let entries = try house.entries(from: size)
        #expect(entries.map(\.act) == ["case.list", "case.list", "case.list"])
        #expect(entries.map(\.count) == [50, 50, 20])
        #expect(Set(entries.flatMap(\.handles)) == Set(opened.map(\.text)))
        #expect(Set(entries.map(\.request)).count == 1)

        let first = try await house.deployment.cases.list(
            after: nil,
            for: house.session(.colleague),
            request: house.deployment.newRequest()
        )
        #expect(first.cases.count == 50)
        let next = try #require(first.next)
        #expect(first.cases.last?.id == next)
    }

    @Test(arguments: [49, 50, 51])
    func `a list ends where its last page is full`(count: Int) async throws {
        let house = try await House.founded()
        for number in 0..<count {
            _ = try await house.openedCase(house.opening(hasPhone: false), called: "case\(number)")
        }
        let size = try house.logSize
        let cases = try await house.deployment.cases.list(
            for: house.session(.worker),
            request: house.deployment.newRequest()
        )
        #expect(cases.count == count)
        #expect(try house.logSize == size + (count > 50 ? 2 : 1))
    }

    @Test func `a page of cases that are all closed to the worker does not end the list`() async throws {
        let house = try await House.founded()
        let avoid = try ConflictFacts(avoidedStaff: [house.staff(.colleague)])
        for number in 0..<110 {
            _ = try await house.openedCase(house.opening(conflicts: avoid, hasPhone: false), called: "hidden\(number)")
        }
        let shown = try await house.openedCase(called: "shown")
        let (cases, entry) = try await house.one {
            try await $0.cases.list(for: house.session(.colleague), request: $1)
        }
        #expect(cases.map(\.id) == [shown.id])
        #expect(entry.entry.handles == [shown.id.text])
    }

    @Test func `a focal point of the team who is not assigned lists no case that a reading would refuse`() async throws
    {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let (cases, _) = try await house.one { try await $0.cases.list(for: house.session(.focalPoint), request: $1) }
        #expect(cases.isEmpty)
        let (error, _) = try await house.refused {
            try await $0.cases.read(receipt.id, by: house.session(.focalPoint), request: $1)
        }
        #expect(error == .notFound)
    }

    @Test func `the boxes of a long list of referrals are whole on both sides`() async throws {
        let house = try await House.founded()
        var sent: Set<ReferralID> = []
        for _ in 0..<53 { sent.insert(try await house.sentReferral().referral) }
        for (box, person) in [(ReferralSummary.Box.inbox, House.Person.intake), (.outbox, .worker)] {
            let size = try house.logSize
            let list = try await house.deployment.intake.list(
                box,
                for: house.session(person),
                request: house.deployment.newRequest()
            )
            #expect(Set(list.map(\.routing.referral)) == sent)
            #expect(list.allSatisfy { ($0.caseID == nil) == (box == .inbox) })
            let entries = try house.entries(from: size)
            #expect(entries.map(\.count) == [50, 3])
            #expect(Set(entries.flatMap(\.handles)) == Set(sent.map(\.text)))
        }
    }
}
