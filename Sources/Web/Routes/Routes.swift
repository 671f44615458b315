import Care
import Casework
import HTTPTypes

/// The one place where a route is added.
enum Routes {
    /// Every route of the server.
    static func table(of deployment: Deployment) -> RouteTable {
        let health = HealthRoutes(deployment: deployment)
        return RouteTable(
            [
                Route(method: .get, path: "/healthz", form: .nothing, handler: HealthRoutes.alive),
                Route(method: .get, path: "/readyz", handler: health.ready),
                Route(method: .get, path: "/problems", form: .textOrJSON, handler: ProblemRoutes.list),
                Route(method: .get, path: "/problems/{code}", form: .textOrJSON, handler: ProblemRoutes.page),
            ] + session(deployment) + account(deployment) + enrolment(deployment) + lookup(deployment)
                + cases(deployment) + dropBoxes(deployment) + referrals(deployment) + teams(deployment)
                + audit(deployment)
        )
    }

    private static func session(_ deployment: Deployment) -> [Route] {
        let session = SessionRoutes(desk: deployment.signIn, staff: deployment.staff)
        let path = "/v1/session"
        return [
            Route(
                method: .post,
                path: path,
                act: .signIn,
                body: .json(secrets: ["password", "code", "device"]),
                handler: session.open
            ),
            // It shows the caller's own session; only a session that has ended is counted, under the same act.
            Route(method: .get, path: path, act: .signIn, demands: .session, handler: session.read),
            Route(
                method: .post,
                path: "\(path)/confirmation",
                act: .confirmSession,
                demands: .session,
                body: .json(secrets: ["password", "code"]),
                handler: session.confirm
            ),
            Route(
                method: .delete,
                path: path,
                act: .signOut,
                demands: .session,
                form: .nothing,
                handler: session.close
            ),
        ]
    }

    private static func account(_ deployment: Deployment) -> [Route] {
        let account = AccountRoutes(desk: deployment.account, signIn: deployment.signIn)
        let path = "/v1/account"
        func act(
            _ act: Act,
            _ method: HTTPRequest.Method,
            _ part: String,
            secrets: Set<String>? = nil,
            form: Route.Form = .json,
            _ handler: @escaping @Sendable (Asked) async throws -> Answer
        ) -> Route {
            Route(
                method: method,
                path: path + part,
                act: act,
                demands: .session,
                body: secrets.map { .json(secrets: $0) } ?? .none,
                form: form,
                handler: handler
            )
        }
        return [
            act(.readAccount, .get, "", account.read),
            act(.endSessions, .delete, "/sessions", form: .nothing, account.endSessions),
            act(.revokeDevice, .delete, "/devices/{device}", form: .nothing, account.revokeDevice),
            act(.offerAuthenticator, .post, "/authenticator", account.offerAuthenticator),
            act(
                .enrolAuthenticator,
                .post,
                "/authenticator/confirmation",
                secrets: ["code"],
                form: .nothing,
                account.enrolAuthenticator
            ),
            act(.removeAuthenticator, .delete, "/authenticator", form: .nothing, account.removeAuthenticator),
            act(
                .changePassword,
                .post,
                "/password",
                secrets: ["old_password", "new_password"],
                account.changePassword
            ),
            act(.makeRecoveryCode, .post, "/recovery-code", secrets: ["password"], account.makeRecoveryCode),
            act(
                .reportExposure,
                .post,
                "/exposure",
                secrets: ["old_password", "new_password"],
                form: .nothing,
                account.reportExposure
            ),
            // No session: the code on paper decides.
            Route(
                method: .post,
                path: "/v1/recoveries",
                act: .useRecoveryCode,
                body: .json(secrets: ["recovery_code", "password", "code"]),
                handler: RecoveryRoutes(desk: deployment.recoveries).recover
            ),
        ]
    }

    private static func enrolment(_ deployment: Deployment) -> [Route] {
        [
            // No key: an invitation works once, whoever repeats the request.
            Route(
                method: .post,
                path: "/v1/enrolments",
                act: .enrolPerson,
                body: .json(secrets: ["code", "password"]),
                handler: EnrolmentRoutes(desk: deployment.enrolments).enrol
            )
        ]
    }

