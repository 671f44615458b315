import Care
import Testing

@Suite struct ActTests {
    @Test func `the codes that the log keeps do not change`() {
        #expect(
            Act.allCases.map(\.rawValue) == [
                "session.open", "session.close", "services.look_up", "country.read", "case.open", "case.list",
                "case.read", "need.record", "consent.record", "consent.withdraw", "services.match", "referral.file",
                "referral.list", "referral.read", "referral.accept", "referral.decline", "referral.complete",
                "referral.revoke", "packet.open", "audit.read", "audit.checkpoint", "agency.found",
                "team.found", "person.enrol", "directory.load",
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
                "assigned", "same_team", "supervisor", "receiving_desk", "sending_worker", "none",
            ]
        )
        #expect(
            Purpose.allCases.map(\.rawValue) == [
                "helpline", "case_management", "referral", "audit_review", "account_access", "directory_care",
            ]
        )
    }

    @Test func `codes fit an audit entry`() {
        let codes = Act.allCases.map(\.rawValue) + Role.allCases.map(\.rawValue) + Purpose.allCases.map(\.rawValue)
        for code in codes {
            #expect(code.utf8.count <= 64)
            #expect(code.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2E || $0 == 0x5F })
        }
    }

    @Test func `urgency answers within 24 hours, 72 hours and two weeks`() {  // C5
        #expect(Urgency.allCases.map(\.responseHours) == [24, 72, 336])
    }
}
