import Care
import Directory
import Foundation
import Sealing
import Store
import Synchronization
import Testing

@testable import Casework

/// The acts of the whole path, with invented values.
extension House {
    /// Signs somebody in by name and password.
    static func signIn(_ person: Person, in deployment: Deployment) async throws -> (SignedIn, token: [UInt8]) {
        var password = Array(person.password.utf8)
        let session = try await deployment.signIn.signIn(
            name: person.signInName,
            password: &password,
            request: deployment.newRequest()
        )
        return (try deployment.signIn.signedIn(bearer: session.token), session.token)
    }

    /// That person with the keyring in hand, as a request finds them after the bearer token was read.
    func session(_ person: Person) throws -> SignedIn { try #require(template.signedIn[person]) }

    /// The same with a session that was confirmed just now.
    func confirmed(_ person: Person) throws -> SignedIn {
        let session = try session(person)
        return SignedIn(
            worker: session.worker.confirmed(at: clock.now),
            endsAt: session.endsAt,
            keyring: session.keyring,
            digest: session.digest
        )
    }

    func staff(_ person: Person) throws -> StaffID { try #require(founded.staff[person]) }

    func once(_ key: String = UUID().uuidString, _ request: String = "request") throws -> Once {
        try Once(key: Array(key.utf8), request: Array(request.utf8))
    }

    func survivor(age: Age?) throws -> Survivor {
        try Survivor(
            currentCountry: Invented.country("LK"),
            name: Invented.name,
            alias: Invented.alias,
            age: age,
            languages: [#require(LanguageTag("si"))],
            area: Invented.area
        )
    }

    func contact() throws -> SafeContact {
        try SafeContact(
            permission: .allowed,
            addresses: [SafeContact.Address(channel: .call, value: Invented.phone)],
            coverIdentity: Invented.cover,
            codeWord: Invented.codeWord
        )
    }

    func opening(
        team: TeamID? = nil,
        age: Int? = 16,
        conflicts: ConflictFacts? = nil,
        needs: [StatedNeed]? = nil
    ) throws -> CaseOpening {
        CaseOpening(
            team: team ?? founded.team,
            identity: try survivor(age: age.map { try Age(years: $0, basis: .stated) }),
            contact: try contact(),
            conflicts: try conflicts ?? ConflictFacts(),
            intake: try Intake(firstContactAt: clock.now),
            note: Invented.note,
            needs: try needs ?? [need()]
        )
    }

    func need(_ code: String = "PSY-ONLINE", inDanger: Bool = false) throws -> StatedNeed {
        StatedNeed(
            code: try Invented.code(code),
            urgency: .urgent,
            reason: Invented.reason,
            isLifeThreatening: inDanger
        )
    }

    /// A case of the team, opened by the worker, known to tests as `case`.
    func openedCase(
        _ opening: CaseOpening? = nil,
        by person: Person = .worker,
        called name: String = "case"
    ) async throws -> CaseReceipt {
        let receipt = try await deployment.cases.open(
            try opening ?? self.opening(),
            by: session(person),
            request: deployment.newRequest(),
            once: once()
        )
        call(receipt.id.text, name)
        return receipt
    }

    func stated(
        _ items: Set<DataItem> = [.ageBand, .languages, .alias, .safeContact, .needReason],
        code: String = "PSY-ONLINE",
        recipient: OrganizationID = Invented.lantern,
        giver: ConsentGiver = .survivor,
        giverParty: PartyID? = nil,
        form: AgreementForm = .written,
        assent: Assent = .notAsked,
        expiresAt: Date? = nil
    ) throws -> StatedConsent {
        StatedConsent(
            code: try Invented.code(code),
            recipient: recipient,
            items: items,
            giver: giver,
            giverParty: giverParty,
            form: form,
            assent: assent,
            limitsExplainedAt: clock.now,
            expiresAt: expiresAt
        )
    }

    /// A consent on the case, known to tests as `consent`.
    func recordedConsent(
        _ stated: StatedConsent? = nil,
        in receipt: CaseReceipt,
        by person: Person = .worker,
        called name: String = "consent"
    ) async throws -> (id: ConsentID, version: Int) {
        let made = try await deployment.consents.record(
            try stated ?? self.stated(),
            in: receipt.id,
            at: receipt.version,
            by: session(person),
            request: deployment.newRequest(),
            once: once()
        )
        let id = try #require(made.consent)
        call(id.text, name)
        return (id, made.version)
    }

    func filing(
        _ receipt: CaseReceipt,
        _ consent: ConsentID?,
        items: Set<DataItem> = [.ageBand, .alias, .safeContact],
        service: ServiceID = Invented.counselling
    ) throws -> ReferralFiling {
        ReferralFiling(
            need: try #require(receipt.needs.first).id,
            service: service,
            consent: consent,
            items: items,
            mode: .warm,
            callBack: Invented.callBack
        )
    }

    /// Everything up to a referral that waits at the desk.
    struct Sent: Sendable {
        let receipt: CaseReceipt
        let consent: ConsentID
        let referral: ReferralID
        /// The version of the case after the referral was filed.
        let version: Int
        var id: CaseID { receipt.id }
    }

    func sentReferral(expiresAt: Date? = nil) async throws -> Sent {
        let receipt = try await openedCase()
        let (consent, version) = try await recordedConsent(stated(expiresAt: expiresAt), in: receipt)
        let filed = try await deployment.referrals.file(
            filing(receipt, consent),
            in: receipt.id,
            at: version,
            by: session(.worker),
            request: deployment.newRequest(),
            once: once()
        )
        let referral = try #require(filed.referral).routing.referral
        call(referral.text, "referral")
        return Sent(receipt: receipt, consent: consent, referral: referral, version: filed.version)
    }

    func acceptedReferral(expiresAt: Date? = nil) async throws -> Sent {
        let sent = try await sentReferral(expiresAt: expiresAt)
        _ = try await deployment.intake.accept(
            sent.referral,
            at: nil,
            by: session(.intake),
            request: deployment.newRequest()
        )
        return sent
    }
}

extension House {
    /// Changes a case in a way that no desk offers yet, as a later act will: opened, changed and written by the same steps.
    func change(
        _ id: CaseID,
        by person: Person = .worker,
        writing compartments: [Compartment] = [.conflicts, .content],
        _ change: (inout CaseBook) throws -> Void
    ) async throws {
        let office = deployment.office
        var book = try CaseShelf(office: office).open(id, for: session(person))
        try change(&book)
        let version = book.version
        let sheets = try book.sheets(compartments)
        let referrals = try office.read {
            try CaseShelf(office: office).referrals(of: book.row, in: $0).map(\.row.referral)
        }
        let routing = try CaseShelf(office: office).routingRow(of: book, referrals: referrals)
        try store.write { transaction in
            for (row, expecting) in sheets { try transaction.put(row, expecting: expecting) }
            try transaction.put(routing, expecting: version)
        }
    }
}