    private static func lookup(_ deployment: Deployment) -> [Route] {
        let lookup = LookupRoutes(deployment: deployment)
        let path = "/v1/lookup"
        return [
            Route(
                method: .post,
                path: path,
                act: .lookUpServices,
                demands: .session,
                body: .json(),
                handler: lookup.services
            ),
            Route(
                method: .query,
                path: path,
                act: .lookUpServices,
                demands: .session,
                body: .json(),
                handler: lookup.services
            ),
            Route(
                method: .get,
                path: "/v1/countries/{country}",
                act: .readCountry,
                demands: .session,
                handler: lookup.country
            ),
        ]
    }

    private static func cases(_ deployment: Deployment) -> [Route] {
        let cases = CaseRoutes(deployment: deployment)
        let consents = ConsentRoutes(desk: deployment.consents, signIn: deployment.signIn)
        let matches = MatchRoutes(deployment: deployment)
        let plans = PlanRoutes(deployment: deployment)
        let referrals = ReferralRoutes(deployment: deployment)
        let search = SearchRoutes(deployment: deployment)
        let readers = ReaderRoutes(deployment: deployment)
        let all = "/v1/cases"
        let one = "/v1/cases/{case}"
        func change(
            _ act: Act,
            _ part: String,
            _ handler: @escaping @Sendable (Asked) async throws -> Answer,
            body: Route.Body = .json()
        ) -> Route {
            Route(
                method: .post,
                path: "\(one)/\(part)",
                act: act,
                demands: [.session, .idempotencyKey, .version],
                body: body,
                handler: handler
            )
        }
        return [
            Route(
                method: .post,
                path: all,
                act: .openCase,
                demands: [.session, .idempotencyKey],
                body: .json(),
                handler: cases.open
            ),
            Route(method: .get, path: all, act: .listCases, demands: .session, handler: cases.list),
            Route(method: .get, path: one, act: .readCase, demands: .session, handler: cases.read),
            // What is searched for stands in the body: there is no address that holds it.
            Route(
                method: .post,
                path: "\(all)/search",
                act: .searchCases,
                demands: .session,
                body: .json(),
                handler: search.cases
            ),
            Route(
                method: .post,
                path: "\(all)/text-search",
                act: .searchTexts,
                demands: .session,
                body: .json(),
                handler: search.texts
            ),
            Route(
                method: .post,
                path: "\(one)/take-on",
                act: .takeOnCase,
                demands: [.session, .idempotencyKey, .version],
                body: .optionalJSON,
                handler: cases.takeOn
            ),
            change(.recordNeed, "needs", cases.recordNeed),
            change(.recordConsent, "consents", consents.record),
            // Neither a key nor a version: taking a consent back always succeeds, and twice is once (N8).
            Route(
                method: .post,
                path: "\(one)/consents/{consent}/withdrawal",
                act: .withdrawConsent,
                demands: .session,
                body: .optionalJSON,
                handler: consents.withdraw
            ),
            Route(
                method: .post,
                path: "\(one)/matches",
                act: .matchServices,
                demands: .session,
                body: .json(),
                handler: matches.list
            ),
            Route(
                method: .post,
                path: "\(one)/matches/replay",
                act: .matchServices,
                demands: .session,
                body: .json(),
                handler: matches.replay
            ),
            Route(
                method: .post,
                path: "\(one)/plan",
                act: .matchServices,
                demands: .session,
                handler: plans.plan
            ),
            change(.fileReferral, "referrals", referrals.file),
            change(.lockOut, "avoided-staff", readers.lockOut),
            change(.restrictCase, "restriction", readers.restrict),
            change(.addReader, "readers", readers.add),
            change(.removeReader, "readers/{staff}/removal", readers.remove, body: .optionalJSON),
            change(.assignCase, "assignment", readers.assign),
            // No key: a case is erased once, and whoever repeats it is told that there is no such case.
            Route(
                method: .post,
                path: "\(one)/erasure",
                act: .eraseCase,
                demands: [.session, .version],
                body: .json(),
                handler: ErasureRoutes(desk: deployment.erasures, signIn: deployment.signIn).erase
            ),
        ]
    }

