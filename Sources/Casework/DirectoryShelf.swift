import Directory
import Matching
import Synchronization

/// The directory in use. A reload puts a new one in its place; who has begun with the old one ends with it.
final class DirectoryShelf: Sendable {
    private let shelved: Mutex<ShelvedDirectory>

    init(_ directory: ServiceDirectory) {
        self.shelved = Mutex(ShelvedDirectory(directory))
    }

    /// What an act begins with and keeps until its end, so that it never sees half of two directories.
    var shelf: ShelvedDirectory { shelved.withLock { $0 } }

    var current: ServiceDirectory { shelf.directory }

    func replace(with newer: ServiceDirectory) {
        shelved.withLock { $0 = ShelvedDirectory(newer) }
    }
}

/// One directory, and what matching needs of it, country by country.
final class ShelvedDirectory: Sendable {
    let directory: ServiceDirectory
    private let indexes = Mutex<[CountryCode: ServiceIndex]>([:])

    init(_ directory: ServiceDirectory) {
        self.directory = directory
    }

    /// The services that somebody in `country` might use or be told about: those that serve it and those that are there.
    func index(for country: CountryCode) throws(CaseworkError) -> ServiceIndex {
        if let known = indexes.withLock({ $0[country] }) { return known }
        let services = directory.services.filter { service in
            service.mayBeShown && (service.country == country || service.coverage.includes(country))
        }
        do {
            let index = try ServiceIndex(services)
            indexes.withLock { $0[country] = index }
            return index
        } catch {
            throw .damaged(code: "directory")
        }
    }
}
