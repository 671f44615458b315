import Care
import Sealing

/// The keys of the four compartments of a case.
struct CaseKeys: Sendable {
    private let keys: [Compartment: CaseKey]

    init(
        _ secrets: CaseSecrets,
        eraseSecret: borrowing Secret,
        of id: CaseID,
        epoch: UInt32
    ) throws(CaseworkError) {
        var keys: [Compartment: CaseKey] = [:]
        do {
            for compartment in secrets.compartments {
                keys[compartment] = try CaseKey.derive(
                    caseSecret: secrets.secret(of: compartment),
                    eraseSecret: eraseSecret,
                    case: id.bytes,
                    compartment: compartment,
                    epoch: epoch
                )
            }
        } catch {
            throw .damaged(code: "case_key")
        }
        self.keys = keys
    }

    /// The key of a compartment.
    ///
    /// - Throws: ``CaseworkError/notFound`` when the reader was not given it.
    func key(_ compartment: Compartment) throws(CaseworkError) -> SymmetricKey { try caseKey(compartment).key }

    /// The same with the drop-box of the compartment.
    ///
    /// - Throws: ``CaseworkError/notFound`` when the reader was not given it.
    func caseKey(_ compartment: Compartment) throws(CaseworkError) -> CaseKey {
        guard let key = keys[compartment] else { throw .notFound }
        return key
    }
}
