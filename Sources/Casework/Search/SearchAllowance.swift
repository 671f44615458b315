import Care
import Synchronization

/// How often somebody has searched in the last hour. In memory: a restart forgets it, which nobody who searches can bring about.
/// It is counted on the clock that never steps back.
final class SearchAllowance: Sendable {
    /// What is counted apart.
    enum Kind: Hashable, Sendable {
        case values
        case texts

        var most: Int {
            switch self {
            case .values: Limits.searches
            case .texts: Limits.textSearches
            }
        }
    }

    private struct Searcher: Hashable {
        let staff: StaffID
        let kind: Kind
    }

    private let taken = Mutex<[Searcher: [Int64]]>([:])

    /// Counts one search.
    ///
    /// - Throws: ``CaseworkError/tooMany(retryAfterSeconds:)`` when the hour's searches are used up, or so many people search at
    ///   once that they cannot all be counted.
    func take(_ kind: Kind, by staff: StaffID, at milliseconds: Int64) throws(CaseworkError) {
        let searcher = Searcher(staff: staff, kind: kind)
        let wait: Int64? = taken.withLock { taken in
            var times = (taken[searcher] ?? []).filter { milliseconds - $0 < Limits.searchSpanMilliseconds }
            if times.count >= kind.most {
                taken[searcher] = times
                return (times.first ?? milliseconds) + Limits.searchSpanMilliseconds - milliseconds
            }
            if taken[searcher] == nil, taken.count >= Limits.searchers {
                taken = taken.filter { entry in
                    entry.value.contains { milliseconds - $0 < Limits.searchSpanMilliseconds }
                }
                guard taken.count < Limits.searchers else { return Limits.searchSpanMilliseconds }
            }
            times.append(milliseconds)
            taken[searcher] = times
            return nil
        }
        guard let wait else { return }
        throw .tooMany(retryAfterSeconds: Int((wait + 999) / 1000))
    }
}
