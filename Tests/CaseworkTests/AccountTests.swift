import Care
import Foundation
import Sealing
import Store
import Testing

@testable import Casework

/// What somebody does with their own password, recovery code and sessions.
@Suite struct AccountTests {
    private static let newPassword = "another-sentence-of-tests"

    private func change(
        _ house: House,
        _ signedIn: SignedIn,
        from old: String = House.Person.worker.password,
        to new: String = newPassword
    ) async throws -> [UInt8]? {
        var (oldBytes, newBytes) = (Array(old.utf8), Array(new.utf8))
        defer { #expect(oldBytes.isEmpty && newBytes.isEmpty, "both passwords are wiped") }
        return try await house.deployment.account.changePassword(
            from: &oldBytes,
            to: &newBytes,
            of: signedIn,
            request: house.deployment.newRequest()
        )
    }

    private func recoveryCode(_ house: House, _ signedIn: SignedIn, _ password: String = House.Person.worker.password)
        async throws -> [UInt8]
    {
        var bytes = Array(password.utf8)
        return try await house.deployment.account.makeRecoveryCode(
            password: &bytes,
            of: signedIn,
            request: house.deployment.newRequest()
        )
    }

    private func recover(
        _ house: House,
        _ code: [UInt8],
        _ password: String = newPassword,
        authenticator: [UInt8]? = nil
    ) async throws -> RecoveryDesk.Recovered {
        var (codeBytes, bytes) = (code, Array(password.utf8))
        defer { #expect(codeBytes.isEmpty && bytes.isEmpty, "code and password are wiped") }
        return try await house.deployment.recoveries.recover(
            code: &codeBytes,
            authenticatorCode: authenticator,
            password: &bytes,
            request: house.deployment.newRequest()
        )
    }

    private func isLive(_ house: House, _ token: [UInt8]) -> Bool {
        (try? house.deployment.signIn.signedIn(bearer: token)) != nil
    }

    private func isCase(_ house: House, readableWith token: [UInt8], _ id: CaseID) async throws -> Bool {
        let signedIn = try house.deployment.signIn.signedIn(bearer: token)
        return try await house.failure {
            try await house.deployment.cases.read(id, by: signedIn, request: house.deployment.newRequest())
        } == nil
    }

    // MARK: - Password

    @Test func `a changed password opens, the old one does not, and other sessions have ended`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let other = try await house.trySignIn().token
        let signedIn = try await house.confirmedSignIn()
        let own = try await house.trySignIn(.colleague).token
        let keyring = try #require(try house.stored(.keyring, house.staff(.worker).bytes))
        #expect(try await change(house, signedIn) == nil)
        #expect(!isLive(house, other))
        #expect(isLive(house, own))
        #expect(house.deployment.signIn.sessions.knows(signedIn.digest))
        #expect(try house.stored(.session, signedIn.digest) != nil)
        #expect(try await house.failure { try await house.trySignIn() } == .signInFailed)
        house.clock.advance(seconds: 1)
        let token = try await house.trySignIn(password: Self.newPassword).token
        #expect(try await isCase(house, readableWith: token, receipt.id))

        // What a backup still has of the old slot opens the old keyring, and not what is written from now on.
        let new = try #require(try house.stored(.keyring, house.staff(.worker).bytes))
        #expect(new.version == keyring.version + 1)
        let old = try #require(
            house.template.rows.first {
                $0.kind == .passwordSlot && $0.id == (try? house.staff(.worker).bytes)
            }
        )
        let password = PasswordAttempt(password: try Secret(copying: Array(House.Person.worker.password.utf8)))
        let account = try #require(try house.deployment.office.passwordRows(of: house.staff(.worker))).account
        let keys = try House.keys(house.template.pepper)
        let before = PasswordRows(account: account, slot: old, keyring: keyring)
        #expect(try Office.unlock(before, password, keys) != nil)
        let mixed = PasswordRows(account: account, slot: old, keyring: new)
        #expect(throws: CaseworkError.damaged(code: "keyring")) { try Office.unlock(mixed, password, keys) }
    }

