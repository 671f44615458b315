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
            ] + session(deployment) + enrolment(deployment) + lookup(deployment) + cases(deployment)
                + referrals(deployment) + teams(deployment) + audit(deployment)
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
                body: .json(secrets: ["password"]),
                handler: session.open
            ),
            // It shows the caller's own session; only a session that has ended is counted, under the same act.
            Route(method: .get, path: path, act: .signIn, demands: .session, handler: session.read),
            Route(
                method: .post,
                path: "\(path)/confirmation",
                act: .confirmSession,
                demands: .session,
                body: .json(secrets: ["password"]),
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
        let referrals = ReferralRoutes(deployment: deployment)
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
