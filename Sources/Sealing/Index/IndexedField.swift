/// A sealed field that can be searched for an exact value. The numbers stand in derived bytes and never change.
///
/// Never a field with few values (a yes or no, a need, an age): its buckets would be the values.
public enum IndexedField: UInt8, CaseIterable, Sendable {
    /// A name.
    case name = 1
    /// Another name the survivor goes by.
    case alias = 2
    /// A telephone number.
    case phone = 3
    /// The number of an identity paper.
    case identityNumber = 4

    /// Whether every value could be tried: all numbers of a country's telephones are fewer than 2^30. Then each attempt costs
    /// a scrypt.
    public var isSlow: Bool {
        switch self {
        case .phone, .identityNumber: true
        case .name, .alias: false
        }
    }

    /// The field's name in contexts.
    var label: String {
        switch self {
        case .name: "name"
        case .alias: "alias"
        case .phone: "phone"
        case .identityNumber: "identity_number"
        }
    }
}
