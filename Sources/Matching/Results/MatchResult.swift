/// The whole explanation of one match, as it is kept for the assigned caseworker. Show it to anybody only through
/// ``answer(for:)``.
public struct MatchResult: Sendable {
    /// How the match ended.
    public let outcome: MatchOutcome
    /// What stops listing or sending.
    public let gates: CodeSet<Gate>
    /// Flags of the case as a whole.
    public let flags: CodeSet<MatchFlag>
    /// The best first.
    public let options: [MatchedOption]
    /// Empty when a gate blocks the list.
    public let excluded: ExcludedServices
    /// Whether identifying details may go to the first option now, with what is on file; false when nothing is listed.
    public let referralMayBeSent: Bool

    /// What `viewer` may see. For somebody outside the case the answer is the same, byte for byte, whether or not a
    /// conflicted service exists (F5).
    public func answer(for viewer: Viewer) -> MatchAnswer {
        MatchAnswer(
            outcome: outcome,
            gates: gates,
            flags: flags,
            options: options.map { option in
                MatchAnswer.Option(option, why: option.why.filter { viewer == .insideTheCase || !$0.isOfTheCase })
            },
            excluded: excluded.visible(to: viewer),
            referralMayBeSent: referralMayBeSent
        )
    }

    /// Her strict wishes that alone keep a service from the list, with the number of services each would open if she
    /// relaxed it: to be offered to her when nothing is listed, never a safety rule (M8).
    public var wishesThatWouldOpen: [ExclusionReason: Int] { excluded.openedByWish }
}
