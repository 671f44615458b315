import Foundation
import Store

/// A folder of its own for one test, removed when the test lets go of it.
final class Scratch {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "leeward-store-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func path(_ name: String) -> String {
        folder + "/" + name
    }

    func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    }

    func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path(name))
    }
}

extension Store {
    /// A store on disk with a reserve small enough for a test.
    static func open(in scratch: Scratch, _ name: String = "case.db", reserveBytes: Int = 4096) throws -> Store {
        try Store(path: scratch.path(name), reserveBytes: reserveBytes)
    }
}

/// Both kinds of store, so that every rule is held by the one as by the other.
enum Place: CaseIterable {
    case memory, disk

    func store(in scratch: Scratch) throws -> Store {
        switch self {
        case .memory: try Store.inMemory()
        case .disk: try Store.open(in: scratch)
        }
    }
}

enum Fixture {
    static let kind = RowKind(rawValue: 7)
    static let other = RowKind(rawValue: 8)

    static func id(_ number: Int) -> [UInt8] {
        (0..<16).map { UInt8(truncatingIfNeeded: number >> (8 * (15 - $0))) }
    }

    static func row(
        _ number: Int,
        kind: RowKind = Fixture.kind,
        owner: [UInt8]? = nil,
        index: [UInt8]? = nil,
        version: Int = 1,
        sealed: [UInt8] = [0xAB, 0, 0xCD]
    ) -> StoredRow {
        StoredRow(kind: kind, id: id(number), owner: owner, index: index, version: version, sealed: sealed)
    }

    static func entry(_ number: Int) -> (entry: [UInt8], leaf: [UInt8]) {
        (Array("entry \(number)".utf8), [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 32))
    }
}

/// What an act of a batch throws when it is refused for its own reasons.
struct ActRefused: Error, Equatable {}
