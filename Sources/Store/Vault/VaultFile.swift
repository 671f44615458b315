import Synchronization

/// An append-only file of fixed-size sealed records: the vault of erase secrets, or the tombstones beside it.
///
/// `append` returns after the sync, so that it can go before the database commit that needs the record (DECISIONS 16);
/// records without a database row are the caller's to sweep. The file is readable by its owner alone.
public final class VaultFile: Sendable {
    /// How many bytes every record has.
    public let recordSize: Int
    /// How many bytes of an append that never returned were cut off when the file was opened.
    public let cutBytes: Int

    private let path: String
    private let folder: OpenFile
    private let state: Mutex<State>
    private let graves = Mutex<VaultFile?>(nil)
    private let format: VaultFormat

    private struct State {
        var lock: OpenFile?
        var file: OpenFile
        var count: Int
    }

    deinit {
        close()
    }

    /// Opens the file or makes it, and holds it alone; a torn tail is cut off first.
    ///
    /// Torn are a slot that ends early, and slots of nothing but zeros after the last whole one, which is what a lost
    /// write leaves. Any other slot whose check value is wrong may have been acknowledged, so that it is damage.
    ///
    /// - Throws: `inUse`, `notAStore` for another kind of file or record size, `damaged`, `full`, `cannotOpen`, `ioError`.
    public init(path: String, recordSize: Int) throws(StoreError) {
        guard (1...Limits.vaultRecordBytes).contains(recordSize) else { throw .invalid }
        self.path = path
        self.recordSize = recordSize
        format = VaultFormat(recordSize: recordSize)
        folder = try OpenFile.openFolder(OpenFile.folder(of: path))
        let lock = try OpenFile.open(path + ".lock")
        try lock.lock()
        // A rewriting that was cut short before its rename has changed nothing; one that was cut short after it has left the
        // old records under their second name.
        try OpenFile.remove(path + ".new")
        try Self.overwriteOld(of: path, in: folder)
        let file = try OpenFile.open(path)
        cutBytes = try Self.cutTornTail(of: file, format: format)
        try folder.sync()
        let count = (try file.length() - VaultFormat.headerBytes) / format.slotBytes
        state = Mutex(State(lock: lock, file: file, count: count))
    }

    /// The tombstones that live with this vault, in the file of its name with `.tombstones` behind it; the same opening as
    /// long as that is not closed.
    ///
    /// - Throws: as for `init`.
    public func tombstones(recordSize: Int) throws(StoreError) -> VaultFile {
        try graves.withLock { (graves) throws(StoreError) in
            if let graves, graves.isOpen { return graves }
            let file = try VaultFile(path: path + ".tombstones", recordSize: recordSize)
            graves = file
            return file
        }
    }

    /// Whether it is held; false after `close()` and after a failure of the disk.
    public var isOpen: Bool { state.withLock { $0.lock != nil } }

    /// How many records the file has.
    public var count: Int {
        state.withLock { $0.count }
    }

    /// Appends records and returns once they are on the disk; when it throws, none of them is kept.
    ///
    /// - Throws: `invalid` when a record has another size; `full`; `ioError`, after which the vault is stopped; `stopped`.
    public func append(_ records: [[UInt8]]) throws(StoreError) {
        guard records.allSatisfy({ $0.count == recordSize }) else { throw .invalid }
        try locked { (state) throws(StoreError) in
            let end = VaultFormat.headerBytes + state.count * format.slotBytes
            do throws(StoreError) {
                try state.file.write(records.flatMap(format.slot), at: end)
            } catch {
                // What was written in part is taken back; if even that fails the vault stops.
                try state.file.cut(to: end)
                try state.file.sync()
                throw error
            }
            try state.file.sync()
            state.count += records.count
        }
    }

    /// Every record in the order of appending.
    ///
    /// - Throws: `damaged` when a record is not what was written; `ioError`; `stopped`.
    public func records() throws(StoreError) -> [[UInt8]] {
        try locked { (state) throws(StoreError) in
            let bytes = try state.file.read(state.count * format.slotBytes, at: VaultFormat.headerBytes)
            return try Self.records(in: bytes[...], format: format)
        }
    }

