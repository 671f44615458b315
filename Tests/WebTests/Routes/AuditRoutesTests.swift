import Audit
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

@Suite struct AuditRoutesTests {
    @Test func `an auditor reads the log page by page, each entry as it is stored`() async throws {
        try await House.serving { house, client in
            let oksana = try await house.caller("oksana", client)
            let size = try house.logged
            var seen: [Int] = []
            var after = ""
            repeat {
                let page = try await oksana.get("/v1/audit/entries?limit=5\(after)").json
                #expect(page["entries"].list.count <= 5)
                seen += page["entries"].list.compactMap { $0["seq"].whole }
                after = page["next"].whole.map { "&after=\($0)" } ?? ""
            } while !after.isEmpty && seen.count < size
            #expect(Array(seen.prefix(size)) == Array(0..<size))
            let stored = try house.entries().map { String(decoding: $0.bytes, as: UTF8.self) }
            let whole = try await oksana.get("/v1/audit/entries?limit=200").text
            for entry in stored { #expect(whole.contains(entry)) }
        }
    }

    @Test func `entries can be sought by act and outcome`() async throws {
        try await House.serving { house, client in
            let ruwan = try await house.caller("ruwan", client)
            _ = try await ruwan.get("/v1/cases/c\(String(repeating: "0", count: 26))")
            let oksana = try await house.caller("oksana", client)
            let answer = try await oksana.leaves("audit.read permitted audit.read:auditor") { oksana in
                try await oksana.get("/v1/audit/entries?act=case.read&outcome=denied")
            }
            let found = try answer.json["entries"].list
            #expect(found.map { $0["rule"].text } == ["not_assigned"])
            for (query, kind) in [
                ("act=zq7marker", ProblemKind.invalidParameter), ("limit=0", .invalidParameter),
                ("limit=201", .invalidParameter), ("after=-1", .invalidParameter),
                ("outcome=zq7marker", .invalidParameter),
                ("actor=s", .unknownParameter),
            ] {
                try await oksana.leavesNothing { try await $0.get("/v1/audit/entries?\(query)") }.expect(kind)
            }
        }
    }

    @Test func `nobody else reads the log, and each attempt is in it`() async throws {
        try await House.serving { house, client in
            for name in ["dinesh", "sunil", "adila", "pema", "amara"] {
                let caller = try await house.caller(name, client)
                for (path, act) in [("entries", "audit.read"), ("extract", "audit.extract")] {
                    let answer = try await caller.leaves("\(act) denied wrong_role") {
                        try await $0.get("/v1/audit/\(path)")
                    }
                    #expect(try answer.expect(.refused).reason == "wrong_role")
                }
            }
            let adila = try await house.caller("adila", client)
            let note = try await adila.leaves("audit.checkpoint permitted audit.checkpoint:administrator") { adila in
                try await adila.get("/v1/audit/checkpoint")
            }
            #expect(note.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(note.text.hasPrefix("leeward.example/test\n"))
            let dinesh = try await house.caller("dinesh", client)
            try await dinesh.leaves("audit.checkpoint denied wrong_role") { try await $0.get("/v1/audit/checkpoint") }
                .expect(.refused)
        }
    }

    @Test func `an extract holds the log from which everything can be checked elsewhere`() async throws {
        try await House.serving { house, client in
            let oksana = try await house.caller("oksana", client)
            try await oksana.leaves("audit.extract denied confirmation_needed") {
                try await $0.get("/v1/audit/extract")
            }
            .expect(.confirmationNeeded)
            try await oksana.confirm()
            let first = try await oksana.get("/v1/audit/extract").json
            let size = try #require(first["size"].whole)
            let entries = first["entries"].list.compactMap { $0.text.flatMap { Data(base64Encoded: $0) } }
            #expect(entries.count == size)
            #expect(entries.map { Array($0) } == (try house.entries().prefix(size).map(\.bytes)))
            var tree = MerkleTree()
            for entry in entries { try tree.append(leaf: MerkleTree.leafHash(Array(entry))) }
            let key = try LogVerifierKey(try #require(first["key"].text))
            let notes = first["checkpoints"].list.compactMap { $0.text.flatMap { Data(base64Encoded: $0) } }
            let newest = try VerifiedCheckpoint(note: Array(try #require(notes.last)), signedBy: key)
            #expect(newest.size == size)
            #expect(newest.root == (try tree.root()))

            let rest = try await oksana.get("/v1/audit/extract?from=\(size - 1)&up_to=\(size)").json
            #expect(rest["entries"].list.count == 1)
            #expect(rest["checkpoints"] == .list([]))
            let problem = try await oksana.get("/v1/audit/extract?up_to=999999").expect(.invalidParameter)
            #expect(problem.errors?.map(\.parameter) == ["up_to"])
        }
    }
}