    private static func dropBoxes(_ deployment: Deployment) -> [Route] {
        let boxes = DropBoxRoutes(deployment: deployment)
        let one = "/v1/cases/{case}"
        return [
            Route(method: .get, path: "/v1/drop-boxes", act: .listDropBoxes, demands: .session, handler: boxes.list),
            Route(
                method: .post,
                path: "/v1/intakes",
                act: .fileIntake,
                demands: [.session, .idempotencyKey],
                body: .json(),
                handler: boxes.file
            ),
            // No version: whoever drops a note in cannot read the case.
            Route(
                method: .post,
                path: "\(one)/drop-box",
                act: .dropNote,
                demands: [.session, .idempotencyKey],
                body: .json(),
                handler: boxes.addNote
            ),
            // Neither a key nor a version: twice is once.
            Route(
                method: .post,
                path: "\(one)/fold-in",
                act: .foldIn,
                demands: .session,
                body: .optionalJSON,
                handler: boxes.foldIn
            ),
        ]
    }

    private static func referrals(_ deployment: Deployment) -> [Route] {
        let referrals = ReferralRoutes(deployment: deployment)
        let one = "/v1/referrals/{referral}"
        func step(_ act: Act, _ word: String, _ handler: @escaping @Sendable (Asked) async throws -> Answer) -> Route {
            Route(
                method: .post,
                path: "\(one)/\(word)",
                act: act,
                demands: [.session, .versionIfSent],
                body: .optionalJSON,
                handler: handler
            )
        }
        return [
            Route(
                method: .get,
                path: "/v1/referrals",
                act: .listReferrals,
                demands: .session,
                query: ["box"],
                handler: referrals.list
            ),
            Route(method: .get, path: one, act: .readReferral, demands: .session, handler: referrals.read),
            step(.acceptReferral, "accept", referrals.accept),
            step(.declineReferral, "decline", referrals.decline),
            step(.completeReferral, "complete", referrals.complete),
            step(.revokeReferral, "revoke", referrals.revoke),
            Route(method: .get, path: "\(one)/packet", act: .openPacket, demands: .session, handler: referrals.packet),
        ]
    }

    private static func teams(_ deployment: Deployment) -> [Route] {
        let teams = TeamRoutes(deployment: deployment)
        let members = "/v1/teams/{team}/members"
        func act(
            _ act: Act,
            _ path: String,
            _ handler: @escaping @Sendable (Asked) async throws -> Answer
        ) -> Route {
            // Neither a key nor a version: whoever is in the team already stays in it, and out of it out of it.
            Route(method: .post, path: path, act: act, demands: .session, body: .optionalJSON, handler: handler)
        }
        return [
            Route(method: .get, path: members, act: .listMembers, demands: .session, handler: teams.members),
            act(.addMember, members, teams.add),
            act(.removeMember, "\(members)/{staff}/removal", teams.remove),
            act(.renewTeamKey, "/v1/teams/{team}/key", teams.renewKey),
            act(.resealTeam, "/v1/teams/{team}/resealing", teams.reseal),
        ]
    }

    private static func audit(_ deployment: Deployment) -> [Route] {
        let audit = AuditRoutes(desk: deployment.audit, signIn: deployment.signIn)
        return [
            Route(
                method: .get,
                path: "/v1/audit/entries",
                act: .readAuditLog,
                demands: .session,
                query: ["after", "limit", "act", "outcome"],
                handler: audit.entries
            ),
            Route(
                method: .get,
                path: "/v1/audit/extract",
                act: .exportAuditLog,
                demands: .session,
                query: ["from", "up_to"],
                handler: audit.extract
            ),
            Route(
                method: .get,
                path: "/v1/audit/checkpoint",
                act: .readCheckpoint,
                demands: .session,
                form: .text,
                handler: audit.checkpoint
            ),
        ]
    }
}
