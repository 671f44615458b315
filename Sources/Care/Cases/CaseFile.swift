public import Foundation

/// A case as its worker sees it: four compartments under keys of their own (D4). It is not `Codable` on purpose: each
/// compartment is stored by itself, so that losing one opens no other.
public struct CaseFile: Hashable, Sendable {
    /// The code of the case.
    public let id: CaseID
    /// Who she is.
    public var identity: Survivor
    /// How to reach her safely.
    public var contact: SafeContact
    /// Whom and what to keep away.
    public var conflicts: ConflictFacts
    /// What she needs and how far the work is.
    public var content: CaseContent

    /// A case put together from its opened compartments.
    public init(
        id: CaseID,
        identity: Survivor,
        contact: SafeContact,
        conflicts: ConflictFacts,
        content: CaseContent
    ) {
        self.id = id
        self.identity = identity
        self.contact = contact
        self.conflicts = conflicts
        self.content = content
    }

    /// What a consent for one need is judged by, as the case stands now.
    public func circumstances(of need: Need, ownConsentFromAge: Int? = nil, at moment: Date) -> ConsentCircumstances {
        ConsentCircumstances(
            age: identity.age,
            conflicts: conflicts,
            isDeclined: content.isDeclined(need.code, at: moment),
            isLifeInDanger: need.isLifeThreatening,
            ownConsentFromAge: ownConsentFromAge
        )
    }

    /// Every item that is on file for a need, whether or not it may be sent; ``ReferralPacket/cut(_:to:consent:allowed:uncovered:for:from:at:)``
    /// decides that.
    public func packetFields(for need: Need, at moment: Date) -> [PacketField] {
        var fields: [PacketField] = [.country(identity.currentCountry)]
        if let age = identity.age {
            fields.append(.ageBand(age.band))
            if let years = age.years { fields.append(.exactAge(years)) }
        }
        if let gender = identity.gender { fields.append(.gender(gender)) }
        if !identity.languages.isEmpty { fields.append(.languages(identity.languages)) }
        if let needsInterpreter = identity.needsInterpreter { fields.append(.interpreterNeed(needsInterpreter)) }
        if !identity.accessibility.isEmpty { fields.append(.accessibility(identity.accessibility)) }
        if let nationality = identity.nationality { fields.append(.nationality(nationality)) }
        if let name = identity.name { fields.append(.name(name)) }
        if let alias = identity.alias { fields.append(.alias(alias)) }
        if let area = identity.area { fields.append(.area(area)) }
        if contact.permission != .notAsked { fields.append(.safeContact(contact)) }
        if let caregiver = caregiverToName { fields.append(.caregiver(caregiver)) }
        if content.intake.isSeparated != .notAsked { fields.append(.separated(content.intake.isSeparated)) }
        if content.intake.isInImmediateDanger != .notAsked {
            fields.append(.immediateDanger(content.intake.isInImmediateDanger))
        }
        fields.append(.timeSinceIncident(TimeSinceIncident(since: content.intake.lastContact, at: moment)))
        if let reason = need.reason { fields.append(.needReason(reason)) }
        fields.append(.receivedElsewhere(need.isReceivedElsewhere))
        if let accompaniment = need.accompaniment { fields.append(.accompaniment(accompaniment)) }
        if let restrictions = need.restrictions { fields.append(.restrictions(restrictions)) }
        return fields
    }

    /// The first caregiver who is not accused: a receiver must never be led to ring the person she fled from (N5, F5).
    /// Where a caregiver is accused and it is not known which, none is named.
    private var caregiverToName: Caregiver? {
        content.intake.caregivers.first { caregiver in
            guard let party = caregiver.party else { return !conflicts.hasAccusedCaregiver }
            if conflicts.accusedParties.contains(party) { return false }
            return !conflicts.hasAccusedCaregiver || conflicts.safeCaregivers.contains(party)
        }
    }
}
