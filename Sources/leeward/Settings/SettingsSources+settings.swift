import Foundation
import Sealing
import Web

extension SettingsSources {
    /// The settings, when every key and every value is right.
    ///
    /// - Throws: every problem at once.
    func settings() throws(SettingsRefusal) -> ServerSettings {
        var problems = problems
        let listen = listen(&problems)
        let tls = tls(&problems)
        if case .network = listen, tls == nil, found[.certificate] == nil, found[.certificateKey] == nil {
            problems.append(
                SettingsProblem(
                    at: place(.listen),
                    "others could read along: a public address is served with TLS alone",
                    "write \(Setting.certificate.key) and \(Setting.certificateKey.key), or listen on 127.0.0.1:8443"
                )
            )
        }
        let origin = origin(&problems)
        let cores = number(.cores, 1...256, &problems)
        let reserve = number(.diskReserve, 0...1024, &problems)
        let data = path(.data, &problems)
        let directory = path(.directory, &problems)
        let policies = path(.policies, &problems)
        let credentials = path(.credentials, &problems)
        let pepper = path(.pepperFile, &problems)
        let logKey = path(.logKeyFile, &problems)
        let backups = path(.backups, &problems)
        let vaultBackups = path(.vaultBackups, &problems)
        let recipient = recipient(&problems)
        guard problems.isEmpty, let listen, let origin, let cores, let reserve, let data, let directory, let policies,
            let credentials, let pepper, let logKey, let backups, let vaultBackups
        else { throw SettingsRefusal(problems: problems) }
        return ServerSettings(
            data: DataFolder(data),
            directory: directory,
            policies: policies,
            listen: listen,
            tls: tls,
            logOrigin: origin,
            credentials: credentials,
            pepperFile: pepper,
            logKeyFile: logKey,
            cores: cores,
            diskReserve: reserve << 20,
            backups: backups,
            vaultBackups: vaultBackups,
            backupRecipient: recipient,
            systemdCredentials: systemdCredentials
        )
    }

    private func place(_ setting: Setting) -> String { found[setting]?.place ?? setting.key }

    private func wrong(_ setting: Setting, _ what: String) -> SettingsProblem {
        SettingsProblem(at: place(setting), what, "write \(setting.form)")
    }

    private func path(_ setting: Setting, _ problems: inout [SettingsProblem]) -> String? {
        guard let found = found[setting] else {
            problems.append(wrong(setting, "\(setting.key) is not set"))
            return nil
        }
        // The defaults may lie beside the program, wherever that was started from.
        guard found.value.hasPrefix("/") || found.origin == .standard, !found.value.utf8.contains(0) else {
            problems.append(wrong(setting, "\(setting.key) is no absolute path"))
            return nil
        }
        return found.value
    }

    private func listen(_ problems: inout [SettingsProblem]) -> ListenAddress? {
        guard let text = found[.listen]?.value else { return nil }
        do {
            return try ListenAddress(text)
        } catch {
            problems.append(wrong(.listen, "this is no address to listen on"))
            return nil
        }
    }

    private func tls(_ problems: inout [SettingsProblem]) -> ServerSettings.TLSFiles? {
        switch (found[.certificate], found[.certificateKey]) {
        case (nil, nil): return nil
        case (nil, _?):
            problems.append(wrong(.certificate, "\(Setting.certificateKey.key) is set without its certificate"))
            return nil
        case (_?, nil):
            problems.append(wrong(.certificateKey, "\(Setting.certificate.key) is set without its key"))
            return nil
        case (_?, _?):
            guard let certificate = path(.certificate, &problems), let key = path(.certificateKey, &problems) else {
                return nil
            }
            return ServerSettings.TLSFiles(certificate: certificate, key: key)
        }
    }

    private func origin(_ problems: inout [SettingsProblem]) -> String? {
        guard let text = found[.logOrigin]?.value else {
            problems.append(wrong(.logOrigin, "the audit log has no name"))
            return nil
        }
        let isName = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "+") }
        guard isName, text.utf8.count <= 200 else {
            problems.append(wrong(.logOrigin, "this is no name for a log"))
            return nil
        }
        return text
    }

    private func recipient(_ problems: inout [SettingsProblem]) -> AgeRecipient? {
        guard let text = found[.backupRecipient]?.value else { return nil }
        do {
            return try AgeRecipient(text)
        } catch {
            problems.append(wrong(.backupRecipient, "this is nobody whom a backup can be sealed to"))
            return nil
        }
    }

    private func number(
        _ setting: Setting,
        _ range: ClosedRange<Int>,
        _ problems: inout [SettingsProblem]
    ) -> Int? {
        guard let text = found[setting]?.value else { return nil }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), range.contains(number)
        else {
            problems.append(wrong(setting, "this is no such number"))
            return nil
        }
        return number
    }
}
