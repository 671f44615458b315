import Audit
import Care
import Policy
import Sealing
import Store
import Synchronization

/// The one invariant: every act on a case, a referral, staff, keys, policies or the directory, reads, searches,
/// look-ups and denials included, goes through ``perform(_:by:on:purpose:request:wantsCheckpoint:prepare:commit:reveal:)``
/// and leaves one entry, durably, before anything is answered.
final class Ledger: Sendable {
    let policy: AccessPolicy
    let time: TimeSource
    private let store: Store
    private let rows: ServerRows
    private let writer: LedgerWriter
    private let tallies: Tallies

    init(
        store: Store,
        rows: ServerRows,
        policy: AccessPolicy,
        logKey: LogKey,
        time: TimeSource,
        recording earlier: UnrecordedActs
    ) throws(CaseworkError) {
        let tallies = Tallies()
        tallies.restore(earlier.counts)
        self.store = store
        self.rows = rows
        self.policy = policy
        self.time = time
        self.tallies = tallies
        self.writer = try LedgerWriter(store: store, logKey: logKey, time: time, tallies: tallies)
    }

    /// How many entries are recorded.
    var size: Int { writer.size }

    /// Does an act and records it.
    ///
    /// *prepare* runs in the request's own task after a provisional decision: opening what the act needs, sealing what
    /// will be written. *commit* runs on the writer, inside the transaction that holds the entry, after the facts have
    /// been read again and decided on: short, synchronous, no cryptography that could be done before. *reveal* runs
    /// after the durable commit: open and answer. A denial commits its entry and then throws; so does an act that was
    /// permitted and then not possible.
    ///
    /// - Throws: what *prepare*, *commit* and *reveal* throw; ``CaseworkError/notFound`` or
    ///   ``CaseworkError/refused(code:)`` for a denial; ``CaseworkError/auditUnavailable`` or
    ///   ``CaseworkError/stopped`` when the entry could not be recorded, and then nothing was done.
    func perform<Prepared: Sendable, Written: Sendable, Answer>(
        _ act: Act,
        by worker: Worker?,
        on subject: Subject,
        purpose: Purpose,
        request: RequestID,
        wantsCheckpoint: Bool = false,
        consent: @escaping @Sendable (Prepared) -> ConsentVerdict? = { _ in nil },
        prepare: () async throws(CaseworkError) -> Prepared,
        commit: @escaping @Sendable (Prepared, Grant, borrowing Transaction, inout EntryNotes) throws -> Written,
        reveal: (Prepared, Written) async throws(CaseworkError) -> Answer
    ) async throws(CaseworkError) -> Answer {
        let prepared: Result<Prepared, CaseworkError>?
        do throws(CaseworkError) {
            switch try provisionalDecision(act, worker, subject, purpose) {
            case .denied: prepared = nil
            case .permitted: prepared = .success(try await prepare())
            }
        } catch .stopped {
            // Nothing can be read any more, so nothing can be recorded either.
            throw .stopped
        } catch {
            prepared = .failure(error)
        }
        let ending = Ending<(Prepared, Written)>()
        let job = LedgerWriter.Job(
            write: { [policy, rows, time, self] transaction in
                // A refusal that *prepare* found stands as it is; it needs no verdict to be recorded.
                let verdict: ConsentVerdict? =
                    switch prepared {
                    case .success(let ready)?: consent(ready)
                    case .failure?: .maySend
                    case nil: nil
                    }
                var draft = EntryDraft(
                    act: act,
                    worker: worker,
                    object: subject.handle,
                    relationship: .none,
                    purpose: purpose,
                    request: request,
                    outcome: .permitted,
                    rule: ""
                )
                do {
                    let facts = try rows.facts(
                        act,
                        worker,
                        subject,
                        purpose,
                        consent: verdict,
                        at: time.now(),
                        in: transaction
                    )
                    let grant: Grant
                    switch policy.decide(facts) {
                    case .denied(let refusal):
                        draft.outcome = .denied
                        draft.rule = refusal.code.rawValue
                        draft.relationship = refusal.relationship
                        ending.set(.failure(error(for: refusal, facts)))
                        return draft
                    case .permitted(let permitted):
                        grant = permitted
                        draft.rule = permitted.rule
                        draft.relationship = permitted.relationship
                    }
                    // Denied a moment ago and permitted now: nothing was prepared, so nothing can be done.
                    guard let prepared else { throw CaseworkError.stale }
                    let ready = try prepared.get()
                    let written = try transaction.savepoint {
                        try commit(ready, grant, transaction, &draft.notes)
                    }
                    ending.set(.success((ready, written)))
                } catch {
                    let found = try Self.contained(error)
                    draft.outcome = found.isRefusal ? .denied : .failed
                    draft.rule = found.code
                    ending.set(.failure(found))
                }
                return draft
            },
            finish: { ending.finish($0) },
            wantsCheckpoint: wantsCheckpoint
        )
        let (ready, written) = try await recorded(job, ending)
        return try await reveal(ready, written)
    }

