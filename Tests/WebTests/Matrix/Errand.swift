import Care
import Foundation
import HTTPTypes
import Testing

@testable import Web

/// One request of the matrix: what is sent for a cell, and the handle of what it is done on.
struct Errand: Sendable {
    var method: HTTPRequest.Method
    var path: String
    var body: String?
    var headers: HTTPFields = [:]
    /// What the entry names.
    var object: String

    /// The request of a cell. What the act needs stands ready: a case, a consent, a referral in the state of the table.
    static func of(_ cell: PublishedMatrix.Cell, at desk: MatrixDesk) async throws -> Errand? {
        let section = cell.section
        let method = try #require(HTTPRequest.Method(rawValue: section.method))
        let house = desk.house
        var errand = Errand(method: method, path: section.path, object: "")
        func about(_ recipe: MatrixDesk.Recipe, _ object: KeyPath<MatrixDesk.File, String>) async throws
            -> MatrixDesk.File
        {
            var recipe = recipe
            if cell.standing == .assignedAndMoved { recipe.opener = .wanderer }
            if cell.standing == .assignedAndSender { recipe.sender = .holder }
            if cell.standing == .barred || cell.standing == .barredAtTheDesk {
                recipe.keepsOut = true
                if recipe.sender != nil { recipe.sender = .holder }
            }
            if cell.standing == .reader || section.act.hasPrefix("reader.") {
                // One that is opened with somebody kept out is restricted already.
                recipe.isRestricted = !recipe.keepsOut
                if recipe.sender != nil { recipe.sender = .holder }
            }
            let file = try await desk.file(recipe, for: section, isFresh: cell.status < 400)
            errand.path = file.path(section.path)
            errand.object = file[keyPath: object]
            return file
        }
        func changing(_ file: MatrixDesk.File) async throws {
            errand.headers[.idempotencyKey] = UUID().uuidString
            errand.headers[.ifMatch] = "\"\(try await desk.version(ofCase: file.id))\""
        }
        let sent = MatrixDesk.Recipe(sender: .mover)
        let accepted = MatrixDesk.Recipe(sender: .mover, step: "accepted")
        switch section.act {
        case "session.open" where method == .post:
            errand.body = credentials(of: cell.standing.person, isRight: section.state.isEmpty)
            errand.object = section.state.isEmpty ? "" : try house.id(cell.standing.person).text
        case "person.enrol":
            let invited = try await desk.invite(try #require(cell.role))
            errand.body =
                #"{"code":"\#(invited.code)","name":"\#(UUID().uuidString)","password":"\#(cell.standing.person.password)"}"#
            errand.object = invited.staff
        case "session.open", "session.close": break
        case "session.confirm":
            errand.body = confirmation(of: cell.standing.person, isRight: section.state.isEmpty)
        // It confirms a session of its own, whose handle the asking knows.
        case "account.read", "session.close_all", "authenticator.offer", "authenticator.enrol", "authenticator.remove",
            "password.change", "recovery.make", "recovery.use", "account.expose", "device.revoke":
            try await errand.concernOwnAccount(of: cell, at: desk)
        case "services.look_up":
            errand.body = #"{"country":"LK","needs":["PSY-CRISIS"]}"#
            errand.object = "LK"
        case "country.read":
            errand.path = "/v1/countries/LK"
            errand.object = "LK"
        case "case.open":
            errand.body = try opening(in: house, for: house.teams.changing, isLifeInDanger: false)
            errand.headers[.idempotencyKey] = UUID().uuidString
            errand.object = house.teams.changing.text
        case "case.list", "drop_box.list": break
        case "case.search": errand.body = #"{"name":"Nobody Of This Name"}"#
        case "case.search_texts": errand.body = #"{"words":"words that nobody wrote"}"#
        case "intake.file":
            errand.body = try opening(in: house, for: house.teams.changing, isLifeInDanger: false)
            errand.headers[.idempotencyKey] = UUID().uuidString
            errand.object = house.teams.changing.text
        case "note.drop":
            _ = try await about(MatrixDesk.Recipe(), \.id)
            errand.headers[.idempotencyKey] = UUID().uuidString
            errand.body = #"{"text":"She called again (invented)"}"#
        case "intake.fold_in": _ = try await about(MatrixDesk.Recipe(), \.id)
        case "case.take_on": try await changing(try await about(MatrixDesk.Recipe(isDropped: true), \.id))
        case "case.read": _ = try await about(sent, \.id)
        case "need.record":
            try await changing(try await about(sent, \.id))
            errand.body = #"{"code":"PSY-CRISIS","urgency":"routine"}"#
        case "consent.record":
            try await changing(try await about(sent, \.id))
            errand.body = consent(house)
        case "consent.withdraw": _ = try await about(sent, \.id)
        case "case.erase":
            let file = try await about(sent, \.id)
            errand.headers[.ifMatch] = "\"\(try await desk.version(ofCase: file.id))\""
            errand.body = #"{"reason":"survivor_asked"}"#
        case "services.match":
            let file = try await about(sent, \.id)
            let record =
                #""record":{"edition":1,"policies":"\#(String(repeating: "0", count: 32))","#
                + #""moment":"2027-01-15T08:00:00.000Z","inputs":"\#(String(repeating: "0", count: 32))","#
                + #""answer":"\#(String(repeating: "0", count: 32))"}"#
            if section.path.hasSuffix("/plan") {
                errand.body = nil
            } else if section.path.hasSuffix("/replay") {
                errand.body = #"{"need":"\#(file.need)",\#(record)}"#
            } else {
                errand.body = #"{"need":"\#(file.need)"}"#
            }
        case "referral.file":
            let isLifeInDanger = section.state.hasPrefix("life in danger")
            let recipe = MatrixDesk.Recipe(
                isLifeInDanger: isLifeInDanger,
                isConsentTakenBack: section.state == "her consent was taken back"
            )
            let file = try await about(recipe, \.id)
            try await changing(file)
            let items =
                switch section.state {
                case "life in danger and nobody could be asked": ["alias", "safe_contact"]
                case "life in danger, more than the minimum", "more than she agreed to": ["alias", "name"]
                default: ["age_band", "languages", "alias", "safe_contact"]
                }
            let isAsked = !isLifeInDanger && section.state != "nobody was asked"
            errand.body = referral(file, consent: isAsked ? file.consent : nil, items: items)
        case "referral.list": errand.path += "?box=\(section.state)"
        case "referral.read": _ = try await about(sent, \.referral)
        case "referral.accept", "referral.revoke": _ = try await about(sent, \.referral)
        case "referral.decline":
            _ = try await about(sent, \.referral)
            errand.body = #"{"reason":"no_capacity"}"#
        case "referral.complete":
            _ = try await about(accepted, \.referral)
            errand.body = #"{"word_of":"survivor"}"#
        case "packet.open":
            let step = section.state == "sent" ? "" : section.state
            _ = try await about(MatrixDesk.Recipe(sender: .mover, step: step), \.referral)
        case "case.lock_out", "case.restrict", "reader.add", "reader.remove", "case.assign":
            try await changing(try await about(MatrixDesk.Recipe(), \.id))
            errand.path = errand.path.replacing("{staff}", with: try house.id(.mover).text)
            let worker = cell.standing == .reader ? try house.id(.holder) : try house.id(.colleague)
            errand.body =
                switch section.act {
                case "case.lock_out": #"{"staff":["\#(try house.id(.otherDesk))"]}"#
                case "case.restrict": #"{"readers":["\#(try house.id(.reader))"]}"#
                case "reader.add": #"{"staff":"\#(try house.id(.elsewhere))"}"#
                case "case.assign": #"{"workers":["\#(worker)"]}"#
                default: nil
                }
        case "team.members", "member.add", "member.remove", "team.renew_key", "team.reseal":
            var staff = try house.id(.stranger)
            if cell.status < 400, section.act == "member.add" { staff = try await desk.newcomer() }
            if cell.status < 400, section.act == "member.remove" { staff = try await desk.member() }
            errand.path = section.path.replacing("{team}", with: house.teams.changing.text)
                .replacing("{staff}", with: staff.text)
            if section.act == "member.add" { errand.body = #"{"staff":"\#(staff)"}"# }
            errand.object = house.teams.changing.text
        case "audit.read", "audit.checkpoint", "audit.extract": errand.object = "log"
        default:
            Issue.record(
                """
                '\(section.act)' stands on docs/role-matrix.md, and no test knows how to ask for it: \
                add its request to Tests/WebTests/Matrix/Errand.swift
                """
            )
            return nil
        }
        return errand
    }

    /// What somebody asks of their own account. What is needed stands ready: a device, an offer, a code.
    private mutating func concernOwnAccount(of cell: PublishedMatrix.Cell, at desk: MatrixDesk) async throws {
        let person = cell.standing.person
        object = try desk.house.id(person).text
        // Nobody signed in asks for what need not exist.
        let isReal = cell.role != nil && cell.status < 400
        switch cell.section.act {
        case "device.revoke":
            let device = isReal ? try await desk.device(of: person) : String(repeating: "0", count: 32)
            path = path.replacing("{device}", with: device)
        case "authenticator.enrol":
            body = #"{"code":"\#(isReal ? try await desk.offeredCode(to: person) : "000000")"}"#
        case "password.change", "account.expose":
            body = #"{"old_password":"\#(person.password)","new_password":"\#(person.password)"}"#
        case "recovery.make": body = Self.confirmation(of: person)
        case "recovery.use":
            let code = try await desk.recoveryCode(of: person)
            body = #"{"recovery_code":"\#(code)","password":"\#(person.password)"}"#
        default: break
        }
    }

    // MARK: - Bodies

    static func credentials(of person: MatrixHouse.Person, isRight: Bool = true) -> String {
        #"{"name":"\#(person.rawValue)","password":"\#(isRight ? person.password : "another long password")"}"#
    }

    static func confirmation(of person: MatrixHouse.Person, isRight: Bool = true) -> String {
        #"{"password":"\#(isRight ? person.password : "another long password")"}"#
    }

    /// A case of an invented girl who asked to keep two people out of it.
    static func opening(
        in house: MatrixHouse,
        for team: TeamID,
        isLifeInDanger: Bool,
        keepsOut: Bool = false
    ) throws -> String {
        let kept = try (keepsOut ? [house.id(.barred), house.id(.barredAtTheDesk)] : []).map { #""\#($0.text)""# }
        let need =
            isLifeInDanger
            ? #"{"code":"PSY-ONLINE","urgency":"emergency","life_threatening":true}"#
            : #"{"code":"PSY-ONLINE","urgency":"urgent"}"#
        return """
            {"team": "\(team.text)",
             "survivor": {"name": "Invented", "alias": "Invented", "age": 14, "gender": "female", "languages": ["si"],
                          "current_country": "LK"},
             "safe_contact": {"permission": "allowed", "addresses": [{"channel": "email", "value": "invented@example.org"}],
                              "language": "si", "routes": ["worker_introduces"]},
             "conflicts": {"caregiver_is_accused": "no", "avoided_staff": [\(kept.joined(separator: ", "))]},
             "intake": {"channel": "in_person", "last_contact": {"state": "ongoing"},
                        "caregivers": [{"party": "p-aunt", "kind": "other_relative", "safe_to_contact": "yes"}]},
             "needs": [\(need)]}
            """
    }

    /// Her caregiver's consent with her own written assent.
    static func consent(_ house: MatrixHouse) -> String {
        """
        {"service": "PSY-ONLINE", "recipient": "test-pipal-tree",
         "items": ["age_band", "languages", "alias", "safe_contact"], "sending_abroad": true, "given_by": "caregiver",
         "form": "written", "assent": {"state": "given", "form": "written", "at": "\(house.clock.text(minutes: -10))"},
         "limits_explained_at": "\(house.clock.text(minutes: -20))"}
        """
    }

    /// A referral to the desk in Nepal.
    static func referral(
        _ file: MatrixDesk.File,
        consent: String?,
        items: [String] = ["age_band", "languages", "alias", "safe_contact"]
    ) -> String {
        """
        {"need": "\(file.need)", "service": "test-online-care", \(consent.map { #""consent": "\#($0)", "# } ?? "")
         "items": [\(items.map { #""\#($0)""# }.joined(separator: ", "))], "mode": "warm",
         "call_back": "+1 202 555 0107"}
        """
    }
}
