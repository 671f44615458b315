import Audit
import Care
import Dispatch
import Foundation
import Store
import Testing

@testable import Casework

/// Signing in and out, and what a session is worth.
@Suite struct SignInTests {
    private func signIn(
        _ house: House,
        name: String = House.Person.worker.signInName,
        password: String = House.Person.worker.password
    ) -> (Deployment, RequestID) async throws -> SignInDesk.Session {
        { deployment, request in
            var bytes = Array(password.utf8)
            defer { #expect(bytes.isEmpty, "the password is wiped") }
            return try await deployment.signIn.signIn(name: name, password: &bytes, request: request)
        }
    }

    @Test func `name and password open a session, and the entry names it`() async throws {
        let house = try await House.founded()
        let (session, entry) = try await house.one(signIn(house))
        house.call(session.worker.session.text, "session")
        #expect(entry.sentence == "worker session.open session permitted session.open:anyone none account_access")
        #expect(session.worker.staff == (try house.staff(.worker)))
        #expect(session.endsAt == house.clock.now.addingTimeInterval(36_000))
        let signedIn = try house.deployment.signIn.signedIn(bearer: session.token)
        #expect(signedIn.worker == session.worker)
        _ = try await house.openedCase()
    }

    @Test(arguments: ["Łucja", "ŁUCJA", "łucja", "Łucja"])
    func `a name is one name in every case and composition`(name: String) async throws {
        let house = try await House.founded()
        let (session, _) = try await house.one(signIn(house, name: name, password: House.Person.colleague.password))
        #expect(session.worker.staff == (try house.staff(.colleague)))
    }

    @Test func `a wrong password, an unknown name and an empty or endless one are refused alike, each with an entry`()
        async throws
    {
        let house = try await House.founded()
        let attempts: [(name: String, password: String, object: String)] = [
            (House.Person.worker.signInName, "wrong-password-of-tests", "worker"),
            (House.Person.worker.signInName, "", "worker"),
            (House.Person.worker.signInName, House.Person.colleague.password, "worker"),
            ("nobody", House.Person.worker.password, "-"),
            ("nobody", "", "-"),
            ("", House.Person.worker.password, "-"),
            (String(repeating: "n", count: 100_000), "wrong-password-of-tests", "-"),
        ]
        for attempt in attempts {
            let (error, entry) = try await house.refused(signIn(house, name: attempt.name, password: attempt.password))
            #expect(error == .signInFailed)
            // Nobody knows who tried: it is no act of hers whose name was tried.
            #expect(entry.sentence == "none session.open \(attempt.object) denied sign_in_failed none account_access")
        }
        #expect(try house.store.read { try $0.count(.session) } == 0)
    }

    @Test func `an account that cannot be read refuses and is recorded`() async throws {
        let house = try await House.founded()
        let slot = try #require(try house.stored(.passwordSlot, house.staff(.worker).bytes))
        try house.plant(StoredRow(kind: slot.kind, id: slot.id, version: 1, sealed: [1, 2, 3]))
        let (error, entry) = try await house.refused(signIn(house))
        #expect(error == .damaged(code: "account"))
        #expect(entry.sentence == "none session.open worker failed damaged.account none account_access")
    }

    // MARK: - Sessions

    @Test func `fifteen idle minutes end a session, and its use keeps it up to ten hours`() async throws {
        let house = try await House.founded()
        let (_, token) = try await House.signIn(.worker, in: house.deployment)
        for _ in 0..<4 {
            house.clock.advance(seconds: 899)
            _ = try house.deployment.signIn.signedIn(bearer: token)
        }
        house.clock.advance(seconds: 900)
        #expect(throws: CaseworkError.notSignedIn) { try house.deployment.signIn.signedIn(bearer: token) }
        // It does not come back.
        house.clock.advance(seconds: -900)
        #expect(throws: CaseworkError.notSignedIn) { try house.deployment.signIn.signedIn(bearer: token) }

        let (_, other) = try await House.signIn(.worker, in: house.deployment)
        var seconds = 0.0
        while seconds + 600 < 36_000 {
            seconds += 600
            house.clock.advance(seconds: 600)
            _ = try house.deployment.signIn.signedIn(bearer: other)
        }
        house.clock.advance(seconds: 600)
        #expect(throws: CaseworkError.notSignedIn) { try house.deployment.signIn.signedIn(bearer: other) }
    }

    @Test func `a session is confirmed with the password for five minutes, and with nothing else`() async throws {
        let house = try await House.founded()
        let (signedIn, token) = try await House.signIn(.worker, in: house.deployment)
        house.call(signedIn.worker.session.text, "session")
        func confirm(_ password: String) -> (Deployment, RequestID) async throws -> Date {
            { deployment, request in
                var bytes = Array(password.utf8)
                defer { #expect(bytes.isEmpty, "the password is wiped") }
                return try await deployment.signIn.confirm(signedIn, password: &bytes, request: request)
            }
        }
        func isConfirmed() throws -> Bool {
            try house.deployment.signIn.confirmedUntil(of: house.deployment.signIn.signedIn(bearer: token)) != nil
        }
        for wrong in ["", "wrong-password-of-tests", House.Person.colleague.password] {
            let (error, entry) = try await house.refused(confirm(wrong))
            #expect(error == .confirmationFailed)
            #expect(entry.sentence == "worker session.confirm session denied confirmation_failed none account_access")
            #expect(try !isConfirmed())
        }
        let (until, entry) = try await house.one(confirm(House.Person.worker.password))
        #expect(entry.sentence == "worker session.confirm session permitted session.confirm:staff none account_access")
        #expect(until == house.clock.now.addingTimeInterval(300))
        #expect(try isConfirmed())
        house.clock.advance(seconds: 299)
        #expect(try isConfirmed())
        house.clock.advance(seconds: 1)
        #expect(try !isConfirmed())
        // A clock that is set back gives no confirmation a second life.
        _ = try await house.one(confirm(House.Person.worker.password))
        house.clock.advance(seconds: -1)
        #expect(try !isConfirmed())
        // Another session of the same person is another session.
        house.clock.advance(seconds: 1)
        let (other, _) = try await House.signIn(.worker, in: house.deployment)
        #expect(house.deployment.signIn.confirmedUntil(of: other) == nil)
    }

    @Test func `signing out ends the session, with its entry, and a second time does nothing`() async throws {
        let house = try await House.founded()
        let (signedIn, token) = try await House.signIn(.worker, in: house.deployment)
        house.call(signedIn.worker.session.text, "session")
        let (_, entry) = try await house.one { await $0.signIn.signOut(bearer: token, request: $1) }
        #expect(entry.sentence == "worker session.close session permitted session.close:staff none account_access")
        #expect(throws: CaseworkError.notSignedIn) { try house.deployment.signIn.signedIn(bearer: token) }
        #expect(try house.store.read { try $0.count(.session) } == 0)
        let size = try house.logSize
        await house.deployment.signIn.signOut(bearer: token, request: house.deployment.newRequest())
        #expect(try house.logSize == size)
    }

    @Test func `a restart ends every session`() async throws {
        let house = try await House.founded(onDisk: true)
        let (_, token) = try await House.signIn(.worker, in: house.deployment)
        _ = try house.deployment.signIn.signedIn(bearer: token)
        try house.deployment.close()
        let again = try house.reopened()
        #expect(throws: CaseworkError.notSignedIn) { try again.deployment.signIn.signedIn(bearer: token) }
        #expect(try again.store.read { try $0.count(.session) } == 0)
        _ = try await House.signIn(.worker, in: again.deployment)
        try again.deployment.close()
    }

    @Test func `an account that is gone has no session`() async throws {
        let house = try await House.founded()
        let (_, token) = try await House.signIn(.worker, in: house.deployment)
        try house.store.write { try $0.delete(.account, id: house.staff(.worker).bytes) }
        #expect(throws: CaseworkError.notSignedIn) { try house.deployment.signIn.signedIn(bearer: token) }
    }

    @Test func `a session whose row is taken away has ended`() async throws {
        let house = try await House.founded()
        let (_, token) = try await House.signIn(.worker, in: house.deployment)
        try house.store.write { transaction in
            for row in try transaction.rows(.session, limit: 10) { try transaction.delete(.session, id: row.id) }
        }
        #expect(throws: CaseworkError.notSignedIn) { try house.deployment.signIn.signedIn(bearer: token) }
    }

    @Test func `sessions that are over leave nothing behind, in memory or in the store`() async throws {
        let house = try await House.founded()
        for _ in 0..<5 { _ = try await House.signIn(.worker, in: house.deployment) }
        #expect(try house.store.read { try $0.count(.session) } == 5)
        house.clock.advance(hours: 1)
        _ = try await House.signIn(.worker, in: house.deployment)
        #expect(house.deployment.signIn.sessions.count == 1)
        #expect(try house.store.read { try $0.count(.session) } == 1)
    }

    @Test func `several sessions of one person are opened at once and all live`() async throws {
        let house = try await House.founded()
        let tokens = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<6 { group.addTask { try await House.signIn(.worker, in: house.deployment).token } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for token in tokens { _ = try house.deployment.signIn.signedIn(bearer: token) }
    }

    @Test func `requests without a session are counted into one entry with the next batch`() async throws {
        let house = try await House.founded()
        let size = try house.logSize
        for token in ["", "lw1_", "lw1_made_up", String(repeating: "x", count: 300)] {
            #expect(throws: CaseworkError.notSignedIn) {
                try house.deployment.signIn.signedIn(bearer: Array(token.utf8))
            }
        }
        #expect(try house.logSize == size)
        _ = try await house.openedCase()
        #expect(
            try house.sentences(from: size).dropFirst() == [
                "none session.open - denied no_session none account_access count=4"
            ]
        )
    }

    // MARK: - Floods

    @Test func `past the queue a sign-in is told to come back, and the flood is counted`() async throws {
        let house = try await House.founded()
        let work = house.deployment.signIn.sessions.work
        let gate = DispatchSemaphore(value: 0)
        // Two cores and 32 waiting.
        let flood = Task {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<34 {
                    group.addTask {
                        _ = try? await work.run { () throws(CaseworkError) -> Void in gate.wait() }
                    }
                }
            }
        }
        var error: CaseworkError?
        for _ in 0..<200 where error == nil {
            try await Task.sleep(for: .milliseconds(10))
            guard work.isFull else { continue }
            do throws(CaseworkError) {
                var password = Array(House.Person.worker.password.utf8)
                _ = try await house.deployment.signIn.signIn(
                    name: House.Person.worker.signInName,
                    password: &password,
                    request: house.deployment.newRequest()
                )
            } catch let found {
                error = found
            }
        }
        #expect(error == .busy(retryAfterSeconds: 5))
        // Everything else goes on meanwhile.
        let size = try house.logSize
        _ = try await house.openedCase()
        #expect(
            try house.sentences(from: size).dropFirst() == [
                "none session.open - failed busy none account_access count=1"
            ]
        )
        for _ in 0..<34 { gate.signal() }
        await flood.value
        _ = try await House.signIn(.worker, in: house.deployment)
    }
}
