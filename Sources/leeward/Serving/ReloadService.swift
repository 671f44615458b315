import Casework
import DataFiles
import Directory
import Foundation
import ServiceLifecycle
import UnixSignals
import Web

/// Reads the directory and the certificate again at each SIGHUP; what is not in order leaves the old one in use.
struct ReloadService: ServiceLifecycle.Service {
    /// Most problems of the directory that one line names; `leeward check` lists them all.
    private static let problemsSaid = 5

    let installation: Installation
    let certificate: ServerCertificate?
    let log: ServerLog
    let signals: UnixSignalsSequence

    func run() async throws {
        for await _ in signals.cancelOnGracefulShutdown() {
            await reloadDirectory()
            reloadCertificate()
        }
        log.say(.stopping)
    }

    /// Records the directory that the server started with, when the log's last entry about it says another.
    func recordDirectoryOfStart() async {
        if !installation.directory.problems.isEmpty { say(problems: installation.directory.problems) }
        await take(installation.directory)
    }

    private func reloadDirectory() async {
        switch await DirectoryOnFile.reread(installation.settings) {
        case .success(let directory): await take(directory)
        case .failure(.data(let problems)): say(problems: problems)
        case .failure: say(problems: [])
        }
    }

    private func say(problems: [DataProblem]) {
        let named = problems.prefix(Self.problemsSaid).map(\.description).joined(separator: " | ")
        log.say(.directoryRefused, ["count": problems.count, "problems": named])
    }

    private func take(_ directory: DirectoryOnFile) async {
        let content = directory.content.description
        do throws(CaseworkError) {
            let deployment = installation.deployment
            guard try deployment.recordedDirectory() != content else {
                log.say(.directoryUnchanged, ["content": content])
                return
            }
            try await deployment.load(
                directory.directory,
                content: directory.content,
                request: deployment.newRequest()
            )
            log.say(
                .directoryLoaded,
                [
                    "content": content, "services": directory.directory.services.count,
                    "countries": directory.directory.countries.count,
                ]
            )
        } catch {
            log.say(.directoryNotRecorded, ["content": content])
        }
    }

    private func reloadCertificate() {
        guard let certificate, let files = CertificateFiles(installation.settings) else { return }
        do throws(InstallationError) {
            try files.replace(certificate)
            log.say(.certificateLoaded, ["ends": certificate.validUntil.formatted(.iso8601)])
        } catch {
            log.say(.certificateRefused, ["problem": error.description])
        }
    }
}
