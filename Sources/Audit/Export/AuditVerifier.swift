/// Checks an export by itself, offline: rebuilds the tree from the entries and compares it with every tile and with every
/// signed checkpoint, and reads every entry strictly.
public struct AuditVerifier {
    private let folder: ExportFolder
    private let trusted: LogVerifierKey?
    private let earlier: [UInt8]?

    /// A verifier of the export in this folder. `trusting` is the log's key as it was given to the auditor by another way
    /// than the export; `since` is the signed checkpoint that the auditor kept from the last time.
    public init(folder: String, trusting key: LogVerifierKey? = nil, since note: [UInt8]? = nil) {
        self.folder = ExportFolder(folder)
        trusted = key
        earlier = note
    }

    /// Reads the whole export and says what was found.
    ///
    /// - Throws: `sealing` when the cryptographic library refuses: nothing is known then. Damage is no error but a report.
    public func verify() throws(AuditError) -> AuditReport {
        do throws(Broken) {
            var search = try Search(folder: folder, trusted: trusted, earlier: earlier)
            try search.readBundles()
            return try search.report()
        } catch {
            switch error {
            case .found(let firstBad, let damage, let warnings):
                return AuditReport(verdict: .broken(firstBad: firstBad, what: damage), warnings: warnings)
            case .library(let error):
                throw error
            }
        }
    }

    /// How a search ends early.
    enum Broken: Error {
        case found(Int?, AuditDamage, [AuditReport.Warning])
        case library(AuditError)

        static func found(_ damage: AuditDamage) -> Broken { .found(nil, damage, []) }
    }
}
