import Care
import Testing

@Suite struct ActTests {
    @Test func `the codes that the log keeps do not change`() {
        #expect(
            Act.allCases.map(\.rawValue) == [
                "session.open", "session.close", "session.confirm", "services.look_up", "country.read", "case.open",
                "case.list",
                "case.read", "need.record", "consent.record", "consent.withdraw", "services.match", "referral.file",
                "referral.list", "referral.read", "referral.accept", "referral.decline", "referral.complete",
                "referral.revoke", "packet.open", "case.lock_out", "case.restrict", "reader.add", "reader.remove",
                "case.assign", "team.members", "member.add", "member.remove", "team.renew_key",
                "team.reseal", "audit.read", "audit.checkpoint", "audit.extract", "agency.found",
                "team.found", "person.enrol", "person.invite", "directory.load", "case.erase", "case.erased",
                "log.continue",
                "keys.rotate_pepper",
            ]
        )
        #expect(
            Role.allCases.map(\.rawValue) == [
                "caseworker", "supervisor", "intake", "helpline", "directory_editor", "auditor", "administrator",
                "safeguarding_focal_point", "trustee", "secretariat",
            ]
        )
        #expect(
            Relationship.allCases.map(\.rawValue) == [
                "assigned", "same_team", "supervisor", "reader", "receiving_desk", "sending_worker", "none",
            ]
        )
        #expect(
            Purpose.allCases.map(\.rawValue) == [
                "helpline", "case_management", "referral", "audit_review", "account_access", "directory_care",
                "record_keeping",
            ]
        )
    }

    @Test func `what is more urgent comes first and never has more hours`() throws {  // C5
        #expect(Urgency.allCases.sorted() == [.emergency, .urgent, .routine])
        let times = try ResponseTimes(emergency: 1, urgent: 1, routine: 8_760)
        #expect(Urgency.allCases.map { times.hours(for: $0) } == [1, 1, 8_760])
        for (emergency, urgent, routine) in [(2, 1, 3), (1, 4, 3), (0, 1, 2), (1, 2, 8_761)] {
            #expect(throws: CareError.self) {
                try ResponseTimes(emergency: emergency, urgent: urgent, routine: routine)
            }
        }
    }

    @Test func `codes fit an audit entry`() {
        let codes = Act.allCases.map(\.rawValue) + Role.allCases.map(\.rawValue) + Purpose.allCases.map(\.rawValue)
        for code in codes {
            #expect(code.utf8.count <= 64)
            #expect(code.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2E || $0 == 0x5F })
        }
    }
}
