import Care
import Foundation
import Sealing
import Store
import Testing

@testable import Casework

/// What guessing costs, and that it locks nobody out who has signed in before.
@Suite struct WrongTriesTests {
    private static let wrong = "wrong-password-of-tests"

    private func guess(_ house: House, _ name: String, device: [UInt8]? = nil) async throws -> CaseworkError? {
        try await house.failure { try await house.trySignIn(name: name, password: Self.wrong, device: device) }
    }

    @Test(arguments: [House.Person.worker.signInName, "nobody"])
    func `each wrong try doubles the wait up to a minute, whoever has the name`(name: String) async throws {
        let house = try await House.founded()
        for wait in [1, 2, 4, 8, 16, 32, 60, 60] {
            #expect(try await guess(house, name) == .signInFailed)
            #expect(try await guess(house, name) == .tooManyFailures(retryAfterSeconds: wait))
            house.clock.advance(seconds: Double(wait) - 0.5)
            #expect(try await guess(house, name) == .tooManyFailures(retryAfterSeconds: 1))
            house.clock.advance(seconds: 0.5)
        }
    }

    @Test func `while it waits nothing is looked at, and right is answered like wrong`() async throws {
        let house = try await House.founded()
        #expect(try await guess(house, House.Person.worker.signInName) == .signInFailed)
        let work = house.deployment.signIn.sessions.work
        let (derivations, size) = (work.derivations, try house.logSize)
        for password in [House.Person.worker.password, Self.wrong, ""] {
            let error = try await house.failure { try await house.trySignIn(password: password) }
            #expect(error == .tooManyFailures(retryAfterSeconds: 1))
        }
        #expect(work.derivations == derivations)
        #expect(try house.logSize == size)
        house.clock.advance(seconds: 1)
        _ = try await house.trySignIn()
        let counted = try house.sentences(from: size).filter { $0.contains("too_many_failures") }
        #expect(counted == ["none session.open - denied too_many_failures none account_access count=3"])
        // A right one ends the row of wrong ones.
        #expect(try house.store.read { try $0.count(.wrongTries) } == 0)
        #expect(try await guess(house, House.Person.worker.signInName) == .signInFailed)
        #expect(
            try await guess(house, House.Person.worker.signInName) == .tooManyFailures(retryAfterSeconds: 1)
        )
    }

    @Test func `a wrong password and a name nobody has cost one derivation each`() async throws {
        let house = try await House.founded()
        let work = house.deployment.signIn.sessions.work
        for name in [House.Person.worker.signInName, "nobody", "", String(repeating: "n", count: 300)] {
            let before = work.derivations
            #expect(try await guess(house, name) == .signInFailed)
            #expect(work.derivations == before + 1)
        }
    }

    @Test func `of a burst of guesses at once one is looked at`() async throws {
        let house = try await House.founded()
        for name in [House.Person.worker.signInName, "nobody"] {
            let errors = await withTaskGroup(of: CaseworkError?.self) { group in
                for _ in 0..<6 { group.addTask { try? await guess(house, name) } }
                return await group.reduce(into: [CaseworkError?]()) { $0.append($1) }
            }
            #expect(errors.count { $0 == .signInFailed } == 1)
            #expect(errors.count { $0 == .tooManyFailures(retryAfterSeconds: 1) } == 5)
            house.clock.advance(seconds: 1)
            // One try was counted: the next wait is the second one.
            #expect(try await guess(house, name) == .signInFailed)
            #expect(try await guess(house, name) == .tooManyFailures(retryAfterSeconds: 2))
        }
    }

    @Test func `the wait and its count outlive a restart, for names that nobody has too`() async throws {
        let house = try await House.founded(onDisk: true)
        let names = [House.Person.worker.signInName, "nobody"]
        for name in names { #expect(try await guess(house, name) == .signInFailed) }
        house.clock.advance(seconds: 1)
        for name in names { #expect(try await guess(house, name) == .signInFailed) }
        try house.deployment.close()
        let again = try house.reopened()
        for name in names { #expect(try await guess(again, name) == .tooManyFailures(retryAfterSeconds: 2)) }
        try again.deployment.close()
    }

    @Test func `after a hundred no more are taken, but from a device that was used before`() async throws {
        let house = try await House.founded()
        let device = try #require(try await house.trySignIn(remembersDevice: true).device)
        for name in [House.Person.worker.signInName, "nobody"] {
            for _ in 0..<100 {
                #expect(try await guess(house, name) == .signInFailed)
                house.clock.advance(seconds: 60)
            }
            house.clock.advance(hours: 1000)
            #expect(try await guess(house, name) == .tooManyFailures(retryAfterSeconds: nil))
        }
        let closed = CaseworkError.tooManyFailures(retryAfterSeconds: nil)
        #expect(try await house.failure { try await house.trySignIn() } == closed)
        // Somebody else's device, and a made-up one, are no better than none.
        let other = try #require(try await house.trySignIn(.colleague, remembersDevice: true).device)
        #expect(try await house.failure { try await house.trySignIn(device: other) } == closed)
        #expect(try await house.failure { try await house.trySignIn(device: DeviceToken.random().text()) } == closed)
        #expect(try await house.failure { try await house.trySignIn(device: Array("ld1_".utf8)) } == closed)
        let session = try await house.trySignIn(device: device)
        #expect(session.device == nil)
        // Her device has a count of its own.
        #expect(try await guess(house, House.Person.worker.signInName, device: device) == .signInFailed)
        let waits = try await house.failure { try await house.trySignIn(device: device) }
        #expect(waits == .tooManyFailures(retryAfterSeconds: 1))
    }

    @Test func `a device is forgotten after ninety days without it, and when it is taken away`() async throws {
        let house = try await House.founded()
        let device = try #require(try await house.trySignIn(remembersDevice: true).device)
        func isKnown() async throws -> Bool {
            let office = house.deployment.office
            let account = try office.read { try office.rows.account(of: house.staff(.worker), in: $0) }
            return try office.device(device, of: account) != nil
        }
        house.clock.advance(days: 89)
        _ = try await house.trySignIn(device: device)
        house.clock.advance(days: 89)
        #expect(try await isKnown())
        let signedIn = try house.deployment.signIn.signedIn(bearer: try await house.trySignIn(device: device).token)
        let overview = try await house.deployment.account.overview(
            for: signedIn,
            request: house.deployment.newRequest()
        )
        let listed = try #require(overview.devices.first)
        #expect(overview.devices.count == 1)
        let (stranger, _) = try await House.signIn(.colleague, in: house.deployment)
        let (error, _) = try await house.refused {
            try await $0.account.revoke(device: listed.id, of: stranger, request: $1)
        }
        #expect(error == .notFound)
        #expect(try await isKnown())
        let (_, entry) = try await house.one {
            try await $0.account.revoke(device: listed.id, of: signedIn, request: $1)
        }
        #expect(entry.sentence == "worker device.revoke worker permitted device.revoke:staff none account_access")
        #expect(try await !isKnown())

        let again = try #require(try await house.trySignIn(remembersDevice: true).device)
        house.clock.advance(days: 90)
        let office = house.deployment.office
        let account = try office.read { try office.rows.account(of: house.staff(.worker), in: $0) }
        #expect(try office.device(again, of: account) == nil)
    }

    @Test func `of many devices the one used longest ago goes, and a token is stored as a digest only`() async throws {
        let house = try await House.founded()
        var devices: [[UInt8]] = []
        for _ in 0...Limits.devices {
            devices.append(try #require(try await house.trySignIn(remembersDevice: true).device))
            house.clock.advance(seconds: 1)
        }
        let office = house.deployment.office
        let account = try office.read { try office.rows.account(of: house.staff(.worker), in: $0) }
        #expect(try office.device(devices[0], of: account) == nil)
        for device in devices.dropFirst() { #expect(try office.device(device, of: account) != nil) }
        #expect(try house.store.read { try $0.count(.device) } == Limits.devices)
        #expect(try house.stored(.device, DeviceToken(text: devices[1]).digest) != nil)
    }

    @Test func `a clock far ahead that is right again locks nobody out`() async throws {
        let house = try await House.founded()
        house.clock.advance(hours: 11)
        #expect(try await guess(house, House.Person.worker.signInName) == .signInFailed)
        house.clock.advance(hours: -11)
        _ = try await house.trySignIn()
    }

    @Test func `names nobody has are bounded, and make no room at the cost of people`() async throws {
        let house = try await House.founded()
        let office = house.deployment.office
        #expect(try await guess(house, House.Person.worker.signInName) == .signInFailed)
        let owner = try office.rows.blind(.triedNames, [])
        let record = WrongTriesRecord(count: 1, lastAtMilliseconds: 0)
        try house.store.write { transaction in
            for _ in 0..<Limits.triedNames {
                let id = try Randomness.bytes(16)
                try transaction.put(office.rows.row(record, .wrongTries, id: id, owner: owner), expecting: nil)
            }
        }
        for name in ["nobody", "nobody else"] { #expect(try await guess(house, name) == .signInFailed) }
        #expect(try await guess(house, "nobody else") == .tooManyFailures(retryAfterSeconds: 1))
        #expect(try house.store.read { try $0.count(.wrongTries, owner: owner) } == Limits.triedNames)
        #expect(try house.store.read { try $0.count(.wrongTries) } == Limits.triedNames + 1)
        #expect(
            try await guess(house, House.Person.worker.signInName) == .tooManyFailures(retryAfterSeconds: 1)
        )
    }
}
