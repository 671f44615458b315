import Directory
import Matching
import Synchronization

/// The directory in use, and what matching needs of it, country by country. A reload puts a new one in its place; who has
/// begun with the old one ends with it.
final class DirectoryShelf: Sendable {
    private struct Shelved {
        let directory: ServiceDirectory
        var indexes: [CountryCode: ServiceIndex] = [:]
    }

    private let shelved: Mutex<Shelved>

    init(_ directory: ServiceDirectory) {
        self.shelved = Mutex(Shelved(directory: directory))
    }

    var current: ServiceDirectory { shelved.withLock { $0.directory } }

    func replace(with newer: ServiceDirectory) {
        shelved.withLock { $0 = Shelved(directory: newer) }
    }

    /// The services that somebody in `country` might use or be told about: those that serve it and those that are there.
    func index(for country: CountryCode) throws(CaseworkError) -> ServiceIndex {
        let (directory, known) = shelved.withLock { ($0.directory, $0.indexes[country]) }
        if let known { return known }
        let services = directory.services.filter { service in
            service.mayBeShown && (service.country == country || service.coverage.includes(country))
        }
        do {
            let index = try ServiceIndex(services)
            shelved.withLock { $0.indexes[country] = index }
            return index
        } catch {
            throw .damaged(code: "directory")
        }
    }
}
