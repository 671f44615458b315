public import Care
import Policy
import Sealing
import Store

/// Restricted cases: granted to persons by name instead of the team, because the survivor named a colleague or because somebody
/// chose so (DECISIONS 6).
public struct ReaderDesk: Sendable {
    let office: Office

    /// Locks colleagues out of a case at once: they are named among the people to keep away, the case gets new keys in the same
    /// act, and from then on it is granted to persons. Who is assigned, the team's supervisors and the safeguarding focal
    /// points outside the line of the barred go on reading.
    ///
    /// - Throws: ``CaseworkError/invalid(field:what:)`` for oneself and for a handle that nobody has; ``CaseworkError/stale``,
    ///   ``CaseworkError/keyReused``, ``CaseworkError/notFound``.
    public func lockOut(
        _ staff: Set<StaffID>,
        from id: CaseID,
        at version: Int,
        by signedIn: SignedIn,
        request: RequestID,
        once: Once
    ) async throws(CaseworkError) -> CaseReceipt {
        try await change(.lockOut, id, version, signedIn, request, once) { book throws(CaseworkError) in
            let worker = signedIn.worker
            guard !staff.contains(worker.staff) else {
                throw .invalid(field: "/staff", what: "somebody else must lock you out")
            }
            // A handle with a slip in it would lock nobody out and look as if it had.
            let known = try office.read { reading in
                try staff.allSatisfy { try reading.version(.binding, id: $0.bytes) != nil }
            }
            guard known, !staff.isEmpty else {
                throw .invalid(field: "/staff", what: "write the handles of people on the staff")
            }
            let restricted = book.row.readers != nil
            try care { () throws(CareError) in
                book.file.conflicts = try book.file.conflicts.avoiding(staff)
                let remaining = book.file.content.assigned.filter { !staff.contains($0) }
                if remaining != book.file.content.assigned {
                    try book.file.content.assign(to: remaining.isEmpty ? [worker.staff] : remaining)
                }
            }
            let desk = CaseReaders(office: office)
            let readers =
                restricted
                ? try desk.remaining(of: book.row, book.file)
                : try desk.readers(of: book.row, book.file, named: [], by: worker)
            return try CaseRekeying(office: office).made(&book, for: readers, by: signedIn)
        }
    }

    /// Takes a case out of the team's hands by choice: it gets new keys and is granted to these people, to whoever is assigned
    /// or does it, to the team's supervisors and the agency's safeguarding focal points.
    ///
    /// - Throws: ``CaseworkError/wrongState(code:)`` with `restricted` where it is already;
    ///   ``CaseworkError/invalid(field:what:)`` for people of another agency or whom she keeps out; ``CaseworkError/stale``.
    public func restrict(
        _ id: CaseID,
        to staff: Set<StaffID>,
        at version: Int,
        by signedIn: SignedIn,
        request: RequestID,
        once: Once
    ) async throws(CaseworkError) -> CaseReceipt {
        try await change(.restrictCase, id, version, signedIn, request, once) { book throws(CaseworkError) in
            guard book.row.readers == nil else { throw .wrongState(code: "restricted") }
            let desk = CaseReaders(office: office)
            _ = try desk.accounts(of: staff, for: book.row.agency, barred: book.file.conflicts.barredStaff)
            let readers = try desk.readers(of: book.row, book.file, named: staff, by: signedIn.worker)
            return try CaseRekeying(office: office).made(&book, for: readers, by: signedIn)
        }
    }

