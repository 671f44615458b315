import Care
import Dispatch
import Store
import Synchronization

/// Carries erasures that have begun to their end, one after the other, on a thread of its own: the tombstone, the erase
/// secret, the write-ahead log, the entry that says it is done. Each step can be done twice, so that one that was cut short
/// is taken up again at the next start, at the next erasure, or when somebody looks.
final class Erasures: Sendable {
    private let thread = DispatchQueue(label: "leeward.erasures", qos: .utility)
    /// Whether one that has begun could not be finished yet.
    private let isWaiting = Mutex(false)

    /// How often the write-ahead log is tried to be emptied while somebody reads, five seconds each.
    private static let folds = 3

    /// Finishes every erasure that has begun, and waits for it.
    ///
    /// - Throws: ``CaseworkError/auditUnavailable`` or ``CaseworkError/stopped``; what is not finished is taken up again.
    func finishAll(in office: Office) throws(CaseworkError) {
        let result: Result<Void, CaseworkError> = thread.sync { Self.finish(in: office) }
        isWaiting.withLock { $0 = (try? result.get()) == nil }
        try result.get()
    }

    /// The same beside the requests, whose threads are few; says whether all are finished.
    func finishAll(in office: Office) async -> Bool {
        let result: Result<Void, CaseworkError> = await withCheckedContinuation { continuation in
            thread.async { continuation.resume(returning: Self.finish(in: office)) }
        }
        let isFinished = if case .success = result { true } else { false }
        isWaiting.withLock { $0 = !isFinished }
        return isFinished
    }

    /// Takes up what could not be finished, where there is any, without waiting for it.
    func retry(in office: Office) {
        guard isWaiting.withLock({ $0 }) else { return }
        thread.async { [self] in
            let result = Self.finish(in: office)
            if case .success = result { isWaiting.withLock { $0 = false } }
        }
    }

    private static func finish(in office: Office) -> Result<Void, CaseworkError> {
        Result { () throws(CaseworkError) in
            while true {
                let page = try office.read { try $0.rows(.pendingErasure, limit: Limits.page) }
                guard !page.isEmpty else { return }
                for stored in page { try finish(office.rows.open(PendingErasure.self, stored), in: office) }
            }
        }
    }

    private static func finish(_ erasure: PendingErasure, in office: Office) throws(CaseworkError) {
        let now = office.time.now()
        // First the tombstone: whatever is restored from now on, the case stays erased.
        try office.vault.bury(erasure, at: now)
        try office.vault.destroy([erasure.caseID], at: now)
        office.rows.forget(erasure.caseID)
        try fold(office)
        let manifest = try office.vault.manifest
        try office.ledger.note(
            .completeErasure,
            handle: erasure.caseID.text,
            rule: erasure.isByOrder ? "order" : "team"
        ) { transaction, notes in
            try transaction.delete(.pendingErasure, id: erasure.caseID.bytes)
            notes.handles = [erasure.reason.handle]
            notes.envelopeDigest = manifest
        }
    }

    /// Empties the write-ahead log, where the rows of the case still lie.
    static func fold(_ office: Office) throws(CaseworkError) {
        for attempt in 1...folds {
            do {
                try office.store.fold()
                return
            } catch .refused where attempt < folds {
                // Somebody read for longer than five seconds.
            } catch .full, .refused {
                throw .auditUnavailable
            } catch {
                throw .stopped
            }
        }
    }

    /// Makes the store and the vault what the tombstones say, before anything is answered: a restored database may hold rows
    /// of a case that was erased since, and a restored vault its erase secret.
    ///
    /// - Throws: ``CaseworkError/auditUnavailable`` or ``CaseworkError/stopped``; the deployment then does not open.
    func replayTombstones(in office: Office) throws(CaseworkError) {
        let erased = office.vault.erased
        guard !erased.isEmpty else { return }
        let caseRows = CaseRows(rows: office.rows)
        let revived = erased.intersection(office.vault.cases)
        let standing = try office.read { reading in
            try erased.filter { try caseRows.exist($0, in: reading) }
        }
        // Those that have begun are finished, and recorded, by themselves.
        let pending = try office.read { reading in
            try erased.filter { try reading.version(.pendingErasure, id: $0.bytes) != nil }
        }
        try office.vault.destroy(revived, at: office.time.now())
        let manifest = try office.vault.manifest
        for id in revived.union(standing).subtracting(pending).sorted() {
            try office.ledger.note(.completeErasure, handle: id.text, rule: "tombstone") { transaction, notes in
                notes.handles = try caseRows.delete(id, in: transaction).prefix(Limits.handles).map(\.text)
                notes.envelopeDigest = manifest
            }
        }
        if !standing.isEmpty { try Self.fold(office) }
    }
}

extension ErasureReason {
    /// As it stands among the handles of an entry.
    var handle: String { "reason:\(rawValue)" }
}
