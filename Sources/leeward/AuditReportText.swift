import Audit
import Foundation

extension AuditReport {
    /// The finding in a sentence, as `leeward audit verify` prints it.
    var sentence: String {
        switch verdict {
        case .sound(let size, let root):
            "sound: \(size) entries, root \(Data(root).base64EncodedString())"
        case .broken(let firstBad?, let what): "broken: entry \(firstBad) is the first bad one: \(what.description)"
        case .broken(nil, let what): "broken: \(what.description)"
        }
    }
}
