public import Directory

/// One item of a packet with its value. Every value says which item it is, so a packet cannot carry one that was not
/// consented to under another's name.
public enum PacketField: Hashable, Sendable {
    case ageBand(AgeBand)
    case exactAge(Int)
    case gender(Gender)
    case languages([LanguageTag])
    case interpreterNeed(Bool)
    case accessibility(Set<AccessFeature>)
    case nationality(CountryCode)
    case name(String)
    case alias(String)
    case country(CountryCode)
    case area(String)
    case safeContact(SafeContact)
    case caregiver(Caregiver)
    case separated(Answer)
    case immediateDanger(Answer)
    case timeSinceIncident(TimeSinceIncident)
    case needReason(String)
    case receivedElsewhere(Bool)
    case accompaniment(String)
    case restrictions(String)

    /// Which item it is.
    public var item: DataItem {
        switch self {
        case .ageBand: .ageBand
        case .exactAge: .exactAge
        case .gender: .gender
        case .languages: .languages
        case .interpreterNeed: .interpreterNeed
        case .accessibility: .accessibility
        case .nationality: .nationality
        case .name: .name
        case .alias: .alias
        case .country: .country
        case .area: .area
        case .safeContact: .safeContact
        case .caregiver: .caregiver
        case .separated: .separated
        case .immediateDanger: .immediateDanger
        case .timeSinceIncident: .timeSinceIncident
        case .needReason: .needReason
        case .receivedElsewhere: .receivedElsewhere
        case .accompaniment: .accompaniment
        case .restrictions: .restrictions
        }
    }
}

extension PacketField: Codable {
    private enum CodingKeys: String, CodingKey {
        case item
        case value
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        let item: DataItem = try stored.code(.item)
        switch item {
        case .ageBand: self = .ageBand(try stored.code(.value))
        case .exactAge: self = .exactAge(try stored.decode(Int.self, forKey: .value))
        case .gender: self = .gender(try stored.code(.value))
        case .languages: self = .languages(try stored.codes(.value))
        case .interpreterNeed: self = .interpreterNeed(try stored.decode(Bool.self, forKey: .value))
        case .accessibility: self = .accessibility(try stored.codeSet(.value))
        case .nationality: self = .nationality(try stored.code(.value))
        case .name: self = .name(try Self.text(stored, atMost: Limits.name))
        case .alias: self = .alias(try Self.text(stored, atMost: Limits.name))
        case .country: self = .country(try stored.code(.value))
        case .area: self = .area(try Self.text(stored, atMost: Limits.area))
        case .safeContact: self = .safeContact(try stored.decode(SafeContact.self, forKey: .value))
        case .caregiver: self = .caregiver(try stored.decode(Caregiver.self, forKey: .value))
        case .separated: self = .separated(try stored.code(.value))
        case .immediateDanger: self = .immediateDanger(try stored.code(.value))
        case .timeSinceIncident: self = .timeSinceIncident(try stored.code(.value))
        case .needReason: self = .needReason(try Self.text(stored, atMost: Limits.reason))
        case .receivedElsewhere: self = .receivedElsewhere(try stored.decode(Bool.self, forKey: .value))
        case .accompaniment: self = .accompaniment(try Self.text(stored, atMost: Limits.remark))
        case .restrictions: self = .restrictions(try Self.text(stored, atMost: Limits.remark))
        }
    }

    private static func text(_ stored: KeyedDecodingContainer<CodingKeys>, atMost limit: Int) throws -> String {
        try Limits.text(stored.decode(String.self, forKey: .value), "packet.value", atMost: limit)
    }

    /// Writes the stored form: the item's code and its value.
    public func encode(to encoder: any Encoder) throws {
        var stored = encoder.container(keyedBy: CodingKeys.self)
        try stored.put(item, .item)
        switch self {
        case .ageBand(let value): try stored.put(value, .value)
        case .exactAge(let value): try stored.encode(value, forKey: .value)
        case .gender(let value): try stored.put(value, .value)
        case .languages(let value): try stored.put(list: value, .value)
        case .accessibility(let value): try stored.put(set: value, .value)
        case .nationality(let value), .country(let value): try stored.put(value, .value)
        case .safeContact(let value): try stored.encode(value, forKey: .value)
        case .caregiver(let value): try stored.encode(value, forKey: .value)
        case .separated(let value), .immediateDanger(let value): try stored.put(value, .value)
        case .timeSinceIncident(let value): try stored.put(value, .value)
        case .interpreterNeed(let value), .receivedElsewhere(let value): try stored.encode(value, forKey: .value)
        case .name(let value), .alias(let value), .area(let value), .needReason(let value), .accompaniment(let value),
            .restrictions(let value):
            try stored.encode(value, forKey: .value)
        }
    }
}