    @Test func `a password is not changed without the old one, a confirmed session and a new one that is sound`()
        async throws
    {
        let house = try await House.founded()
        let signedIn = try await house.confirmedSignIn()
        let slot = try house.stored(.passwordSlot, house.staff(.worker).bytes)
        let (plain, _) = try await House.signIn(.worker, in: house.deployment)
        #expect(try await house.failure { try await change(house, plain) } == .confirmationNeeded)
        let common = CaseworkError.invalid(
            field: "/new_password",
            what: "write one that is not made of common words, runs or repeats"
        )
        for (new, error) in [
            ("fourteen chars", CaseworkError.invalid(field: "/new_password", what: "write at least 15 characters")),
            ("passwordpassword123456", common), ("aaaaaaaaaaaaaaaaaaaa", common), ("123456789012345678", common),
            ("qwertyuiopasdfghjkl", common), ("Letmein-Letmein-Letmein-", common), ("abcdabcdabcdabcdabcd", common),
        ] {
            #expect(try await house.failure { try await change(house, signedIn, to: new) } == error, "\(new)")
        }
        #expect(
            try await house.failure { try await change(house, signedIn, from: "wrong-password-of-tests") }
                == .confirmationFailed
        )
        // The wrong one makes the right one wait.
        #expect(
            try await house.failure { try await change(house, signedIn) } == .tooManyFailures(retryAfterSeconds: 1)
        )
        #expect(try house.stored(.passwordSlot, house.staff(.worker).bytes) == slot)
        house.clock.advance(seconds: 1)
        #expect(
            try await house.failure { try await change(house, signedIn, to: "seven plain words, easily kept") } == nil
        )
    }

    @Test func `a sign-in with the old password that is under way when it changes opens nothing`() async throws {
        let house = try await House.founded()
        let signedIn = try await house.confirmedSignIn()
        async let changed = change(house, signedIn)
        var tokens: [[UInt8]] = []
        for _ in 0..<4 {
            if let token = try? await house.trySignIn().token { tokens.append(token) }
        }
        _ = try await changed
        for token in tokens { #expect(!isLive(house, token)) }
        #expect(try house.store.read { try $0.count(.session) } == 1)
    }

    // MARK: - Recovery code

    @Test func `a recovery code sets a new password once, and the next code comes with it`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let signedIn = try await house.confirmedSignIn()
        let code = try await recoveryCode(house, signedIn)
        let size = try house.logSize
        let recovered = try await recover(house, code)
        #expect(recovered.staff == (try house.staff(.worker)))
        #expect(
            try house.sentences(from: size) == [
                "none recovery.use worker permitted recovery.use:anyone none account_access"
            ]
        )
        #expect(!house.deployment.signIn.sessions.knows(signedIn.digest))
        #expect(try await house.failure { try await recover(house, code) } == .recoveryFailed)
        let token = try await house.trySignIn(password: Self.newPassword).token
        #expect(try await isCase(house, readableWith: token, receipt.id))
        _ = try await recover(house, recovered.code, "a third sentence of tests")
        _ = try await house.trySignIn(password: "a third sentence of tests")
    }

    @Test func `a code that is wrong, made up or of another kind is refused alike and counted`() async throws {
        let house = try await House.founded()
        let signedIn = try await house.confirmedSignIn()
        let code = try await recoveryCode(house, signedIn)
        var mistyped = code
        mistyped[20] = mistyped[20] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
        let size = try house.logSize
        for wrong in [
            mistyped, [], try PrintedCode.random(.recovery).text(), try PrintedCode.random(.invitation).text(),
        ] {
            #expect(try await house.failure { try await recover(house, wrong) } == .recoveryFailed)
        }
        #expect(try house.logSize == size)
        _ = try await recover(house, code)
        #expect(
            try house.sentences(from: size).dropFirst() == [
                "none recovery.use - denied no_recovery_code none account_access count=4"
            ]
        )
    }

    @Test func `making a code needs the password and a confirmed session, and ends the code before`() async throws {
        let house = try await House.founded()
        let (plain, _) = try await House.signIn(.worker, in: house.deployment)
        #expect(try await house.failure { try await recoveryCode(house, plain) } == .confirmationNeeded)
        let signedIn = try await house.confirmedSignIn()
        #expect(
            try await house.failure { try await recoveryCode(house, signedIn, "wrong-password-of-tests") }
                == .confirmationFailed
        )
        house.clock.advance(seconds: 1)
        let first = try await recoveryCode(house, signedIn)
        let second = try await recoveryCode(house, signedIn)
        #expect(try house.store.read { try $0.count(.recovery) } == 1)
        #expect(try await house.failure { try await recover(house, first) } == .recoveryFailed)
        // A password that cannot be taken leaves the code as it was.
        #expect(
            try await house.failure { try await recover(house, second, "short") }
                == .invalid(field: "/password", what: "write at least 15 characters")
        )
        // A changed password ends it, and gives the next one.
        let third = try #require(try await change(house, signedIn))
        #expect(try await house.failure { try await recover(house, second) } == .recoveryFailed)
        _ = try await recover(house, third)
    }

    @Test func `whoever has an authenticator recovers with its code too`() async throws {
        let house = try await House.founded()
        let signedIn = try await house.confirmedSignIn()
        let code = try await recoveryCode(house, signedIn)
        let secret = try await house.enrolledAuthenticator(of: signedIn)
        house.clock.advance(seconds: 30)
        for wrong in [nil, Array("000000".utf8)] as [[UInt8]?] {
            let error = try await house.failure { try await recover(house, code, authenticator: wrong) }
            #expect(error == .recoveryFailed)
            house.clock.advance(seconds: 60)
        }
        let present = try secret.code(at: house.clock.now)
        _ = try await recover(house, code, authenticator: present)
        #expect(
            try await house.failure { try await house.trySignIn(password: Self.newPassword, code: present) }
                == .signInFailed
        )
    }

    @Test func `a recovery opens what a hundred wrong tries have closed`() async throws {
        let house = try await House.founded()
        let code = try await recoveryCode(house, house.confirmedSignIn())
        let name = house.deployment.office
        let index = try #require(try house.stored(.account, house.staff(.worker).bytes)?.index)
        let tries = try name.wrongTries(.name(index))
        let record = WrongTriesRecord(count: 100, lastAtMilliseconds: 0)
        try house.plant(name.rows.row(record, .wrongTries, id: tries.id))
        #expect(
            try await house.failure { try await house.trySignIn() } == .tooManyFailures(retryAfterSeconds: nil)
        )
        _ = try await recover(house, code)
        _ = try await house.trySignIn(password: Self.newPassword)
    }

    // MARK: - Sessions and exposure

    @Test func `ending all sessions ends one's own and nobody else's`() async throws {
        let house = try await House.founded()
        let first = try await house.trySignIn().token
        let second = try await house.trySignIn().token
        let other = try await house.trySignIn(.colleague).token
        let signedIn = try house.deployment.signIn.signedIn(bearer: second)
        let overview = try await house.deployment.account.overview(
            for: signedIn,
            request: house.deployment.newRequest()
        )
        #expect(overview.sessions.count == 2)
        #expect(overview.sessions.filter(\.isThisOne).map(\.id) == [signedIn.worker.session])
        #expect(!overview.hasAuthenticator && overview.recoveryMadeAt == nil && overview.pairDueAt == nil)
        let (_, entry) = try await house.one { await $0.account.endSessions(of: signedIn, request: $1) }
        #expect(
            entry.sentence == "worker session.close_all worker permitted session.close_all:staff none account_access"
        )
        #expect(!isLive(house, first) && !isLive(house, second) && isLive(house, other))
        #expect(try house.store.read { try $0.count(.session) } == 1)
    }

    @Test func `what may be known to someone is all made anew, and the pair is marked`() async throws {
        let house = try await House.founded()
        let receipt = try await house.openedCase()
        let device = try #require(try await house.trySignIn(remembersDevice: true).device)
        let signedIn = try await house.confirmedSignIn()
        let code = try await recoveryCode(house, signedIn)
        _ = try await house.enrolledAuthenticator(of: signedIn)
        func expose(_ signedIn: SignedIn, _ old: String) -> (Deployment, RequestID) async throws -> Void {
            { deployment, request in
                var (oldBytes, new) = (Array(old.utf8), Array(Self.newPassword.utf8))
                try await deployment.account.reportExposure(from: &oldBytes, to: &new, of: signedIn, request: request)
            }
        }
        let (needed, _) = try await house.refused(expose(try house.session(.worker), House.Person.worker.password))
        #expect(needed == .confirmationNeeded)
        let (wrong, _) = try await house.refused(expose(signedIn, "wrong-password-of-tests"))
        #expect(wrong == .confirmationFailed)
        #expect(house.deployment.signIn.sessions.knows(signedIn.digest))
        house.clock.advance(seconds: 1)
        let (_, entry) = try await house.one(expose(signedIn, House.Person.worker.password))
        #expect(entry.sentence == "worker account.expose worker permitted account.expose:staff none account_access")

        let office = house.deployment.office
        #expect(!house.deployment.signIn.sessions.knows(signedIn.digest))
        for kind in [RowKind.session, .device, .authenticator, .recovery] {
            #expect(try house.store.read { try $0.count(kind) } == 0, "\(kind)")
        }
        let account = try #require(try office.read { try office.rows.account(of: house.staff(.worker), in: $0) })
        #expect(account.pairDueAtMilliseconds == Int64(house.clock.now.timeIntervalSince1970 * 1000))
        #expect(try office.device(device, of: account) == nil)
        #expect(
            try await house.failure { try await recover(house, code, "a third sentence of tests") } == .recoveryFailed
        )
        #expect(try await house.failure { try await house.trySignIn() } == .signInFailed)
        house.clock.advance(seconds: 1)
        // The person goes on working meanwhile, and sees what is due.
        let token = try await house.trySignIn(password: Self.newPassword).token
        #expect(try await isCase(house, readableWith: token, receipt.id))
        let overview = try await house.deployment.account.overview(
            for: house.deployment.signIn.signedIn(bearer: token),
            request: house.deployment.newRequest()
        )
        #expect(overview.pairDueAt != nil && !overview.hasAuthenticator)
    }

    @Test func `nothing of a code, a token or a password lies in the store`() async throws {
        let house = try await House.founded(onDisk: true)
        let opened = try await house.trySignIn(remembersDevice: true)
        let device = try #require(opened.device)
        let signedIn = try await house.confirmedSignIn()
        let code = try await recoveryCode(house, signedIn)
        let offer = try await house.deployment.account.offerAuthenticator(
            to: signedIn,
            request: house.deployment.newRequest()
        )
        try house.deployment.close()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: try #require(house.scratch).path("case.db")))
        #expect(bytes.range(of: Data("SQLite format 3".utf8)) != nil, "the file is the store's")
        for secret in [device, opened.token, code, offer.letters, Array(House.Person.worker.password.utf8)] {
            #expect(bytes.range(of: Data(secret)) == nil)
        }
    }
}
