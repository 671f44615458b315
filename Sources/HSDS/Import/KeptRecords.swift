/// The records of HSDS that an import keeps beside its country file: `<CC>.<source>.hsds.ndjson`, one line an organisation
/// or a service with everything that the source said and an entry has no place for.
///
///     {"organization":{"id":"…","name":"…"}}
///     {"service":{"id":"…","name":"…","status":"active", …}}
///
/// A line stands for a service that was taken, never for one in quarantine. What must not be found is taken out before it
/// is written (``Places/withoutPlace(_:)``). A new property may be added at any time; a line is never given another shape.
public struct KeptRecords: Sendable, Equatable {
    /// Organisations by id.
    public var organizations: [String: JSONObject] = [:]
    /// Services by id.
    public var services: [String: JSONObject] = [:]

    /// No records.
    public init() {}

    /// Reads the lines of a file.
    ///
    /// - Throws: ``SourceProblem`` at the first line that is none.
    public init(reading bytes: [UInt8], file: String) throws(SourceProblem) {
        var number = 0
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            if line.isEmpty { continue }
            let value = try JSONReader.read(Array(line), file: file, firstLine: number)
            if let service = value.object?["service"]?.object, let id = service.text("id") {
                services[id] = service
            } else if let organization = value.object?["organization"]?.object, let id = organization.text("id") {
                organizations[id] = organization
            } else {
                throw SourceProblem(
                    at: SourcePlace(file: file, line: number),
                    .unknownForm("neither an organisation nor a service with an id")
                )
            }
        }
    }

    /// The lines, by id.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for (name, records) in [("organization", organizations), ("service", services)] {
            for (_, record) in records.sorted(by: { $0.key < $1.key }) {
                var line = JSONObject()
                line[name] = .object(record)
                bytes += JSONWriter.line(.object(line)) + [0x0A]
            }
        }
        return bytes
    }
}
