import ArgumentParser
import Casework

extension BackupRefusal {
    /// What is wrong with a backup, and what to do; a file named by its path.
    func sentence(_ path: String) -> String {
        switch self {
        case .otherKey:
            "\(path) was sealed to another key, or its first lines are damaged: bring the key it was made for"
        case .cutShort: "\(path) was cut short: it has fewer bytes than were written; take another copy"
        case .changed: "\(path) was changed or damaged since it was written; take another copy"
        case .noBackup: "\(path) is no backup: it is no age file, or holds no database of Leeward"
        case .withoutLog:
            "\(path) was copied without its write-ahead log, so the last acts may be missing: make backups with "
                + "leeward backup create"
        case .otherDeployment: "\(path) is of another deployment: its log has another key or name"
        case .otherPepper:
            "\(path) was written with another pepper: bring the pepper of its time (LEEWARD_EARLIER_PEPPER_FILE)"
        case .newer: "\(path) was made by a newer Leeward: install that version first"
        case .unsound(let code): "\(path) does not hold together (\(code)); take another copy"
        case .disk: "\(path): the disk failed, is full, or does not let this user; nothing was changed"
        }
    }

    /// Each its own, so that a script can tell them apart; sysexits ends at 78.
    var exitCode: ExitCode {
        switch self {
        case .otherKey: ExitCode(80)
        case .cutShort: ExitCode(81)
        case .changed: ExitCode(82)
        case .noBackup: ExitCode(83)
        case .withoutLog: ExitCode(84)
        case .otherDeployment: ExitCode(85)
        case .otherPepper: ExitCode(86)
        case .newer: ExitCode(87)
        case .unsound: ExitCode(88)
        case .disk: .ioError
        }
    }
}

/// A backup that was refused, with the file it is about.
struct RefusedBackup: Error {
    let path: String
    let refusal: BackupRefusal
}

/// Runs a step on a file and says which file was refused.
func naming<Value>(_ path: String, _ step: () throws(BackupRefusal) -> Value) throws(RefusedBackup) -> Value {
    do {
        return try step()
    } catch {
        throw RefusedBackup(path: path, refusal: error)
    }
}
