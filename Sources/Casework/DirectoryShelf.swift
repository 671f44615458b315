import Directory
import Matching
import Synchronization

/// The directory in use. A reload puts a new one in its place; who has begun with the old one ends with it.
final class DirectoryShelf: Sendable {
    private let shelved: Mutex<ShelvedDirectory>

    init(_ directory: ServiceDirectory, content: String? = nil) {
        self.shelved = Mutex(ShelvedDirectory(directory, content: content))
    }

    /// What an act begins with and keeps until its end, so that it never sees half of two directories.
    var shelf: ShelvedDirectory { shelved.withLock { $0 } }

    var current: ServiceDirectory { shelf.directory }

    func replace(with newer: ServiceDirectory, content: String? = nil) {
        shelved.withLock { $0 = ShelvedDirectory(newer, content: content) }
    }
}

/// One directory, and what matching needs of it, country by country.
final class ShelvedDirectory: Sendable {
    let directory: ServiceDirectory
    /// What its files hold, as the log recorded it; nil where it never did.
    let content: String?
    private let indexes = Mutex<[CountryCode: ServiceIndex]>([:])

    init(_ directory: ServiceDirectory, content: String?) {
        self.directory = directory
        self.content = content
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
