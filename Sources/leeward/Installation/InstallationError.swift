import ArgumentParser
import Casework
import DataFiles
import Store

/// Why an installation cannot be opened: what is wrong, and what the operator has to do. Paths and codes, never a key.
enum InstallationError: Error, CustomStringConvertible {
    /// Another process writes there.
    case inUse(folder: String, holder: String?)
    /// There is no store in the folder: nobody has founded anything yet.
    case notFounded(folder: String)
    /// A file is missing without which nothing could be opened.
    case missing(file: String)
    /// A file or folder cannot be used.
    case unusable(path: String, StoreError)
    /// Secrets, certificates or folders are refused; a sentence a line says why and what to type.
    case refused(String)
    /// The directory or the rules have problems, and there is nothing sound to start from.
    case data([DataProblem])
    /// The address cannot be listened on; the code is `errno`, 0 where there was none.
    case cannotListen(at: String, code: Int)
    /// What is stored is not what was written, or not for these keys.
    case damaged(code: String)
    /// The store stopped while it was opened.
    case stopped

    /// As sysexits has it.
    var exitCode: ExitCode {
        switch self {
        case .inUse: .temporaryFailure
        case .notFounded, .missing: .noInput
        case .unusable(_, .cannotOpen): .noPermission
        case .unusable, .stopped: .ioError
        case .refused: .configuration
        case .cannotListen: .unavailable
        case .data, .damaged: .dataError
        }
    }

    var description: String {
        switch self {
        case .inUse(let folder, let holder):
            "\(folder) is in use by \(holder.map { "'\($0)' (command and process number)" } ?? "another process"): "
                + "stop that one first, for example with systemctl stop leeward"
        case .notFounded(let folder): "\(folder) holds no installation: run leeward setup first"
        case .missing(let file):
            "\(file) is missing, and without it nothing that is stored can be opened: put it back from the backup"
        case .unusable(let path, let error):
            "\(path) cannot be used (\(error)): check the folder, its owner and the disk"
        case .refused(let sentence): sentence
        case .data(let problems): problems.map(\.description).joined(separator: "\n")
        case .cannotListen(let address, let code):
            "nothing can listen at \(address) (errno \(code)): is something there already? Write another LEEWARD_LISTEN"
        case .damaged(let code): Self.sentence(code)
        case .stopped: "the store met an I/O error: check the disk, then start again"
        }
    }

    private static func sentence(_ code: String) -> String {
        switch code {
        case "server_keys":
            "the pepper is not the one that this data was written with: put back the right pepper; nothing is damaged"
        case "log_key":
            "the log key or its name (LEEWARD_LOG_ORIGIN) is not the one that this log was signed with: put back the "
                + "right one; nothing is damaged"
        default:
            "what is stored is damaged (\(code)): do not start again and again; restore a backup to another folder"
        }
    }
}

extension ExitCode {
    /// EX_NOINPUT of sysexits: something that should be there is not, or cannot be read.
    static let noInput = ExitCode(66)
    /// EX_UNAVAILABLE of sysexits: something that is needed is taken.
    static let unavailable = ExitCode(69)
    /// EX_IOERR of sysexits: the disk failed.
    static let ioError = ExitCode(74)
    /// EX_TEMPFAIL of sysexits: it works once something else has ended.
    static let temporaryFailure = ExitCode(75)
    /// EX_NOPERM of sysexits: the system does not let us.
    static let noPermission = ExitCode(77)
    /// EX_CONFIG of sysexits: the settings are not in order.
    static let configuration = ExitCode(78)
}
