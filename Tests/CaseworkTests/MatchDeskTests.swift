import Audit
import Care
import Directory
import Foundation
import Matching
import Policy
import Store
import Testing

@testable import Casework

@Suite struct MatchDeskTests {
    /// A case whose last contact was so many hours ago; nil: nobody knows.
    private func opening(_ house: House, _ codes: [String], since hours: Double?) throws -> CaseOpening {
        let lastContact = hours.map { LastContact.known(house.clock.now.addingTimeInterval(-$0 * 3600)) }
        let plain = try house.opening(needs: codes.map { try house.need($0) })
        return CaseOpening(
            team: plain.team,
            identity: plain.identity,
            contact: plain.contact,
            conflicts: plain.conflicts,
            intake: try Intake(firstContactAt: house.clock.now, lastContact: lastContact ?? .unknown),
            note: plain.note,
            needs: plain.needs
        )
    }

    // MARK: The plan

    @Test func `the plan proposes what recent violence asks for, shows who can act, and leaves one entry`() async throws
    {
        let house = try await House.founded()
        let receipt = try await house.openedCase(opening(house, ["MED-CMR", "PSY-ONLINE"], since: 10))
        let (planned, entry) = try await house.one { deployment, request in
            try await deployment.matches.plan(of: receipt.id, by: house.session(.worker), request: request)
        }
        let plan = planned.plan
        #expect(plan.isBundle && !plan.isTimeUnknown)
        #expect(planned.bundleHours == 120)
        #expect(
            plan.needs.map(\.code.text) == [
                "MED-WOUND", "MED-HIVPEP", "MED-EC", "MED-HEPB", "MED-STI", "MED-FORENSIC", "MED-TOX", "MED-CMR",
                "PSY-ONLINE",
            ]
        )
        let end = house.clock.now.addingTimeInterval(62 * 3600)
        #expect(plan.needs[1].clock == .open(until: end, secondsLeft: 62 * 3600))
        #expect(plan.visits.contains { $0.service == Invented.counselling })
        #expect(planned.listed.withDesk.contains(Invented.counselling))
        #expect(
            entry.sentence == "worker services.match case permitted services.match:assigned assigned case_management "
                + "count=\(plan.visits.count) "
                + "handles=matching:1,policies:\(house.deployment.office.policies.contentHash)"
        )
    }

    @Test func `a service in conflict is no visit, and what she declined is not proposed`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase(opening(house, ["MED-CMR", "PSY-ONLINE"], since: nil))
        try await house.change(receipt.id) { book in
            book.file.conflicts = try ConflictFacts(avoidedOrganizations: [Invented.lantern])
            try book.file.content.record(
                DeclinedService(code: Invented.code("MED-FORENSIC"), kind: .declined, declinedAt: house.clock.now)
            )
        }
        let planned = try await house.deployment.matches.plan(
            of: receipt.id,
            by: house.session(.worker),
            request: house.deployment.newRequest()
        )
        #expect(planned.plan.isTimeUnknown)
        #expect(!planned.plan.visits.contains { $0.service == Invented.counselling })
        #expect(planned.plan.visits.contains { $0.service == Invented.faraway })
        #expect(!planned.plan.needs.map(\.code.text).contains("MED-FORENSIC"))
    }

    @Test func `a plan is refused to whoever may not match, and of a case without a need there is none`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        for (person, expected) in [(House.Person.outsider, "not_assigned"), (.helpline, "wrong_role")] {
            let (_, entry) = try await house.refused { deployment, request in
                try await deployment.matches.plan(of: receipt.id, by: house.session(person), request: request)
            }
            #expect(entry.entry.rule == expected)
        }
        let empty = try await house.openedCase(opening(house, [], since: 1))
        let (error, entry) = try await house.refused { deployment, request in
            try await deployment.matches.plan(of: empty.id, by: house.session(.worker), request: request)
        }
        #expect(error == .wrongState(code: "no_need_stated"))
        #expect(entry.entry.rule == "no_need_stated")
    }

    @Test func `the routing row knows until when each open need can be met`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase(opening(house, ["MED-HIVPEP", "PSY-ONLINE"], since: 10))
        let stored = try #require(try house.stored(.caseRouting, receipt.id.bytes))
        let needs = try house.deployment.office.rows.caseRow(stored).routing.needs
        #expect(needs.map(\.windowEndsAt) == [house.clock.now.addingTimeInterval(62 * 3600), nil])
        let timeless = try await house.openedCase(opening(house, ["MED-HIVPEP"], since: nil))
        let other = try #require(try house.stored(.caseRouting, timeless.id.bytes))
        #expect(try house.deployment.office.rows.caseRow(other).routing.needs.map(\.windowEndsAt) == [nil])
    }

    // MARK: Replay

    private func matched(_ house: House, _ receipt: CaseReceipt) async throws -> MatchDesk.Matched {
        try await house.deployment.matches.matches(
            for: #require(receipt.needs.first).id,
            in: receipt.id,
            by: house.session(.worker),
            request: house.deployment.newRequest()
        )
    }

    private func replayed(_ record: MatchRecord, _ house: House, _ receipt: CaseReceipt) async throws -> MatchReplay {
        try await house.deployment.matches.replay(
            record,
            for: #require(receipt.needs.first).id,
            in: receipt.id,
            by: house.session(.worker),
            request: house.deployment.newRequest()
        )
    }

    @Test func `the entry of a match says by what it was made, and the same gives the same days later`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let need = try #require(receipt.needs.first).id
        let size = try house.logSize
        let first = try await matched(house, receipt)
        let entry = try #require(try house.entries(from: size).first)
        #expect(entry.handles == first.record.handles(for: need))
        #expect(entry.handles.contains("inputs:\(first.record.inputs)"))
        house.clock.advance(seconds: 600)
        let replay = try await replayed(first.record, house, receipt)
        #expect(replay.hasSameEdition && replay.hasSameDirectory && replay.hasSamePolicies && replay.hasSameInputs)
        #expect(replay.hasSameAnswer && !replay.isUnexplained)
        // Another moment is another match.
        #expect(try await matched(house, receipt).record.moment != first.record.moment)
    }

    @Test func `a replay says what has changed since`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let first = try await matched(house, receipt).record
        try await house.change(receipt.id) { book in
            book.file.conflicts = try ConflictFacts(avoidedOrganizations: [Invented.lantern])
        }
        let changed = try await replayed(first, house, receipt)
        #expect(!changed.hasSameInputs && !changed.hasSameAnswer && changed.hasSameDirectory)
        #expect(!changed.isUnexplained)
        try await house.deployment.load(
            house.directory,
            content: ContentHash(first: 7, second: 11),
            request: house.deployment.newRequest()
        )
        #expect(!(try await replayed(first, house, receipt)).hasSameDirectory)
    }

    @Test func `an answer that all the same inputs do not give is told`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let first = try await matched(house, receipt).record
        let forged = MatchRecord(
            edition: first.edition,
            directory: first.directory,
            policies: first.policies,
            moment: first.moment,
            inputs: first.inputs,
            answer: String(repeating: "0", count: 32)
        )
        #expect(try await replayed(forged, house, receipt).isUnexplained)
    }

    // MARK: What is to be matched again

    private func listed(_ house: House, _ receipt: CaseReceipt, as person: House.Person = .worker) async throws
        -> CaseSummary
    {
        let all = try await house.deployment.cases.list(
            for: house.session(person),
            request: house.deployment.newRequest()
        )
        return try #require(all.first { $0.id == receipt.id })
    }

    @Test func `the list says what to match again, without a key, until it is matched again`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        #expect(try await listed(house, receipt).due.isEmpty)
        _ = try await matched(house, receipt)
        #expect(try await listed(house, receipt).due.isEmpty)
        try await house.change(receipt.id) { book in
            book.file.conflicts = try ConflictFacts(avoidedOrganizations: [Invented.dunes])
        }
        let need = try #require(receipt.needs.first).id
        #expect(try await listed(house, receipt, as: .supervisor).due.map(\.causes) == [[.conflictsChanged]])
        #expect(try await listed(house, receipt).due.map(\.need) == [need])
        // A replay looks back: nothing was matched for her.
        let record = try await matched(house, receipt).record
        #expect(try await listed(house, receipt).due.isEmpty)
        try await house.deployment.load(
            house.directory,
            content: ContentHash(first: 7, second: 11),
            request: house.deployment.newRequest()
        )
        _ = try await replayed(record, house, receipt)
        #expect(try await listed(house, receipt).due.map(\.causes) == [[.directoryChanged]])
    }

    @Test func `a need that nobody can meet stands in the list as unmet`() async throws {
        let house = try await House.founded()
        let unmet = try await house.openedCase(opening(house, ["MED-HIVPEP"], since: 1))
        #expect(try await matched(house, unmet).answer.outcome == .noEligibleService)
        #expect(try await listed(house, unmet).unmet == [try #require(unmet.needs.first).id])
        let met = try await house.openedCase()
        _ = try await matched(house, met)
        #expect(try await listed(house, met).unmet.isEmpty)
    }
}
