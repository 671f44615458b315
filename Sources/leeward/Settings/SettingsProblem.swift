/// Something in the settings that has to be corrected before they are used: where, what is wrong, what to write.
struct SettingsProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// `/etc/leeward/leeward.conf:3`, `LEEWARD_LISTEN` or `--listen`.
    let place: String
    /// What is wrong: `unknown key 'LEEWARD_LISTN'`.
    let what: String
    /// What to do, as a clause: `write LEEWARD_LISTEN`.
    let remedy: String

    init(at place: String, _ what: String, _ remedy: String) {
        self.place = place
        self.what = what
        self.remedy = remedy
    }

    /// `place: what is wrong; what to do`.
    var description: String { "\(place): \(what); \(remedy)" }
}

/// All that is wrong with the settings, so that an operator corrects it in one go.
struct SettingsRefusal: Error, Sendable, CustomStringConvertible {
    let problems: [SettingsProblem]

    /// One line a problem.
    var description: String { problems.map(\.description).joined(separator: "\n") }
}
