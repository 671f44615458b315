import Care
import Synchronization

/// Consents whose withdrawal is on its way or could not be recorded yet: nothing that rests on them leaves until it is
/// (DECISIONS 7). Each withdrawal holds for itself, so that one that is refused lets go of nothing that another holds.
final class HeldConsents: Sendable {
    private let holds = Mutex<[ConsentID: Int]>([:])

    /// Holds a consent for one withdrawal.
    func hold(_ consent: ConsentID) { holds.withLock { $0[consent, default: 0] += 1 } }

    /// Takes back the hold of one withdrawal that was refused.
    func letGo(_ consent: ConsentID) {
        holds.withLock { holds in
            guard let count = holds[consent] else { return }
            holds[consent] = count > 1 ? count - 1 : nil
        }
    }

    /// The withdrawal is recorded: the store itself now says no.
    func release(_ consent: ConsentID) { holds.withLock { $0[consent] = nil } }

    func holds(_ consent: ConsentID) -> Bool { holds.withLock { $0[consent] != nil } }
}
