public import Directory

/// Which items a service may ever be sent, by its code or else by its sector (F7): minimum necessary, whatever a consent
/// says. The lists are data of `Policies/consent.yaml`.
public struct AllowList: Hashable, Sendable {
    private let bySector: [Sector: Set<DataItem>]
    private let byCode: [ServiceCode: Set<DataItem>]

    /// Lists by name: a sector prefix (`MED`) or a service code (`MED-EMERG`).
    ///
    /// - Throws: `CareError.invalid` when a name is neither, or a sector has no list.
    public init(_ lists: [String: Set<DataItem>]) throws(CareError) {
        var bySector: [Sector: Set<DataItem>] = [:]
        var byCode: [ServiceCode: Set<DataItem>] = [:]
        for (name, items) in lists {
            if let sector = Sector(rawValue: name) {
                bySector[sector] = items
            } else if let code = ServiceCode(name), code.text == name {
                byCode[code] = items
            } else {
                throw .invalid(field: "allow_list", write: "MED, PSY, LEG, SOC or a service code such as MED-EMERG")
            }
        }
        guard bySector.count == Sector.allCases.count else {
            throw .invalid(field: "allow_list", write: "a list for each of MED, PSY, LEG and SOC")
        }
        self.bySector = bySector
        self.byCode = byCode
    }

    /// Whether a text is a sector prefix or a well-formed service code.
    public static func isName(_ text: String) -> Bool {
        Sector(rawValue: text) != nil || ServiceCode(text)?.text == text
    }

    /// What that service may be sent: its own list, or that of its sector.
    public func items(for code: ServiceCode) -> Set<DataItem> { byCode[code] ?? bySector[code.sector] ?? [] }

    /// The codes that have a list of their own.
    public var codes: [ServiceCode] { byCode.keys.sorted() }
}
