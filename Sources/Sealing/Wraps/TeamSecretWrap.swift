public import Foundation

/// A team's key for one member: a grant of its seed (the format is that of `KeyGrant`, kind teamSecret, 180 bytes).
public enum TeamSecretWrap {
    /// Gives the team's key to a member.
    ///
    /// - Throws: `SealingError.badParameters` when the recipient is not a person.
    public static func seal(
        _ team: TeamKey,
        to member: TrustedKey,
        by granter: Keyring,
        expires: Date
    ) throws(SealingError) -> KeyGrant {
        try KeyGrant.seal(
            team.seed,
            terms: .ofTeam(team.id, epoch: team.epoch, expires: expires),
            to: member,
            by: granter
        )
    }

    /// The team's key out of a member's grant.
    ///
    /// - Throws: `SealingError.expired`, `SealingError.badSignature` when the granter did not make it for this team, epoch,
    ///   end and member, `SealingError.damaged`, `SealingError.wrongKind`.
    public static func open(
        _ grant: KeyGrant,
        team id: [UInt8],
        epoch: UInt32,
        expires: Date,
        with member: Keyring,
        grantedBy granter: TrustedKey,
        at now: Date
    ) throws(SealingError) -> TeamKey {
        let seed = try grant.open(
            terms: .ofTeam(id, epoch: epoch, expires: expires),
            with: member,
            grantedBy: granter,
            at: now
        )
        return try TeamKey(id: id, epoch: epoch, seed: seed)
    }
}
