import Care
import Foundation
import Sealing
import Synchronization

/// Team keys between the requests of their members, each sealed to its member's keyring. Opening a grant anew costs an HPKE
/// and a signature, which was more than half of reading a case. All rows are still read for each act: when the grant, who
/// gave it or the team's own binding differ in one byte, the grant is opened anew.
final class HeldTeamKeys: Sendable {
    /// All that opening a grant depends on, but for the keyring and the time.
    struct Question: Hashable {
        let staff: StaffID
        let record: TeamGrantRecord
        let granter: TrustedKey
        let team: TrustedKey
    }

    private let held = Mutex<[Question: HeldTeamKey]>([:])

    /// The key, when it is held for this keyring and the grant has not ended.
    func key(_ question: Question, with keyring: Keyring, at now: Date) -> TeamKey? {
        guard now < question.record.expires, let key = held.withLock({ $0[question] }) else { return nil }
        // Held for a keyring that the person has no more: the grant itself decides.
        return try? key.key(with: keyring)
    }

    /// Holds a key that was just opened and found to be the team's.
    func hold(_ key: TeamKey, _ question: Question, for keyring: Keyring) throws(SealingError) {
        let key = try HeldTeamKey(key, for: keyring)
        held.withLock { held in
            if held.count >= Limits.heldTeamKeys { held.removeAll() }
            held[question] = key
        }
    }
}
