import Audit
import Care
import Directory
import Foundation
import Matching
import Sealing
import Store
import Testing

@testable import Casework

@Suite struct DirectoryLoadTests {
    private let content = ContentHash(first: 7, second: 11)

    @Test func `a directory that is loaded is in the log before it is used, by its content and the operator`()
        async throws
    {
        let house = try await House.founded()
        #expect(try house.deployment.recordedDirectory() == nil)
        let newer = try Self.directory(of: house, named: "Another counselling (invented)")
        let (_, entry) = try await house.one { deployment, request in
            try await deployment.load(newer, content: content, request: request)
        }
        #expect(
            entry.sentence
                == "none directory.load directory:0000000000000007000000000000000b permitted operator none directory_care"
        )
        #expect(try house.deployment.recordedDirectory() == content.description)
        #expect(house.deployment.directory.service(Invented.counselling)?.name == "Another counselling (invented)")
    }

    @Test func `what cannot be recorded is not used`() async throws {
        let house = try await House.founded(onDisk: true)
        let newer = try Self.directory(of: house, named: "Another counselling (invented)")
        let before = house.deployment.directory.service(Invented.counselling)?.name
        try house.store.close()
        await #expect(throws: CaseworkError.stopped) {
            try await house.deployment.load(newer, content: content, request: house.deployment.newRequest())
        }
        #expect(house.deployment.directory.service(Invented.counselling)?.name == before)
    }

    @Test func `whoever began with the old directory ends with it, and leaves nothing of it in the new one`()
        async throws
    {
        let house = try await House.founded()
        let lk = try Invented.country("LK")
        let shelf = DirectoryShelf(house.directory)
        let begun = shelf.shelf
        shelf.replace(with: try Self.directory(of: house, named: "Another counselling (invented)"))
        func name(_ shelved: ShelvedDirectory) throws -> String? {
            try shelved.index(for: lk).services.first { $0.id == Invented.counselling }?.name
        }
        #expect(try name(begun) != "Another counselling (invented)")
        #expect(try name(shelf.shelf) == "Another counselling (invented)")
    }

    @Test func `other keys than the store was written with are told from damage`() async throws {
        let house = try await House.founded(onDisk: true)
        _ = try await house.one { deployment, request in
            try await deployment.load(house.directory, content: content, request: request)
        }
        try house.deployment.close()
        let scratch = try #require(house.scratch)
        func open(_ pepper: [UInt8], _ seed: [UInt8]) throws {
            let store = try Store(path: scratch.path("case.db"), reserveBytes: 4096)
            defer { try? store.close() }
            let deployment = try House.open(store, scratch, pepper, seed, house.directory, house.clock)
            try deployment.close()
        }
        let other = try Randomness.bytes(32)
        #expect(throws: CaseworkError.damaged(code: "server_keys")) { try open(other, house.template.logSeed) }
        #expect(throws: CaseworkError.damaged(code: "log_key")) { try open(house.template.pepper, other) }
        try open(house.template.pepper, house.template.logSeed)
    }

    @Test func `the time of the newest entry is known`() async throws {
        let house = try await House.founded()
        #expect(try house.deployment.lastRecorded() == nil)
        _ = try await house.one { deployment, request in
            try await deployment.load(house.directory, content: content, request: request)
        }
        #expect(try house.deployment.lastRecorded() == house.deployment.now)
    }

    private static func directory(of house: House, named name: String) throws -> ServiceDirectory {
        let services = try Invented.services().map { service in
            guard service.id == Invented.counselling else { return service }
            var renamed = service
            renamed.name = name
            return renamed
        }
        return Repository.directory.adding(organizations: try Invented.organizations(), services: services)
    }
}