    /// Puts these records in place of all, at once and wholly: after a crash the file is the old one or the new one.
    ///
    /// The old bytes are then overwritten in place before their blocks are given back; where that was cut short, the next
    /// opening does it. On flash, and on file systems that copy on write, overwriting erases nothing.
    ///
    /// - Throws: `invalid` when a record has another size; `full`, after which the old file stands; `ioError`, after which
    ///   the vault is stopped; `stopped`.
    public func rewrite(_ records: [[UInt8]]) throws(StoreError) {
        guard records.allSatisfy({ $0.count == recordSize }) else { throw .invalid }
        try locked { (state) throws(StoreError) in
            let bytes = format.header + records.flatMap(format.slot)
            let fresh: OpenFile
            do throws(StoreError) {
                fresh = try OpenFile.open(path + ".new", isFresh: true)
                try fresh.write(bytes, at: 0)
                try fresh.sync()
            } catch {
                try OpenFile.remove(path + ".new")
                throw error
            }
            // The second name keeps the old blocks findable until they are overwritten.
            try OpenFile.remove(path + ".old")
            try OpenFile.link(path, as: path + ".old")
            try OpenFile.rename(path + ".new", to: path)
            try folder.sync()
            state.file = fresh
            state.count = records.count
            try Self.overwriteOld(of: path, in: folder)
        }
    }

    /// Overwrites and removes what a rewriting has replaced; where nothing was replaced yet, only its second name goes.
    private static func overwriteOld(of path: String, in folder: OpenFile) throws(StoreError) {
        let old = path + ".old"
        guard OpenFile.exists(old) else { return }
        if !OpenFile.isSame(old, as: path) { try OpenFile.open(old).overwrite() }
        try OpenFile.remove(old)
        try folder.sync()
    }

    /// Releases the file; the vault answers nothing afterwards.
    public func close() {
        state.withLock { state in
            state.lock?.unlock()
            state.lock = nil
        }
    }

    /// Runs one step alone. A failure of the disk, or a file that is not what was written, stops the vault; the lock is
    /// given up with it, so that it can be opened again.
    private func locked<R: Sendable>(_ step: (inout State) throws(StoreError) -> R) throws(StoreError) -> R {
        try state.withLock { (state) throws(StoreError) -> R in
            guard state.lock != nil else { throw .stopped }
            do throws(StoreError) {
                return try step(&state)
            } catch {
                if error.stopsTheStore {
                    state.lock?.unlock()
                    state.lock = nil
                }
                throw error
            }
        }
    }

    private static func records(in bytes: ArraySlice<UInt8>, format: VaultFormat) throws(StoreError) -> [[UInt8]] {
        guard bytes.count % format.slotBytes == 0 else { throw .damaged(code: 0) }
        var records: [[UInt8]] = []
        var rest = bytes
        while !rest.isEmpty {
            guard let record = format.record(in: rest.prefix(format.slotBytes)) else { throw .damaged(code: 0) }
            records.append(record)
            rest = rest.dropFirst(format.slotBytes)
        }
        return records
    }

    /// Makes the header of a new file, cuts what an append that never returned left behind, checks all the rest.
    private static func cutTornTail(of file: OpenFile, format: VaultFormat) throws(StoreError) -> Int {
        let length = try file.length()
        let start = try file.read(min(length, VaultFormat.headerBytes), at: 0)
        if length < VaultFormat.headerBytes || (start.allSatisfy { $0 == 0 } && length == VaultFormat.headerBytes) {
            // A making that was cut short: no record can have been acknowledged.
            guard start.allSatisfy({ $0 == 0 }) || format.header.starts(with: start) else { throw .notAStore }
            try file.cut(to: 0)
            try file.write(format.header, at: 0)
            try file.sync()
            return 0
        }
        guard start == format.header else { throw .notAStore }
        let body = try file.read(length - VaultFormat.headerBytes, at: VaultFormat.headerBytes)
        var whole = body.count / format.slotBytes * format.slotBytes
        while whole > 0, body[(whole - format.slotBytes)..<whole].allSatisfy({ $0 == 0 }) {
            whole -= format.slotBytes
        }
        _ = try records(in: body[..<whole], format: format)
        if whole < body.count {
            try file.cut(to: VaultFormat.headerBytes + whole)
            try file.sync()
        }
        return body.count - whole
    }
}
