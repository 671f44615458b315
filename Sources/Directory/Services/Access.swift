/// How a service is used.
public enum ContactMode: String, Sendable, CaseIterable {
    case inPerson = "in_person"
    case phone
    case video
    case chat
}

/// A way of first contact (F2): one that a service accepts, or one that the survivor named as safe.
public enum FirstContactRoute: String, Sendable, CaseIterable {
    case workerIntroduces = "worker_introduces"
    case walkIn = "walk_in"
    case providerCalls = "provider_calls"
    case survivorContacts = "survivor_contacts"
}

/// What a service demands before it helps, or what a survivor has and is willing to use.
public enum Prerequisite: String, Sendable, CaseIterable {
    case guardianConsent = "guardian_consent"
    case idDocument = "id_document"
    case legalResidence = "legal_residence"
    case policeReport = "police_report"
    case payment
}

/// What a service costs the person it helps. Not stated is nil in ``Service/cost``, never `free` (DECISIONS 1).
public enum Cost: String, Sendable, CaseIterable {
    case free
    case fee
}

/// Whether a service takes people now.
public enum Capacity: String, Sendable, CaseIterable {
    case available
    case unknown
    case waitlist
    case full
}

/// Whether a service runs at all. An unknown status is quarantined on import and never reaches this type (DECISIONS 1).
public enum ServiceStatus: String, Sendable, CaseIterable {
    case active
    case inactive
    case temporarilyClosed = "temporarily_closed"
    case defunct
}

/// A feature of access that a person may need (`wheelchair`, `sign_language`): a slug compared as text.
public struct AccessFeature: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// As written in the files.
    public let text: String
    /// Takes the text as it is.
    public init(_ text: String) { self.text = text }
    /// ``text``.
    public var description: String { text }
    /// By text.
    public static func < (left: AccessFeature, right: AccessFeature) -> Bool { left.text < right.text }
}
