import Care
import Sealing
import Store

/// A keyring that was just opened, with what it is to remember from now on: of each of the person's teams the newest key that
/// leads up to the root. Whoever puts an older one back in the database is found out by it (SECURITY section 2).
struct Unlocked: Sendable {
    let keyring: Keyring
    /// The keyring's row with newer pins; nil where it knows nothing new.
    private let newer: StoredRow?

    init(
        _ keyring: Keyring,
        of account: Account,
        at version: UInt64,
        under key: borrowing Secret,
        _ office: Office
    ) throws(SealingError) {
        let pins = try Self.pins(keyring.pins, account, office)
        guard pins != keyring.pins else {
            self.keyring = keyring
            self.newer = nil
            return
        }
        self.keyring = try keyring.remembering(pins)
        self.newer = StoredRow(
            kind: .keyring,
            id: account.staff.bytes,
            version: Int(version) + 1,
            sealed: try self.keyring.seal(under: key, version: version + 1)
        )
    }

    /// Writes the keyring, unless another sign-in of the same person wrote it meanwhile.
    func remember(in transaction: borrowing Transaction) throws {
        guard let newer, try transaction.version(.keyring, id: newer.id) == newer.version - 1 else { return }
        try transaction.put(newer, expecting: newer.version - 1)
    }

    /// What was known, with the epochs that have moved since. A key that cannot be believed is not remembered: the acts that
    /// need it say so. Teams that the person left stay, so that coming back does not make anything older believable.
    private static func pins(
        _ known: KeyringPins,
        _ account: Account,
        _ office: Office
    ) throws(SealingError) -> KeyringPins {
        var epochs: [[UInt8]: UInt32] = [:]
        for team in known.teams { epochs[team.id] = team.epoch }
        for team in account.teams {
            do throws(CaseworkError) {
                epochs[team.bytes] = try office.trustedTeam(team, of: account.agency, by: known).epoch
            } catch {
                continue
            }
        }
        return try KeyringPins(
            root: known.root,
            teams: epochs.map { KeyringPins.Team(id: $0.key, epoch: $0.value) },
            checkpoint: known.checkpoint,
            passwordFloor: known.passwordFloor
        )
    }
}
