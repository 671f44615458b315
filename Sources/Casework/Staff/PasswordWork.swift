import Dispatch
import Synchronization

/// Password derivations, each 64 MiB and half a second of one core by design: at most as many at once as there are
/// cores, a short queue behind them, and beyond that "busy", so that a flood of sign-ins cannot stop everything else
/// (SECURITY section 5). They run on threads of their own, off the cooperative pool.
final class PasswordWork: Sendable {
    private let threads: DispatchQueue
    private let slots: DispatchSemaphore
    private let waiting = Mutex(0)
    private let most: Int
    private let begun = Mutex(0)

    /// How many derivations were begun: what an attempt costs is the same whether or not somebody has the name.
    var derivations: Int { begun.withLock { $0 } }

    /// Whether the next derivation would be refused.
    var isFull: Bool { waiting.withLock { $0 >= most } }

    /// Room for `cores` derivations at once and ``Limits/waitingSignIns`` behind them.
    init(cores: Int) {
        self.threads = DispatchQueue(label: "leeward.passwords", qos: .utility, attributes: .concurrent)
        self.slots = DispatchSemaphore(value: max(1, cores))
        self.most = max(1, cores) + Limits.waitingSignIns
    }

    /// Does one derivation.
    ///
    /// - Throws: what the work throws; ``CaseworkError/busy(retryAfterSeconds:)`` when the queue is full.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws(CaseworkError) -> Value
    ) async throws(CaseworkError) -> Value {
        let isRoom = waiting.withLock { waiting in
            guard waiting < most else { return false }
            waiting += 1
            return true
        }
        guard isRoom else { throw .busy(retryAfterSeconds: 5) }
        defer { waiting.withLock { $0 -= 1 } }
        let result: Result<Value, CaseworkError> = await withCheckedContinuation { continuation in
            threads.async { [slots] in
                slots.wait()
                defer { slots.signal() }
                self.begun.withLock { $0 += 1 }
                do throws(CaseworkError) {
                    continuation.resume(returning: .success(try work()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
