import ArgumentParser
import Care
import Casework
import Foundation
import Glibc
import Sealing

/// Carries out an order to erase a case, with the server stopped. The operator opens nothing: the order names the case by its
/// code. A team erases its own cases through the server.
struct EraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Carry out an order to erase a case for good. The server must be stopped.",
        discussion: "No backup of the case can be opened afterwards, however old, once the copies of the vault from "
            + "before are gone (7 days). Exit codes: 0 erased, 64 flags, 66 there is no such case, 75 the server runs, "
            + "others as leeward serve."
    )

    @OptionGroup var options: SettingsOptions

    @Argument(help: "The code of the case: c and 26 characters.")
    var code: String

    @Option(help: "Why: \(ErasureReason.allCases.map(\.rawValue).joined(separator: ", ")).")
    var reason: String

    @Option(help: "The last six characters of the code again, instead of typing them when asked.")
    var confirm: String?

    @Flag(help: "Answer as one JSON object.")
    var json = false

    private struct Done: Encodable {
        let `case`: String
        let state: String
        let referrals: [String]
        let released: [String]
    }

    func run() throws {
        _ = umask(0o077)
        _ = SecureMemory.forbidDumps()
        guard let id = CaseID(code) else {
            Terminal.err("\(code): this is no code of a case; write c and 26 characters")
            throw ExitCode.usage
        }
        guard let reason = ErasureReason(rawValue: reason) else {
            Terminal.err("--reason: write one of \(ErasureReason.allCases.map(\.rawValue).joined(separator: ", "))")
            throw ExitCode.usage
        }
        let settings = try options.settings()
        do {
            try confirmed()
            let lock = try settings.data.lock(by: "leeward erase")
            let installation = try Installation.open(settings, holding: lock, time: .ofThisMachine())
            let erased: Result<ErasureDesk.Erased, CaseworkError>
            do throws(CaseworkError) {
                let desk = installation.deployment.erasures
                erased = .success(
                    try desk.eraseByOrder(id, because: reason, request: installation.deployment.newRequest())
                )
            } catch {
                erased = .failure(error)
            }
            try installation.close()
            try tell(erased)
        } catch let refusal as FoundingRefusal {
            Terminal.err(refusal.description)
            throw refusal.exitCode
        } catch let error as InstallationError {
            Terminal.err(error.description)
            throw error.exitCode
        }
    }

    /// The end of the code a second time: one wrong letter in an order is another survivor's case.
    private func confirmed() throws {
        let typed = try Questions(canAsk: json ? false : Questions().canAsk).value(
            confirm,
            "Nothing brings it back. Type the last six characters of the code again, from the order:",
            flag: "--confirm"
        )
        guard typed == code.suffix(6) else {
            Terminal.err("these are not the last six characters of \(code); nothing was done")
            throw ExitCode.usage
        }
    }

    private func tell(_ erased: Result<ErasureDesk.Erased, CaseworkError>) throws {
        switch erased {
        case .failure(.notFound):
            Terminal.err("\(code): there is no such case here, or it was erased before; nothing was done")
            throw ExitCode.noInput
        case .failure:
            Terminal.err("\(code): the disk did not take it all; make room and start the server: it finishes by itself")
            throw ExitCode.ioError
        case .success(let done):
            let released = done.released.map(\.text)
            guard !json else {
                let form = Done(
                    case: done.caseID.text,
                    state: "erased",
                    referrals: done.referrals.map(\.text),
                    released: released
                )
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys]
                return Terminal.out(String(decoding: try encoder.encode(form), as: UTF8.self))
            }
            Terminal.out("\(code) is erased; \(done.referrals.count) referrals were deleted with it.")
            if !released.isEmpty {
                Terminal.out("A desk had accepted these, and must be told: \(released.joined(separator: ", "))")
            }
            Terminal.out("Copies of the vault from before today open it until they are deleted: keep none past 7 days.")
        }
    }
}
