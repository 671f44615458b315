import Logging

/// All that the running server says, each by a code. Forgetting to list one here makes its line empty, never too long.
enum ServerEvent: String, CaseIterable, Sendable {
    case started
    case ready
    case answered
    case stopping
    case stopped
    case directoryLoaded = "directory.loaded"
    case directoryUnchanged = "directory.unchanged"
    case directoryRefused = "directory.refused"
    case directoryNotRecorded = "directory.not_recorded"
    case certificateLoaded = "certificate.loaded"
    case certificateRefused = "certificate.refused"
    case certificateEnding = "certificate.ending"
    case certificateEnded = "certificate.ended"
    case storeStopped = "store.stopped"
    case diskFull = "disk.full"
    case diskHasRoom = "disk.has_room"
    case reserveMissing = "disk.reserve_missing"
    case clockWentBack = "clock.went_back"
    case memoryNotLocked = "memory.not_locked"

    /// How much it matters.
    var level: Logger.Level {
        switch self {
        case .started, .ready, .answered, .stopping, .stopped, .directoryLoaded, .directoryUnchanged,
            .certificateLoaded, .diskHasRoom:
            .info
        case .certificateEnding, .reserveMissing, .memoryNotLocked, .directoryNotRecorded: .warning
        case .directoryRefused, .certificateRefused, .diskFull, .clockWentBack, .certificateEnded: .error
        case .storeStopped: .critical
        }
    }

    /// What an operator has to do; nil where there is nothing to do.
    var remedy: String? {
        switch self {
        case .storeStopped:
            "Reading or writing the disk failed. Nothing but the emergency lines is answered, and nothing that was "
                + "answered is lost. Look at the disk (dmesg), then restart the service; if it does not start, restore a "
                + "backup to another folder."
        case .diskFull:
            "The disk is full. Nothing but the emergency lines is answered until there is room on the disk of the data "
                + "folder; make room, a restart is not needed."
        case .reserveMissing:
            "There was no room for the disk reserve. Make room on the disk of the data folder, then restart the service."
        case .clockWentBack:
            "The clock was set back. Sessions, consents and the times in the audit log depend on it: check it with "
                + "timedatectl. The order of the log is kept."
        case .directoryRefused:
            "The directory has problems and the old one stays in use. Correct what leeward check says, then reload."
        case .directoryNotRecorded:
            "The directory could not be recorded in the audit log and the old one stays in use. Reload once the store "
                + "can be written."
        case .certificateRefused:
            "The certificate could not be taken and the old one stays in use. Correct it, then reload."
        case .certificateEnding: "The certificate ends soon. Put the new one in its place, then reload."
        case .certificateEnded:
            "The certificate has ended and callers refuse it. Put a new one in its place, then reload."
        case .memoryNotLocked:
            "The system did not lock the memory of the keys. Raise the limit of locked memory (LimitMEMLOCK) and forbid swap "
                + "(MemorySwapMax=0)."
        default: nil
        }
    }
}
