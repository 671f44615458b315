import Care
import Casework

/// Who may read a restricted case, and whose case it is.
struct ReaderRoutes: Sendable {
    let deployment: Deployment

    private struct Form: Encodable {
        let `case`: String
        let version: Int
        let readers: [String]?

        init(_ receipt: CaseReceipt) {
            self.case = receipt.id.text
            version = receipt.version
            readers = receipt.readers?.map(\.text)
        }
    }

    /// Locks colleagues out.
    func lockOut(_ asked: Asked) async throws -> Answer {
        try await answer(asked) { desk, id, signedIn in
            let staff = try asked.body { try $0.required("staff", Self.people).get() }
            return try await desk.lockOut(
                Set(staff),
                from: id,
                at: asked.version(),
                by: signedIn,
                request: asked.request,
                once: asked.idempotency()
            )
        }
    }

    /// Takes the case out of the team's hands.
    func restrict(_ asked: Asked) async throws -> Answer {
        try await answer(asked) { desk, id, signedIn in
            let staff = try asked.body { try $0.optional("readers", Self.people).get() ?? [] }
            return try await desk.restrict(
                id,
                to: Set(staff),
                at: asked.version(),
                by: signedIn,
                request: asked.request,
                once: asked.idempotency()
            )
        }
    }

    /// Gives it to one more person.
    func add(_ asked: Asked) async throws -> Answer {
        try await answer(asked) { desk, id, signedIn in
            let staff = try asked.body { try $0.required("staff", Shape<StaffID>.id).get() }
            return try await desk.add(
                staff,
                to: id,
                at: asked.version(),
                by: signedIn,
                request: asked.request,
                once: asked.idempotency()
            )
        }
    }

    /// Takes it from somebody.
    func remove(_ asked: Asked) async throws -> Answer {
        try await answer(asked) { desk, id, signedIn in
            let staff = try asked.path("staff", StaffID.init(_:))
            try asked.nothingInBody()
            return try await desk.remove(
                staff,
                from: id,
                at: asked.version(),
                by: signedIn,
                request: asked.request,
                once: asked.idempotency()
            )
        }
    }

    /// Assigns it to other workers.
    func assign(_ asked: Asked) async throws -> Answer {
        try await answer(asked) { desk, id, signedIn in
            let workers = try asked.body { try $0.required("workers", Self.people).get() }
            return try await desk.assign(
                id,
                to: workers,
                at: asked.version(),
                by: signedIn,
                request: asked.request,
                once: asked.idempotency()
            )
        }
    }

    private static let people: Shape<[StaffID]> = .list(of: Shape<StaffID>.id, count: 1...Limits.manyValues)

    private func answer(
        _ asked: Asked,
        _ act: (ReaderDesk, CaseID, SignedIn) async throws -> CaseReceipt
    ) async throws -> Answer {
        let signedIn = try asked.signedIn(at: deployment.signIn)
        let id = try asked.path("case", CaseID.init(_:))
        let receipt = try await act(deployment.readers, id, signedIn)
        return .json(Form(receipt), version: receipt.version)
    }
}
