public import Care
public import Directory

/// A referral as the caseworker wants to send it.
public struct ReferralFiling: Sendable {
    /// The need it is for.
    public let need: NeedID
    /// The service that is asked for.
    public let service: ServiceID
    /// The consent it rests on; nil only where nobody could be asked and life is in danger (N7).
    public let consent: ConsentID?
    /// The items to send; each must be in the consent and allowed for the service (N2, F7).
    public let items: Set<DataItem>
    /// How it is handed over (F1).
    public let mode: Referral.Mode
    /// How the desk reaches the worker by voice.
    public let callBack: String

    /// A referral to one service.
    public init(
        need: NeedID,
        service: ServiceID,
        consent: ConsentID?,
        items: Set<DataItem>,
        mode: Referral.Mode,
        callBack: String
    ) {
        self.need = need
        self.service = service
        self.consent = consent
        self.items = items
        self.mode = mode
        self.callBack = callBack
    }
}
