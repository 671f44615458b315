import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct MatchRoutesTests {
    @Test func `each option has its reasons in words, and each other service its own`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            var opened = try await OpenedCase(by: dinesh)
            func match() async throws -> SeenJSON {
                try await dinesh.post("\(opened.path)/matches", #"{"need":"\#(opened.need)"}"#).json
            }
            let before = try await match()
            #expect(before["outcome"].text == "options")
            #expect(before["referral_may_be_sent"].flag == false)
            #expect(
                before["gates"][0]
                    == .object([
                        "code": .text("CONSENT_NOT_ASKED"),
                        "text": .text(
                            "The survivor has not been asked about this service yet: look, but send nothing."
                        ),
                    ])
            )
            let online = try #require(before["options"].list.first { $0["service"].text == "test-online-care" })
            #expect(online["rank"].whole == 1)
            #expect(online["name"].text == "Care after online exploitation (invented)")
            #expect(online["organization"].text == "test-pipal-tree (invented)")
            #expect(online["opening"]["state"].text == "open")
            // 2027-01-15 08:00 UTC on the clock of Kathmandu.
            #expect(online["earliest_start"].text?.hasSuffix("+05:45") == true)
            #expect(online["why"][0]["code"].text == "OFFERS_NEED")
            #expect(online["why"].list.contains { $0["text"].text == "The survivor's language is spoken." })
            #expect(online["flags"].list.contains { $0["code"].text == "NOT_VERIFIED" })
            #expect(online["soft_points"].whole != nil)
            for excluded in before["excluded"].list {
                #expect(excluded["name"].text != nil)
                #expect(!excluded["reasons"].list.isEmpty)
                #expect(excluded["reasons"].list.allSatisfy { $0["text"].text?.hasSuffix(".") == true })
            }
            _ = try await opened.consent()
            let after = try await match()
            #expect(after["gates"] == .list([]))
            #expect(after["referral_may_be_sent"].flag == true)
        }
    }

    @Test func `a need that the case does not have is not found, and the helpline matches nothing`() async throws {
        try await House.serving { house, client in
            let dinesh = try await house.caller("dinesh", client)
            let opened = try await OpenedCase(by: dinesh)
            let path = "\(opened.path)/matches"
            let other = #"{"need":"d\#(String(repeating: "0", count: 26))"}"#
            try await dinesh.leaves("services.match denied not_found") { try await $0.post(path, other) }.expect(
                .notFound
            )
            let problem = try await dinesh.leavesNothing { try await $0.post(path, #"{"need":"zq7marker"}"#) }.expect(
                .invalidValue
            )
            #expect(problem.errors?.map(\.pointer) == ["/need"])
            let amara = try await house.caller("amara", client)
            try await amara.leaves("services.match denied wrong_role") { try await $0.post(path, other) }.expect(
                .refused
            )
        }
    }
}
