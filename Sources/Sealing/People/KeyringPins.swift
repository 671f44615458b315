/// What a person's keyring remembers, so that whoever changes the database cannot make it believe otherwise.
public struct KeyringPins: Hashable, Sendable {
    /// A team the person belongs to and the epoch of its key last seen.
    public struct Team: Hashable, Sendable {
        /// The team's id, 16 bytes.
        public let id: [UInt8]
        /// The epoch last seen, from 1.
        public let epoch: UInt32

        /// A team and its epoch.
        public init(id: [UInt8], epoch: UInt32) {
            self.id = id
            self.epoch = epoch
        }
    }

    /// The last checkpoint of the audit log that was seen.
    public struct Checkpoint: Hashable, Sendable {
        /// The number of entries, from 1.
        public let size: UInt64
        /// The root hash over them, 32 bytes.
        public let root: [UInt8]

        /// A checkpoint's size and root.
        public init(size: UInt64, root: [UInt8]) {
            self.size = size
            self.root = root
        }
    }

    /// The deployment's root key, which every key binding must lead up to.
    public let root: VerifyingKey
    /// The person's teams, in the order of their ids.
    public let teams: [Team]
    /// The last checkpoint seen; nil before the first.
    public let checkpoint: Checkpoint?
    /// The least cost that this person's password slots may have.
    public let passwordFloor: ScryptCost

    /// Pins in their one order.
    ///
    /// - Throws: `SealingError.badParameters` when a team is named twice, there are more than 1,000, an id has not 16
    ///   bytes, an epoch or a size is 0, or a root hash has not 32 bytes.
    public init(
        root: VerifyingKey,
        teams: [Team],
        checkpoint: Checkpoint?,
        passwordFloor: ScryptCost
    ) throws(SealingError) {
        guard teams.count <= Limits.pinnedTeams, Set(teams.map(\.id)).count == teams.count,
            teams.allSatisfy({ $0.id.count == 16 && $0.epoch > 0 }),
            checkpoint.map({ $0.size > 0 && $0.root.count == 32 }) ?? true
        else { throw .badParameters }
        self.root = root
        self.teams = teams.sorted { $0.id.lexicographicallyPrecedes($1.id) }
        self.checkpoint = checkpoint
        self.passwordFloor = passwordFloor
    }

    /// The epoch pinned for a team; nil for a team the person does not belong to.
    public func epoch(ofTeam id: [UInt8]) -> UInt32? {
        teams.first { $0.id == id }?.epoch
    }

    /// Whether these pins may follow the others: the same root, no epoch, checkpoint or floor lower than it was. Teams
    /// may come and go.
    func mayFollow(_ earlier: KeyringPins) -> Bool {
        root == earlier.root
            && passwordFloor.isAtLeast(earlier.passwordFloor)
            && teams.allSatisfy { $0.epoch >= earlier.epoch(ofTeam: $0.id) ?? 0 }
            && checkpointMayFollow(earlier.checkpoint)
    }

    private func checkpointMayFollow(_ earlier: Checkpoint?) -> Bool {
        guard let earlier else { return true }
        guard let checkpoint else { return false }
        return checkpoint.size > earlier.size || checkpoint == earlier
    }
}
