import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

/// Bodies of requests about one invented girl. Every text in them that is about a person holds the marker that must be
/// found nowhere else.
enum Caseload {
    /// A case as a caseworker opens it.
    static func opening(
        in house: House,
        needs: String = #"[{"code":"PSY-ONLINE","urgency":"urgent","reason":"zq7marker reason"}]"#,
        caregiverIsAccused: String = "no"
    ) -> String {
        """
        {"team": "\(house.team)",
         "survivor": {"name": "zq7marker name", "alias": "zq7marker alias", "age": 14, "gender": "female",
                      "languages": ["si"], "current_country": "LK", "area": "zq7marker area"},
         "safe_contact": {"permission": "allowed", "addresses": [{"channel": "call", "value": "+1 202 555 0143 zq7marker"}],
                          "who_may_answer": "zq7marker aunt", "cover_identity": "zq7marker cover",
                          "code_word": "zq7marker word", "language": "si", "routes": ["worker_introduces"],
                          "hours": {"time_zone": "Asia/Colombo",
                                    "slots": [{"days": ["mon", "tue"], "from": "16:00", "until": "24:00"}]}},
         "conflicts": {"alleged_perpetrators": [{"party": "p-zq7marker", "organizations": ["test-harbour-club"]}],
                       "caregiver_is_accused": "\(caregiverIsAccused)"},
         "intake": {"channel": "in_person", "how_identified": "zq7marker found", "last_contact": {"state": "ongoing"},
                    "caregivers": [{"party": "p-aunt", "kind": "other_relative", "safe_to_contact": "yes"}]},
         "wishes": {"staff_gender": "female", "mode": "video"},
         "risk": "high", "note": "zq7marker note\\nzq7marker second line", "needs": \(needs)}
        """
    }

    /// A consent of her caregiver with her own written assent.
    static func consent(
        in house: House,
        items: String = #"["age_band", "languages", "alias", "safe_contact"]"#,
        giver: String = #""given_by": "caregiver""#,
        assent: String? = nil
    ) -> String {
        let agreed = assent ?? #"{"state": "given", "form": "written", "at": "\#(house.clock.text(minutes: -10))"}"#
        return """
            {"service": "PSY-ONLINE", "recipient": "test-pipal-tree", "items": \(items), "sending_abroad": true,
             \(giver), "form": "written", "assent": \(agreed),
             "limits_explained_at": "\(house.clock.text(minutes: -20))"}
            """
    }

    /// A referral to the desk in Nepal.
    static func referral(
        need: String,
        consent: String?,
        service: String = "test-online-care",
        items: String = #"["age_band", "languages", "alias", "safe_contact"]"#
    ) -> String {
        """
        {"need": "\(need)", "service": "\(service)", \(consent.map { #""consent": "\#($0)", "# } ?? "")
         "items": \(items), "mode": "warm", "call_back": "+1 202 555 0107 zq7marker"}
        """
    }
}

/// A case that has been opened, with the version it is at.
struct OpenedCase {
    let caller: Caller
    let id: String
    let need: String
    var version: Int

    var path: String { "/v1/cases/\(id)" }

    /// Opens a case.
    init(by caller: Caller, _ body: String? = nil) async throws {
        let answer = try await caller.post(
            "/v1/cases",
            body ?? Caseload.opening(in: caller.house),
            key: UUID().uuidString
        )
        #expect(answer.status == .created, "\(answer.text)")
        self.caller = caller
        id = try #require(try answer.json["id"].text)
        need = try answer.json["needs"][0]["id"].text ?? ""
        version = try #require(answer.version)
    }

    /// Changes the case and notes its new version; answers with the id of what was made.
    mutating func change(_ part: String, _ body: String, key: String) async throws -> String {
        let answer = try await caller.post("\(path)/\(part)", body, key: key, version: version)
        #expect(answer.status == .created, "\(answer.text)")
        version = try #require(answer.version)
        return try #require(try answer.json["id"].text)
    }

    /// Records a consent.
    mutating func consent(_ body: String? = nil) async throws -> String {
        try await change("consents", body ?? Caseload.consent(in: caller.house), key: "consent")
    }

    /// Files a referral on a consent.
    mutating func referral(on consent: String) async throws -> String {
        try await change("referrals", Caseload.referral(need: need, consent: consent), key: "referral")
    }
}
