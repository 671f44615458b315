public import Care

/// A case in a list: routing fields only, nothing of who she is.
public struct CaseSummary: Sendable {
    /// The case.
    public let id: CaseID
    /// The version it has now.
    public let version: Int
    /// Its routing fields.
    public let routing: CaseRouting
    /// The referrals as they stand now.
    public let referrals: [CaseRouting.ReferralFact]
}

/// A case as its worker reads it.
public struct CaseReading: Sendable {
    /// The version to change it at (`If-Match`).
    public let version: Int
    /// The opened compartments.
    public let file: CaseFile
    /// Every consent, the oldest first.
    public let consents: [Consent]
    /// Its referrals: routing fields only.
    public let referrals: [ReferralRouting]
    /// Who reads it, where it is restricted; nil where the team holds it.
    public let readers: [StaffID]?
}

/// What a create or change of a case leaves behind.
public struct CaseReceipt: Sendable {
    /// The case.
    public let id: CaseID
    /// The version it has now.
    public let version: Int
    /// The needs of the case with their ids, in the order they were stated.
    public let needs: [Need]
    /// The consent or referral that was made, where one was.
    public let consent: ConsentID?
    /// The referral that was made, where one was.
    public let referral: ReferralSummary?
    /// Who reads the case, where it is restricted; nil where the team holds it.
    public let readers: [StaffID]?

    init(
        id: CaseID,
        version: Int,
        needs: [Need] = [],
        consent: ConsentID? = nil,
        referral: ReferralSummary? = nil,
        readers: [StaffID]? = nil
    ) {
        self.id = id
        self.version = version
        self.needs = needs
        self.consent = consent
        self.referral = referral
        self.readers = readers
    }
}
