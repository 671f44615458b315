import ArgumentParser
import Casework
import DataFiles

/// Why nothing was founded: what is wrong, and what to do. Paths, names of the plan and codes; never a key or a code on
/// paper.
enum FoundingRefusal: Error, CustomStringConvertible {
    /// The plan has problems.
    case plan([DataProblem])
    /// A question that nobody can answer here: the flags to give.
    case unanswered(String)
    /// Something stands there already, or cannot be made.
    case place(String)
    /// The founding file or its code is not the right one.
    case founding(String)
    /// A desk of the deployment refused; the code says which row or state.
    case refused(CaseworkError)
    /// The one who holds the ceremony stopped it.
    case stopped

    /// As sysexits has it.
    var exitCode: ExitCode {
        switch self {
        case .plan: .dataError
        case .unanswered: .usage
        case .place: .cannotCreate
        case .founding: .noPermission
        case .refused: .ioError
        case .stopped: .failure
        }
    }

    var description: String {
        switch self {
        case .plan(let problems): problems.map(\.description).joined(separator: "\n")
        case .unanswered(let sentence), .place(let sentence), .founding(let sentence): sentence
        case .refused(.auditUnavailable): "nothing could be recorded: the disk may be full"
        case .refused(let error): "the installation refused: \(error)"
        case .stopped: "stopped; nothing was set up, and the codes that were shown open nothing"
        }
    }
}