    /// Gives a restricted case to one more person.
    ///
    /// - Throws: ``CaseworkError/wrongState(code:)`` with `not_restricted` for a case that the team holds;
    ///   ``CaseworkError/invalid(field:what:)`` for somebody of another agency or whom she keeps out; ``CaseworkError/stale``.
    public func add(
        _ staff: StaffID,
        to id: CaseID,
        at version: Int,
        by signedIn: SignedIn,
        request: RequestID,
        once: Once
    ) async throws(CaseworkError) -> CaseReceipt {
        try await change(.addReader, id, version, signedIn, request, once) { book throws(CaseworkError) in
            guard let readers = book.row.readers else { throw .wrongState(code: "not_restricted") }
            let desk = CaseReaders(office: office)
            let accounts = try desk.accounts(
                of: [staff],
                for: book.row.agency,
                barred: book.file.conflicts.barredStaff
            )
            let secrets = try CaseShelf(office: office).secrets(of: id, for: signedIn)
            book.setReaders(Set(readers + [staff]))
            var made = CaseChange.Made(ids: [])
            made.puts = try desk.rows(
                granting: secrets,
                of: id,
                epoch: book.row.epoch,
                to: accounts,
                by: signedIn
            )
            return made
        }
    }

    /// Takes a restricted case from somebody: it gets new keys, granted to everybody else.
    ///
    /// - Throws: ``CaseworkError/wrongState(code:)`` with `not_restricted`; ``CaseworkError/invalid(field:what:)`` for oneself,
    ///   for somebody who does not read it, and for the only person it is assigned to; ``CaseworkError/stale``.
    public func remove(
        _ staff: StaffID,
        from id: CaseID,
        at version: Int,
        by signedIn: SignedIn,
        request: RequestID,
        once: Once
    ) async throws(CaseworkError) -> CaseReceipt {
        try await change(.removeReader, id, version, signedIn, request, once) { book throws(CaseworkError) in
            guard let readers = book.row.readers else { throw .wrongState(code: "not_restricted") }
            guard readers.contains(staff), staff != signedIn.worker.staff else {
                throw .invalid(field: "/staff", what: "write the handle of another person who reads this case")
            }
            let remaining = book.file.content.assigned.filter { $0 != staff }
            guard !remaining.isEmpty else {
                throw .invalid(field: "/staff", what: "assign the case to somebody else first")
            }
            try care { () throws(CareError) in try book.file.content.assign(to: remaining) }
            return try CaseRekeying(office: office).made(&book, for: Set(readers).subtracting([staff]), by: signedIn)
        }
    }

    /// Assigns a case to other workers, the case owner first; they can open it already: members of the team, or readers where
    /// it is restricted.
    ///
    /// - Throws: ``CaseworkError/invalid(field:what:)`` for anybody else, for nobody and for somebody whom she keeps out;
    ///   ``CaseworkError/stale``.
    public func assign(
        _ id: CaseID,
        to workers: [StaffID],
        at version: Int,
        by signedIn: SignedIn,
        request: RequestID,
        once: Once
    ) async throws(CaseworkError) -> CaseReceipt {
        try await change(.assignCase, id, version, signedIn, request, once) { book throws(CaseworkError) in
            let accounts = try CaseReaders(office: office).accounts(
                of: Set(workers),
                for: book.row.agency,
                barred: book.file.conflicts.barredStaff
            )
            let row = book.row
            guard accounts.allSatisfy({ row.readers?.contains($0.staff) ?? $0.teams.contains(row.team) }) else {
                throw .invalid(field: "/workers", what: "write the handles of people who can open this case")
            }
            try care(at: "/workers") { () throws(CareError) in try book.file.content.assign(to: workers) }
            return CaseChange.Made(ids: [])
        }
    }

    private func change(
        _ act: Act,
        _ id: CaseID,
        _ version: Int,
        _ signedIn: SignedIn,
        _ request: RequestID,
        _ once: Once,
        _ change: (inout CaseBook) throws(CaseworkError) -> CaseChange.Made
    ) async throws(CaseworkError) -> CaseReceipt {
        try await CaseChange(office: office).make(
            act,
            in: id,
            at: version,
            purpose: .caseManagement,
            by: signedIn,
            request: request,
            once: once,
            writing: [.conflicts, .content],
            change
        )
    }
}
