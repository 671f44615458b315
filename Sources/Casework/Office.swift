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
    let policies: Policies
    let shelf: DirectoryShelf
    let held: HeldConsents
    let sweep = OnceSweep()
    let erasures = Erasures()
    let bindings = TrustedBindings()
    let teamKeys = HeldTeamKeys()
    let time: TimeSource

    var consentPolicy: ConsentPolicy { policies.consent }

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
