import Audit
import Foundation

/// The auditor's own machine: fetches the log, checks it without the server, and shows that a single flipped byte is found.
struct AuditorDesk {
    let house: DemoHouse
    let client: JourneyClient
    let stage: Stage

    /// Fetches, verifies, damages a copy, and verifies that.
    ///
    /// - Throws: ``DemoFailure`` when the log is not sound, or the damage is not found.
    func verify(as token: String, confirming password: String, in folder: URL) async throws {
        // The whole log leaves the server: the session is confirmed first.
        let confirmation = try await client.send(
            "POST",
            "/v1/session/confirmation",
            ["password": password],
            as: token
        )
        guard confirmation.status == 200 else {
            throw DemoFailure("the session was not confirmed: \(confirmation.status)")
        }
        let size = try await fetch(into: folder, as: token)
        let key = try LogVerifierKey(house.logKey)
        let report = try AuditVerifier(folder: folder.path, trusting: key).verify()
        guard report.isSound else { throw DemoFailure("the log is not sound: \(report.sentence)") }
        stage.answer("offline: \(size) entries, the tree and the signature are right")
        let copy = folder.deletingLastPathComponent().appending(path: "auditor-damaged")
        try FileManager.default.copyItem(at: folder, to: copy)
        let bundle = try bundle(in: copy)
        var bytes = try Data(contentsOf: bundle)
        bytes[bytes.count / 2] ^= 0x01
        try bytes.write(to: bundle)
        let damaged = try AuditVerifier(folder: copy.path, trusting: key).verify()
        guard !damaged.isSound else { throw DemoFailure("a flipped byte in the log was not found") }
        stage.answer("one byte flipped in a copy: \(damaged.sentence)")
    }

    private func fetch(into folder: URL, as token: String) async throws -> Int {
        var export: AuditExport?
        var checkpoints: [[UInt8]] = []
        var size = 0
        var from = 0
        repeat {
            let path = "/v1/audit/extract?from=\(from)" + (size == 0 ? "" : "&up_to=\(size)")
            let answer = try await client.send("GET", path, as: token)
            guard answer.status == 200, let whole = Int(answer.fields["size"].text) else {
                throw DemoFailure("the log could not be fetched: \(answer.status)")
            }
            if size == 0 {
                size = whole
                checkpoints = answer.fields["checkpoints"].elements.compactMap { Self.bytes($0) }
                export = try AuditExport(into: folder.path, key: LogVerifierKey(answer.fields["key"].text))
            }
            let entries = answer.fields["entries"].elements.compactMap { Self.bytes($0) }
            guard !entries.isEmpty else { throw DemoFailure("the log ended before its checkpoint") }
            for entry in entries {
                try export?.append(entry: entry, leaf: MerkleTree.leafHash(entry))
            }
            from += entries.count
        } while from < size
        guard let last = checkpoints.last else { throw DemoFailure("the log came without a checkpoint") }
        for note in checkpoints.dropLast() { try export?.append(checkpoint: note) }
        try export.take()?.finish(checkpoint: last)
        return size
    }

    private func bundle(in folder: URL) throws -> URL {
        let entries = folder.appending(path: "tile/entries")
        for path in try FileManager.default.subpathsOfDirectory(atPath: entries.path).sorted() {
            let url = entries.appending(path: path)
            if try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true { return url }
        }
        throw DemoFailure("the export holds no entries")
    }

    private static func bytes(_ field: JSONFields) -> [UInt8]? {
        Data(base64Encoded: field.text).map { Array($0) }
    }
}
