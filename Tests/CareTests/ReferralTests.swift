import Care
import Foundation
import Testing

@Suite struct ReferralTests {
    /// X2, written out: from each state the steps it takes and where they lead. Every step that does not stand here is
    /// refused.
    static let table: [String: String] = [
        "draft": "make_ready>ready withdraw>withdrawn revoke>revoked",
        "ready": "send>sent withdraw>withdrawn revoke>revoked",
        "sent": "receive>received accept>accepted decline>declined expire>expired withdraw>withdrawn revoke>revoked",
        "received": "accept>accepted decline>declined expire>expired withdraw>withdrawn revoke>revoked",
        "accepted":
            "decline>declined schedule>scheduled attend>attended start_service>service_started complete>completed "
            + "no_show>no_show unreachable>unreachable withdraw>withdrawn revoke>revoked",
        "scheduled":
            "decline>declined schedule>scheduled attend>attended start_service>service_started complete>completed "
            + "no_show>no_show unreachable>unreachable withdraw>withdrawn revoke>revoked",
        "attended": "start_service>service_started complete>completed withdraw>withdrawn revoke>revoked",
        "service_started": "complete>completed withdraw>withdrawn revoke>revoked",
        "completed": "",
        "declined": "rematch>rematch withdraw>withdrawn revoke>revoked",
        "no_show":
            "schedule>scheduled attend>attended unreachable>unreachable rematch>rematch withdraw>withdrawn revoke>revoked",
        "unreachable": "schedule>scheduled attend>attended rematch>rematch withdraw>withdrawn revoke>revoked",
        "withdrawn": "",
        "revoked": "",
        "expired": "rematch>rematch withdraw>withdrawn revoke>revoked",
        "rematch": "",
    ]

    /// A way to each state.
    static let ways: [ReferralState: [ReferralStep]] = {
        let accepted: [ReferralStep] = [.makeReady, .send, .receive, .accept]
        return [
            .draft: [],
            .ready: [.makeReady],
            .sent: [.makeReady, .send],
            .received: [.makeReady, .send, .receive],
            .accepted: accepted,
            .scheduled: accepted + [.schedule(for: Fixtures.noon + Fixtures.day)],
            .attended: accepted + [.attend],
            .serviceStarted: accepted + [.startService],
            .completed: accepted + [.complete(onWordOf: .receiver)],
            .declined: [.makeReady, .send, .decline(.noCapacity)],
            .noShow: accepted + [.noShow],
            .unreachable: accepted + [.unreachable],
            .withdrawn: [.withdraw],
            .revoked: [.revoke(.bySender)],
            .expired: [.makeReady, .send, .expire],
            .rematch: [.makeReady, .send, .decline(.noCapacity), .rematch],
        ]
    }()

    static func step(_ name: ReferralStep.Name) -> ReferralStep {
        switch name {
        case .makeReady: .makeReady
        case .send: .send
        case .receive: .receive
        case .accept: .accept
        case .decline: .decline(.safetyConflict)
        case .schedule: .schedule(for: Fixtures.noon + 2 * Fixtures.day)
        case .attend: .attend
        case .startService: .startService
        case .complete: .complete(onWordOf: .survivor)
        case .noShow: .noShow
        case .unreachable: .unreachable
        case .withdraw: .withdraw
        case .revoke: .revoke(.newConflict)
        case .expire: .expire
        case .rematch: .rematch
        }
    }

