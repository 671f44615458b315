public import Directory

/// Hours of travel from where she is to services; what is not stated is unknown, and so is what is negative or no number.
public struct TravelTimes: Hashable, Sendable {
    private let byService: [ServiceID: Double]
    private let byRow: [Int]
    private let rows: [ServiceID]

    /// The hours for the services named.
    public init(_ hours: [ServiceID: Double]) {
        self.byService = hours
        self.byRow = []
        self.rows = []
    }

    /// The hours for all services of an index, in the order of ``ServiceIndex/services``: for whoever works them out for
    /// thousands at once. Nil where one is not known; what is missing at the end is not known either.
    public init(_ hours: some Sequence<Double?>, of index: ServiceIndex) {
        let known = hours.prefix(index.ids.count).map { $0.flatMap(Milliseconds.fromHours) ?? -1 }
        self.byService = [:]
        self.byRow = known + [Int](repeating: -1, count: index.ids.count - known.count)
        self.rows = index.ids
    }

    /// What is known, a line for each service.
    var canonicalLines: [String] {
        (byService.map { "\($0.key.text) \($0.value)" } + zip(rows, byRow).map { "\($0.text) \($1)" }).sorted()
    }

    /// Milliseconds by row; -1 where the distance is not known.
    func milliseconds(in index: ServiceIndex) -> [Int] {
        // The same index shares its storage, so that this compares ten thousand identifiers only when it must.
        if rows == index.ids { return byRow }
        var travel = [Int](repeating: -1, count: index.ids.count)
        for (service, span) in zip(rows, byRow) {
            if let row = index.row(of: service) { travel[row] = span }
        }
        for (service, hours) in byService {
            guard let row = index.row(of: service), let span = Milliseconds.fromHours(hours) else { continue }
            travel[row] = span
        }
        return travel
    }
}
