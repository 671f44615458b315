// A referral packet: what the receiving desk reads once it has accepted (X1, DECISIONS 4). A JSON object:
//
//   version     1; another number is refused
//   referral, case, sender, worker   identifiers
//   call_back   how the desk reaches the worker
//   code, recipient, service?, mode, urgency, filed_at, answer_due_at   what is asked for, by when
//   basis       {"kind":"consent","consent":"n…"} or {"kind":"life_in_danger","review_by":…}
//   consent?    {"given_by":…,"given_at":…,"expires_at":…,"items":[…]}; there exactly when the basis is a consent
//   fields      [{"item":"age_band","value":"15-17"}, …] in ascending order of item, each item once
//
// Moments are whole milliseconds since 1970. An item is only ever added to the list of DataItem; a change of meaning is a
// new version.

public import Directory
public import Foundation

/// The least that the receiver must know, cut to her consent and to what the service code needs (N2, F7). There is no
/// narrative and nothing about an alleged perpetrator, because no field could hold it.
public struct ReferralPacket: Hashable, Sendable {
    /// The consent as the receiver may know it (X1): who, when, what items, until.
    public struct ConsentNote: Hashable, Sendable {
        /// Who gave it.
        public let giver: ConsentGiver
        /// When it was given.
        public let givenAt: Date
        /// When it ends.
        public let expiresAt: Date
        /// What it names.
        public let items: Set<DataItem>
    }

    /// Who sends it and how to answer by voice.
    public struct Sender: Hashable, Sendable {
        /// The sending organisation.
        public let agency: AgencyID
        /// The sending worker.
        public let worker: StaffID
        /// The number or account at which the desk reaches the worker.
        public let callBack: String

        /// The sending worker.
        ///
        /// - Throws: `CareError.invalid` for a call-back out of bounds.
        public init(agency: AgencyID, worker: StaffID, callBack: String) throws(CareError) {
            self.agency = agency
            self.worker = worker
            self.callBack = try Limits.text(callBack, "sender.call_back", atMost: Limits.contactValue)
        }
    }

    static let version = 1

    /// The code by which the desk answers.
    public let referral: ReferralID
    /// The sender's case code, which stands in for a name (X1).
    public let caseID: CaseID
    /// Who sends it.
    public let sender: Sender
    /// The service that is asked for.
    public let code: ServiceCode
    /// The organisation it is for.
    public let recipient: OrganizationID
    /// The entry of the directory; nil where there is none.
    public let service: ServiceID?
    /// How it is handed over (F1).
    public let mode: Referral.Mode
    /// How soon it must be answered (C5).
    public let urgency: Urgency
    /// When it was filed.
    public let filedAt: Date
    /// Filed plus the hours that the referral gives for an answer (C5).
    public let answerDueAt: Date
    /// On what ground it leaves (D1).
    public let basis: Referral.Basis
    /// There exactly when the basis is a consent.
    public let consent: ConsentNote?
    /// By item, each once.
    public let fields: [PacketField]

    /// The items it carries.
    public var items: Set<DataItem> { Set(fields.map(\.item)) }

    /// Cuts the fields of a case to what was asked, consented and allowed.
    ///
    /// The fields are those on file, the items those the worker wants to send. An item that the consent does not name or
    /// the service code never gets is refused, or left out where the caller says `strip`; it is never dropped silently.
    /// The caller has judged the consent before (``ConsentRules/judge(_:for:in:at:)``).
    public static func cut(
        _ fields: [PacketField],
        to items: Set<DataItem>,
        consent: Consent,
        allowed: Set<DataItem>,
        uncovered: UncoveredItems = .refuse,
        for referral: Referral,
        from sender: Sender,
        at moment: Date
    ) -> PacketCut {
        let note = ConsentNote(
            giver: consent.giver,
            givenAt: consent.givenAt,
            expiresAt: consent.expiresAt,
            items: consent.items
        )
        return cut(fields, to: items, consented: consent.items, allowed, uncovered, note, referral, sender, moment)
    }

    /// The same where nobody was asked and life is in danger: the minimum takes the place of the consent (N7).
    public static func cutToSaveLife(
        _ fields: [PacketField],
        to items: Set<DataItem>,
        minimum: Set<DataItem>,
        allowed: Set<DataItem>,
        uncovered: UncoveredItems = .refuse,
        for referral: Referral,
        from sender: Sender,
        at moment: Date
    ) -> PacketCut {
        cut(fields, to: items, consented: minimum, allowed, uncovered, nil, referral, sender, moment)
    }

    private static func cut(
        _ fields: [PacketField],
        to items: Set<DataItem>,
        consented: Set<DataItem>,
        _ allowed: Set<DataItem>,
        _ uncovered: UncoveredItems,
        _ note: ConsentNote?,
        _ referral: Referral,
        _ sender: Sender,
        _ moment: Date
    ) -> PacketCut {
        let notConsented = items.subtracting(consented)
        let notAllowed = items.subtracting(allowed)
        if uncovered == .refuse, !(notConsented.isEmpty && notAllowed.isEmpty) {
            return .refused(notConsented: notConsented, notAllowed: notAllowed)
        }
        let leaving = items.intersection(consented).intersection(allowed)
        var byItem: [DataItem: PacketField] = [:]
        for field in fields where leaving.contains(field.item) { byItem[field.item] = field }
        let packet = ReferralPacket(
            referral: referral.id,
            caseID: referral.caseID,
            sender: sender,
            code: referral.code,
            recipient: referral.recipient,
            service: referral.service,
            mode: referral.mode,
            urgency: referral.urgency,
            filedAt: moment.wholeMilliseconds,
            answerDueAt: moment.wholeMilliseconds.adding(hours: referral.answerWithinHours),
            basis: referral.basis,
            consent: note,
            fields: byItem.values.sorted { $0.item < $1.item }
        )
        return .packet(
            packet,
            stripped: notConsented.union(notAllowed),
            notOnFile: leaving.subtracting(packet.items)
        )
    }
}