    /// Waits until a job is durably recorded, and gives what became of it.
    private func recorded<Value: Sendable>(
        _ job: LedgerWriter.Job,
        _ ending: Ending<Value>
    ) async throws(CaseworkError) -> Value {
        let recording = await withCheckedContinuation { continuation in
            ending.whenFinished { continuation.resume(returning: $0) }
            writer.submit(job)
        }
        switch recording {
        case .recorded: return try ending.value()
        case .unavailable: throw .auditUnavailable
        case .stopped: throw .stopped
        }
    }

    /// Records an act of the founding ceremony, or of the operator, and writes its rows. No policy decides it: holding the
    /// root key does, or the machine.
    ///
    /// - Throws: ``CaseworkError/auditUnavailable`` or ``CaseworkError/stopped`` when it could not be recorded;
    ///   ``CaseworkError/stale`` when a row stands there already; what `check` throws.
    func found(
        _ act: Act,
        handle: String,
        rows: [StoredRow],
        replacing: [(row: StoredRow, expecting: Int)] = [],
        request: RequestID,
        rule: String = "founding_ceremony",
        unless check: @escaping @Sendable (borrowing Transaction) throws -> Void
    ) async throws(CaseworkError) {
        let draft = Self.draft(act, handle: handle, request: request, rule: rule)
        let (job, ending) = Self.undecided(draft) { transaction, notes in
            try check(transaction)
            for row in rows { try transaction.put(row, expecting: nil) }
            for (row, expecting) in replacing { try transaction.put(row, expecting: expecting) }
            let written = rows + replacing.map(\.row)
            if !written.isEmpty { notes.envelopeDigest = try Digest.sha256(written.flatMap(\.sealed)) }
        }
        try await recorded(job, ending)
    }

    /// Records an act of the server or of the operator and waits for it, on a thread that may wait: at a start, in a
    /// command, in work of its own. No policy decides it.
    ///
    /// - Throws: as ``found(_:handle:rows:replacing:request:rule:unless:)``.
    func note(
        _ act: Act,
        handle: String,
        request: RequestID? = nil,
        rule: String,
        write: @escaping @Sendable (borrowing Transaction, inout EntryNotes) throws -> Void
    ) throws(CaseworkError) {
        let (job, ending) = Self.undecided(Self.draft(act, handle: handle, request: request, rule: rule), write)
        switch writer.recordNow(job) {
        case .recorded: try ending.value()
        case .unavailable: throw .auditUnavailable
        case .stopped: throw .stopped
        }
    }

    private static func draft(_ act: Act, handle: String, request: RequestID?, rule: String) -> EntryDraft {
        EntryDraft(
            act: act,
            worker: nil,
            object: handle,
            relationship: .none,
            purpose: act.usualPurpose,
            request: request,
            outcome: .permitted,
            rule: rule
        )
    }

    private static func undecided(
        _ draft: EntryDraft,
        _ write: @escaping @Sendable (borrowing Transaction, inout EntryNotes) throws -> Void
    ) -> (LedgerWriter.Job, Ending<Void>) {
        let ending = Ending<Void>()
        let job = LedgerWriter.Job(
            write: { transaction in
                var draft = draft
                do {
                    var notes = EntryNotes()
                    try transaction.savepoint { try write(transaction, &notes) }
                    draft.notes = notes
                    ending.set(.success(()))
                } catch {
                    let found = try contained(error)
                    draft.outcome = .failed
                    draft.rule = found.code
                    ending.set(.failure(found))
                }
                return draft
            },
            finish: { ending.finish($0) },
            wantsCheckpoint: false
        )
        return (job, ending)
    }