    /// Every step at the moment it was drafted, but an expiry when the answer is due.
    static func referral(in state: ReferralState) throws -> Referral {
        var referral = try Fixtures.referral()
        for step in try #require(ways[state]) {
            try referral.take(step, at: step == .expire ? Fixtures.noon + 72 * Fixtures.hour : Fixtures.noon)
        }
        return referral
    }

    @Test(arguments: ReferralState.allCases)
    func `each state takes its steps and refuses all others`(state: ReferralState) throws {  // X2
        let steps = try #require(Self.table[state.rawValue]).split(separator: " ")
        let expected = Dictionary(
            uniqueKeysWithValues: steps.map { step in
                let parts = step.split(separator: ">")
                return (String(parts[0]), String(parts[1]))
            }
        )
        for name in ReferralStep.Name.allCases {
            var referral = try Self.referral(in: state)
            #expect(referral.state == state)
            let before = referral
            let late = Fixtures.noon + 100 * Fixtures.hour
            if let next = expected[name.rawValue] {
                #expect(referral.canTake(name))
                try referral.take(Self.step(name), at: late)
                #expect(referral.state.rawValue == next)
                #expect(referral.history.last?.step == Self.step(name))
                #expect(referral.history.count == before.history.count + 1)
            } else {
                #expect(!referral.canTake(name))
                #expect(throws: CareError.wrongState(from: state, step: name)) {
                    try referral.take(Self.step(name), at: late)
                }
                #expect(referral == before)
            }
        }
    }

    @Test(arguments: ReferralState.allCases)
    func `every state survives storing with its history`(state: ReferralState) throws {
        let referral = try Self.referral(in: state)
        let again = try read(Referral.self, stored(referral))
        #expect(again == referral)
        #expect(again.state == state)
    }

    @Test func `a history that cannot have happened is refused`() throws {
        let text = try stored(Self.referral(in: .completed))
        #expect(text.contains(#"{"at":1773144000000,"step":"accept"},"#))
        let skipped = text.replacingOccurrences(of: #"{"at":1773144000000,"step":"accept"},"#, with: "")
        #expect(throws: CareError.wrongState(from: .received, step: .complete)) { try read(Referral.self, skipped) }
    }

    @Test func `the acts take the steps they are named after`() throws {
        var referral = try Fixtures.referral()
        let noon = Fixtures.noon
        try referral.makeReady(at: noon)
        try referral.send(at: noon + 1)
        try referral.receive(at: noon + 2)
        try referral.accept(at: noon + 3)
        try referral.schedule(for: noon + Fixtures.day, at: noon + 4)
        #expect(referral.appointment == noon + Fixtures.day)
        try referral.recordNoShow(at: noon + 5)
        #expect(referral.appointment == nil)
        try referral.recordUnreachable(at: noon + 6)
        try referral.attend(at: noon + 7)
        try referral.startService(at: noon + 8)
        try referral.complete(onWordOf: .receiver, at: noon + 9)
        #expect(
            referral.history.map(\.step.name) == [
                .makeReady, .send, .receive, .accept, .schedule, .noShow, .unreachable, .attend, .startService,
                .complete,
            ]
        )
        #expect(referral.history.map(\.at) == (0..<10).map { noon + Double($0) })

        for (way, state) in [(0, ReferralState.declined), (1, .withdrawn), (2, .revoked)] {
            var other = try Self.referral(in: .received)
            switch way {
            case 0: try other.decline(.noCapacity, at: noon)
            case 1: try other.withdraw(at: noon)
            default: try other.revoke(.consentWithdrawn, at: noon)
            }
            #expect(other.state == state)
        }
        var silent = try Self.referral(in: .sent)
        try silent.expire(at: noon + 72 * Fixtures.hour)
        try silent.rematch(at: noon + 72 * Fixtures.hour)
        #expect(silent.state == .rematch)
    }

    @Test(arguments: [(Urgency.emergency, 24), (.urgent, 72), (.routine, 336), (.emergency, 5)])
    func `silence becomes a state when the time to answer is over, not before`(urgency: Urgency, hours: Int) throws {
        var referral = try Fixtures.referral(urgency: urgency, answerWithinHours: hours)
        #expect(referral.answerDueAt == nil)
        try referral.makeReady(at: Fixtures.noon)
        try referral.send(at: Fixtures.noon + 10)
        let due = Fixtures.noon + 10 + Double(hours) * Fixtures.hour
        #expect(referral.answerDueAt == due)
        #expect(throws: CareError.notBefore(due, step: .expire)) { try referral.expire(at: due - 0.001) }
        try referral.expire(at: due)
        #expect(referral.state == .expired)
    }

    @Test func `the packet is released by acceptance and closed by any end`() {  // DECISIONS 4, N8
        let released = ReferralState.allCases.filter(\.releasesPacket)
        #expect(released == [.accepted, .scheduled, .attended, .serviceStarted, .noShow, .unreachable])
    }

    @Test func `what has ended takes no step, and what waits is with the desk`() {
        #expect(ReferralState.allCases.filter(\.isEnded) == [.completed, .withdrawn, .revoked, .rematch])
        #expect(ReferralState.allCases.filter(\.isWaiting) == [.sent, .received])
        for state in ReferralState.allCases {
            let steps = ReferralStep.Name.allCases.filter { state.after($0) != nil }
            #expect(steps.isEmpty == state.isEnded)
            // N8: whatever is not over can be stopped.
            #expect(steps.contains(.withdraw) == !state.isEnded)
            #expect(steps.contains(.revoke) == !state.isEnded)
        }
    }

    @Test func `a referral with a full history can still be stopped`() throws {  // N8
        var referral = try Self.referral(in: .scheduled)
        while referral.history.count < Limits.steps {
            try referral.schedule(for: Fixtures.noon + Fixtures.day, at: Fixtures.noon)
        }
        #expect(throws: CareError.self) {
            try referral.schedule(for: Fixtures.noon + Fixtures.day, at: Fixtures.noon)
        }
        try referral.withdraw(at: Fixtures.noon)
        #expect(referral.state == .withdrawn)
        #expect(try read(Referral.self, stored(referral)) == referral)
    }

    @Test func `decline reasons are those of the form`() {  // X4
        #expect(
            DeclineReason.allCases.map(\.rawValue) == [
                "no_capacity", "outside_age_gender_area", "no_such_service", "no_staff_language", "needs_document",
                "safety_conflict", "incomplete_data", "wrong_person", "other",
            ]
        )
    }

    @Test func `the stored form does not change`() throws {
        var referral = try Self.referral(in: .sent)
        try referral.decline(.noStaffLanguage, at: Fixtures.noon + 1)
        #expect(
            try stored(referral)
                == #"{"answer_within_hours":72,"basis":{"consent":"n0c1g60r30c1g60r30c1g60r30c","kind":"consent"},"case":"c040g2081040g2081040g208104","code":"PSY-CRISIS","#
                + #""created_at":1773144000000,"desk":"t1040g2081040g2081040g20810","history":[{"at":1773144000000,"step":"make_ready"},"#
                + #"{"at":1773144000000,"step":"send"},{"at":1773144001000,"reason":"no_staff_language","step":"decline"}],"#
                + #""id":"r081040g2081040g2081040g208","mode":"warm","need":"d0g2081040g2081040g2081040g","recipient":"xa-clinic","sent_by":"s0m2ga1850m2ga1850m2ga1850m","service":"xa-clinic-crisis","#
                + #""urgency":"urgent"}"#
        )
    }

    @Test(arguments: Urgency.allCases)
    func `a referral stored before its hours were written has those of the form`(urgency: Urgency) throws {
        let hours = [Urgency.emergency: 24, .urgent: 72, .routine: 336][urgency] ?? 0
        var referral = try Fixtures.referral(urgency: urgency, answerWithinHours: hours)
        try referral.makeReady(at: Fixtures.noon)
        try referral.send(at: Fixtures.noon)
        let old = try stored(referral).replacingOccurrences(of: "\"answer_within_hours\":\(hours),", with: "")
        #expect(!old.contains("answer_within_hours"))
        #expect(try read(Referral.self, old) == referral)
        let own = try Fixtures.referral(urgency: urgency, answerWithinHours: 5)
        #expect(try read(Referral.self, stored(own)).answerWithinHours == 5)
    }

    @Test(arguments: [0, -1, 8_761])
    func `hours for an answer that are none are refused`(hours: Int) {
        #expect(throws: CareError.self) { try Fixtures.referral(answerWithinHours: hours) }
    }

    @Test func `the desk sees routing fields and nothing that tells who she is`() throws {  // DECISIONS 4
        let referral = try Self.referral(in: .sent)
        let routing = ReferralRouting(of: referral, for: try Fixtures.amina())
        #expect(routing.ageBand == .from15To17)
        #expect(routing.answerDueAt == Fixtures.noon + 72 * Fixtures.hour)
        #expect(
            try stored(routing)
                == #"{"age_band":"15-17","answer_due_at":1773403200000,"code":"PSY-CRISIS","country":"XA","#
                + #""languages":["si","en"],"referral":"r081040g2081040g2081040g208","state":"sent","urgency":"urgent"}"#
        )
        #expect(try read(ReferralRouting.self, stored(routing)) == routing)

        var accepted = referral
        try accepted.accept(at: Fixtures.noon + 1)
        #expect(routing.following(accepted).state == .accepted)
        #expect(routing.following(accepted).languages == routing.languages)
    }
}
