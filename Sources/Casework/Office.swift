import Care
import Directory
import Foundation
import Policy
import Sealing
import Store
import Synchronization

/// What every desk works with. Values and handles only; the state is in the store, the vault and the ledger.
struct Office: Sendable {
    let store: Store
    let rows: ServerRows
    let vault: Vault
    let ledger: Ledger
    let consentPolicy: ConsentPolicy
    let shelf: DirectoryShelf
    let held: HeldConsents
    let time: TimeSource

    /// 16 random bytes as an id.
    func newID<ID: RandomIdentifier>(_ type: ID.Type) throws(CaseworkError) -> ID {
        do {
            guard let id = ID(bytes: try Randomness.bytes(16)) else { throw CaseworkError.damaged(code: "randomness") }
            return id
        } catch {
            throw .damaged(code: "randomness")
        }
    }

    /// Reads one state of the store.
    func read<Value>(_ body: (borrowing Reading) throws -> Value) throws(CaseworkError) -> Value {
        do {
            return try store.read(body)
        } catch let error as CaseworkError {
            throw error
        } catch {
            throw .stopped
        }
    }
}

/// Consents whose withdrawal could not be recorded yet: nothing that rests on them leaves until it is (DECISIONS 7).
final class HeldConsents: Sendable {
    private let consents = Mutex<Set<ConsentID>>([])

    /// Whether it was not held before.
    func hold(_ consent: ConsentID) -> Bool { consents.withLock { $0.insert(consent).inserted } }
    func release(_ consent: ConsentID) { consents.withLock { _ = $0.remove(consent) } }
    func holds(_ consent: ConsentID) -> Bool { consents.withLock { $0.contains(consent) } }
}