    /// What was answered and is not recorded yet.
    var unrecorded: UnrecordedActs { UnrecordedActs(tallies.all) }

    /// Records what was only counted so far, and signs what is not signed, before the deployment stops.
    func finish() { writer.finish() }

    /// Counts an act whose entry comes with the next batch.
    func tally(_ act: Act, purpose: Purpose, outcome: Outcome, rule: String, object: String = "") {
        tallies.add(Tallies.Kind(act: act, purpose: purpose, outcome: outcome, rule: rule, object: object))
    }

    private func provisionalDecision(
        _ act: Act,
        _ worker: Worker?,
        _ subject: Subject,
        _ purpose: Purpose
    ) throws(CaseworkError) -> Decision {
        do {
            return try store.read { reading in
                // Whether a consent covers it is not known before the case is open; the decision that counts knows.
                policy.decide(
                    try rows.facts(act, worker, subject, purpose, consent: .maySend, at: time.now(), in: reading)
                )
            }
        } catch let error as CaseworkError {
            throw error
        } catch {
            throw .stopped
        }
    }

    /// What the asker is told. That a case exists is itself a secret: to somebody who has nothing to do with it, it looks
    /// like one that does not (STYLE 17).
    private func error(for refusal: Refusal, _ facts: Facts) -> CaseworkError {
        guard refusal.code == .barred else { return Self.error(for: refusal.code) }
        // Nobody may find out by asking that she named them: they are told what a stranger with their roles is told.
        let stranger = Facts(
            act: facts.act,
            purpose: facts.purpose,
            isSignedIn: facts.isSignedIn,
            isBarred: false,
            roles: facts.roles,
            isSameAgency: facts.isSameAgency.map { _ in false },
            consent: facts.consent,
            isConfirmed: facts.isConfirmed
        )
        guard case .denied(let asStranger) = policy.decide(stranger) else { return .notFound }
        return Self.error(for: asStranger.code)
    }

    private static func error(for code: Refusal.Code) -> CaseworkError {
        switch code {
        case .barred, .otherAgency, .notAssigned, .notReceivingDesk: .notFound
        case .notSignedIn: .notSignedIn
        case .noRule, .wrongRole, .wrongPurpose: .refused(code: code.rawValue)
        case .packetNotReleased: .wrongState(code: code.rawValue)
        case .consentMissing: .gated(code: code.rawValue, items: [])
        case .confirmationNeeded: .confirmationNeeded
        }
    }

    /// What an act that failed in its own savepoint is reported as; only what the whole batch shares passes on.
    private static func contained(_ error: any Error) throws -> CaseworkError {
        switch error {
        case let error as CaseworkError: error
        case StoreError.conflict: .stale
        case StoreError.missing, StoreError.invalid: .damaged(code: "row")
        case is StoreError: throw error
        default: .damaged(code: "act")
        }
    }
}

/// What became of one act, handed from the writer's thread to the request's task.
private final class Ending<Value: Sendable>: Sendable {
    private struct State {
        var result: Result<Value, CaseworkError>?
        var resume: (@Sendable (LedgerWriter.Recording) -> Void)?
    }

    private let state = Mutex(State())

    func set(_ result: Result<Value, CaseworkError>) {
        state.withLock { $0.result = result }
    }

    func whenFinished(_ resume: @escaping @Sendable (LedgerWriter.Recording) -> Void) {
        state.withLock { $0.resume = resume }
    }

    func finish(_ recording: LedgerWriter.Recording) {
        let resume = state.withLock { state in
            defer { state.resume = nil }
            return state.resume
        }
        resume?(recording)
    }

    func value() throws(CaseworkError) -> Value {
        guard let result = state.withLock({ $0.result }) else { throw .auditUnavailable }
        return try result.get()
    }
}
