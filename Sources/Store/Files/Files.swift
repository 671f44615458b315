import Synchronization

/// The files beside the database: the lock that makes this process its only user, and the reserve of disk space.
final class Files: Sendable {
    private let folder: OpenFile
    private let reservePath: String
    private let held: Mutex<Held>

    private struct Held {
        var lock: OpenFile?
        var hasReserve = false
    }

    init(database path: String, reserveBytes: Int) throws(StoreError) {
        folder = try OpenFile.openFolder(OpenFile.folder(of: path))
        reservePath = path + ".reserve"
        let lock = try OpenFile.open(path + ".lock")
        try lock.lock()
        // Made before SQLite opens it, so that the database, and the files that SQLite makes after its likeness, are
        // readable by their owner alone.
        _ = try OpenFile.open(path)
        held = Mutex(Held(lock: lock))
        try makeReserve(reserveBytes)
    }

    deinit {
        close()
    }

    /// Makes the names in the folder durable.
    func syncFolder() throws(StoreError) {
        try folder.sync()
    }

    var hasReserve: Bool {
        held.withLock { $0.hasReserve }
    }

    private func makeReserve(_ bytes: Int) throws(StoreError) {
        guard bytes > 0 else { return }
        do {
            let file = try OpenFile.open(reservePath)
            try file.reserve(bytes)
            try file.sync()
            held.withLock { $0.hasReserve = true }
        } catch {
            // A full disk must not keep the service from starting to answer what it can; what was reserved goes back.
            guard error == .full else { throw error }
            try OpenFile.remove(reservePath)
        }
    }

    func releaseReserve() throws(StoreError) {
        try OpenFile.remove(reservePath)
        held.withLock { $0.hasReserve = false }
    }

    func usedShare() throws(StoreError) -> Double {
        try folder.usedShare()
    }

    /// Lets another opening have the database.
    func close() {
        held.withLock { held in
            held.lock?.unlock()
            held.lock = nil
        }
    }
}
